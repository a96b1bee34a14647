package dev.gatehouse.adapters.security.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.nimbusds.jose.jwk.JWK;
import dev.gatehouse.adapters.security.token.KeyRing.Found;
import dev.gatehouse.adapters.testkit.access.InMemoryAccessChanges;
import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.MutableClock;
import dev.gatehouse.adapters.testkit.shared.PlainSealer;
import dev.gatehouse.adapters.testkit.token.InMemorySigningKeys;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.shared.SecretSealer;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenVerifier;
import io.micronaut.context.exceptions.ConfigurationException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class KeyRingTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final SecretSealer sealer = new PlainSealer();
    private final ListedKeys store = new ListedKeys();
    private final MutableClock clock = new MutableClock(NOW);
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
        SigningKey first = OwnKey.made(Algorithm.ES256, sealer, NOW).from(NOW);
        InMemoryStore rows = new InMemoryStore();
        InMemorySigningKeys shared = new InMemorySigningKeys(rows);
        InMemoryAccessChanges changes = new InMemoryAccessChanges(rows);
        // The other one comes between the look and the insertion of this one.
        SecretSealer slow = new SecretSealer() {
            @Override
            public SealedSecret seal(byte[] secret, String place) {
                shared.insertFirst(first);
                return sealer.seal(secret, place);
            }

            @Override
            public byte[] open(SealedSecret sealed, String place) {
                return sealer.open(sealed, place);
            }

            @Override
            public String fingerprint(byte[] secret, String place) {
                return sealer.fingerprint(secret, place);
            }
        };

        KeyRing late = new KeyRing(shared, slow, changes, Workshop.settings("ES256"), InstantSource.fixed(NOW));

        assertThat(late.all()).extracting(OwnKey::kid).containsExactly(first.kid());
    }

    @Test
    void the_key_whose_turn_came_last_signs_and_the_older_ones_still_verify() {
        String old = ring("ES256").active().kid();
        SigningKey fresh = OwnKey.made(Algorithm.EDDSA, sealer, NOW).from(NOW);
        SigningKey waiting = OwnKey.made(Algorithm.ES256, sealer, NOW);
        later(Duration.ofSeconds(1));
        store.put(OwnKey.made(Algorithm.EDDSA, sealer, NOW.plusSeconds(1)).from(NOW.plusSeconds(60)));
        store.put(fresh.from(clock.instant()));
        store.put(waiting);

        KeyRing ring = ring("ES256");

        assertThat(ring.active().kid()).isEqualTo(fresh.kid());
        assertThat(ring.all())
                .extracting(OwnKey::kid)
                .startsWith(fresh.kid())
                .endsWith(old)
                .contains(waiting.kid());
        assertThat(ring.find(old)).isInstanceOf(Found.Key.class);
        assertThat(ring.find(waiting.kid())).isInstanceOf(Found.Key.class);
    }

    @Test
    void a_key_takes_its_turn_when_its_time_comes() {
        KeyRing ring = ring("ES256");
        String old = ring.active().kid();
        SigningKey coming = OwnKey.made(Algorithm.ES256, sealer, NOW).from(NOW.plusSeconds(300));
        store.put(coming);

        later(Duration.ofSeconds(299));
        assertThat(ring.active().kid()).isEqualTo(old);
        later(Duration.ofSeconds(1));
        assertThat(ring.active().kid()).isEqualTo(coming.kid());
    }

    @Test
    void a_revoked_key_is_known_as_one_and_published_no_more() {
        KeyRing ring = ring("ES256");
        SigningKey old = store.all().getFirst();
        SigningKey fresh = OwnKey.made(Algorithm.ES256, sealer, NOW).from(NOW);
        store.put(fresh);
        store.put(old.revoke(NOW, "alice"));

        assertThat(ring.find(old.kid())).isEqualTo(new Found.Revoked());
        assertThat(ring.active().kid()).isEqualTo(fresh.kid());
        assertThat(ring.all()).extracting(OwnKey::kid).containsExactly(fresh.kid());
    }

    @Test
    void without_a_key_that_may_sign_nothing_is_signed() {
        KeyRing ring = ring("ES256");
        store.put(store.all().getFirst().revoke(NOW, "alice"));

        assertThatExceptionOfType(Refusal.Unavailable.class).isThrownBy(ring::active);
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
                        store, new PlainSealer("another"), store.changes(), Workshop.settings("ES256"), clock))
                .withMessageContainingAll("signing keys", "master key", "GATEHOUSE_MASTER_KEY", "master.key");
    }

    @Test
    void a_row_that_is_not_the_key_it_says_stops_the_start_and_shows_nothing() {
        SigningKey genuine = OwnKey.made(Algorithm.ES256, sealer, NOW);
        byte[] secret = sealer.open(genuine.privateJwk(), "signing-key/" + genuine.kid());
        byte[] publicOnly = publicHalf(secret);
        for (SigningKey damaged : List.of(
                stored(genuine.kid(), Algorithm.RS256, genuine.privateJwk()),
                stored("another", Algorithm.ES256, sealer.seal(secret, "signing-key/another")),
                sealed(genuine, publicOnly),
                sealed(genuine, "{\"kty\":\"EC\"}".getBytes(UTF_8)),
                sealed(genuine, "no JSON".getBytes(UTF_8)),
                sealed(genuine, new byte[0]))) {
            ListedKeys one = new ListedKeys();
            one.put(damaged);
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
    void a_key_made_by_another_process_is_known_when_its_change_is() {
        KeyRing ring = ring("ES256");
        SigningKey fresh = OwnKey.made(Algorithm.ES256, sealer, NOW).from(NOW.plusSeconds(1));
        store.put(fresh);

        assertThat(ring.find(fresh.kid())).isInstanceOf(Found.Key.class);
        assertThat(ring.all()).hasSize(2);
    }

    @Test
    void who_cannot_know_of_changes_asks_for_them_and_guesses_nothing() {
        KeyRing ring = ring("ES256");
        String kid = ring.active().kid();
        store.put(store.all().getFirst().revoke(NOW, "alice"));
        store.changes().goStale();

        assertThat(ring.find(kid)).isEqualTo(new Found.Revoked());
    }

    @Test
    void strangers_names_make_it_read_nothing() {
        KeyRing ring = ring("ES256");
        int before = store.reads();
        for (int i = 0; i < 100; i++) {
            later(KeyRing.PAUSE);
            assertThat(ring.find("unknown-" + i)).isEqualTo(new Found.Nothing());
        }
        assertThat(store.reads()).isEqualTo(before);
    }

    @Test
    void a_store_that_fails_is_no_reason_to_believe_what_was_known() {
        KeyRing ring = ring("ES256");
        String kid = ring.active().kid();
        store.put(OwnKey.made(Algorithm.ES256, sealer, NOW));
        store.failFromNowOn(true);

        assertThatIllegalStateException().isThrownBy(() -> ring.find(kid));

        store.failFromNowOn(false);
        assertThat(ring.find(kid)).isInstanceOf(Found.Key.class);
    }

    @Test
    void a_later_key_that_does_not_open_is_left_out_and_the_others_go_on() {
        KeyRing ring = ring("ES256");
        String kid = ring.active().kid();
        SigningKey foreign = OwnKey.made(Algorithm.ES256, new PlainSealer("another"), NOW);
        store.put(foreign);

        assertThat(ring.find(foreign.kid())).isEqualTo(new Found.Nothing());
        assertThat(ring.active().kid()).isEqualTo(kid);
        assertThat(ring.all()).extracting(OwnKey::kid).containsExactly(kid);
    }

    @Test
    void cve_2024_31989_a_key_planted_in_the_database_without_our_seal_signs_nothing_that_counts() {
        KeyRing ring = ring("ES256");
        TokenClaims claims = new TokenClaims("argocd", "admin:login", "a-1", NOW, NOW, Optional.empty());
        PlainToken ours = new JwtSigner(ring).sign(claims);
        SecretSealer strange = new PlainSealer("a stranger");
        ListedKeys theirs = new ListedKeys();
        KeyRing foreign = new KeyRing(theirs, strange, theirs.changes(), Workshop.settings("ES256"), clock, nanos::get);
        store.put(theirs.all().getFirst());
        TokenVerifier verifier = new JwtVerifier(ring, TokenRules.DEFAULT);

        assertThat(verifier.verify(new JwtSigner(foreign).sign(claims)))
                .isEqualTo(new TokenVerifier.Verdict.Refused(TokenVerifier.Flaw.KEY_UNKNOWN));
        assertThat(verifier.verify(ours)).isEqualTo(new TokenVerifier.Verdict.Genuine(claims));
    }

    @Test
    void nothing_secret_is_in_the_text_of_a_key() {
        KeyRing ring = ring("ES256");
        assertThat(ring.active().toString()).isEqualTo("OwnKey[" + ring.active().kid() + "]");
        assertThat(store.all().getFirst().toString()).doesNotContain("\"d\"");
    }

    private KeyRing ring(String algorithm) {
        return new KeyRing(store, sealer, store.changes(), Workshop.settings(algorithm), clock, nanos::get);
    }

    /** Past {@link Long#MAX_VALUE} too: the origin of nano time is arbitrary. */
    private void later(Duration length) {
        nanos.addAndGet(length.toNanos());
        clock.advance(length);
    }

    private static SigningKey stored(String kid, Algorithm algorithm, SealedSecret sealed) {
        return new SigningKey(kid, algorithm, sealed, NOW, Optional.of(NOW), Optional.empty());
    }

    private SigningKey sealed(SigningKey like, byte[] secret) {
        SealedSecret sealed = sealer.seal(secret, "signing-key/" + like.kid());
        return stored(like.kid(), like.algorithm(), sealed);
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
}
