package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.PublishedKey;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenSigner;
import dev.gatehouse.domain.token.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tokens in the form of the real ones whose last part is a checksum instead of a signature: the same claims give the same
 * token, in no time, and an altered one is refused; but anybody can make one. For tests.
 */
public final class UnsignedTokens implements TokenSigner, TokenVerifier, PublishedKeys {
    /** The name of the only key. */
    public static final String KID = "test-key";

    private static final String ALGORITHM = "ES256";
    private static final int LONGEST = 8_192;
    private static final Set<String> UNEXPECTED = Set.of("crit", "jku", "jwk", "x5u", "x5c", "b64", "zip", "enc");

    /** The public key of the example in RFC 7515 appendix A.3: of the right form, and nothing verifies with it. */
    private static final PublishedKey KEY = new PublishedKey(Map.of(
            "kty", "EC",
            "crv", "P-256",
            "kid", KID,
            "use", "sig",
            "alg", ALGORITHM,
            "x", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"));

    private final String issuer;

    public UnsignedTokens(String issuer) {
        this.issuer = issuer;
    }

    public UnsignedTokens() {
        this(TokenRules.DEFAULT.issuer());
    }

    @Override
    public String kid() {
        return KID;
    }

    @Override
    public PlainToken sign(TokenClaims claims, String kid) {
        if (!kid.equals(KID)) throw new Refusal.Unmet(TokenRule.KEY_GONE, kid);
        return sign(claims);
    }

    @Override
    public PlainToken sign(TokenClaims claims) {
        String exp = claims.expiresAt()
                .map(each -> ",\"exp\":" + each.getEpochSecond())
                .orElse("");
        return new PlainToken(forge(
                "{\"alg\":\"" + ALGORITHM + "\",\"typ\":\"JWT\",\"kid\":\"" + KID + "\"}",
                "{\"iss\":" + text(claims.issuer()) + ",\"sub\":" + text(claims.subject()) + ",\"iat\":"
                        + claims.issuedAt().getEpochSecond() + ",\"nbf\":"
                        + claims.notBefore().getEpochSecond() + exp + ",\"jti\":" + text(claims.id()) + "}"));
    }

    /** A token over any header and any claims, with a checksum that fits. */
    public String forge(String headerJson, String payloadJson) {
        String signed = CompactForm.encode(headerJson) + "." + CompactForm.encode(payloadJson);
        return signed + "." + checksum(signed);
    }

    @Override
    public List<PublishedKey> published() {
        return List.of(KEY);
    }

    @Override
    public Verdict verify(PlainToken token) {
        String text = token.reveal();
        if (text.length() > LONGEST) return refused(Flaw.TOO_LONG);
        if (text.chars().filter(each -> each == '.').count() != 2) return refused(Flaw.SEGMENTS);
        CompactForm form = CompactForm.of(text);
        if (!canonical(form.header()) || !canonical(form.payload()) || !canonical(form.signature()))
            return refused(Flaw.ENCODING);
        Optional<Map<String, StrictJson.Value>> header = StrictJson.object(CompactForm.decode(form.header()));
        Optional<Map<String, StrictJson.Value>> claims = StrictJson.object(CompactForm.decode(form.payload()));
        if (header.isEmpty() || claims.isEmpty()) return refused(Flaw.JSON);
        return flawOf(header.get())
                .or(() -> checksum(form.signed()).equals(form.signature())
                        ? Optional.empty()
                        : Optional.of(Flaw.SIGNATURE))
                .map(UnsignedTokens::refused)
                .orElseGet(() -> read(claims.get()));
    }

    private static Optional<Flaw> flawOf(Map<String, StrictJson.Value> header) {
        if (!(header.get("alg") instanceof StrictJson.Value.Text(String algorithm)))
            return Optional.of(Flaw.ALGORITHM_MISSING);
        if (!algorithm.equals(ALGORITHM)) return Optional.of(Flaw.ALGORITHM_UNEXPECTED);
        if (header.keySet().stream().anyMatch(UNEXPECTED::contains)) return Optional.of(Flaw.HEADER_UNEXPECTED);
        if (header.containsKey("typ") && !new StrictJson.Value.Text("JWT").equals(header.get("typ")))
            return Optional.of(Flaw.TYPE_UNEXPECTED);
        return new StrictJson.Value.Text(KID).equals(header.get("kid"))
                ? Optional.empty()
                : Optional.of(Flaw.KEY_UNKNOWN);
    }

    private Verdict read(Map<String, StrictJson.Value> claims) {
        if (!new StrictJson.Value.Text(issuer).equals(claims.get("iss"))
                || !(claims.get("sub") instanceof StrictJson.Value.Text(String subject))) return refused(Flaw.ISSUER);
        if (claims.containsKey("aud")) return refused(Flaw.AUDIENCE);
        if (!claims.containsKey("iat")) return refused(Flaw.ISSUED_AT_MISSING);
        Optional<Instant> issuedAt = time(claims, "iat");
        if (issuedAt.isEmpty()) return refused(Flaw.ISSUED_AT_TYPE);
        Optional<Instant> expiresAt = time(claims, "exp");
        if (expiresAt.isEmpty() && claims.containsKey("exp")) return refused(Flaw.EXPIRES_AT_TYPE);
        Optional<Instant> notBefore = time(claims, "nbf");
        if (notBefore.isEmpty() && claims.containsKey("nbf")) return refused(Flaw.NOT_BEFORE_TYPE);
        if (!(claims.get("jti") instanceof StrictJson.Value.Text(String id)) || id.isEmpty())
            return refused(Flaw.ID_MISSING);
        return new Verdict.Genuine(
                new TokenClaims(issuer, subject, id, issuedAt.get(), notBefore.orElse(issuedAt.get()), expiresAt));
    }

    private static Optional<Instant> time(Map<String, StrictJson.Value> claims, String name) {
        return claims.get(name) instanceof StrictJson.Value.Whole(long second)
                        && second >= 0
                        && second <= Instant.MAX.getEpochSecond()
                ? Optional.of(Instant.ofEpochSecond(second))
                : Optional.empty();
    }

    private static Verdict refused(Flaw flaw) {
        return new Verdict.Refused(flaw);
    }

    private static boolean canonical(String part) {
        try {
            return CompactForm.encode(CompactForm.decode(part)).equals(part);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** As long as the signature it stands for. */
    static String checksum(String signed) {
        try {
            return CompactForm.encode(
                    MessageDigest.getInstance("SHA-512").digest(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-512", e);
        }
    }

    private static String text(String value) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char each = value.charAt(i);
            if (each == '"' || each == '\\') json.append('\\').append(each);
            else if (each < ' ') json.append("\\u%04x".formatted((int) each));
            else json.append(each);
        }
        return json.append('"').toString();
    }
}
