package dev.gatehouse.adapters.security.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.MutableClock;
import dev.gatehouse.adapters.testkit.token.VerifiedTokensContract;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.VerifiedTokens;
import dev.gatehouse.domain.token.VerifiedTokens.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CachedVerifiedTokensTest implements VerifiedTokensContract {
    private static final PlainToken A = new PlainToken("a");

    private final MutableClock clock = new MutableClock();
    private final AtomicLong nanos = new AtomicLong();
    private final CachedVerifiedTokens tokens = new CachedVerifiedTokens(clock, nanos::get, 1_000);

    @Override
    public VerifiedTokens verifiedTokens() {
        return tokens;
    }

    @Test
    void it_ends_with_the_token_to_the_instant() {
        Instant end = clock.instant().plusSeconds(60);
        tokens.remember(A, endingAt(Optional.of(end)));

        clock.set(end.minusNanos(1));
        assertThat(tokens.find(A)).isPresent();
        clock.set(end);
        assertThat(tokens.find(A)).isEmpty();
        assertThat(tokens.size()).isZero();
    }

    @Test
    void a_clock_that_jumps_ends_it_too() {
        tokens.remember(A, endingAt(Optional.of(clock.instant().plus(Duration.ofDays(1)))));

        clock.advance(Duration.ofDays(2));

        assertThat(tokens.find(A)).isEmpty();
    }

    @Test
    void it_is_dropped_ten_minutes_after_its_last_use() {
        tokens.remember(A, endingAt(Optional.empty()));
        for (int i = 0; i < 5; i++) {
            nanos.addAndGet(Duration.ofMinutes(10).minusNanos(1).toNanos());
            assertThat(tokens.find(A)).isPresent();
        }

        nanos.addAndGet(Duration.ofMinutes(10).toNanos());

        assertThat(tokens.find(A)).isEmpty();
        assertThat(tokens.size()).isZero();
    }

    @Test
    void strangers_tokens_never_make_it_grow_beyond_its_bound() {
        IntStream.range(0, 20_000)
                .forEach(i -> tokens.remember(new PlainToken("token-" + i), endingAt(Optional.empty())));

        assertThat(tokens.size()).isLessThanOrEqualTo(1_000);
    }

    private Verified endingAt(Optional<Instant> end) {
        return new Verified(Caller.itself(Origin.itself("request-1")), clock.instant(), end, 7, List.of());
    }
}
