package dev.gatehouse.adapters.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.PlainSealer;
import dev.gatehouse.adapters.testkit.token.PublishedKeysContract;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.TokenSigner;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A ring with a key of each algorithm. */
class RingPublishedKeysTest implements PublishedKeysContract {
    private final KeyRing ring = ringOfThree();

    @Override
    public PublishedKeys publishedKeys() {
        return new RingPublishedKeys(ring);
    }

    @Override
    public TokenSigner tokenSigner() {
        return new JwtSigner(ring);
    }

    @Test
    void all_keys_are_published_the_one_that_signs_first_and_then_the_latest() {
        assertThat(publishedKeys().published())
                .extracting(key -> key.members().get("alg"))
                .containsExactly("EdDSA", "RS256", "ES256");
    }

    private static KeyRing ringOfThree() {
        ListedKeys store = new ListedKeys();
        int second = -2;
        for (Algorithm each : new Algorithm[] {Algorithm.ES256, Algorithm.RS256, Algorithm.EDDSA})
            store.put(OwnKey.made(each, new PlainSealer(), Instant.EPOCH).from(Instant.ofEpochSecond(second++)));
        return Workshop.ring(store, Algorithm.ES256);
    }
}
