package dev.gatehouse.adapters.testkit.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.shared.SecretSealer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every {@link SecretSealer} promises. */
public interface SecretSealerContract {
    /** The port under test. */
    SecretSealer secretSealer();

    /** The same, with another master key. */
    SecretSealer sealerWithAnotherMasterKey();

    @Test
    default void what_was_sealed_opens_for_its_place() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) all[i] = (byte) i;
        byte[] large = new byte[100_000];
        new Random(1).nextBytes(large);

        for (byte[] each : List.of(new byte[0], new byte[] {0}, all, large, bytes("Grüße \uD83D\uDD11")))
            assertThat(secretSealer().open(secretSealer().seal(each, "place/ü"), "place/ü"))
                    .isEqualTo(each);
    }

    @Test
    default void sealing_twice_gives_two_texts() {
        byte[] secret = bytes("hush-hush");

        SealedSecret first = secretSealer().seal(secret, "place/a");
        SealedSecret second = secretSealer().seal(secret, "place/a");

        assertThat(first.text()).isNotEqualTo(second.text());
        assertThat(secretSealer().open(first, "place/a")).isEqualTo(secret);
        assertThat(secretSealer().open(second, "place/a")).isEqualTo(secret);
    }

    @Test
    default void the_sealed_form_is_printable_ascii_without_the_secret_in_it() {
        String text = secretSealer().seal(bytes("hush-hush Grüße"), "place/a").text();

        assertThat(text).matches("[!-~]+").doesNotContain("hush-hush");
    }

    @Test
    default void moved_to_another_place_it_does_not_open() {
        SealedSecret sealed = secretSealer().seal(bytes("hush"), "signing-key/a");

        for (String place : List.of("signing-key/b", "signing-key", "webhook/a", "", "signing-key/a ", "SIGNING-KEY/A"))
            assertThatIllegalStateException().isThrownBy(() -> secretSealer().open(sealed, place));
    }

    @Test
    default void with_another_master_key_it_does_not_open() {
        SealedSecret sealed = secretSealer().seal(bytes("hush"), "place/a");

        assertThatIllegalStateException()
                .isThrownBy(() -> sealerWithAnotherMasterKey().open(sealed, "place/a"));
    }

    @Test
    default void a_fingerprint_tells_one_secret_from_another_and_is_that_of_a_place_and_a_master_key() {
        String hush = secretSealer().fingerprint(bytes("hush"), "place/a");

        assertThat(hush).matches("[0-9a-f]{64}");
        assertThat(secretSealer().fingerprint(bytes("hush"), "place/a")).isEqualTo(hush);
        assertThat(List.of(
                        secretSealer().fingerprint(bytes("hush "), "place/a"),
                        secretSealer().fingerprint(bytes(""), "place/a"),
                        secretSealer().fingerprint(bytes("ahush"), "place/"),
                        secretSealer().fingerprint(bytes("hush"), "place/b"),
                        sealerWithAnotherMasterKey().fingerprint(bytes("hush"), "place/a")))
                .doesNotContain(hush)
                .doesNotHaveDuplicates();
    }

    @Test
    default void altered_in_any_character_it_does_not_open() {
        String text = secretSealer().seal(bytes("hush"), "place/a").text();

        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            SealedSecret altered = new SealedSecret(text.substring(0, i) + other + text.substring(i + 1));
            assertThatIllegalStateException()
                    .as("altered at %s", i)
                    .isThrownBy(() -> secretSealer().open(altered, "place/a"));
        }
    }

    @Test
    default void cut_short_or_drawn_out_it_does_not_open() {
        String text = secretSealer().seal(bytes("hush"), "place/a").text();

        for (int i = 0; i < text.length(); i++) {
            SealedSecret cut = new SealedSecret(text.substring(0, i));
            assertThatIllegalStateException().isThrownBy(() -> secretSealer().open(cut, "place/a"));
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> secretSealer().open(new SealedSecret(text + "A"), "place/a"));
    }

    @Test
    default void what_was_never_sealed_does_not_open() {
        for (String each : List.of("", " ", ".", "..", "v1", "v1.", "v1.AAAA", "AAAA", "====", "\uD83D\uDD11", "hush"))
            assertThatIllegalStateException().isThrownBy(() -> secretSealer().open(new SealedSecret(each), "place/a"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
