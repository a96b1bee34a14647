package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.PublishedKey;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenSigner;
import dev.gatehouse.domain.token.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens that look like signed ones and cost nothing: it knows its own from all others, and proves nothing. For tests. */
public final class UnsignedTokens implements TokenSigner, TokenVerifier, PublishedKeys {
    private static final String HEADER = encode("{\"alg\":\"fake\",\"typ\":\"JWT\",\"kid\":\"fake\"}");
    private static final String SEPARATOR = "\n";
    private static final int MEMBERS = 6;
    private static final int LONGEST = 8192;

    @Override
    public PlainToken sign(TokenClaims claims) {
        String payload = encode(String.join(
                SEPARATOR,
                claims.issuer(),
                claims.subject(),
                claims.id(),
                Long.toString(claims.issuedAt().getEpochSecond()),
                Long.toString(claims.notBefore().getEpochSecond()),
                claims.expiresAt()
                        .map(each -> Long.toString(each.getEpochSecond()))
                        .orElse("-")));
        return new PlainToken(HEADER + "." + payload + "." + seal(payload));
    }

    @Override
    public Verdict verify(PlainToken token) {
        if (token.reveal().length() > LONGEST) return new Verdict.Refused(Flaw.TOO_LONG);
        String[] parts = token.reveal().split("\\.", -1);
        if (parts.length != 3) return new Verdict.Refused(Flaw.SEGMENTS);
        if (!parts[0].equals(HEADER)) return new Verdict.Refused(Flaw.KEY_UNKNOWN);
        if (!parts[2].equals(seal(parts[1]))) return new Verdict.Refused(Flaw.SIGNATURE);
        String[] members =
                new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8).split(SEPARATOR, -1);
        if (members.length != MEMBERS) return new Verdict.Refused(Flaw.JSON);
        return new Verdict.Genuine(new TokenClaims(
                members[0],
                members[1],
                members[2],
                time(members[3]),
                time(members[4]),
                members[5].equals("-") ? Optional.empty() : Optional.of(time(members[5]))));
    }

    @Override
    public List<PublishedKey> published() {
        return List.of(new PublishedKey(Map.of("kty", "EC", "kid", "fake", "use", "sig", "alg", "ES256")));
    }

    private static Instant time(String seconds) {
        return Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    private static String seal(String payload) {
        return encode(new PlainToken("sealed:" + payload).digest());
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
