package dev.gatehouse.domain.account;

import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Rule;
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
 * @param passwordChangeRequired whether somebody else set the password, so that a sign-in is good for setting another and
 *     nothing else
 * @param provisioned whether the service made it by itself, at the very first start; never changes
 * @param lastLoginAt of the last sign-in; absent: there was none
 * @param version counts the changes, from 0; a sign-in is none
 */
public record Account(
        AccountId id,
        Username name,
        Set<Capability> capabilities,
        boolean enabled,
        String description,
        Optional<PasswordHash> password,
        Optional<Instant> passwordChangedAt,
        boolean passwordChangeRequired,
        Instant createdAt,
        boolean provisioned,
        Optional<Instant> lastLoginAt,
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
        if (passwordChangeRequired && password.isEmpty())
            throw new IllegalArgumentException("only a password that there is can be changed");
    }

    /**
     * A new account without a password.
     *
     * @throws Refusal.Invalid when the description breaks a rule
     */
    public static Account open(
            AccountId id,
            Username name,
            Set<Capability> capabilities,
            boolean enabled,
            String description,
            Instant now) {
        Rule.OfText.check("description", description);
        return new Account(
                id,
                name,
                capabilities,
                enabled,
                description,
                Optional.empty(),
                Optional.empty(),
                false,
                now,
                false,
                Optional.empty(),
                0);
    }

    /** The same, made by the service itself. */
    public Account asProvisioned() {
        return new Account(
                id,
                name,
                capabilities,
                enabled,
                description,
                password,
                passwordChangedAt,
                passwordChangeRequired,
                createdAt,
                true,
                lastLoginAt,
                version);
    }

    /** With a password that its holder chose. */
    public Account withPassword(PasswordHash hash, Instant now) {
        return with(Optional.of(hash), Optional.of(now), false, version);
    }

    /** With a password that somebody else chose, so that its holder has to choose another. */
    public Account withPasswordToChange(PasswordHash hash, Instant now) {
        return with(Optional.of(hash), Optional.of(now), true, version);
    }

    /** With another hash of the same password. */
    public Account withBetterHash(PasswordHash hash) {
        return with(Optional.of(hash), passwordChangedAt, passwordChangeRequired, version);
    }

    /**
     * The same account with other rights.
     *
     * @throws Refusal.Invalid when another description breaks a rule
     */
    public Account with(Set<Capability> newCapabilities, boolean newEnabled, String newDescription) {
        if (!newDescription.equals(description)) Rule.OfText.check("description", newDescription);
        return new Account(
                id,
                name,
                newCapabilities,
                newEnabled,
                newDescription,
                password,
                passwordChangedAt,
                passwordChangeRequired,
                createdAt,
                provisioned,
                lastLoginAt,
                version);
    }

    /** The same after a sign-in; an earlier one than the last changes nothing. */
    public Account signedIn(Instant at) {
        Instant last = lastLoginAt.filter(each -> each.isAfter(at)).orElse(at);
        return signedInLast(Optional.of(last));
    }

    /** The same with this as the last sign-in, for a store that keeps it beside all else. */
    public Account signedInLast(Optional<Instant> last) {
        return new Account(
                id,
                name,
                capabilities,
                enabled,
                description,
                password,
                passwordChangedAt,
                passwordChangeRequired,
                createdAt,
                provisioned,
                last,
                version);
    }

    /** The same, to be written over this version only. */
    public Account readAt(int readVersion) {
        return with(password, passwordChangedAt, passwordChangeRequired, readVersion);
    }

    private Account with(
            Optional<PasswordHash> newPassword, Optional<Instant> changedAt, boolean changeRequired, int newVersion) {
        return new Account(
                id,
                name,
                capabilities,
                enabled,
                description,
                newPassword,
                changedAt,
                changeRequired,
                createdAt,
                provisioned,
                lastLoginAt,
                newVersion);
    }

    /** When its password ends, if its holder does not change it before. Absent: it does not, or there is none. */
    public Optional<Instant> passwordEndsAt(PasswordRules rules) {
        return passwordChangedAt
                .filter(any -> passwordChangeRequired && !isWithFirstPassword())
                .map(each -> each.plus(rules.toChange()));
    }

    /** It waits for whoever needs it: when the service made the account, nobody else was there to set another. */
    private boolean isWithFirstPassword() {
        return provisioned && passwordChangedAt.equals(Optional.of(createdAt));
    }

    /** Whether its holder could sign in now, if only to set another password. */
    public boolean canSignIn() {
        return enabled && can(Capability.LOGIN) && password.isPresent();
    }

    /** The next version, for a store that just replaced this one. */
    public Account nextVersion() {
        return readAt(version + 1);
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }

    /** The capabilities in the order of their declaration. */
    public Set<Capability> orderedCapabilities() {
        return capabilities.isEmpty() ? Set.of() : EnumSet.copyOf(capabilities);
    }
}
