package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.TokenPolicies;
import dev.gatehouse.domain.token.TokenPolicy;
import dev.gatehouse.domain.token.TokenPolicySnapshot;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.Duration;
import java.util.Optional;

/** The policies on tokens and what they say of sessions, remembered for as long as they do not change. */
public final class TokenPolicyInForce {
    private static final int MOST_PROJECTS = 20_000;

    private final Remembered<Scope, TokenPolicy> policies;
    private final TokenPolicies stored;
    private final SessionRules settings;

    /** @param settings what holds for sessions where the policy says nothing */
    public TokenPolicyInForce(TokenPolicies stored, AccessChanges changes, SessionRules settings) {
        this.stored = stored;
        this.settings = settings;
        this.policies = new Remembered<>(changes, Scope::restsOn, MOST_PROJECTS);
    }

    /** For whom; absent: for all. */
    private record Scope(Optional<ProjectName> name, Optional<ProjectId> id) {
        static final Scope ALL = new Scope(Optional.empty(), Optional.empty());

        AccessChange restsOn() {
            return name.<AccessChange>map(AccessChange.OfProject::new).orElseGet(AccessChange.OfPolicy::new);
        }
    }

    /** What holds for the tokens of this subject. */
    public KindPolicy of(TokenSubject subject) {
        TokenPolicy all = get(Scope.ALL);
        return switch (subject) {
            case TokenSubject.OfAccount account -> all.account();
            case TokenSubject.OfProjectRole role ->
                all.tightenedBy(get(new Scope(Optional.of(role.project()), Optional.of(role.id()))))
                        .project();
        };
    }

    /** What holds for all tokens, read now: for lists, which may be about any number of projects. */
    public TokenPolicySnapshot all() {
        return stored.all();
    }

    /** What holds for sessions: what the policy says, and where it says nothing, what is set. */
    public SessionRules sessions() {
        return settings.under(get(Scope.ALL).session());
    }

    /** How long ago a person may have signed in who does what {@link RecentSignIn} tells; absent: any time. */
    Optional<Duration> recentSignIn() {
        return get(Scope.ALL).session().recent();
    }

    private TokenPolicy get(Scope scope) {
        return policies.get(scope, each -> stored.find(each.id()).orElse(TokenPolicy.LENIENT));
    }
}
