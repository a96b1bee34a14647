package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.adapters.rest.Api.Reply;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** What nobody foresaw: the client learns an id, the log learns the rest. */
@MicronautTest
@Property(name = "gatehouse.test.faults", value = "true")
class FaultsTest {
    private static final String ID = "the-id-of-this-request";

    private final Api api;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>() {
        @Override
        protected void append(ILoggingEvent event) {
            // Otherwise what the thread knows would be looked up later, on another thread.
            event.prepareForDeferredProcessing();
            super.append(event);
        }
    };
    private final Appender<ILoggingEvent> console = root().getAppender("text");

    FaultsTest(Api api) {
        this.api = api;
    }

    @BeforeEach
    void listen() {
        log.start();
        root().addAppender(log);
        root().detachAppender(console);
    }

    @AfterEach
    void stopListening() {
        root().detachAppender(log);
        root().addAppender(console);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"here", "there", "deep", "unwritable"})
    void a_fault_is_an_incident(String kind) {
        Reply reply = api.get("/fault/" + kind, "X-Request-Id: " + ID);
        String incident = reply.body().replaceAll(".*incident ([0-9a-f-]{36})\".*", "$1");
        assertThat(reply.told()).isEqualTo(Api.error(500, 13, "internal error; incident " + incident));
        assertThat(reply.header("X-Request-Id")).isEqualTo(ID);
        List<ILoggingEvent> lines = log.list.stream()
                .filter(each -> each.getFormattedMessage().contains(incident))
                .toList();
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst().getThrowableProxy()).isNotNull();
    }

    @Test
    void the_log_carries_the_request_id_on_every_thread() {
        api.get("/fault/there", "X-Request-Id: " + ID);
        api.get("/fault/here", "X-Request-Id: " + ID);
        assertThat(log.list.stream()
                        .filter(each -> each.getFormattedMessage().equals("on another thread")
                                || each.getFormattedMessage().startsWith("incident "))
                        .map(each -> each.getMDCPropertyMap().get("requestId")))
                .containsExactly(ID, ID, ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "has blank in it", "Ümläut-Ümläut", "semi;colon;semi", "<script>alert</script>"})
    void an_id_that_is_none_is_replaced(String sent) {
        Reply reply = api.raw("GET /healthz HTTP/1.1", "Host: x", "X-Request-Id: " + sent)
                .orElseThrow();
        assertThat(reply.header("X-Request-Id")).matches("[0-9a-f-]{36}");
    }

    @Test
    void roles_of_other_systems_open_nothing_here() {
        String admin = api.as("admin");
        assertThat(api.get("/fault/only-for-a-role", admin).told()).isEqualTo(Api.error(403, 7, "permission denied"));
        assertThat(api.get("/fault/only-for-a-role").status()).isEqualTo(401);
        assertThat(api.get("/fault/for-nobody", admin).status()).isEqualTo(403);
    }

    @Test
    void the_framework_knows_the_caller_too() {
        assertThat(api.get("/fault/for-callers").status()).isEqualTo(401);
        assertThat(api.get("/fault/for-callers", api.as("admin")).body()).isEqualTo("admin admin []");
    }
}
