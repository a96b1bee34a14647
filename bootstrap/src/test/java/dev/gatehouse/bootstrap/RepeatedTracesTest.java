package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepeatedTracesTest {
    private static final String AGAIN =
            " (java.lang.IllegalStateException, whose trace was written within the last minute)";

    private final AtomicLong nanos = new AtomicLong();
    private final LoggerContext context = new LoggerContext();
    private final Logger log = context.getLogger("some.where");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        context.addTurboFilter(new RepeatedTraces(nanos::get));
        lines.start();
        log.addAppender(lines);
    }

    @Test
    void what_repeats_a_fault_has_its_line_and_no_trace_for_a_minute() {
        for (int i = 1; i <= 3; i++) log.error("incident {}", "id-" + i, fault("message " + i));
        nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
        log.error("incident {}", "id-4", fault("message 4"));

        assertThat(told())
                .containsExactly("incident id-1", "incident id-2" + AGAIN, "incident id-3" + AGAIN, "incident id-4");
        assertThat(traced()).containsExactly(true, false, false, true);
        assertThat(lines.list).extracting(ILoggingEvent::getLevel).containsOnly(Level.ERROR);
    }

    @Test
    void it_is_the_same_fault_whoever_tells_it_in_however_many_words() {
        for (int i = 0; i < 2; i++) {
            log.error("nothing {} {} {}", 1, 2, 3);
            log.warn("none", fault(""));
            log.error("three {} {} {}", 1, 2, 3, fault(""));
        }

        assertThat(told())
                .containsExactly(
                        "nothing 1 2 3",
                        "none",
                        "three 1 2 3" + AGAIN,
                        "nothing 1 2 3",
                        "none" + AGAIN,
                        "three 1 2 3" + AGAIN);
    }

    @Test
    void faults_of_another_type_from_another_call_or_with_another_cause_are_told_with_their_trace() {
        log.error("one", fault(""));
        log.error("two", new IllegalStateException("from another call"));
        for (Throwable cause : List.of(fault(""), new IllegalArgumentException("")))
            log.error("three", new IllegalStateException("of a cause", cause));

        assertThat(traced()).containsExactly(true, true, true, true);
    }

    @Test
    void of_ever_other_faults_a_hundred_traces_a_minute_are_written() {
        IntStream.range(0, RepeatedTraces.MOST + 5).forEach(i -> log.error("fault {}", i, deep(i)));

        assertThat(traced().stream().filter(each -> each)).hasSize(RepeatedTraces.MOST);
        assertThat(told()).hasSize(RepeatedTraces.MOST + 5);
    }

    @Test
    void a_cause_that_is_its_own_cause_is_no_harm() {
        IllegalStateException outer = fault("");
        IllegalArgumentException inner = new IllegalArgumentException(outer);
        outer.initCause(inner);

        log.error("circle", outer);

        assertThat(traced()).containsExactly(true);
    }

    @Test
    void what_is_below_the_level_of_its_logger_is_not_written_and_takes_no_trace_from_what_is() {
        log.setLevel(Level.ERROR);
        log.warn("quiet", fault(""));
        log.error("loud", fault(""));

        assertThat(told()).containsExactly("loud");
        assertThat(traced()).containsExactly(true);
    }

    @Test
    void the_log_of_the_service_goes_through_it() throws JoranException {
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        context.reset();
        configurator.doConfigure(Objects.requireNonNull(Service.class.getResource("/logback.xml")));

        assertThat(context.getTurboFilterList()).hasAtLeastOneElementOfType(RepeatedTraces.class);
    }

    private List<String> told() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private List<Boolean> traced() {
        return lines.list.stream().map(each -> each.getThrowableProxy() != null).toList();
    }

    private static IllegalStateException fault(String message) {
        IllegalStateException fault = new IllegalStateException(message);
        fault.setStackTrace(new StackTraceElement[] {new StackTraceElement("Some", "call", "Some.java", 1)});
        return fault;
    }

    private static IllegalStateException deep(int line) {
        IllegalStateException fault = new IllegalStateException();
        fault.setStackTrace(new StackTraceElement[] {new StackTraceElement("Some", "call", "Some.java", line)});
        return fault;
    }
}
