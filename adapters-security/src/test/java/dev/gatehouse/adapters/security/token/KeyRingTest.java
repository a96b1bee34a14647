package dev.gatehouse.adapters.security.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.jwk.JWK;
import dev.gatehouse.adapters.testkit.shared.PlainSealer;
import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.shared.SecretSealer;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.SigningKeys;
import io.micronaut.context.exceptions.ConfigurationException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final SecretSealer sealer = new PlainSealer();
    private final ListedKeys store = new ListedKeys();
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void the_first_start_makes_a_key_of_the_algorithm_in_the_settings(Algorithm algorithm) throws Exception {
        KeyRing ring = ring(algorithm.word());

        assertThat(store.all()).singleElement().satisfies(key -> {
            assertThat(key.algorithm()).isEqualTo(algorithm);
            assertThat(key.createdAt()).isEqualTo(NOW);
        });
        Map<String, String> published = ring.active().published().members();
        assertThat(JWK.parse(Map.copyOf(published)).computeThumbprint().toString())
                .isEqualTo(ring.active().kid())
                .isEqualTo(published.get("kid"));
        assertThat(published)
                .containsEntry("alg", algorithm.word())
                .containsEntry("use", "sig")
                .containsOnlyKeys(
                        switch (algorithm) {
                            case ES256 -> List.of("kty", "kid", "use", "alg", "crv", "x", "y");
                            case EDDSA -> List.of("kty", "kid", "use", "alg", "crv", "x");
                            case RS256 -> List.of("kty", "kid", "use", "alg", "n", "e");
                        });
    }

    @Test
    void a_later_start_uses_the_key_that_is_there_whatever_the_settings_say() {
        String kid = ring("ES256").active().kid();

        KeyRing later = ring("EdDSA");

        assertThat(later.active().kid()).isEqualTo(kid);
        assertThat(later.all()).hasSize(1);
    }

    @Test
    void of_two_that_start_together_both_use_the_key_that_came_first() {
        SigningKey first = OwnKey.made(Algorithm.ES256, sealer, NOW);
        SigningKeys raced = new SigningKeys() {
            @Override
            public List<SigningKey> all() {
                return store.all();
            }

            @Override
            public boolean insertFirst(SigningKey key) {
                store.putFirst(first);
                return store.insertFirst(key);
            }
        };

        KeyRing late = new KeyRing(raced, sealer, Workshop.settings("ES256"), InstantSource.fixed(NOW));

        assertThat(late.all()).extracting(OwnKey::kid).containsExactly(first.kid());
    }

    @Test
    void the_newest_key_signs_and_the_older_ones_still_verify() {
        String old = ring("ES256").active().kid();
        SigningKey fresh = OwnKey.made(Algorithm.EDDSA, sealer, NOW);
        store.putFirst(fresh);

        KeyRing ring = ring("ES256");

        assertThat(ring.active().kid()).isEqualTo(fresh.kid());
        assertThat(ring.all()).extracting(OwnKey::kid).containsExactly(fresh.kid(), old);
        assertThat(ring.find(old)).isPresent();
    }

    @Test
    void the_stored_key_is_sealed_for_its_own_place() {
        ring("ES256");
        SigningKey stored = store.all().getFirst();

        assertThat(new String(sealer.open(stored.privateJwk(), "signing-key/" + stored.kid()), UTF_8))
                .contains("\"d\":");
        assertThatIllegalStateException().isThrownBy(() -> sealer.open(stored.privateJwk(), "signing-key/another"));
    }

    @Test
    void a_key_sealed_with_another_master_key_stops_the_start() {
        ring("ES256");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new KeyRing(
                        store, new PlainSealer("another"), Workshop.settings("ES256"), InstantSource.fixed(NOW)))
                .withMessageContainingAll("signing keys", "master key", "GATEHOUSE_MASTER_KEY", "master.key");
    }

    @Test
    void a_row_that_is_not_the_key_it_says_stops_the_start_and_shows_nothing() {
        SigningKey genuine = OwnKey.made(Algorithm.ES256, sealer, NOW);
        byte[] secret = sealer.open(genuine.privateJwk(), "signing-key/" + genuine.kid());
        byte[] publicOnly = publicHalf(secret);
        for (SigningKey damaged : List.of(
                new SigningKey(genuine.kid(), Algorithm.RS256, genuine.privateJwk(), NOW),
                new SigningKey("another", Algorithm.ES256, sealer.seal(secret, "signing-key/another"), NOW),
                sealed(genuine, publicOnly),
                sealed(genuine, "{\"kty\":\"EC\"}".getBytes(UTF_8)),
                sealed(genuine, "no JSON".getBytes(UTF_8)),
                sealed(genuine, new byte[0]))) {
            ListedKeys one = new ListedKeys();
            one.putFirst(damaged);
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Workshop.ring(one, Algorithm.ES256))
                    .withMessageContaining("signing key " + damaged.kid() + " is damaged")
                    .havingCause()
                    .withNoCause();
        }
    }

    @Test
    void an_unknown_algorithm_in_the_settings_stops_the_start_and_is_named() {
        for (String word : List.of("", "es256", "HS256", "none", "EDDSA"))
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> ring(word))
                    .withMessageContainingAll("gatehouse.signing-algorithm", "GATEHOUSE_SIGNING_ALGORITHM", "EdDSA");
        assertThat(store.all()).isEmpty();
    }

    @Test
    void a_key_made_by_another_process_is_found_soon_after_it_was_first_named() {
        KeyRing ring = ring("ES256");
        SigningKey fresh = OwnKey.made(Algorithm.ES256, sealer, NOW);
        store.putFirst(fresh);
        later(KeyRing.PAUSE);

        assertThat(ring.find(fresh.kid())).isEmpty();

        await(() -> ring.active().kid().equals(fresh.kid()));
        assertThat(ring.find(fresh.kid())).isPresent();
        assertThat(ring.all()).hasSize(2);
    }

    @Test
    void strangers_names_make_it_look_at_most_once_a_second() {
        KeyRing ring = ring("ES256");
        int before = store.reads();
        for (int i = 0; i < 100; i++) assertThat(ring.find("unknown-" + i)).isEmpty();
        assertThat(store.reads()).isEqualTo(before);

        later(KeyRing.PAUSE.minusNanos(1));
        ring.find("unknown");
        assertThat(store.reads()).isEqualTo(before);

        later(Duration.ofNanos(1));
        for (int i = 0; i < 100; i++) assertThat(ring.find("unknown-" + i)).isEmpty();
        await(() -> store.reads() > before);
        assertThat(store.reads()).isEqualTo(before + 1);
    }

    @Test
    void whoever_asks_does_not_wait_for_the_store() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        SigningKeys slow = new SigningKeys() {
            @Override
            public List<SigningKey> all() {
                if (Thread.currentThread().getName().equals("signing-keys")) {
                    asked.countDown();
                    try {
                        answer.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return store.all();
            }

            @Override
            public boolean insertFirst(SigningKey key) {
                return store.insertFirst(key);
            }
        };
        KeyRing ring = new KeyRing(slow, sealer, Workshop.settings("ES256"), InstantSource.fixed(NOW), nanos::get);
        later(KeyRing.PAUSE);

        assertThat(ring.find("unknown")).isEmpty();
        assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(ring.find(ring.active().kid())).isPresent();
        answer.countDown();
    }

    @Test
    void a_store_that_fails_or_is_empty_leaves_the_known_keys_in_use() {
        KeyRing ring = ring("ES256");
        String kid = ring.active().kid();
        store.failFromNowOn(true);
        int before = store.reads();
        later(KeyRing.PAUSE);
        ring.find("unknown");
        await(() -> store.reads() > before);
        assertThat(ring.find(kid)).isPresent();

        store.failFromNowOn(false);
        SigningKey fresh = OwnKey.made(Algorithm.ES256, sealer, NOW);
        store.putFirst(fresh);
        later(KeyRing.PAUSE);
        ring.find(fresh.kid());
        await(() -> ring.all().size() == 2);
    }

    @Test
    void nothing_secret_is_in_the_text_of_a_key() {
        KeyRing ring = ring("ES256");
        assertThat(ring.active().toString()).isEqualTo("OwnKey[" + ring.active().kid() + "]");
        assertThat(store.all().getFirst().toString()).doesNotContain("\"d\"");
    }

    private KeyRing ring(String algorithm) {
        return new KeyRing(store, sealer, Workshop.settings(algorithm), InstantSource.fixed(NOW), nanos::get);
    }

    /** Past {@link Long#MAX_VALUE} too: the origin of nano time is arbitrary. */
    private void later(Duration length) {
        nanos.addAndGet(length.toNanos());
    }

    private SigningKey sealed(SigningKey like, byte[] secret) {
        SealedSecret sealed = sealer.seal(secret, "signing-key/" + like.kid());
        return new SigningKey(like.kid(), like.algorithm(), sealed, NOW);
    }

    private static byte[] publicHalf(byte[] secret) {
        try {
            return JWK.parse(new String(secret, UTF_8))
                    .toPublicJWK()
                    .toJSONString()
                    .getBytes(UTF_8);
        } catch (java.text.ParseException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) Thread.onSpinWait();
    }
}
