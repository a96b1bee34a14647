package dev.gatehouse.adapters.security.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.security.Base64Url;
import dev.gatehouse.adapters.testkit.shared.PlainSealer;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenVerifier;
import dev.gatehouse.domain.token.TokenVerifier.Flaw;
import dev.gatehouse.domain.token.TokenVerifier.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attacks that need several keys of ours at once, of every kind, as there are after a change of the algorithm. */
class KeyConfusionTest {
    private static final Instant NOW = Instant.ofEpochSecond(1);

    private final KeyRing ring = ring();
    private final TokenVerifier verifier = new JwtVerifier(ring, TokenRules.DEFAULT);

    private static KeyRing ring() {
        ListedKeys store = new ListedKeys();
        PlainSealer sealer = new PlainSealer();
        for (Algorithm each : Algorithm.values())
            store.put(OwnKey.made(each, sealer, NOW).from(NOW));
        // A second one of the same kind, as after every rotation.
        store.put(OwnKey.made(Algorithm.ES256, sealer, NOW));
        return new KeyRing(
                store, sealer, store.changes(), Workshop.settings(Algorithm.ES256.word()), InstantSource.fixed(NOW));
    }

    private Verdict shown(String algorithm, OwnKey named, OwnKey signing) {
        String content =
                Base64Url.encode(("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"kid\":\"" + named.kid() + "\"}")
                                .getBytes(UTF_8))
                        + "." + Base64Url.encode(Workshop.CLAIMS.getBytes(UTF_8));
        return verifier.verify(
                new PlainToken(content + "." + Base64Url.encode(signing.secret().sign(content.getBytes(UTF_8)))));
    }

    @Test
    void a_token_that_names_one_of_our_keys_and_is_signed_by_another_of_ours_is_refused() {
        List<OwnKey> keys = ring.all();
        assertThat(keys).hasSizeGreaterThan(Algorithm.values().length);
        for (OwnKey named : keys)
            for (OwnKey signing : keys) {
                Verdict verdict = shown(named.open().algorithm(), named, signing);
                if (named.kid().equals(signing.kid())) assertThat(verdict).isInstanceOf(Verdict.Genuine.class);
                else assertThat(verdict).isEqualTo(new Verdict.Refused(Flaw.SIGNATURE));
            }
    }

    @Test
    void a_token_that_names_the_algorithm_of_another_of_our_keys_is_refused_whichever_signed_it() {
        int tried = 0;
        for (OwnKey named : ring.all())
            for (OwnKey signing : ring.all())
                for (String word : algorithmsBut(named.open().algorithm())) {
                    assertThat(shown(word, named, signing)).isEqualTo(new Verdict.Refused(Flaw.ALGORITHM_UNEXPECTED));
                    tried++;
                }
        assertThat(tried).isPositive();
    }

    private static List<String> algorithmsBut(String own) {
        List<String> words = new ArrayList<>();
        for (Algorithm each : Algorithm.values()) if (!each.word().equals(own)) words.add(each.word());
        return words;
    }
}
