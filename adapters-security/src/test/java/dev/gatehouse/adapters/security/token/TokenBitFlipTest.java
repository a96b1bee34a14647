package dev.gatehouse.adapters.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gatehouse.adapters.security.Base64Url;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.TokenVerifier.Verdict;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenBitFlipTest {
    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void one_bit_of_the_text_flipped_anywhere_is_refused(Algorithm algorithm) {
        Workshop workshop = Workshop.of(algorithm);
        String token = workshop.signed(workshop.header(), Workshop.CLAIMS);
        for (int at = 0; at < token.length(); at++)
            for (int bit = 0; bit < 8; bit++) {
                StringBuilder flipped = new StringBuilder(token);
                flipped.setCharAt(at, (char) (token.charAt(at) ^ 1 << bit));
                assertThat(workshop.flaw(flipped.toString()))
                        .as("character %s, bit %s", at, bit)
                        .isPresent();
            }
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void one_bit_of_the_bytes_flipped_anywhere_is_refused(Algorithm algorithm) {
        Workshop workshop = Workshop.of(algorithm);
        String[] parts = workshop.signed(workshop.header(), Workshop.CLAIMS).split("\\.");
        for (int part = 0; part < parts.length; part++) {
            byte[] bytes = Base64Url.decode(parts[part]).orElseThrow();
            for (int bit = 0; bit < 8 * bytes.length; bit++) {
                byte[] flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                String[] changed = parts.clone();
                changed[part] = Base64Url.encode(flipped);
                assertThat(workshop.flaw(String.join(".", changed)))
                        .as("part %s, bit %s", part, bit)
                        .isPresent();
            }
        }
    }

    @Property(tries = 500)
    void no_text_makes_it_throw(@ForAll String text) {
        for (Algorithm algorithm : Algorithm.values())
            assertThatCode(() -> Workshop.of(algorithm).flaw(text)).doesNotThrowAnyException();
    }

    @Property(tries = 500)
    void no_bytes_in_a_well_formed_frame_make_it_throw(
            @ForAll byte[] header, @ForAll byte[] claims, @ForAll byte[] signature) {
        Workshop workshop = Workshop.of(Algorithm.ES256);
        String frame = Base64Url.encode(header) + "." + Base64Url.encode(claims) + "." + Base64Url.encode(signature);
        assertThat(workshop.verifier().verify(new PlainToken(frame))).isInstanceOf(Verdict.Refused.class);
    }

    @Property(tries = 500)
    void no_splice_of_a_genuine_one_is_genuine(
            @ForAll Algorithm algorithm,
            @ForAll @IntRange(max = 700) int from,
            @ForAll @IntRange(max = 60) int length,
            @ForAll @StringLength(max = 60) String between) {
        Workshop workshop = Workshop.of(algorithm);
        String token = workshop.signed(workshop.header(), Workshop.CLAIMS);
        int start = Math.min(from, token.length());
        int end = Math.min(start + length, token.length());
        String spliced = token.substring(0, start) + between + token.substring(end);
        if (!spliced.equals(token)) assertThat(workshop.flaw(spliced)).isPresent();
    }
}
