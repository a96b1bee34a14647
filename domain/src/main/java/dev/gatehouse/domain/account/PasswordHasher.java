package dev.gatehouse.domain.account;

/**
 * Slow by intent, on threads of its own, so that a storm of sign-ins slows nothing else. Blocks the caller.
 *
 * <p>So many may wait, and places share that room: none is refused as long as another has more waiting than it would have
 * itself. Then the one that has the most gives up the last it sent.
 */
public interface PasswordHasher {
    /**
     * A new hash with a new salt.
     *
     * @param from whose share of the room it takes
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when too many are waiting
     */
    PasswordHash hash(PlainPassword password, SignInPlace from);

    /**
     * Whether the hash was made from this password. False for a hash of no known form.
     *
     * @param from whose share of the room it takes
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when too many are waiting
     */
    boolean matches(PlainPassword password, PasswordHash hash, SignInPlace from);

    /**
     * Whether a hash is not of today's form, so that it is to be replaced when the password is at hand: made by another
     * algorithm or with other parameters. Answers at once.
     */
    boolean isDated(PasswordHash hash);

    /**
     * Takes as long as {@link #matches} with a hash of today's form, so that a name nobody has cannot be told by the time.
     *
     * @param from whose share of the room it takes
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when too many are waiting
     */
    void matchNothing(PlainPassword password, SignInPlace from);
}
