package dev.gatehouse.domain.account;

/**
 * Slow by intent, on threads of its own, so that a storm of sign-ins slows nothing else. Blocks the caller.
 *
 * <p>So many may wait, and places share that room: none is refused as long as another has more waiting than it would have
 * itself. Then the one that has the most gives up the last it sent.
 */
public interface PasswordHasher {
    /** What {@link dev.gatehouse.domain.shared.Refusal.Unavailable} calls it. */
    String PART = "password hashing";

    /**
     * A new hash with a new salt.
     *
     * @param from whose share of the room it takes
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when too many are waiting
     */
    PasswordHash hash(PlainPassword password, SignInPlace from);

    /**
     * Whether the hash was made from this password. False for a hash of no known form, and after as long as with one of
     * today's.
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
     * Takes as long as {@link #matches} with a hash of one of these forms, so that a name without a hash cannot be told by
     * the time. Which one, the name decides, in every process alike: by a secret draw, in which each form has the chance
     * that the hash of an account is of it ({@link PasswordForms#drawn}). Where there is none, one of today's form.
     *
     * @param name as it was sent
     * @param from whose share of the room it takes
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when too many are waiting
     */
    void matchNothing(PlainPassword password, String name, PasswordForms among, SignInPlace from);
}
