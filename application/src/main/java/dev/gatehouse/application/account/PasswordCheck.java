package dev.gatehouse.application.account;

import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.PasswordForms;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PasswordRules;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInFailures;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.account.SignInThrottle;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether a password is that of an account, for everybody who asks for one: counts the failures, and takes as long for a
 * name nobody has as for one somebody has.
 */
public final class PasswordCheck {
    /** No address ends so. */
    private static final String BESIDE = " beside";

    private final Accounts accounts;
    private final FormsInUse forms;
    private final PasswordHasher hasher;
    private final SignInFailures failures;
    private final Transactions transactions;
    private final SignInThrottle throttle;
    private final PasswordRules rules;
    private final InstantSource clock;

    public PasswordCheck(
            Accounts accounts,
            PasswordHasher hasher,
            SignInFailures failures,
            Transactions transactions,
            SignInThrottle throttle,
            PasswordRules rules,
            AccessChanges changes,
            InstantSource clock) {
        this.accounts = accounts;
        this.forms = new FormsInUse(accounts, changes, clock);
        this.hasher = hasher;
        this.failures = failures;
        this.transactions = transactions;
        this.throttle = throttle;
        this.rules = rules;
        this.clock = clock;
    }

    /** What came of it. */
    public sealed interface Verdict {
        /**
         * @param account as it was before the password was hashed
         * @param past what was remembered when it had been
         */
        record Right(Account account, SignInFailures.Past past) implements Verdict {}

        /** Unknown name, wrong password or no password set; counted. */
        record Wrong() implements Verdict {}

        /** Too many failures by the time it was hashed, whether the password is right or not; nothing counted. */
        record Locked() implements Verdict {}

        /** The password is right; not counted. */
        record Disabled() implements Verdict {}

        /** The password is right; not counted. */
        record NoLogin() implements Verdict {}

        /** The password is right, but somebody else set it and nobody changed it in time; not counted. */
        record Over() implements Verdict {}
    }

    /**
     * Blocks while the password is hashed; opens no transaction meanwhile. Who is locked out waits as long as everybody
     * else, so that no answer tells which it was.
     */
    public Verdict check(String name, PlainPassword password, Origin origin) {
        SignInFailures.Key key = keyOf(name, origin);
        SignInPlace place = SignInPlace.of(origin.address());
        boolean locked = isLocked(failures.past(key, place));
        // Whatever the name, all the same is asked, so that none of it can be told by the time.
        PasswordForms among = forms.current();
        Optional<Account> account = Username.ifValid(name).flatMap(accounts::find);
        boolean right = account.flatMap(Account::password)
                .map(hash -> hasher.matches(password, hash, place))
                .orElseGet(() -> {
                    hasher.matchNothing(password, name, among, place);
                    return false;
                });
        // Those who guessed beside this one, at the same time, are counted by now. Asked after a wrong one, too:
        // the time must not tell which was right.
        SignInFailures.Past past = failures.past(key, place);
        if (locked || isLocked(past)) {
            writeAsMuch(key, place);
            return new Verdict.Locked();
        }
        if (!right || account.isEmpty()) {
            count(key, place);
            return new Verdict.Wrong();
        }
        if (!account.get().enabled()) return new Verdict.Disabled();
        if (!account.get().can(Capability.LOGIN)) return new Verdict.NoLogin();
        if (isOver(account.get())) return new Verdict.Over();
        return new Verdict.Right(account.get(), past);
    }

    private boolean isOver(Account account) {
        return account.passwordEndsAt(rules)
                .filter(end -> !clock.instant().isBefore(end))
                .isPresent();
    }

    /** Under what the failures of this name from there are counted. */
    public static SignInFailures.Key keyOf(String name, Origin origin) {
        return new SignInFailures.Key(name, SignInPlace.of(origin.address()).text());
    }

    /** What is unusual about a sign-in with the right password. */
    public Session.Unusual unusual(Account account, SignInFailures.Past past) {
        Instant now = clock.instant();
        int here = past.here()
                .filter(each -> now.isBefore(each.last().plus(throttle.window())))
                .map(SignInFailures.Count::failures)
                .orElse(0);
        int anywhere = throttle.ofName().filled(past.nameDrainedAt(), now);
        return new Session.Unusual(
                account.lastLoginAt().isPresent() && !throttle.isKnown(past.lastSuccess(), now),
                Math.max(here, anywhere));
    }

    /** Writes down that a sign-in succeeded: takes part in the transaction that is open. */
    public void succeeded(SignInFailures.Key key, SignInFailures.Past past, Instant now) {
        if (past.here().isPresent()) failures.clear(key);
        if (throttle.isToBeNoted(past.lastSuccess(), now)) failures.succeeded(key, now);
    }

    /** Forgets what is too old to lock anybody out. Blocks. */
    public void tidyUp() {
        Instant now = clock.instant();
        failures.purge(now.minus(throttle.window()), now.minus(throttle.knownFor()));
    }

    private boolean isLocked(SignInFailures.Past past) {
        Instant now = clock.instant();
        return past.here().filter(each -> throttle.locks(each, now)).isPresent()
                || throttle.ofPlace().isFull(past.placeDrainedAt(), now)
                // Its owner is not kept out by what others do elsewhere.
                || (throttle.ofName().isFull(past.nameDrainedAt(), now) && !throttle.isKnown(past.lastSuccess(), now));
    }

    /** What {@link #count} writes, and locks nobody: otherwise the time of an answer would tell that there is a lock. */
    private void writeAsMuch(SignInFailures.Key key, SignInPlace place) {
        transactions.inTransaction(() -> {
            Instant now = clock.instant();
            failures.add(new SignInFailures.Key(key.name(), key.address() + BESIDE), now, throttle.window());
            failures.press(new SignInFailures.Pressed.Place(place), Duration.ZERO, now);
            failures.press(new SignInFailures.Pressed.Name(key.name()), Duration.ZERO, now);
        });
    }

    private void count(SignInFailures.Key key, SignInPlace place) {
        transactions.inTransaction(() -> {
            Instant now = clock.instant();
            failures.add(key, now, throttle.window());
            failures.press(
                    new SignInFailures.Pressed.Place(place), throttle.ofPlace().each(), now);
            failures.press(
                    new SignInFailures.Pressed.Name(key.name()),
                    throttle.ofName().each(),
                    now);
        });
    }
}
