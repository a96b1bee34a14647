package dev.gatehouse.application.account;

import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInFailures;
import dev.gatehouse.domain.account.SignInThrottle;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Transactions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether a password is that of an account, for everybody who asks for one: counts the failures, and takes as long for a
 * name nobody has as for one somebody has.
 */
public final class PasswordCheck {
    private final Accounts accounts;
    private final PasswordHasher hasher;
    private final SignInFailures failures;
    private final Transactions transactions;
    private final SignInThrottle throttle;
    private final InstantSource clock;

    public PasswordCheck(
            Accounts accounts,
            PasswordHasher hasher,
            SignInFailures failures,
            Transactions transactions,
            SignInThrottle throttle,
            InstantSource clock) {
        this.accounts = accounts;
        this.hasher = hasher;
        this.failures = failures;
        this.transactions = transactions;
        this.throttle = throttle;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Verdict {
        /** @param account as it was before the password was hashed */
        record Right(Account account) implements Verdict {}

        /** Unknown name, wrong password or no password set; counted. */
        record Wrong() implements Verdict {}

        /** Too many failures before; the password was not looked at, and nothing counted. */
        record Locked() implements Verdict {}

        /** The password is right; not counted. */
        record Disabled() implements Verdict {}

        /** The password is right; not counted. */
        record NoLogin() implements Verdict {}
    }

    /** Blocks while the password is hashed; opens no transaction meanwhile. */
    public Verdict check(String name, PlainPassword password, Origin origin) {
        SignInFailures.Key key = new SignInFailures.Key(name, origin.address());
        Instant now = clock.instant();
        if (failures.of(key).map(each -> throttle.locks(each, now)).orElse(false)) return new Verdict.Locked();
        Optional<Account> account = Username.ifValid(name).flatMap(accounts::find);
        boolean right = account.flatMap(Account::password)
                .map(hash -> hasher.matches(password, hash))
                .orElseGet(() -> {
                    hasher.matchNothing(password);
                    return false;
                });
        if (!right || account.isEmpty()) {
            transactions.inTransaction(() -> failures.add(key, clock.instant(), throttle.window()));
            return new Verdict.Wrong();
        }
        if (!account.get().enabled()) return new Verdict.Disabled();
        if (!account.get().can(Capability.LOGIN)) return new Verdict.NoLogin();
        return new Verdict.Right(account.get());
    }
}
