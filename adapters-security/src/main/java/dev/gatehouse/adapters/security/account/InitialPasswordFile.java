package dev.gatehouse.adapters.security.account;

import dev.gatehouse.adapters.security.PrivateFile;
import dev.gatehouse.adapters.security.SecuritySettings;
import dev.gatehouse.domain.account.InitialPassword;
import dev.gatehouse.domain.account.PlainPassword;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The first administrator's password in a file of the data folder, one line. */
@Singleton
final class InitialPasswordFile implements InitialPassword {
    static final String FILE = "initial-admin-password";

    private final PrivateFile file;

    InitialPasswordFile(SecuritySettings settings) {
        file = new PrivateFile(settings.home().resolve(FILE));
    }

    @Override
    public void keep(PlainPassword password) {
        try {
            file.replace(password.reveal() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the initial password cannot be kept in " + file.path(), e);
        }
    }

    @Override
    public void forget() {
        try {
            file.delete();
        } catch (IOException e) {
            throw new UncheckedIOException("the initial password cannot be removed: " + file.path(), e);
        }
    }
}
