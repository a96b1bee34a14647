package dev.gatehouse.application.token;

import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.token.KeyRotation;
import dev.gatehouse.domain.token.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys that sign tokens. Resource {@code signingkeys}, object the {@code kid}. */
public interface ManagingSigningKeys {
    /** Every key, in the order of their turns, those that wait last; needs {@code get} on {@code *}. */
    List<Listed> list(Caller caller);

    /**
     * Lets another key sign; what the present one signed counts on. Needs {@code update} on {@code *}.
     *
     * @param algorithm {@code ES256}, {@code EdDSA} or {@code RS256}; absent: that of the present key
     * @param repetition the same request again lets no other key sign, and gives the same key, as it is by then
     * @return the key that takes over, at once or when it has been published for {@link KeyRotation#LEAD}
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when there is no such algorithm
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when another key is about to take over already, or the repetition
     *     has the key of another request
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent sign-in
     */
    Listed rotate(Caller caller, Optional<String> algorithm, Optional<Repetition> repetition);

    /**
     * Ends a key and everything that it signed, at once: sessions and tokens, the caller's own among them. If it signed,
     * another takes over at once. Needs {@code delete} on the key. Repeating it changes nothing.
     *
     * <p>The records of the sessions and tokens are ended, too, so that lists say what is so and none takes the room of
     * another: all sessions and ten thousand tokens before this returns, and of more the rest soon after, by whatever node
     * is there. A session belongs to the key that signed its latest token.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound when there is no such key
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent sign-in
     */
    Listed revoke(Caller caller, String kid);

    /** What {@link #revoke} would come to; refuses as that does, but asks nobody to sign in again. Changes nothing. */
    Rehearsed rehearseRevocation(Caller caller, String kid);

    /**
     * @param key as it would be
     * @param sessions how many would end
     * @param tokens how many would end that count, or will from some moment on
     */
    record Rehearsed(Listed key, long sessions, long tokens) {}

    /**
     * @param retiresAt when another key took or takes its turn
     * @param liveTokens how many tokens that it signed count, or will, as policies on tokens have it, too; not sessions, and
     *     not those of which it was not yet written down who signed them
     */
    record Listed(SigningKey key, KeyRotation.Standing standing, Optional<Instant> retiresAt, long liveTokens) {}
}
