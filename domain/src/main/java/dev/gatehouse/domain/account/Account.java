package dev.gatehouse.domain.account;

import dev.gatehouse.domain.shared.Refusal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A local identity.
 *
 * @param capabilities what it may hold; possibly nothing
 * @param enabled whether its sessions and tokens count at all
 * @param description at most 255 characters, possibly empty
 * @param password absent: nobody can sign in with a password
 * @param passwordChangedAt when the password was last set; sessions from before it have ended
 * @param version counts the changes, from 0
 */
public record Account(
        AccountId id,
        Username name,
        Set<Capability> capabilities,
        boolean enabled,
        String description,
        Optional<PasswordHash> password,
        Optional<Instant> passwordChangedAt,
        Instant createdAt,
        int version) {
    /** What refusals and the audit call it. */
    public static final String KIND = "account";

    private static final int LONGEST_DESCRIPTION = 255;

    public Account {
        capabilities = Set.copyOf(capabilities);
        if (description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION)
            throw new Refusal.Invalid("description", AccountRule.DESCRIPTION_LENGTH);
        if (password.isPresent() != passwordChangedAt.isPresent())
            throw new IllegalArgumentException("a password and the time it was set go together");
    }

    /** A new account without a password. */
    public static Account open(
            AccountId id,
            Username name,
            Set<Capability> capabilities,
            boolean enabled,
            String description,
            Instant now) {
        return new Account(id, name, capabilities, enabled, description, Optional.empty(), Optional.empty(), now, 0);
    }

    public Account withPassword(PasswordHash hash, Instant now) {
        return new Account(
                id, name, capabilities, enabled, description, Optional.of(hash), Optional.of(now), createdAt, version);
    }

    /** The same account with other rights. */
    public Account with(Set<Capability> newCapabilities, boolean newEnabled, String newDescription) {
        return new Account(
                id, name, newCapabilities, newEnabled, newDescription, password, passwordChangedAt, createdAt, version);
    }

    /** The same, to be written over this version only. */
    public Account readAt(int readVersion) {
        return new Account(
                id, name, capabilities, enabled, description, password, passwordChangedAt, createdAt, readVersion);
    }

    /** Whether its holder could sign in now. */
    public boolean canSignIn() {
        return enabled && can(Capability.LOGIN) && password.isPresent();
    }

    /** The next version, for a store that just replaced this one. */
    public Account nextVersion() {
        return new Account(
                id, name, capabilities, enabled, description, password, passwordChangedAt, createdAt, version + 1);
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    /** The capabilities in the order of their declaration. */
    public Set<Capability> orderedCapabilities() {
        return capabilities.isEmpty() ? Set.of() : EnumSet.copyOf(capabilities);
    }
}
