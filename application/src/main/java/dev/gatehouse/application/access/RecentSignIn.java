package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Explanation;
import dev.gatehouse.domain.access.Limits;
import dev.gatehouse.domain.access.PolicyRule;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Asks who signed in too long ago to sign in again, before what would outlast a stolen session: by {@code
 * session.reauthenticateSeconds} of the policy on tokens (Gatehouse contract 4). Where that says nothing, nobody is asked.
 *
 * <p>It is asked of sessions. A token is no person and cannot sign in: what it may do is for the policy to say, and for what
 * it is narrowed to. That is no way around it, because a session that is too old gives out no token that could do what the
 * session itself is refused ({@link #requireToGive}). What only ends a credential is never asked for: whoever stops a leak
 * should not be kept waiting. A rehearsal is not asked for either, as it changes nothing.
 */
public final class RecentSignIn {
    /** Whoever may do one of these, on whatever object, can do what is asked for, or give out a token that can. */
    private static final List<Right> STRONG = Stream.of(
                    rights("policies", "update"),
                    rights("accounts", "create", "update", "delete"),
                    rights("projects", "create", "update", "delete"),
                    rights("tokens", "create", "update"),
                    rights("signingkeys", "update", "delete"),
                    rights("webhookclients", "create"))
            .flatMap(each -> each)
            .toList();

    private final TokenPolicyInForce tokenPolicies;
    private final PolicyInForce policy;
    private final InstantSource clock;

    public RecentSignIn(TokenPolicyInForce tokenPolicies, PolicyInForce policy, InstantSource clock) {
        this.tokenPolicies = tokenPolicies;
        this.policy = policy;
        this.clock = clock;
    }

    private record Right(String resource, String action) {
        boolean isGivenBy(PolicyRule rule) {
            return rule.allows()
                    && rule.resource().matches(resource)
                    && rule.action().matches(action);
        }

        boolean isLeftBy(Limits limits) {
            return limits.permissions().isEmpty()
                    || limits.permissions().stream()
                            .anyMatch(each -> each.resource().matches(resource)
                                    && each.action().matches(action));
        }
    }

    private static Stream<Right> rights(String resource, String... actions) {
        return Stream.of(actions).map(each -> new Right(resource, each));
    }

    /**
     * Demands a recent sign-in before an act of which it is always demanded.
     *
     * @throws Refusal.SignInTooOld as {@link #require}
     */
    public void before(Caller caller, AuditAction action) {
        if (isAlwaysAskedFor(action)) require(caller);
    }

    /** Without a default: who adds an act says here whether it would outlast a stolen session. */
    private static boolean isAlwaysAskedFor(AuditAction action) {
        return switch (action) {
            case POLICY_CHANGED,
                    ACCOUNT_CREATED,
                    ACCOUNT_DELETED,
                    PROJECT_DELETED,
                    WEBHOOK_CLIENT_CREATED,
                    SIGNING_KEY_ROTATED,
                    SIGNING_KEY_REVOKED -> true;
            // Depends on what it is in detail: who does it asks, once that is known.
            case ACCOUNT_CHANGED, PASSWORD_RESET, TOKEN_CREATED, TOKEN_ROTATED, PROJECT_CREATED, PROJECT_CHANGED ->
                false;
            // Takes the current password itself.
            case PASSWORD_CHANGED -> false;
            // Only ends what there is.
            case SESSION_ENDED,
                    ACCOUNT_DISABLED,
                    TOKEN_REVOKED,
                    TOKEN_REMOVED,
                    CLEAN_UP_STARTED,
                    CLEAN_UP_CANCELLED,
                    WEBHOOK_CLIENT_DELETED -> false;
            // What is written down without anybody's doing more than showing a credential, or anything at all.
            case SESSION_CREATED,
                    SESSION_REFUSED,
                    TOKEN_FIRST_USED,
                    TOKEN_REUSED,
                    TOKEN_WARNED,
                    ACCESS_DENIED,
                    WEBHOOK_REFUSED,
                    EVENT_ACCEPTED -> false;
        };
    }

    /**
     * Demands that the person behind a session signed in recently. Nothing is demanded of other callers.
     *
     * @throws Refusal.SignInTooOld when it is longer ago than the policy on tokens allows
     */
    public void require(Caller caller) {
        tooOldFor(caller).ifPresent(most -> {
            throw new Refusal.SignInTooOld(most);
        });
    }

    /**
     * Demands the same before a token is given out that has no end, or that could do what a recent sign-in is demanded for.
     *
     * @param subject who it is to speak for
     * @param endless whether it is to count for ever
     * @param limits what it is narrowed to
     * @throws Refusal.SignInTooOld as {@link #require}
     */
    public void requireToGive(Caller caller, TokenSubject subject, boolean endless, Limits limits) {
        tooOldFor(caller).ifPresent(most -> {
            if (endless || isStrong(subject, limits)) throw new Refusal.SignInTooOld(most);
        });
    }

    private Optional<Duration> tooOldFor(Caller caller) {
        return switch (caller.method()) {
            case ACCOUNT_TOKEN, PROJECT_TOKEN, WEBHOOK, SYSTEM -> Optional.empty();
            case SESSION ->
                tokenPolicies
                        .recentSignIn()
                        .filter(most -> caller.signedInAt()
                                .filter(at -> !clock.instant().isAfter(at.plus(most)))
                                .isEmpty());
        };
    }

    /** By the policy in force; who changes that later is asked then. Denies do not count: better asked once too often. */
    private boolean isStrong(TokenSubject subject, Limits limits) {
        List<PolicyRule> rules = policy
                .rightsOf(
                        switch (subject) {
                            case TokenSubject.OfAccount account -> new Subject.OfAccount(account.id(), account.name());
                            case TokenSubject.OfProjectRole role ->
                                new Subject.OfProjectRole(role.project(), role.role());
                        })
                .stream()
                .map(Explanation.Found::rule)
                .toList();
        return STRONG.stream()
                .filter(each -> each.isLeftBy(limits))
                .anyMatch(each -> rules.stream().anyMatch(each::isGivenBy));
    }
}
