package dev.gatehouse.adapters.security.shared;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.gatehouse.adapters.security.MasterKey;
import dev.gatehouse.adapters.security.SecuritySettings;
import dev.gatehouse.adapters.testkit.shared.SecretSealerContract;
import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.shared.SecretSealer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AesGcmSealerTest implements SecretSealerContract {
    private final SecretSealer sealer = sealer(new byte[32]);
    private final SecretSealer another = sealer("0123456789abcdef0123456789abcdef".getBytes(UTF_8));

    @Override
    public SecretSealer secretSealer() {
        return sealer;
    }

    @Override
    public SecretSealer sealerWithAnotherMasterKey() {
        return another;
    }

    @Test
    void another_process_with_the_same_master_key_opens_it() {
        SealedSecret sealed = sealer.seal("hush".getBytes(UTF_8), "a");

        assertThat(sealer(new byte[32]).open(sealed, "a")).isEqualTo("hush".getBytes(UTF_8));
    }

    @Test
    void the_form_says_its_version_and_which_key_sealed_it() {
        String text = sealer.seal("hush".getBytes(UTF_8), "a").text();
        String other = another.seal("hush".getBytes(UTF_8), "a").text();

        // 12 bytes of nonce, 4 of ciphertext, 16 of tag: 43 characters.
        assertThat(text).matches("v1\\.[0-9a-f]{8}\\.[A-Za-z0-9_-]{43}");
        assertThat(text.substring(0, 12)).isNotEqualTo(other.substring(0, 12));
    }

    @Test
    void another_master_key_is_told_from_an_altered_secret() {
        SealedSecret sealed = sealer.seal("hush".getBytes(UTF_8), "a");

        assertThatIllegalStateException()
                .isThrownBy(() -> another.open(sealed, "a"))
                .withMessageContaining("another master key");
        assertThatIllegalStateException()
                .isThrownBy(() -> sealer.open(sealed, "b"))
                .withMessageContaining("altered or sealed for another place");
        assertThatIllegalStateException()
                .isThrownBy(() -> sealer.open(new SealedSecret("plain"), "b"))
                .withMessageContaining("not sealed by this service");
    }

    private static SecretSealer sealer(byte[] key) {
        return new AesGcmSealer(new MasterKey(new SecuritySettings(
                Path.of("nowhere"), Optional.of(Base64.getEncoder().encodeToString(key)), false, "ES256")));
    }
}
