package dev.gatehouse.adapters.persistence.account;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.Username;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** @param capabilities their words, separated by blanks */
record AccountRow(
        String id,
        String name,
        String capabilities,
        boolean enabled,
        String description,
        @Nullable String passwordHash,
        @Nullable Instant passwordChangedAt,
        boolean passwordChangeRequired,
        Instant createdAt,
        boolean provisioned,
        @Nullable Instant lastLoginAt,
        int version) {
    static final String COLUMNS = "id, name, name_folded, capabilities, enabled, description, password_hash,"
            + " password_changed_at, password_change_required, created_at, provisioned, last_login_at, version";

    static AccountRow of(Account account) {
        return new AccountRow(
                account.id().value(),
                account.name().value(),
                account.orderedCapabilities().stream().map(Capability::word).collect(Collectors.joining(" ")),
                account.enabled(),
                account.description(),
                account.password().map(PasswordHash::encoded).orElse(null),
                account.passwordChangedAt().orElse(null),
                account.passwordChangeRequired(),
                account.createdAt(),
                account.provisioned(),
                account.lastLoginAt().orElse(null),
                account.version());
    }

    static AccountRow read(Columns columns) {
        return new AccountRow(
                columns.text("id"),
                columns.text("name"),
                columns.text("capabilities"),
                columns.flag("enabled"),
                columns.text("description"),
                columns.textOrNull("password_hash"),
                columns.instantOrNull("password_changed_at"),
                columns.flag("password_change_required"),
                columns.instant("created_at"),
                columns.flag("provisioned"),
                columns.instantOrNull("last_login_at"),
                columns.number("version"));
    }

    Account toDomain() {
        return new Account(
                new AccountId(id),
                new Username(name),
                capabilitySet(),
                enabled,
                description,
                Optional.ofNullable(passwordHash).map(PasswordHash::new),
                Optional.ofNullable(passwordChangedAt),
                passwordChangeRequired,
                createdAt,
                provisioned,
                Optional.ofNullable(lastLoginAt),
                version);
    }

    private Set<Capability> capabilitySet() {
        return Arrays.stream(capabilities.split(" "))
                .filter(each -> !each.isEmpty())
                .map(each -> Capability.of(each).orElseThrow())
                .collect(Collectors.toSet());
    }

    /** What no two accounts have in common: the name in lower case, which {@code Username} keeps to ASCII. */
    String nameFolded() {
        return name.toLowerCase(Locale.ROOT);
    }

    /** In the order of {@link #COLUMNS}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {
            id,
            name,
            nameFolded(),
            capabilities,
            enabled,
            description,
            passwordHash,
            passwordChangedAt,
            passwordChangeRequired,
            createdAt,
            provisioned,
            lastLoginAt,
            version
        };
    }

    @Override
    public String toString() {
        return "AccountRow[" + name + "]";
    }
}
