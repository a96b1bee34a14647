package dev.gatehouse.adapters.security.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.MutableClock;
import dev.gatehouse.adapters.testkit.token.VerifiedTokensContract;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.VerifiedTokens;
import dev.gatehouse.domain.token.VerifiedTokens.Verified;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
    void a_million_live_tokens_take_no_more_room_than_there_is() {
        IntStream.range(0, 1_000_000)
                .forEach(i -> tokens.remember(new PlainToken("token-" + i), endingAt(Optional.empty())));

        assertThat(tokens.size()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void a_token_in_steady_use_stays_while_many_strangers_pass() {
        tokens.remember(A, endingAt(Optional.empty()));
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            PlainToken stranger = new PlainToken("stranger-" + i);
            if (tokens.find(stranger).isEmpty()) tokens.remember(stranger, endingAt(Optional.empty()));
            if (tokens.find(A).isPresent()) found++;
            else tokens.remember(A, endingAt(Optional.empty()));
        }

        assertThat(found).isGreaterThan(19_000);
        assertThat(tokens.size()).isLessThanOrEqualTo(1_000);
    }

    @Test
    void operators_see_what_it_finds_and_holds() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        CachedVerifiedTokens watched = new CachedVerifiedTokens(clock, 1_000, Optional.of(registry));
        watched.find(A);
        watched.remember(A, endingAt(Optional.empty()));
        watched.find(A);
        watched.find(A);

        assertThat(registry.get("gatehouse.token.cache.gets")
                        .tag("result", "hit")
                        .functionCounter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("gatehouse.token.cache.gets")
                        .tag("result", "miss")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("gatehouse.token.cache.size").gauge().value()).isEqualTo(1);
    }

    @Test
    void a_bound_that_is_none_names_the_setting() {
        assertThatThrownBy(() -> new CachedVerifiedTokens(clock, 10, Optional.empty()))
                .hasMessageContaining("GATEHOUSE_TOKEN_CACHE");
    }

    private Verified endingAt(Optional<Instant> end) {
        return new Verified(Caller.itself(Origin.itself("request-1")), "jti-1", clock.instant(), end, 7, List.of());
    }
}
