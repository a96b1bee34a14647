package dev.gatehouse.adapters.testkit.account;

import dev.gatehouse.domain.account.KnownPasswords;
import dev.gatehouse.domain.account.PlainPassword;
import java.util.Locale;
import java.util.Set;

/** A handful of common passwords. For tests. */
public final class FewKnownPasswords implements KnownPasswords {
    private static final Set<String> ALL =
            Set.of("password", "12345678", "123456789", "qwertyuiop", "iloveyou", "trustno1");

    @Override
    public boolean holds(PlainPassword password) {
        return ALL.contains(password.reveal().toLowerCase(Locale.ROOT));
    }
}
