package dev.gatehouse.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.adapters.testkit.shared.Race;
import io.micronaut.context.exceptions.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    private Path home;

    @Test
    void keys_are_derived_by_hkdf_and_differ_by_purpose() {
        MasterKey key = given(KEY);

        // RFC 5869 with SHA-256 and no salt, computed with Python's hmac module.
        assertThat(HexFormat.of().formatHex(key.derive("a", 32)))
                .isEqualTo("7e06be6b05301a077e816d6a4ce290ec3055d0e910f13cf35e89381fa313a091");
        assertThat(key.derive("b", 32)).isNotEqualTo(key.derive("a", 32));
        assertThat(key.derive("a", 4)).hasSize(4);
    }

    @Test
    void a_setting_of_any_other_form_is_refused_by_name_and_not_quoted() {
        for (String text : List.of(
                KEY.substring(0, 43),
                KEY + "=",
                KEY + "\n",
                " " + KEY,
                KEY.replace('8', '9'),
                KEY.replace('A', '-'),
                KEY.replace('A', '_'),
                Base64.getEncoder().encodeToString(new byte[31]),
                Base64.getEncoder().encodeToString(new byte[33]),
                "correct horse battery staple and some more",
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "x"))
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> given(text))
                    .withMessageContainingAll("gatehouse.master-key", "GATEHOUSE_MASTER_KEY", "44 characters")
                    .withNoCause()
                    .satisfies(e -> assertThat(e.getMessage())
                            .doesNotContain(text.strip() + " ")
                            .doesNotContain(KEY));
    }

    @Test
    void without_one_none_is_made_unless_that_is_allowed() {
        for (Optional<String> nothing : List.of(Optional.<String>empty(), Optional.of(""), Optional.of(" ")))
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> new MasterKey(new SecuritySettings(home, nothing, false, "ES256")))
                    .withMessageContainingAll("GATEHOUSE_MASTER_KEY", "is not set");
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void where_allowed_one_is_made_that_only_its_owner_can_read_and_is_used_from_then_on() throws IOException {
        byte[] first = generated().derive("a", 32);

        Path file = home.resolve("master.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file)).matches("[A-Za-z0-9+/]{43}=\n");
        assertThat(generated().derive("a", 32)).isEqualTo(first);
        assertThat(given(Files.readString(file).strip()).derive("a", 32)).isEqualTo(first);
        try (var files = Files.list(home)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void two_homes_have_two_keys() {
        MasterKey other = new MasterKey(new SecuritySettings(home.resolve("b"), Optional.empty(), true, "ES256"));
        assertThat(other.derive("a", 32)).isNotEqualTo(generated().derive("a", 32));
    }

    @Test
    void all_that_start_together_use_the_same() {
        Race<List<Byte>> race = Race.of(8, () -> {
            List<Byte> bytes = new java.util.ArrayList<>();
            for (byte each : generated().derive("a", 32)) bytes.add(each);
            return bytes;
        });

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned().stream().distinct()).hasSize(1);
    }

    @Test
    void the_setting_goes_before_the_file_and_makes_none() {
        byte[] derived = new MasterKey(new SecuritySettings(home, Optional.of(KEY), true, "ES256")).derive("a", 32);

        assertThat(derived).isEqualTo(given(KEY).derive("a", 32));
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void a_file_that_others_may_read_is_refused_with_what_to_do() throws IOException {
        generated();
        Path file = home.resolve("master.key");
        for (String mode : List.of("rw-r-----", "rw----r--", "rw--w----", "rwxrwxrwx")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(this::generated)
                    .withMessageContainingAll(file.toString(), mode, "chmod 600");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        generated();
    }

    @Test
    void a_file_with_anything_else_in_it_is_refused_and_left_alone() throws IOException {
        Path file = home.resolve("master.key");
        for (String text : List.of("", "\n", KEY + "\n\n", KEY + "x", KEY.substring(1) + "\n")) {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(this::generated)
                    .withMessageContaining(file.toString());
            assertThat(Files.readString(file)).isEqualTo(text);
        }
        Files.delete(file);
        Files.createDirectory(file);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::generated)
                .withMessageContaining("not a plain file");
    }

    @Test
    void its_text_says_nothing() {
        assertThat(given(KEY)).hasToString("MasterKey[…]");
        assertThat(new SecuritySettings(home, Optional.of(KEY), true, "ES256").toString())
                .doesNotContain(KEY);
    }

    private static MasterKey given(String text) {
        return new MasterKey(new SecuritySettings(Path.of("nowhere"), Optional.of(text), true, "ES256"));
    }

    private MasterKey generated() {
        return new MasterKey(new SecuritySettings(home, Optional.empty(), true, "ES256"));
    }
}
