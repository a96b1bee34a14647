package dev.gatehouse.application.session;

import dev.gatehouse.application.access.TokenPolicyInForce;
import dev.gatehouse.application.account.PasswordCheck;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Limits;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountRule;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.SignInFailures;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.SessionRule;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.SecretSealer;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenSigner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** From a password to a session, in the order of Argo CD contract 1.1. */
public final class SignInService implements SigningIn {
    private static final int LONGEST_NAME_BYTES = 32;
    private static final int FINGERPRINT_DIGITS = 12;

    private final PasswordCheck passwords;
    private final Accounts accounts;
    private final PasswordHasher hasher;
    private final Sessions sessions;
    private final AccessChanges changes;
    private final TokenSigner signer;
    private final SecretSealer sealer;
    private final Acts acts;
    private final Ids ids;
    private final InstantSource clock;
    private final TokenPolicyInForce policies;
    private final TokenRules tokenRules;

    /** The driven ports it asks. */
    public record Ports(
            Accounts accounts,
            PasswordHasher hasher,
            Sessions sessions,
            AccessChanges changes,
            TokenSigner signer,
            SecretSealer sealer,
            Ids ids) {}

    public SignInService(
            PasswordCheck passwords,
            Ports ports,
            Acts acts,
            TokenPolicyInForce policies,
            TokenRules tokenRules,
            InstantSource clock) {
        this.passwords = passwords;
        this.accounts = ports.accounts();
        this.hasher = ports.hasher();
        this.sessions = ports.sessions();
        this.changes = ports.changes();
        this.signer = ports.signer();
        this.sealer = ports.sealer();
        this.ids = ports.ids();
        this.acts = acts;
        this.policies = policies;
        this.tokenRules = tokenRules;
        this.clock = clock;
    }

    @Override
    public Answer signIn(SignIn command) {
        String name = command.username();
        if (name.isEmpty() || command.password().reveal().isEmpty()) return new Answer.NoCredentials();
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME_BYTES)
            throw new Refusal.Invalid("username", AccountRule.SIGN_IN_NAME_LENGTH);
        return switch (passwords.check(name, command.password(), command.origin())) {
            case PasswordCheck.Verdict.Right(Account account, SignInFailures.Past past) -> {
                try {
                    yield start(account, past, command);
                } catch (Refusal.Conflict e) {
                    // Somebody changed the account while the password was hashed; the person did nothing wrong.
                    throw new Refusal.Unavailable("account", Duration.ofSeconds(1), e);
                }
            }
            case PasswordCheck.Verdict.Wrong wrong -> refuse(command, "badCredentials", new Answer.BadCredentials());
            case PasswordCheck.Verdict.Locked locked -> refuse(command, "locked", new Answer.BadCredentials());
            case PasswordCheck.Verdict.Disabled disabled ->
                refuse(command, "disabled", new Answer.AccountDisabled(name));
            case PasswordCheck.Verdict.NoLogin noLogin -> refuse(command, "noLogin", new Answer.NoLogin(name));
            case PasswordCheck.Verdict.Over over -> refuse(command, "passwordOver", new Answer.PasswordOver(name));
        };
    }

    private Answer refuse(SignIn command, String reason, Answer answer) {
        // What nobody is called may be a password that was typed into the wrong field.
        String name = Username.ifValid(command.username())
                .flatMap(accounts::find)
                .map(each -> each.name().value())
                .orElseGet(() -> "unknown:" + fingerprint(command.username()));
        // Each: it costs a hash, and whether it was written must not tell a name that is locked from one that is not.
        acts.refusedEachTime(
                name,
                "password",
                command.origin(),
                AuditAction.SESSION_REFUSED,
                new Target(Account.KIND, name),
                reason);
        return answer;
    }

    /** Tells one unknown name from another, and gives none away: who reads the audit could try passwords on a mere digest. */
    private String fingerprint(String name) {
        return sealer.fingerprint(name.getBytes(StandardCharsets.UTF_8), "audit/unknown-name")
                .substring(0, FINGERPRINT_DIGITS);
    }

    private Answer start(Account account, SignInFailures.Past past, SignIn command) {
        Optional<PasswordHash> better = betterHash(account, command);
        SessionRules sessionRules = policies.sessions();
        Instant now = clock.instant();
        Session.Unusual unusual = passwords.unusual(account, past);
        Session session =
                Session.start(new SessionId(ids.newId()), account, sessionRules, command.origin(), unusual, now);
        Caller caller = new Caller(
                new Subject.OfAccount(account.id(), account.name()),
                List.of(),
                Caller.Method.SESSION,
                Optional.of(session.id().value()),
                Optional.of(session.startedAt()),
                Optional.of(session.endsAt()),
                tokenRules.issuer(),
                command.origin(),
                Limits.NONE,
                Optional.of(session.startedAt()));
        // Asked before the token is signed: a key that takes over between leaves its session to the one before.
        String kid = signer.kid();
        acts.perform(
                caller,
                AuditAction.SESSION_CREATED,
                new Target(Session.KIND, session.id().value()),
                () -> {
                    accounts.signedIn(account.id(), now);
                    // The account was read before the slow hash: what was changed meanwhile decides.
                    boolean same = accounts.find(account.name())
                            .filter(each -> each.id().equals(account.id())
                                    && each.enabled()
                                    && each.can(Capability.LOGIN)
                                    && each.passwordChangedAt().equals(account.passwordChangedAt()))
                            .isPresent();
                    if (!same)
                        throw new Refusal.Conflict(
                                Refusal.Conflict.Reason.STALE,
                                Account.KIND,
                                account.name().value());
                    command.before().ifPresent(this::signOut);
                    makeRoom(caller, account, sessionRules, now);
                    sessions.insert(session, kid);
                    passwords.succeeded(PasswordCheck.keyOf(command.username(), command.origin()), past, now);
                    Optional<PasswordHash> replaced = better.filter(each -> accounts.replaceHash(
                            account.id(), account.password().orElseThrow(), each));
                    if (replaced.isPresent()) changes.append(new AccessChange.OfPasswordForms());
                    return replaced;
                },
                replaced -> changes(unusual, replaced.isPresent()));
        return new Answer.SignedIn(session, signer.sign(session.claims(tokenRules.issuer(), sessionRules)));
    }

    private static List<Change> changes(Session.Unusual unusual, boolean hashReplaced) {
        List<Change> changes = new ArrayList<>();
        if (unusual.newPlace()) changes.add(new Change("newPlace", "", "true"));
        if (unusual.refusedBefore() > 0)
            changes.add(new Change("refusedBefore", "", Integer.toString(unusual.refusedBefore())));
        if (hashReplaced) changes.add(new Change("passwordHash", "dated", "current"));
        return changes;
    }

    private void makeRoom(Caller caller, Account account, SessionRules sessionRules, Instant now) {
        if (sessionRules.limit().isEmpty()) return;
        SessionRules.Limit limit = sessionRules.limit().get();
        List<Session> surplus = sessions.olderThanNewest(
                new Sessions.Wanted(
                        Optional.of(Set.of(account.id())),
                        now,
                        sessionRules.boundsAt(now, Duration.ZERO),
                        Optional.empty()),
                limit.most() - 1);
        if (surplus.isEmpty()) return;
        switch (limit.beyond()) {
            case REFUSE ->
                throw new Refusal.Unmet(SessionRule.TOO_MANY, account.name().value(), Integer.toString(limit.most()));
            case END_OLDEST -> {
                for (Session oldest : surplus)
                    acts.perform(
                            caller,
                            AuditAction.SESSION_ENDED,
                            new Target(Session.KIND, oldest.id().value()),
                            () -> sessions.end(oldest.id(), now, Session.Reason.GAVE_WAY));
                changes.append(surplus.stream()
                        .<AccessChange>map(
                                each -> new AccessChange.OfCredential(each.id().value()))
                        .toList());
            }
        }
    }

    @Override
    public boolean isNearEnd(Caller caller) {
        return caller.method() == Caller.Method.SESSION
                && caller.expiresAt()
                        .map(end -> end.minus(SessionRules.RENEWED_BEFORE_END).isBefore(clock.instant()))
                        .orElse(false);
    }

    @Override
    public Optional<PlainToken> renew(Caller caller) {
        if (!isNearEnd(caller)) return Optional.empty();
        Instant now = clock.instant();
        SessionRules sessionRules = policies.sessions();
        return caller.credential()
                .flatMap(each -> sessions.find(new SessionId(each)))
                .filter(each -> each.countsAt(now, sessionRules)
                        && caller.expiresAt()
                                .filter(each.endsAt(sessionRules)::isAfter)
                                .isPresent())
                .map(each -> {
                    sessions.signed(each.id(), signer.kid());
                    return signer.sign(each.nextClaims(tokenRules.issuer(), sessionRules, ids.newId(), now));
                });
    }

    /** The password is at hand now and never else: the moment to bring a hash that others made to today's form. */
    private Optional<PasswordHash> betterHash(Account account, SignIn command) {
        if (account.password().filter(hasher::isDated).isEmpty()) return Optional.empty();
        try {
            return Optional.of(hasher.hash(
                    command.password(), SignInPlace.of(command.origin().address())));
        } catch (Refusal.Unavailable e) {
            // Too many are signing in. It is as good at the next time.
            return Optional.empty();
        }
    }

    @Override
    public void signOut(Caller caller) {
        if (caller.method() != Caller.Method.SESSION || caller.credential().isEmpty()) return;
        String id = caller.credential().get();
        acts.perform(caller, AuditAction.SESSION_ENDED, new Target(Session.KIND, id), () -> {
            boolean ended = sessions.end(new SessionId(id), clock.instant(), Session.Reason.SIGNED_OUT);
            changes.append(new AccessChange.OfCredential(id));
            return ended;
        });
    }
}
