package dev.gatehouse.adapters.security.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.domain.account.KnownPasswords;
import dev.gatehouse.domain.account.PlainPassword;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import me.gosimple.nbvcxz.Nbvcxz;

/**
 * The list of leaked passwords that the library nbvcxz brings along: 100,000 of them, 39,000 with eight
 * characters or more. It is read for each question, which takes a tenth of the time of the hash that follows, and kept
 * nowhere.
 */
@Singleton
final class LeakedPasswords implements KnownPasswords {
    private static final String LIST = "/dictionaries/passwords.txt";

    @Override
    public boolean holds(PlainPassword password) {
        String sought = password.reveal();
        try (InputStream list = Nbvcxz.class.getResourceAsStream(LIST)) {
            if (list == null) throw new IllegalStateException("the list of common passwords is missing: " + LIST);
            return new BufferedReader(new InputStreamReader(list, UTF_8))
                    .lines()
                    .anyMatch(sought::equalsIgnoreCase);
        } catch (IOException e) {
            throw new UncheckedIOException("the list of common passwords cannot be read", e);
        }
    }
}
