package dev.gatehouse.adapters.testkit.token;

import static dev.gatehouse.adapters.testkit.shared.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeyMaker;
import org.junit.jupiter.api.Test;

/** What every {@link SigningKeyMaker} promises. */
public interface SigningKeyMakerContract {
    /** The port under test. */
    SigningKeyMaker signingKeyMaker();

    @Test
    default void a_new_key_waits_for_its_turn() {
        for (SigningKey.Algorithm algorithm : SigningKey.Algorithm.values()) {
            SigningKey key = signingKeyMaker().make(algorithm, NOW);

            assertThat(key.algorithm()).isEqualTo(algorithm);
            assertThat(key.createdAt()).isEqualTo(NOW);
            assertThat(key.isStandby()).isTrue();
        }
    }

    @Test
    default void no_key_is_made_twice() {
        SigningKeyMaker maker = signingKeyMaker();
        SigningKey one = maker.make(SigningKey.Algorithm.ES256, NOW);
        SigningKey other = maker.make(SigningKey.Algorithm.ES256, NOW);

        assertThat(one.kid()).isNotEqualTo(other.kid());
        assertThat(one.privateJwk()).isNotEqualTo(other.privateJwk());
    }
}
