package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.domain.token.TokenEnd;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What operators see of tokens that are about to end. */
@Singleton
final class TokenMeters {
    private final Map<TokenEnd.Reason, Counter> warnings = new EnumMap<>(TokenEnd.Reason.class);

    TokenMeters(Optional<MeterRegistry> found) {
        MeterRegistry registry = found.orElseGet(SimpleMeterRegistry::new);
        for (TokenEnd.Reason each : TokenEnd.Reason.values())
            warnings.put(
                    each,
                    Counter.builder("gatehouse.token.warnings")
                            .description("Tokens of whose end this process warned, by what is to end them")
                            .tag("reason", each.word())
                            .register(registry));
    }

    void warned(TokenEnd.Reason reason) {
        Counter counter = warnings.get(reason);
        if (counter != null) counter.increment();
    }
}
