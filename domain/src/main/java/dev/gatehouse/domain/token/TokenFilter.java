package dev.gatehouse.domain.token;

import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which tokens are wanted; an absent member wants all.
 *
 * @param owner whose
 * @param standing at {@code now}, under {@code policies}
 * @param createdBy by exactly this caller
 * @param expiresBefore has an end, and that before this moment
 * @param unusedSince not used at this moment or later, and issued before it
 * @param neverUsed whether it was never used
 * @param endsSoon whether a policy warns of its end: {@link KindPolicy#warnsOf}
 * @param endedByPolicy whether only those are wanted that their policy has ended, and that would count otherwise, now or
 *     from some moment on
 * @param policies what the standing is derived from, beside the record
 * @param now what the standing is derived from
 */
public record TokenFilter(
        Owner owner,
        Optional<ApiToken.Standing> standing,
        Optional<String> createdBy,
        Optional<Instant> expiresBefore,
        Optional<Instant> unusedSince,
        Optional<Boolean> neverUsed,
        Optional<Boolean> endsSoon,
        boolean endedByPolicy,
        TokenPolicySnapshot policies,
        Instant now) {
    /**
     * Whose tokens are wanted; an absent member wants all.
     *
     * @param project of this project
     * @param role of a role of this name
     * @param account of this account
     */
    public record Owner(
            Optional<Kind> kind, Optional<ProjectName> project, Optional<RoleName> role, Optional<Username> account) {
        /** Whether there can be such tokens of accounts, or of roles. */
        public boolean admits(Kind other) {
            return kind.map(each -> each == other).orElse(true)
                    && switch (other) {
                        case ACCOUNT -> project.isEmpty() && role.isEmpty();
                        case PROJECT -> account.isEmpty();
                    };
        }

        boolean wants(TokenSubject subject) {
            return admits(Kind.of(subject))
                    && switch (subject) {
                        case TokenSubject.OfAccount of ->
                            account.map(each -> each.equals(of.name())).orElse(true);
                        case TokenSubject.OfProjectRole of ->
                            project.map(each -> each.equals(of.project())).orElse(true)
                                    && role.map(each -> each.equals(of.role())).orElse(true);
                    };
        }
    }

    /** Who a token can speak for. */
    public enum Kind {
        ACCOUNT("account"),
        PROJECT("project");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word for it in JSON. */
        public String word() {
            return word;
        }

        /** The kind of this word. */
        public static Optional<Kind> of(String word) {
            for (Kind each : values()) if (each.word.equals(word)) return Optional.of(each);
            return Optional.empty();
        }

        /** The kind of this subject. */
        public static Kind of(TokenSubject subject) {
            return switch (subject) {
                case TokenSubject.OfAccount account -> ACCOUNT;
                case TokenSubject.OfProjectRole role -> PROJECT;
            };
        }
    }

    /** Where nothing is said of ends, and no policy holds. */
    public TokenFilter(
            Optional<Kind> kind,
            Optional<ProjectName> project,
            Optional<RoleName> role,
            Optional<Username> account,
            Optional<ApiToken.Standing> standing,
            Optional<String> createdBy,
            Optional<Instant> expiresBefore,
            Optional<Instant> unusedSince,
            Optional<Boolean> neverUsed,
            Instant now) {
        this(
                new Owner(kind, project, role, account),
                standing,
                createdBy,
                expiresBefore,
                unusedSince,
                neverUsed,
                Optional.empty(),
                false,
                TokenPolicySnapshot.LENIENT,
                now);
    }

    /** Every token. */
    public static TokenFilter all(Instant now) {
        return new TokenFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now);
    }

    /**
     * Those among these that a revocation of all would end: they count, or will from some moment on, with a successor or
     * without. In parts that hold no token in common.
     */
    public List<TokenFilter> living() {
        return Stream.of(ApiToken.Standing.ACTIVE, ApiToken.Standing.PENDING, ApiToken.Standing.SUPERSEDED)
                .map(this::of)
                .toList();
    }

    /** The tokens of one account among these. */
    public TokenFilter of(Username name) {
        return with(new Owner(owner.kind, owner.project, owner.role, Optional.of(name)));
    }

    /** Those of this kind among these. */
    public TokenFilter of(Kind wanted) {
        return with(new Owner(Optional.of(wanted), owner.project, owner.role, owner.account));
    }

    /** The tokens of one project among these. */
    public TokenFilter of(ProjectName name) {
        return with(new Owner(owner.kind, Optional.of(name), owner.role, owner.account));
    }

    private TokenFilter with(Owner other) {
        return with(other, standing, endsSoon, endedByPolicy, policies);
    }

    /** Those of this standing among these. */
    public TokenFilter of(ApiToken.Standing wanted) {
        return with(owner, Optional.of(wanted), endsSoon, endedByPolicy, policies);
    }

    /** Those among these of which a policy warns now, or of which none does. */
    public TokenFilter endingSoon(boolean wanted) {
        return with(owner, standing, Optional.of(wanted), endedByPolicy, policies);
    }

    /** Those among these that their policy has ended and nothing else has. */
    public TokenFilter onlyEndedByPolicy() {
        return with(owner, standing, endsSoon, true, policies);
    }

    /** The same where other policies hold. */
    public TokenFilter under(TokenPolicySnapshot other) {
        return with(owner, standing, endsSoon, endedByPolicy, other);
    }

    private TokenFilter with(
            Owner otherOwner,
            Optional<ApiToken.Standing> otherStanding,
            Optional<Boolean> otherSoon,
            boolean otherEnded,
            TokenPolicySnapshot otherPolicies) {
        return new TokenFilter(
                otherOwner,
                otherStanding,
                createdBy,
                expiresBefore,
                unusedSince,
                neverUsed,
                otherSoon,
                otherEnded,
                otherPolicies,
                now);
    }

    /** Whether this token is wanted. */
    public boolean wants(ApiToken token) {
        KindPolicy policy = policies.of(token.subject());
        return owner.wants(token.subject())
                && standing.map(each -> each == token.standingAt(now, policy)).orElse(true)
                && endsSoon.map(each -> each == policy.warnsOf(token, now).isPresent())
                        .orElse(true)
                && (!endedByPolicy || (token.mayCountAt(now) && policy.endedBy(now, token)))
                && createdBy.map(each -> each.equals(token.createdBy())).orElse(true)
                && expiresBefore
                        .map(each -> token.expiresAt().filter(each::isAfter).isPresent())
                        .orElse(true)
                && unusedSince
                        .map(each ->
                                token.issuedAt().isBefore(each) && token.uses().noneSince(each))
                        .orElse(true)
                && neverUsed.map(each -> each == token.uses().none()).orElse(true);
    }
}
