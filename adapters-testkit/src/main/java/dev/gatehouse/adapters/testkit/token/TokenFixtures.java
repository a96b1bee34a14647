package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.adapters.testkit.account.AccountFixtures;
import dev.gatehouse.adapters.testkit.project.ProjectFixtures;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.adapters.testkit.shared.TransactionsContract;
import dev.gatehouse.domain.access.Limits;
import dev.gatehouse.domain.access.Permission;
import dev.gatehouse.domain.access.SourceNetwork;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.Lifetime;
import dev.gatehouse.domain.token.Lineage;
import dev.gatehouse.domain.token.Overlap;
import dev.gatehouse.domain.token.Restrictions;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.Terms;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenSubject;
import dev.gatehouse.domain.token.Uses;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens in every state of their life, and keys. Each has an id and a name that no other has. */
public final class TokenFixtures {
    private static final long HOUR = 3_600;

    private TokenFixtures() {}

    /** A token that counts at {@link Samples#NOW} and for an hour, of a role of a project that nobody stored. */
    public static ApiToken aLiveToken() {
        return aTokenOf(aRoleSubject());
    }

    /** A token of this subject that counts at {@link Samples#NOW} and for an hour. */
    public static ApiToken aTokenOf(TokenSubject subject) {
        return aTokenOf(subject, Samples.NOW);
    }

    /** A token of this subject that was issued then, for an hour. */
    public static ApiToken aTokenOf(TokenSubject subject, Instant issuedAt) {
        return ApiToken.issue(
                aTokenId(), aTokenName(), subject, "for tests", Lifetime.ofSeconds(HOUR), "admin", issuedAt);
    }

    /** A token without an end. */
    public static ApiToken anEndlessToken() {
        return ApiToken.issue(aTokenId(), aTokenName(), anAccountSubject(), "", Lifetime.ENDLESS, "admin", Samples.NOW);
    }

    /** An endless token with these texts, as one that was stored before they were checked. */
    public static ApiToken aTokenDescribedAs(String description, String createdBy) {
        TokenId id = aTokenId();
        return new ApiToken(
                id,
                aTokenName(),
                anAccountSubject(),
                description,
                Samples.NOW,
                Samples.NOW,
                Optional.empty(),
                createdBy,
                Optional.empty(),
                Restrictions.NONE,
                new Lineage(id, 0, Optional.empty(), Optional.empty()),
                Uses.NONE,
                new ApiToken.State.Live());
    }

    /** A token that was revoked at {@link Samples#NOW}. */
    public static ApiToken aRevokedToken() {
        return aLiveToken().revoke(Samples.NOW, "admin");
    }

    /** A token of this subject that may be used twice, from one network, for one thing, and an hour from now on. */
    public static ApiToken aRestrictedToken(TokenSubject subject) {
        return ApiToken.issue(
                aTokenId(),
                aTokenName(),
                subject,
                new Terms(
                        "restricted",
                        Lifetime.ofSeconds(2 * HOUR),
                        Optional.of(Samples.NOW.plusSeconds(HOUR)),
                        new Restrictions(
                                new Limits(
                                        List.of(
                                                SourceNetwork.parse("networks", "192.0.2.0/24"),
                                                SourceNetwork.parse("networks", "2001:db8::/32")),
                                        List.of(
                                                Permission.parse("permissions", "applications, sync, demo/*"),
                                                Permission.parse("permissions", "logs, get, demo/{a,b}"))),
                                Optional.of(2))),
                "admin",
                Samples.NOW);
    }

    /** The one that takes the place of this one at {@link Samples#NOW}, for two hours. */
    public static ApiToken aSuccessorOf(ApiToken token) {
        return token.successor(
                aTokenId(), aTokenName(), "the next", Lifetime.ofSeconds(2 * HOUR), "admin", Samples.NOW);
    }

    /** An overlap of ten minutes, which a use of a later token ends. */
    public static Overlap anOverlap() {
        return Overlap.ofSeconds(600, true);
    }

    /** A token that ended an hour before {@link Samples#NOW}. */
    public static ApiToken anExpiredToken() {
        return aTokenOf(anAccountSubject(), Samples.NOW.minusSeconds(2 * HOUR));
    }

    public static TokenId aTokenId() {
        return new TokenId(Samples.unique());
    }

    public static TokenName aTokenName() {
        return new TokenName("nightly-" + Samples.unique());
    }

    /** An account that nobody stored. */
    public static TokenSubject.OfAccount anAccountSubject() {
        return new TokenSubject.OfAccount(AccountFixtures.anAccountId(), AccountFixtures.aUsername());
    }

    /** The role {@code ci} of a project that nobody stored. */
    public static TokenSubject.OfProjectRole aRoleSubject() {
        return new TokenSubject.OfProjectRole(
                ProjectFixtures.aProjectId(), ProjectFixtures.aProjectName(), new RoleName("ci"));
    }

    /** What a token says that ends after an hour. */
    public static TokenClaims claims() {
        return aLiveToken().claims(TokenRules.DEFAULT.issuer());
    }

    /** What a token says that never ends. */
    public static TokenClaims endlessClaims() {
        return anEndlessToken().claims(TokenRules.DEFAULT.issuer());
    }

    /** A key that signs nothing. */
    public static SigningKey aSigningKey() {
        return aSigningKey("key-" + Samples.unique(), Samples.NOW);
    }

    /** The same, of this name and age. */
    public static SigningKey aSigningKey(String kid, Instant createdAt) {
        return aStandby(kid, createdAt).from(createdAt);
    }

    /** A key that waits for its turn. */
    public static SigningKey aStandby(String kid, Instant createdAt) {
        return new SigningKey(
                kid,
                SigningKey.Algorithm.ES256,
                new SealedSecret("sealed-" + Samples.unique()),
                createdAt,
                Optional.empty(),
                Optional.empty());
    }

    /** A new token, for {@link TransactionsContract#rows()}. */
    public static TransactionsContract.Row aRow(ApiTokens tokens) {
        ApiToken token = aLiveToken();
        return new TransactionsContract.Row() {
            @Override
            public void write() {
                tokens.insert(token);
            }

            @Override
            public boolean isThere() {
                return tokens.find(token.id()).isPresent();
            }
        };
    }
}
