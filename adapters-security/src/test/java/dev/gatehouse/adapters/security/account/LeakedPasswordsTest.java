package dev.gatehouse.adapters.security.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.account.KnownPasswordsContract;
import dev.gatehouse.domain.account.KnownPasswords;
import dev.gatehouse.domain.account.PasswordRules;
import dev.gatehouse.domain.account.PlainPassword;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** ASVS 5.0 asks for the 3,000 commonest that the other rules would allow; the list begins with the commonest. */
    @Test
    void it_knows_the_3000_commonest_that_are_long_enough() throws IOException {
        assertThat(longEnough().limit(3_000)).hasSize(3_000).allMatch(this::isKnown);
    }

    /** Each question reads the list, so that not all of them are asked about. */
    @Test
    void it_knows_the_others_to_the_end_of_the_list() throws IOException {
        List<String> all = longEnough().toList();
        assertThat(all).hasSizeGreaterThan(39_000);
        assertThat(IntStream.iterate(all.size() - 1, each -> each >= 3_000, each -> each - 100)
                        .mapToObj(all::get))
                .hasSizeGreaterThan(360)
                .allMatch(this::isKnown);
    }

    private boolean isKnown(String password) {
        return leaked.holds(new PlainPassword(password));
    }

    private static Stream<String> longEnough() throws IOException {
        try (var list = new BufferedReader(new InputStreamReader(
                Nbvcxz.class.getResourceAsStream("/dictionaries/passwords.txt"), StandardCharsets.UTF_8))) {
            return list
                    .lines()
                    .filter(each -> each.codePointCount(0, each.length()) >= PasswordRules.DEFAULT.least())
                    .toList()
                    .stream();
        }
    }
}
