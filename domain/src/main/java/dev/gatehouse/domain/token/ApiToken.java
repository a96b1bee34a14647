package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A long-lived credential: who it speaks for and whether it still counts. Never the secret.
 *
 * @param id the {@code jti}, unique for ever and everywhere
 * @param name what its creator calls it, unique for ever for its subject
 * @param description at most 255 characters, possibly empty
 * @param issuedAt a whole second, as the {@code iat} claim has it
 * @param notBefore a whole second, as {@code nbf} has it; never before it was issued
 * @param expiresAt a whole second; absent: it has no end
 * @param createdBy the caller's name as policies write it
 * @param signedBy the {@code kid} of the key that signs its value; absent: from before that was written down
 */
public record ApiToken(
        TokenId id,
        TokenName name,
        TokenSubject subject,
        String description,
        Instant issuedAt,
        Instant notBefore,
        Optional<Instant> expiresAt,
        String createdBy,
        Optional<String> signedBy,
        Restrictions restrictions,
        Lineage lineage,
        Uses uses,
        State state) {
    /** What refusals and the audit call it. */
    public static final String KIND = "token";

    private static final int LONGEST_DESCRIPTION = 255;

    /** What was done to it. Whether its times fit is another question, which the clock answers: {@link #standingAt}. */
    public sealed interface State {
        /** Nothing. */
        record Live() implements State {}

        /**
         * Another took its place, and it still counts until it is closed.
         *
         * @param until when it is closed at the latest
         * @param closeOnFirstUse whether the first use of a later one closes it
         * @param closedAt when such a use closed it, or when it was superseded if there is no window
         */
        record Superseded(Instant at, Instant until, boolean closeOnFirstUse, Optional<Instant> closedAt)
                implements State {
            /**
             * So long behind its end it is merely refused: the clocks of two processes differ by less, and a request that
             * was sent before needs less to arrive.
             */
            private static final Duration SKEW = Duration.ofSeconds(1);

            /**
             * Whether it was closed so long before this moment that whoever shows it then has no business to. What comes in
             * within a second of the use that closed it, or of the end of its window, was on its way already.
             */
            public boolean closedBefore(Instant moment) {
                return !moment.isBefore(closedAt.orElse(until).plus(SKEW));
            }

            boolean openAt(Instant now) {
                return closedAt.isEmpty() && now.isBefore(until);
            }
        }

        /**
         * It was ended before its time.
         *
         * @param by the caller's name as policies write it
         * @param reason possibly empty
         */
        record Revoked(Instant at, String by, String reason) implements State {}
    }

    /** What its state and the clock make of it. */
    public enum Standing {
        ACTIVE("active"),
        /** Another took its place, whether it is still open or was closed. */
        SUPERSEDED("superseded"),
        REVOKED("revoked"),
        /** Its end has come, or the policy on it has ended it: it is too old, or nobody used it for too long. */
        EXPIRED("expired"),
        /** Its time has not come. */
        PENDING("pending");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        /** The word for it in JSON. */
        public String word() {
            return word;
        }

        /** The standing of this word. */
        public static Optional<Standing> of(String word) {
            for (Standing each : values()) if (each.word.equals(word)) return Optional.of(each);
            return Optional.empty();
        }
    }

    public ApiToken {
        if (description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION)
            throw new Refusal.Invalid("description", TokenRule.DESCRIPTION_LENGTH);
        if (expiresAt.filter(each -> !notBefore.isBefore(each)).isPresent())
            throw new Refusal.Invalid("notBefore", TokenRule.NEVER_VALID);
    }

    /** A new token that counts from now on, for everything and from everywhere. */
    public static ApiToken issue(
            TokenId id,
            TokenName name,
            TokenSubject subject,
            String description,
            Lifetime lifetime,
            String createdBy,
            Instant now) {
        return issue(id, name, subject, Terms.plain(description, lifetime), createdBy, now);
    }

    /**
     * A new token.
     *
     * @throws Refusal.Invalid when it would end before it begins, or the description breaks a rule
     */
    public static ApiToken issue(
            TokenId id, TokenName name, TokenSubject subject, Terms terms, String createdBy, Instant now) {
        Rule.OfText.check("description", terms.description());
        return issue(id, name, subject, terms, createdBy, now, Lineage.first(id));
    }

    private static ApiToken issue(
            TokenId id,
            TokenName name,
            TokenSubject subject,
            Terms terms,
            String createdBy,
            Instant now,
            Lineage lineage) {
        Instant second = second(now);
        return new ApiToken(
                id,
                name,
                subject,
                terms.description(),
                second,
                terms.notBefore().map(ApiToken::second).filter(second::isBefore).orElse(second),
                terms.lifetime().endFrom(second),
                createdBy,
                Optional.empty(),
                terms.restrictions(),
                lineage,
                Uses.NONE,
                new State.Live());
    }

    private static Instant second(Instant moment) {
        return Instant.ofEpochSecond(moment.getEpochSecond());
    }

    /** Whether nobody ended it and its times fit; the end itself does not count any more. */
    public boolean countsAt(Instant now) {
        boolean inTime =
                !now.isBefore(notBefore) && expiresAt.map(now::isBefore).orElse(true);
        return inTime
                && switch (state) {
                    case State.Live() -> true;
                    case State.Superseded superseded -> superseded.openAt(now);
                    case State.Revoked revoked -> false;
                };
    }

    /** Whether nobody ended it and its end has not come, whether or not its time has. */
    boolean mayCountAt(Instant now) {
        return countsUntil().map(now::isBefore).orElse(true) && !isRevoked();
    }

    /** Until when it counts if nothing is done to it; absent: without an end. */
    public Optional<Instant> countsUntil() {
        return switch (state) {
            case State.Live() -> expiresAt;
            case State.Superseded superseded ->
                superseded
                        .closedAt()
                        .or(() -> Optional.of(
                                expiresAt.filter(superseded.until()::isAfter).orElse(superseded.until())));
            case State.Revoked revoked -> Optional.of(revoked.at());
        };
    }

    /** What its state and the clock make of it where no policy says anything. */
    public Standing standingAt(Instant now) {
        return standingAt(now, KindPolicy.LENIENT);
    }

    /** What its state, the clock and the policy on it make of it: what a policy ended has expired. */
    public Standing standingAt(Instant now, KindPolicy policy) {
        return switch (state) {
            case State.Revoked revoked -> Standing.REVOKED;
            case State.Superseded superseded -> Standing.SUPERSEDED;
            case State.Live() -> {
                if (expiresAt.filter(each -> !now.isBefore(each)).isPresent() || policy.endedBy(now, this))
                    yield Standing.EXPIRED;
                yield now.isBefore(notBefore) ? Standing.PENDING : Standing.ACTIVE;
            }
        };
    }

    /** Idempotent: the first revocation wins. */
    public ApiToken revoke(Instant now, String by) {
        return revoke(now, by, "");
    }

    /**
     * Idempotent: the first revocation wins.
     *
     * @param reason possibly empty
     */
    public ApiToken revoke(Instant now, String by, String reason) {
        return isRevoked() ? this : with(lineage, uses, new State.Revoked(now, by, reason));
    }

    public boolean isRevoked() {
        return state instanceof State.Revoked;
    }

    /**
     * The one that takes its place: with the same subject and the same restrictions, and of limited uses what is left.
     *
     * @throws Refusal.Conflict {@code STALE} unless it is live and in time: there is never more than one successor
     * @throws Refusal.Unmet when no use is left to hand on
     * @throws Refusal.Invalid when another description breaks a rule
     */
    public ApiToken successor(
            TokenId next, TokenName nextName, String nextDescription, Lifetime lifetime, String by, Instant now) {
        if (!nextDescription.equals(description)) Rule.OfText.check("description", nextDescription);
        if (!(state instanceof State.Live)
                || expiresAt.filter(each -> !now.isBefore(each)).isPresent())
            throw new Refusal.Conflict(Refusal.Conflict.Reason.STALE, KIND, id.value());
        if (restrictions.maxUses().filter(most -> most <= uses.counted()).isPresent())
            throw new Refusal.Unmet(TokenRule.USES_SPENT, id.value());
        Restrictions left =
                new Restrictions(restrictions.limits(), restrictions.maxUses().map(most -> most - uses.counted()));
        Terms terms = new Terms(nextDescription, lifetime, Optional.of(notBefore), left);
        return issue(next, nextName, subject, terms, by, now, lineage.next(id));
    }

    /**
     * As it is once the other has taken its place.
     *
     * @throws Refusal.Unmet when both would count for a while, each with the uses that are left
     */
    public ApiToken supersededBy(TokenId successor, Overlap overlap, Instant now) {
        if (restrictions.maxUses().isPresent() && !overlap.length().isZero())
            throw new Refusal.Unmet(TokenRule.OVERLAP_OF_USES);
        Instant end = overlap.endFrom(now);
        Instant until = expiresAt.filter(end::isAfter).orElse(end);
        // Without a window it is closed here and now, whatever the clock of another process says.
        Optional<Instant> closed = overlap.length().isZero() ? Optional.of(now) : Optional.empty();
        State next = new State.Superseded(now, until, overlap.closeOnFirstUse(), closed);
        return with(lineage.followedBy(successor), uses, next);
    }

    /** As it is once a later one was used; only what is open and to be closed so changes. */
    public ApiToken closedByUse(Instant now) {
        return state instanceof State.Superseded superseded && superseded.closeOnFirstUse() && superseded.openAt(now)
                ? with(lineage, uses, new State.Superseded(superseded.at(), superseded.until(), true, Optional.of(now)))
                : this;
    }

    /** As it is once it was used; the first use stays the first. */
    public ApiToken firstUsed(Instant now) {
        return uses.firstAt().isPresent()
                ? this
                : with(lineage, new Uses(Optional.of(now), uses.counted(), uses.last()), state);
    }

    /** The same, used once more; an earlier use than the last changes nothing. */
    public ApiToken used(LastUse use) {
        LastUse last = lastUse().map(each -> each.orLater(use)).orElse(use);
        return with(lineage, new Uses(uses.firstAt(), uses.counted(), Optional.of(last)), state);
    }

    /** Whether the record shows no use of late, so that one now has to be written down at once ({@link LastUse#PAUSE}). */
    public boolean pausedAt(Instant now) {
        return !now.isBefore(activeSince().plus(LastUse.PAUSE));
    }

    /** Since when nothing was heard of it: its last use, or when it began to count. */
    Instant activeSince() {
        Instant begin = uses.firstAt().filter(notBefore::isBefore).orElse(notBefore);
        return lastUse().map(LastUse::at).filter(begin::isBefore).orElse(begin);
    }

    /** Absent: never used, as far as is written down. */
    public Optional<LastUse> lastUse() {
        return uses.last();
    }

    /** One request more; absent when no more are allowed. */
    public Optional<ApiToken> usedOnceMore() {
        return restrictions
                .maxUses()
                .filter(most -> uses.counted() < most)
                .map(most -> with(lineage, new Uses(uses.firstAt(), uses.counted() + 1, uses.last()), state));
    }

    /** The same, its value signed by the key of this {@code kid}. */
    public ApiToken signedBy(String kid) {
        return with(Optional.of(kid), lineage, uses, state);
    }

    private ApiToken with(Lineage otherLineage, Uses otherUses, State otherState) {
        return with(signedBy, otherLineage, otherUses, otherState);
    }

    private ApiToken with(Optional<String> kid, Lineage otherLineage, Uses otherUses, State otherState) {
        return new ApiToken(
                id,
                name,
                subject,
                description,
                issuedAt,
                notBefore,
                expiresAt,
                createdBy,
                kid,
                restrictions,
                otherLineage,
                otherUses,
                otherState);
    }

    /** What the signed token says. */
    public TokenClaims claims(String issuer) {
        return new TokenClaims(issuer, subject.claim(), id.value(), issuedAt, notBefore, expiresAt);
    }
}
