package dev.gatehouse.domain.session;

import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.TokenClaims;
import java.time.Instant;
import java.util.Optional;

/**
 * One sign-in of one account.
 *
 * @param startedAt a whole second, as the {@code iat} claim has it
 * @param endsAt the absolute end, a whole second
 * @param address where the sign-in came from
 * @param userAgent what the client called itself, possibly empty
 * @param unusual what its holder should look at
 * @param lastUse absent: not used since the sign-in, as far as is written down
 */
public record Session(
        SessionId id,
        AccountId account,
        Username name,
        Instant startedAt,
        Instant endsAt,
        String address,
        String userAgent,
        Unusual unusual,
        State state,
        Optional<LastUse> lastUse) {
    /** What refusals and the audit call it. */
    public static final String KIND = "session";

    /**
     * What may tell the holder of an account that somebody else signed in, or tried to (ASVS 5.0 6.3.5).
     *
     * @param newPlace whether the name got in before, and not from there lately
     * @param refusedBefore at least so many sign-ins under the name were refused shortly before, from wherever; 0 or more
     */
    public record Unusual(boolean newPlace, int refusedBefore) {
        /** Nothing. */
        public static final Unusual NOTHING = new Unusual(false, 0);

        public Unusual {
            if (refusedBefore < 0) throw new IllegalArgumentException("none or more");
        }
    }

    /** Whether it was ended before its time. */
    public sealed interface State {
        record Live() implements State {}

        record Ended(Instant at, Reason reason) implements State {}
    }

    /** Why a session was ended before its time. */
    public enum Reason {
        SIGNED_OUT,
        PASSWORD_CHANGED,
        REVOKED,
        /** It was not used for too long. */
        IDLE,
        /** The account signed in once more than it may have sessions. */
        GAVE_WAY
    }

    /** A sign-in with nothing unusual. */
    public static Session start(SessionId id, Account account, SessionRules rules, Origin from, Instant now) {
        return start(id, account, rules, from, Unusual.NOTHING, now);
    }

    public static Session start(
            SessionId id, Account account, SessionRules rules, Origin from, Unusual unusual, Instant now) {
        Instant second = Instant.ofEpochSecond(now.getEpochSecond());
        return new Session(
                id,
                account.id(),
                account.name(),
                second,
                second.plus(rules.absolute()),
                from.address(),
                from.userAgent(),
                unusual,
                new State.Live(),
                Optional.empty());
    }

    /** Whether it was neither ended nor is past its end; the end itself does not count any more. */
    public boolean countsAt(Instant now) {
        return state instanceof State.Live && now.isBefore(endsAt);
    }

    /** Whether it counts under these rules, which may have become stricter since it began, as if it is used now. */
    public boolean countsAt(Instant now, SessionRules rules) {
        return countsAt(now) && now.isBefore(endsAt(rules));
    }

    /** Its end under these rules: never after the one that it was given at the sign-in. */
    public Instant endsAt(SessionRules rules) {
        Instant end = startedAt.plus(rules.absolute());
        return end.isBefore(endsAt) ? end : endsAt;
    }

    /** Idempotent: the first end wins. */
    public Session end(Instant now, Reason reason) {
        return switch (state) {
            case State.Live() ->
                new Session(
                        id,
                        account,
                        name,
                        startedAt,
                        endsAt,
                        address,
                        userAgent,
                        unusual,
                        new State.Ended(now, reason),
                        lastUse);
            case State.Ended(Instant at, Reason first) -> this;
        };
    }

    /** The same, used once more; an earlier use than the last changes nothing. */
    public Session used(LastUse use) {
        return new Session(
                id,
                account,
                name,
                startedAt,
                endsAt,
                address,
                userAgent,
                unusual,
                state,
                Optional.of(lastUse.map(each -> each.orLater(use)).orElse(use)));
    }

    /** When it was last used, or else began. */
    public Instant lastSeenAt() {
        return lastUse.map(LastUse::at).orElse(startedAt);
    }

    /** When it ends if nobody uses it any more; never after {@link #endsAt(SessionRules)}. Absent: only there. */
    public Optional<Instant> idleEndsAt(SessionRules rules) {
        return rules.idle().map(lastSeenAt()::plus).filter(endsAt(rules)::isAfter);
    }

    /** What its first token says (Argo CD contract 2.1). */
    public TokenClaims claims(String issuer, SessionRules rules) {
        return claims(issuer, rules, id.value(), startedAt);
    }

    /**
     * What its next token says, which counts beside those before it.
     *
     * @param unique a text that no other token of this session has
     */
    public TokenClaims nextClaims(String issuer, SessionRules rules, String unique, Instant now) {
        return claims(issuer, rules, id.laterToken(unique), Instant.ofEpochSecond(now.getEpochSecond()));
    }

    private TokenClaims claims(String issuer, SessionRules rules, String jti, Instant from) {
        Instant end = from.plus(rules.token());
        Instant last = endsAt(rules);
        return new TokenClaims(issuer, name + ":login", jti, from, from, Optional.of(end.isBefore(last) ? end : last));
    }
}
