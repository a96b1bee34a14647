package dev.gatehouse.adapters.security.token;

import dev.gatehouse.adapters.security.TokenDigest;
import dev.gatehouse.adapters.security.token.StrictJson.Value;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenVerifier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Judges a JWT in the order of {@link Flaw}: form, header, key, signature, claims. */
@Singleton
final class JwtVerifier implements TokenVerifier {
    /** The last second of the year 9999, the last that every date format of the service can say. */
    private static final long LATEST = 253_402_300_799L;

    private final KeyRing keys;
    private final String issuer;
    private final VerifiedSignatures verified;

    @Inject
    JwtVerifier(KeyRing keys, TokenRules rules) {
        this(keys, rules, new VerifiedSignatures());
    }

    JwtVerifier(KeyRing keys, TokenRules rules, VerifiedSignatures verified) {
        this.keys = keys;
        this.issuer = rules.issuer();
        this.verified = verified;
    }

    @Override
    public Verdict verify(PlainToken token) {
        return switch (CompactJws.read(token.reveal())) {
            case CompactJws.Reading.Unreadable(Flaw flaw) -> new Verdict.Refused(flaw);
            case CompactJws.Reading.Read(CompactJws jws) ->
                StrictJson.object(jws.payload())
                        .map(claims -> judged(token, jws, claims))
                        .orElse(new Verdict.Refused(Flaw.JSON));
        };
    }

    private Verdict judged(PlainToken token, CompactJws jws, Map<String, Value> claims) {
        KeyRing.Found found = jws.text("kid").map(keys::find).orElseGet(KeyRing.Found.Nothing::new);
        return switch (found) {
            case KeyRing.Found.Key(OwnKey key) ->
                flaw(key.open(), token, jws).<Verdict>map(Verdict.Refused::new).orElseGet(() -> read(claims));
            case KeyRing.Found.Revoked revoked -> without(jws, Flaw.KEY_REVOKED);
            case KeyRing.Found.Nothing nothing -> without(jws, Flaw.KEY_UNKNOWN);
        };
    }

    /** Of header and signature: the same text and the same key come to the same. */
    private Optional<Flaw> flaw(VerificationKey key, PlainToken token, CompactJws jws) {
        TokenDigest digest = TokenDigest.of(token);
        if (verified.holds(key, digest)) return Optional.empty();
        Optional<Flaw> flaw = key.flawIn(jws);
        if (flaw.isEmpty()) verified.add(key, digest);
        return flaw;
    }

    private static Verdict without(CompactJws jws, Flaw otherwise) {
        return new Verdict.Refused(jws.headerFlaw(Optional.empty()).orElse(otherwise));
    }

    private Verdict read(Map<String, Value> claims) {
        if (!(claims.get("iss") instanceof Value.Text(String iss))
                || !iss.equals(issuer)
                || !(claims.get("sub") instanceof Value.Text(String subject))) return new Verdict.Refused(Flaw.ISSUER);
        if (claims.containsKey("aud")) return new Verdict.Refused(Flaw.AUDIENCE);
        if (!claims.containsKey("iat")) return new Verdict.Refused(Flaw.ISSUED_AT_MISSING);
        Optional<Instant> issuedAt = time(claims, "iat");
        if (issuedAt.isEmpty()) return new Verdict.Refused(Flaw.ISSUED_AT_TYPE);
        Optional<Instant> expiresAt = time(claims, "exp");
        if (expiresAt.isEmpty() && claims.containsKey("exp")) return new Verdict.Refused(Flaw.EXPIRES_AT_TYPE);
        Optional<Instant> notBefore = time(claims, "nbf");
        if (notBefore.isEmpty() && claims.containsKey("nbf")) return new Verdict.Refused(Flaw.NOT_BEFORE_TYPE);
        if (!(claims.get("jti") instanceof Value.Text(String id)) || id.isEmpty())
            return new Verdict.Refused(Flaw.ID_MISSING);
        return new Verdict.Genuine(
                new TokenClaims(issuer, subject, id, issuedAt.get(), notBefore.orElse(issuedAt.get()), expiresAt));
    }

    /** Absent when it is not there or no whole second up to the year 9999. */
    private static Optional<Instant> time(Map<String, Value> claims, String member) {
        return claims.get(member) instanceof Value.Whole(long second) && second >= 0 && second <= LATEST
                ? Optional.of(Instant.ofEpochSecond(second))
                : Optional.empty();
    }
}
