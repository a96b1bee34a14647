package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.adapters.testkit.shared.MutableClock;
import dev.gatehouse.domain.token.TokenId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class UnjudgedReuseTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(UnjudgedReuse.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MutableClock clock = new MutableClock();
    private final UnjudgedReuse unjudged = new UnjudgedReuse(Optional.of(registry), clock);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
    }

    @Test
    void each_is_counted_and_the_log_warns_once_a_minute() {
        unjudged.tell(new TokenId("one"));
        clock.advance(Duration.ofSeconds(59));
        unjudged.tell(new TokenId("two"));
        clock.advance(Duration.ofSeconds(1));
        unjudged.tell(new TokenId("three"));

        assertThat(registry.get("gatehouse.token.reuse.unjudged").counter().count())
                .isEqualTo(3);
        assertThat(log.list)
                .allSatisfy(each -> assertThat(each.getLevel()).isEqualTo(Level.WARN))
                .extracting(ILoggingEvent::getFormattedMessage)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("token.reuse.unjudged: the token one was shown after"),
                        next -> assertThat(next).contains("the token three was"));
    }
}
