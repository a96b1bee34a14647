package dev.gatehouse.adapters.security.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.gatehouse.adapters.security.Base64Url;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.token.TokenSigner;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Makes JWTs in the order of members that Argo CD's have. */
@Singleton
final class JwtSigner implements TokenSigner {
    private static final JsonFactory JSON = new JsonFactory();

    private final KeyRing keys;

    JwtSigner(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public String kid() {
        return keys.active().kid();
    }

    @Override
    public PlainToken sign(TokenClaims claims) {
        return sign(claims, keys.active());
    }

    @Override
    public PlainToken sign(TokenClaims claims, String kid) {
        return switch (keys.find(kid)) {
            case KeyRing.Found.Key(OwnKey key) -> sign(claims, key);
            case KeyRing.Found.Revoked revoked -> throw new Refusal.Unmet(TokenRule.KEY_GONE, kid);
            case KeyRing.Found.Nothing nothing -> throw new Refusal.Unmet(TokenRule.KEY_GONE, kid);
        };
    }

    private static PlainToken sign(TokenClaims claims, OwnKey key) {
        String signed = Base64Url.encode(header(key)) + "." + Base64Url.encode(payload(claims));
        byte[] signature = key.secret().sign(signed.getBytes(US_ASCII));
        return new PlainToken(signed + "." + Base64Url.encode(signature));
    }

    private static byte[] header(OwnKey key) {
        return written(json -> {
            json.writeStringField("alg", key.open().algorithm());
            json.writeStringField("typ", "JWT");
            json.writeStringField("kid", key.kid());
        });
    }

    private static byte[] payload(TokenClaims claims) {
        return written(json -> {
            json.writeStringField("iss", claims.issuer());
            json.writeStringField("sub", claims.subject());
            if (claims.expiresAt().isPresent())
                json.writeNumberField("exp", claims.expiresAt().get().getEpochSecond());
            json.writeNumberField("nbf", second(claims.notBefore()));
            json.writeNumberField("iat", second(claims.issuedAt()));
            json.writeStringField("jti", claims.id());
        });
    }

    private static long second(Instant time) {
        return time.getEpochSecond();
    }

    private static byte[] written(Members members) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return text.toString().getBytes(UTF_8);
    }

    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }
}
