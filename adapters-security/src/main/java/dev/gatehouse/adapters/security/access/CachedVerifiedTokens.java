package dev.gatehouse.adapters.security.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.VerifiedTokens;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The tokens seen of late, in memory: at most so many, none for long after its last use, none past its own end. */
@Singleton
final class CachedVerifiedTokens implements VerifiedTokens {
    static final int MOST = 100_000;
    static final Duration IDLE = Duration.ofMinutes(10);

    private final InstantSource clock;
    private final Cache<String, Verified> verified;

    @Inject
    CachedVerifiedTokens(InstantSource clock) {
        this(clock, Ticker.systemTicker(), MOST);
    }

    CachedVerifiedTokens(InstantSource clock, Ticker ticker, int most) {
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(IDLE)
                .ticker(ticker)
                .build();
    }

    @Override
    public Optional<Verified> find(PlainToken token) {
        String digest = token.digest();
        Optional<Verified> found = Optional.ofNullable(verified.getIfPresent(digest));
        // Asked of the wall clock, which may jump, and not of a timer set when the token was remembered.
        if (found.flatMap(Verified::endsAt)
                .filter(end -> !clock.instant().isBefore(end))
                .isPresent()) {
            verified.invalidate(digest);
            return Optional.empty();
        }
        return found;
    }

    @Override
    public void remember(PlainToken token, Verified fresh) {
        verified.put(token.digest(), fresh);
    }

    /** How many are held, once everything due has been dropped. */
    long size() {
        verified.cleanUp();
        return verified.estimatedSize();
    }
}
