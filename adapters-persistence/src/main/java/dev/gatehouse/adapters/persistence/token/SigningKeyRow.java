package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.token.SigningKey;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

record SigningKeyRow(
        String kid,
        String algorithm,
        String privateJwk,
        Instant createdAt,
        @Nullable Instant activeFrom,
        @Nullable Instant revokedAt,
        @Nullable String revokedBy) {
    static final String COLUMNS = "kid, algorithm, private_jwk, created_at, active_from, revoked_at, revoked_by";

    static SigningKeyRow of(SigningKey key) {
        return new SigningKeyRow(
                key.kid(),
                key.algorithm().name(),
                key.privateJwk().text(),
                key.createdAt(),
                key.activeFrom().orElse(null),
                key.revocation().map(SigningKey.Revocation::at).orElse(null),
                key.revocation().map(SigningKey.Revocation::by).orElse(null));
    }

    static SigningKeyRow read(Columns columns) {
        return new SigningKeyRow(
                columns.text("kid"),
                columns.text("algorithm"),
                columns.text("private_jwk"),
                columns.instant("created_at"),
                columns.instantOrNull("active_from"),
                columns.instantOrNull("revoked_at"),
                columns.textOrNull("revoked_by"));
    }

    /** In the order of {@link #COLUMNS}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {kid, algorithm, privateJwk, createdAt, activeFrom, revokedAt, revokedBy};
    }

    SigningKey toDomain() {
        return new SigningKey(
                kid,
                SigningKey.Algorithm.valueOf(algorithm),
                new SealedSecret(privateJwk),
                createdAt,
                Optional.ofNullable(activeFrom),
                revokedAt == null || revokedBy == null
                        ? Optional.empty()
                        : Optional.of(new SigningKey.Revocation(revokedAt, revokedBy)));
    }

    @Override
    public String toString() {
        return "SigningKeyRow[" + kid + "]";
    }
}
