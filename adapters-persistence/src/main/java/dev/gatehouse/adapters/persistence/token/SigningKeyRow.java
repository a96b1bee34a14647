package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.token.SigningKey;
import java.time.Instant;

record SigningKeyRow(String kid, String algorithm, String privateJwk, Instant createdAt) {
    static final String COLUMNS = "kid, algorithm, private_jwk, created_at";

    static SigningKeyRow of(SigningKey key) {
        return new SigningKeyRow(
                key.kid(), key.algorithm().name(), key.privateJwk().text(), key.createdAt());
    }

    static SigningKeyRow read(Columns columns) {
        return new SigningKeyRow(
                columns.text("kid"),
                columns.text("algorithm"),
                columns.text("private_jwk"),
                columns.instant("created_at"));
    }

    SigningKey toDomain() {
        return new SigningKey(kid, SigningKey.Algorithm.valueOf(algorithm), new SealedSecret(privateJwk), createdAt);
    }

    @Override
    public String toString() {
        return "SigningKeyRow[" + kid + "]";
    }
}
