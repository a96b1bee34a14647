package dev.gatehouse.domain.account;

/** Slow by intent, on threads of its own, so that a storm of sign-ins slows nothing else. Blocks the caller. */
public interface PasswordHasher {
    /**
     * A new hash with a new salt.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when too many are waiting
     */
    PasswordHash hash(PlainPassword password);

    /**
     * Whether the hash was made from this password. False for a hash of no known form.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when too many are waiting
     */
    boolean matches(PlainPassword password, PasswordHash hash);

    /**
     * Whether a hash is not of today's form, so that it is to be replaced when the password is at hand: made by another
     * algorithm or with other parameters. Answers at once.
     */
    boolean isDated(PasswordHash hash);

    /**
     * Takes as long as {@link #matches} with a hash of today's form, so that a name nobody has cannot be told by the time.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when too many are waiting
     */
    void matchNothing(PlainPassword password);
}
