package dev.gatehouse.domain.token;

import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;
import java.time.Instant;
import java.util.Optional;

/**
 * Which tokens are wanted; an absent member wants all.
 *
 * @param project of this project
 * @param role of a role of this name
 * @param account of this account
 * @param standing at {@code now}
 * @param createdBy by exactly this caller
 * @param expiresBefore has an end, and that before this moment
 * @param unusedSince not used at this moment or later, and issued before it
 * @param neverUsed whether it was never used
 * @param now what the standing is derived from
 */
public record TokenFilter(
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

    /** The tokens of one account among these. */
    public TokenFilter of(Username owner) {
        return new TokenFilter(
                kind,
                project,
                role,
                Optional.of(owner),
                standing,
                createdBy,
                expiresBefore,
                unusedSince,
                neverUsed,
                now);
    }

    /** Those of this kind among these. */
    public TokenFilter of(Kind wanted) {
        return new TokenFilter(
                Optional.of(wanted),
                project,
                role,
                account,
                standing,
                createdBy,
                expiresBefore,
                unusedSince,
                neverUsed,
                now);
    }

    /** Those of this standing among these. */
    public TokenFilter of(ApiToken.Standing wanted) {
        return new TokenFilter(
                kind,
                project,
                role,
                account,
                Optional.of(wanted),
                createdBy,
                expiresBefore,
                unusedSince,
                neverUsed,
                now);
    }

    /** The tokens of one project among these. */
    public TokenFilter of(ProjectName owner) {
        return new TokenFilter(
                kind,
                Optional.of(owner),
                role,
                account,
                standing,
                createdBy,
                expiresBefore,
                unusedSince,
                neverUsed,
                now);
    }

    /** Whether this token is wanted. */
    public boolean wants(ApiToken token) {
        return kind.map(each -> each == Kind.of(token.subject())).orElse(true)
                && switch (token.subject()) {
                    case TokenSubject.OfAccount of ->
                        project.isEmpty()
                                && role.isEmpty()
                                && account.map(each -> each.equals(of.name())).orElse(true);
                    case TokenSubject.OfProjectRole of ->
                        account.isEmpty()
                                && project.map(each -> each.equals(of.project()))
                                        .orElse(true)
                                && role.map(each -> each.equals(of.role())).orElse(true);
                }
                && standing.map(each -> each == token.standingAt(now)).orElse(true)
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
