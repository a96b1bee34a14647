package dev.gatehouse.adapters.security.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.gatehouse.adapters.security.TokenDigest;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.VerifiedTokens;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** The tokens seen of late, in memory: at most so many, none for long after its last use, none past its own end. */
@Singleton
final class CachedVerifiedTokens implements VerifiedTokens {
    static final Duration IDLE = Duration.ofMinutes(10);

    private static final int LEAST = 100;
    private static final int HIGHEST = 10_000_000;

    private final InstantSource clock;
    private final Cache<TokenDigest, Verified> verified;

    /** @param most {@code gatehouse.token-cache}: how many tokens, 100 to 10,000,000; about half a kilobyte each */
    @Inject
    CachedVerifiedTokens(
            InstantSource clock,
            @Property(name = "gatehouse.token-cache", defaultValue = "100000") int most,
            Optional<MeterRegistry> registry) {
        this(clock, Ticker.systemTicker(), most);
        registry.ifPresent(this::watch);
    }

    CachedVerifiedTokens(InstantSource clock, Ticker ticker, int most) {
        if (most < LEAST || most > HIGHEST)
            throw new ConfigurationException(
                    "gatehouse.token-cache (GATEHOUSE_TOKEN_CACHE) is " + LEAST + " to " + HIGHEST + ", not " + most);
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterAccess(IDLE)
                .ticker(ticker)
                // Tidying up takes microseconds: less than to wake another thread for it.
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    private void watch(MeterRegistry registry) {
        FunctionCounter.builder(
                        "gatehouse.token.cache.gets",
                        verified,
                        each -> each.stats().hitCount())
                .tag("result", "hit")
                .description("Tokens that were looked for in memory, and found or not")
                .register(registry);
        FunctionCounter.builder(
                        "gatehouse.token.cache.gets",
                        verified,
                        each -> each.stats().missCount())
                .tag("result", "miss")
                .description("Tokens that were looked for in memory, and found or not")
                .register(registry);
        FunctionCounter.builder(
                        "gatehouse.token.cache.evictions",
                        verified,
                        each -> each.stats().evictionCount())
                .description("Tokens that were dropped from memory: no room, or long not used")
                .register(registry);
        Gauge.builder("gatehouse.token.cache.size", verified, Cache::estimatedSize)
                .description("Tokens in memory")
                .register(registry);
    }

    @Override
    public Optional<Verified> find(PlainToken token) {
        TokenDigest key = TokenDigest.of(token);
        Optional<Verified> found = Optional.ofNullable(verified.getIfPresent(key));
        // Asked of the wall clock, which may jump, and not of a timer set when the token was remembered.
        if (found.flatMap(Verified::endsAt)
                .filter(end -> !clock.instant().isBefore(end))
                .isPresent()) {
            verified.invalidate(key);
            return Optional.empty();
        }
        return found;
    }

    @Override
    public void remember(PlainToken token, Verified fresh) {
        verified.put(TokenDigest.of(token), fresh);
    }

    /** How many are held, once everything due has been dropped. */
    long size() {
        verified.cleanUp();
        return verified.estimatedSize();
    }
}
