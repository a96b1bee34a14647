package dev.gatehouse.adapters.security.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.adapters.security.SecuritySettings;
import dev.gatehouse.adapters.testkit.account.InitialPasswordContract;
import dev.gatehouse.domain.account.InitialPassword;
import dev.gatehouse.domain.account.PlainPassword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitialPasswordFileTest implements InitialPasswordContract {
    @TempDir
    private Path folder;

    @Override
    public InitialPassword initialPassword() {
        return in(folder.resolve("home"));
    }

    @Override
    public Optional<String> keptPassword() {
        try {
            return Files.exists(file())
                    ? Optional.of(Files.readString(file()).replaceFirst("\n\\z", ""))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void only_its_owner_can_read_it_and_nothing_else_is_left_behind() throws IOException {
        initialPassword().keep(new PlainPassword("first"));
        initialPassword().keep(new PlainPassword("second"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
        try (var files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void a_file_open_to_others_is_replaced_by_one_that_is_not() throws IOException {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "old");
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));

        initialPassword().keep(new PlainPassword("new"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(keptPassword()).contains("new");
    }

    @Test
    void where_it_cannot_be_kept_the_place_is_named_and_the_password_is_not() throws IOException {
        Path noFolder = Files.writeString(folder.resolve("plain-file"), "");

        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> in(noFolder).keep(new PlainPassword("hush-hush")))
                .withMessageContaining(
                        noFolder.resolve("initial-admin-password").toString())
                .satisfies(e -> assertThat(e.getCause().toString()).doesNotContain("hush-hush"));
    }

    private Path file() {
        return folder.resolve("home").resolve("initial-admin-password");
    }

    private static InitialPassword in(Path home) {
        return new InitialPasswordFile(new SecuritySettings(home, Optional.empty(), false, "ES256"));
    }
}
