package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenVerifier;
import java.time.Instant;
import java.util.Optional;

/** Who is asking? */
public interface Authenticating {
    /**
     * The caller whose token was verified before and still counts, from memory alone. Never blocks. Absent says nothing
     * about the token: ask {@link #authenticate}.
     */
    Optional<Caller> recall(PlainToken token, Origin origin);

    /**
     * Verifies a token and looks up whether it still counts. Blocks.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when the store does not answer: nobody is let in on a guess
     */
    Answer authenticate(PlainToken token, Origin origin);

    /**
     * Who this token speaks for, if it counts now; for somebody else who was shown it. To show it elsewhere is as much a
     * use of it as to show it here. Blocks, unless memory alone can answer.
     *
     * @param origin of the request that it came with, as far as that is known
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable as {@link #authenticate}
     */
    Optional<Inspected> inspect(PlainToken token, Origin origin);

    /**
     * A token that counts, and for whom.
     *
     * @param jti the token's own; where a session has had several tokens, its id is that of the first only
     */
    record Inspected(Caller caller, String jti, Instant notBefore) {}

    sealed interface Answer {
        record Authenticated(Caller caller) implements Answer {}

        /**
         * The token counts, but somebody else set the password of the account: its holder may see who they are, set another
         * password and sign out, and an adapter lets them do nothing else. Never recalled.
         *
         * @param why for the holder, when they ask for anything else
         */
        record PasswordChangeRequired(Caller caller, Refusal why) implements Answer {}

        /** @param why for the holder of the token, who has shown a genuine one except where {@link Rejection.Forged} */
        record Rejected(Rejection why) implements Answer {}
    }

    /** Why a token does not count (Argo CD contract 2.3). */
    sealed interface Rejection {
        record Forged(TokenVerifier.Flaw flaw) implements Rejection {}

        record Expired() implements Rejection {}

        record NotYetValid() implements Rejection {}

        /** Signed by us, and speaks for nobody that this service knows. */
        record SubjectUnknown() implements Rejection {}

        record AccountGone(String name) implements Rejection {}

        record AccountDisabled(String name) implements Rejection {}

        record CapabilityGone(String name, Capability capability) implements Rejection {}

        /** The session was ended. */
        record SessionEnded() implements Rejection {}

        record PasswordChanged() implements Rejection {}

        record AccountTokenGone(String name, String tokenName) implements Rejection {}

        record ProjectTokenGone(String project, String role, Instant issuedAt) implements Rejection {}

        record ProjectGone(String project) implements Rejection {}

        /** The token counts, though not from this address. */
        record SourceRefused() implements Rejection {}

        /** The policy on tokens ended it: it is too old, or was not used for too long. */
        record PolicyEnded() implements Rejection {}

        /** The token made as many requests as it may. */
        record UsesSpent() implements Rejection {}
    }
}
