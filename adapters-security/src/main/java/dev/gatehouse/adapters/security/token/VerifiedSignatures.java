package dev.gatehouse.adapters.security.token;

import dev.gatehouse.adapters.security.TokenDigest;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * In which tokens which key found nothing wrong, so that a signature is computed once by each process and not each time
 * that the record of its token has to be looked up. It says nothing about whether a token counts, and is asked only with a
 * key that verifies now.
 *
 * <p>Holds {@value #PLACES} at most, in nine megabytes. Each has four places where it may stand; when others stand there,
 * one of them goes, whichever it is: a signature that was dropped is computed once more. Only a token that the service
 * signed gets here, so nobody else can drive others out.
 */
final class VerifiedSignatures {
    private static final int PLACES = 1 << 18;
    private static final int TOGETHER = 4;

    private final AtomicReferenceArray<Sound> places;

    /** The key is a part of it: what one of them signed says nothing of another by the same name. */
    private record Sound(VerificationKey key, long high, long low) {
        static Sound of(VerificationKey key, TokenDigest token) {
            return new Sound(key, token.high(), token.low());
        }
    }

    VerifiedSignatures() {
        this(PLACES);
    }

    /** @param places how many at most: a power of two, at least 4 */
    VerifiedSignatures(int places) {
        if (places < TOGETHER || Integer.bitCount(places) != 1)
            throw new IllegalArgumentException(places + " is not a power of two from " + TOGETHER);
        this.places = new AtomicReferenceArray<>(places);
    }

    boolean holds(VerificationKey key, TokenDigest token) {
        Sound wanted = Sound.of(key, token);
        int first = first(token);
        for (int place = first; place < first + TOGETHER; place++) if (wanted.equals(places.get(place))) return true;
        return false;
    }

    void add(VerificationKey key, TokenDigest token) {
        Sound fresh = Sound.of(key, token);
        int first = first(token);
        for (int place = first; place < first + TOGETHER; place++) if (places.compareAndSet(place, null, fresh)) return;
        places.set(first + (int) (token.high() & (TOGETHER - 1)), fresh);
    }

    private int first(TokenDigest token) {
        return (int) (token.low() & (places.length() - 1)) & -TOGETHER;
    }
}
