package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.account.AccountFixtures;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.VerifiedTokens;
import java.util.List;
import java.util.Optional;

/** Callers, and what is remembered of them. */
public final class CallerFixtures {
    private CallerFixtures() {}

    /** The holder of this account, signed in. */
    public static Caller aCaller(Account account) {
        return aCaller(new Subject.OfAccount(account.id(), account.name()), Caller.Method.SESSION, List.of());
    }

    /** Somebody of this name, signed in, with the groups of an identity provider. */
    public static Caller aCaller(String name, String... groups) {
        return aCaller(
                new Subject.OfAccount(AccountFixtures.anAccountId(), new Username(name)),
                Caller.Method.SESSION,
                List.of(groups));
    }

    /** Whoever holds a token of this project role. */
    public static Caller aRoleCaller(String project, String role) {
        return aCaller(
                new Subject.OfProjectRole(new ProjectName(project), new RoleName(role)),
                Caller.Method.PROJECT_TOKEN,
                List.of());
    }

    /** What is remembered of a token that never ends. */
    public static VerifiedTokens.Verified aVerified(long since) {
        Account account = AccountFixtures.anAccount();
        return new VerifiedTokens.Verified(
                aCaller(account),
                "jti-1",
                Samples.NOW,
                Optional.empty(),
                since,
                List.of(new AccessChange.OfAccount(account.name()), new AccessChange.OfKeys()));
    }

    private static Caller aCaller(Subject subject, Caller.Method method, List<String> groups) {
        return new Caller(
                subject,
                groups,
                method,
                Optional.of(Samples.unique()),
                Optional.of(Samples.NOW),
                "argocd",
                new Origin("192.0.2.7", "curl/8.5", "request-" + Samples.unique()));
    }
}
