package dev.gatehouse.domain.token;

import java.time.Instant;
import java.util.Optional;

/**
 * What a token says (Argo CD contract 2.1, RFC 7519 section 4.1). All times are whole seconds.
 *
 * @param issuer {@code iss}
 * @param subject {@code sub}
 * @param id {@code jti}
 * @param issuedAt {@code iat}
 * @param notBefore {@code nbf}
 * @param expiresAt {@code exp}; absent: no end
 */
public record TokenClaims(
        String issuer, String subject, String id, Instant issuedAt, Instant notBefore, Optional<Instant> expiresAt) {}
