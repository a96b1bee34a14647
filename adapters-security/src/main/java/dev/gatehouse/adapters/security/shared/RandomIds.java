package dev.gatehouse.adapters.security.shared;

import dev.gatehouse.adapters.security.Base64Url;
import dev.gatehouse.domain.shared.Ids;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.util.UUID;

/** Ids and secrets from the operating system's random source. */
@Singleton
final class RandomIds implements Ids {
    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    @Override
    public String newId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }
}
