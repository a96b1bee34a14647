package dev.gatehouse.adapters.testkit.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.token.PublishedKey;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenSigner;
import dev.gatehouse.domain.token.TokenVerifier;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnsignedTokensTest implements TokenSignerContract, TokenVerifierContract, PublishedKeysContract {
    private final UnsignedTokens tokens = new UnsignedTokens();

    @Override
    public TokenSigner tokenSigner() {
        return tokens;
    }

    @Override
    public TokenVerifier tokenVerifier() {
        return tokens;
    }

    @Override
    public PublishedKeys publishedKeys() {
        return tokens;
    }

    @Override
    public String issuer() {
        return "argocd";
    }

    @Override
    public String forge(String headerJson, String payloadJson) {
        return tokens.forge(headerJson, payloadJson);
    }

    /** The only promise that a checksum cannot keep as a signature would. */
    @Override
    public boolean fitsOffLine(byte[] signed, byte[] signature, PublishedKey key) {
        return CompactForm.encode(signature)
                .equals(UnsignedTokens.checksum(new String(signed, StandardCharsets.US_ASCII)));
    }

    @Test
    void the_same_claims_give_the_same_token() {
        TokenClaims claims = TokenFixtures.claims();

        assertThat(tokens.sign(claims).reveal())
                .isEqualTo(new UnsignedTokens().sign(claims).reveal());
    }
}
