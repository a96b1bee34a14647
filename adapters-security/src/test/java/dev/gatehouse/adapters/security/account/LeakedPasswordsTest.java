package dev.gatehouse.adapters.security.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.account.KnownPasswordsContract;
import dev.gatehouse.domain.account.KnownPasswords;
import dev.gatehouse.domain.account.PlainPassword;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import me.gosimple.nbvcxz.Nbvcxz;
import org.junit.jupiter.api.Test;

class LeakedPasswordsTest implements KnownPasswordsContract {
    private final KnownPasswords leaked = new LeakedPasswords();

    @Override
    public KnownPasswords knownPasswords() {
        return leaked;
    }

    @Test
    void no_password_that_only_repeats_or_counts_or_decorates_a_common_one_is_missing() {
        for (String each : List.of("11111111", "abcd1234", "1q2w3e4r", "Passw0rd", "P@ssw0rd", "football1", "letmein1"))
            assertThat(leaked.holds(new PlainPassword(each))).as(each).isTrue();
    }

    /** ASVS 5.0 asks for the 3,000 commonest that the other rules would allow. */
    @Test
    void it_knows_more_than_3000_that_are_long_enough() throws IOException {
        try (var list = new BufferedReader(new InputStreamReader(
                Nbvcxz.class.getResourceAsStream("/dictionaries/passwords.txt"), StandardCharsets.UTF_8))) {
            assertThat(list.lines().filter(each -> each.length() >= 8).count()).isGreaterThan(39_000);
        }
    }
}
