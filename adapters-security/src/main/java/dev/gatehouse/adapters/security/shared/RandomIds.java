package dev.gatehouse.adapters.security.shared;

import dev.gatehouse.adapters.security.Base64Url;
import dev.gatehouse.domain.shared.Ids;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;

/** Ids and secrets from the operating system's random source. */
@Singleton
final class RandomIds implements Ids {
    private static final int SECRET_BYTES = 32;
    private static final long VERSION_7 = 0x7000L;
    private static final long TWELVE_BITS = 0xfffL;
    private static final long VARIANT = 1L << 63;
    private static final long SIXTY_TWO_BITS = (1L << 62) - 1;

    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock;

    RandomIds(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String newId() {
        return UUID.randomUUID().toString();
    }

    @Override
    public String newIdInOrder() {
        return timed(clock.millis(), random.nextLong(), random.nextLong()).toString();
    }

    /** RFC 9562 section 5.7; of the first number twelve bits are used, of the second 62. */
    static UUID timed(long millis, long high, long low) {
        return new UUID((millis << 16) | VERSION_7 | (high & TWELVE_BITS), VARIANT | (low & SIXTY_TWO_BITS));
    }

    @Override
    public String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64Url.encode(bytes);
    }
}
