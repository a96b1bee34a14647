package dev.gatehouse.adapters.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.adapters.security.TokenDigest;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenVerifier.Flaw;
import dev.gatehouse.domain.token.TokenVerifier.Verdict;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerifiedSignaturesTest {
    private static final VerificationKey KEY = new VerificationKey("one", "ES256", (signed, signature) -> true);

    private final Workshop workshop = Workshop.of(Algorithm.ES256);
    private final VerifiedSignatures verified = new VerifiedSignatures(64);
    private final JwtVerifier verifier = new JwtVerifier(workshop.ring(), TokenRules.DEFAULT, verified);

    @Test
    void a_signature_that_fitted_is_remembered() {
        PlainToken token = new PlainToken(workshop.signed(workshop.header(), Workshop.CLAIMS));

        assertThat(verifier.verify(token)).isInstanceOf(Verdict.Genuine.class);

        assertThat(verified.holds(workshop.ring().active().open(), TokenDigest.of(token)))
                .isTrue();
    }

    @Test
    void a_signature_that_is_remembered_is_not_computed_again() {
        PlainToken signedByNobody = new PlainToken(workshop.with(new byte[64]));
        assertThat(verifier.verify(signedByNobody)).isEqualTo(new Verdict.Refused(Flaw.SIGNATURE));

        verified.add(workshop.ring().active().open(), TokenDigest.of(signedByNobody));

        assertThat(verifier.verify(signedByNobody)).isInstanceOf(Verdict.Genuine.class);
    }

    @Test
    void what_was_refused_is_not_remembered() {
        PlainToken forged = new PlainToken(workshop.with(new byte[64]));

        verifier.verify(forged);

        assertThat(verified.holds(workshop.ring().active().open(), TokenDigest.of(forged)))
                .isFalse();
    }

    @Test
    void the_claims_of_a_token_whose_signature_is_remembered_are_judged_all_the_same() {
        PlainToken ofOthers = new PlainToken(
                workshop.signed(workshop.header(), Workshop.CLAIMS.replace("\"argocd\"", "\"https://others.test\"")));

        assertThat(List.of(verifier.verify(ofOthers), verifier.verify(ofOthers)))
                .containsOnly(new Verdict.Refused(Flaw.ISSUER));
    }

    @Test
    void what_one_key_found_sound_is_nothing_to_another_of_the_same_name() {
        VerificationKey sameName = new VerificationKey("one", "ES256", (signed, signature) -> false);
        verified.add(KEY, new TokenDigest(1, 2));

        assertThat(verified.holds(KEY, new TokenDigest(1, 2))).isTrue();
        assertThat(verified.holds(sameName, new TokenDigest(1, 2))).isFalse();
    }

    @Test
    void tokens_are_told_apart_by_every_bit_of_their_digest() {
        TokenDigest token = new TokenDigest(0x0123456789abcdefL, 0x0fedcba987654321L);
        verified.add(KEY, token);

        assertThat(IntStream.range(0, 64))
                .allSatisfy(bit -> assertThat(
                                verified.holds(KEY, new TokenDigest(token.high() ^ 1L << bit, token.low())))
                        .isFalse())
                .allSatisfy(bit -> assertThat(
                                verified.holds(KEY, new TokenDigest(token.high(), token.low() ^ 1L << bit)))
                        .isFalse());
    }

    @Test
    void no_more_are_kept_than_there_are_places_and_the_newest_always_is() {
        List<TokenDigest> tokens = IntStream.range(0, 1000)
                .mapToObj(each -> TokenDigest.of(new PlainToken("token " + each)))
                .toList();

        for (TokenDigest token : tokens) {
            verified.add(KEY, token);
            assertThat(verified.holds(KEY, token)).isTrue();
        }

        assertThat(tokens.stream().filter(each -> verified.holds(KEY, each)).count())
                .isEqualTo(64);
    }

    @Test
    void places_are_a_power_of_two() {
        assertThatIllegalArgumentException().isThrownBy(() -> new VerifiedSignatures(96));
        assertThatIllegalArgumentException().isThrownBy(() -> new VerifiedSignatures(2));
    }
}
