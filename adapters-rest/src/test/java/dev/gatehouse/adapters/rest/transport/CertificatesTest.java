package dev.gatehouse.adapters.rest.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.gatehouse.adapters.testkit.shared.MutableClock;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.scheduling.ScheduledExecutorTaskScheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;

/** What happens to files that change while the service runs. */
class CertificatesTest {
    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(Certificates.class);

    private final Authority authority = new Authority();
    private final Authority.Issued first = authority.issue("first");
    private final Authority.Issued second = authority.issue("second");
    private final MutableClock clock = new MutableClock(Instant.now());
    private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;

    @BeforeEach
    void listen() {
        certificate = folder.resolve("tls.crt");
        key = folder.resolve("tls.key");
        log.start();
        LOGGER.addAppender(log);
        LOGGER.setAdditive(false);
        LOGGER.setLevel(Level.INFO);
    }

    @AfterEach
    void stop() {
        LOGGER.detachAppender(log);
        LOGGER.setAdditive(true);
        LOGGER.setLevel(null);
        threads.shutdownNow();
    }

    /** The files are looked at when the test says so, and not before. */
    private Certificates certificates() {
        return new Certificates(
                new TlsSettings(Optional.of(certificate), Optional.of(key), Duration.ofHours(1)),
                clock,
                new ScheduledExecutorTaskScheduler(threads));
    }

    private static Certificate shownBy(Certificates certificates) throws Exception {
        return Flux.from(certificates.getKeyStore()).next().block().getCertificate("server");
    }

    private List<String> told() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void a_new_pair_is_shown_from_the_next_look_on() throws Exception {
        first.write(certificate, key);
        Certificates certificates = certificates();
        assertThat(shownBy(certificates)).isEqualTo(first.own());

        second.write(certificate, key);
        certificates.look();

        assertThat(shownBy(certificates)).isEqualTo(second.own());
        assertThat(told()).singleElement().asString().contains("CN=second");
    }

    @Test
    void half_a_pair_is_no_news_and_no_trouble() throws Exception {
        first.write(certificate, key);
        Certificates certificates = certificates();

        Authority.replace(certificate, second.certificatePem());
        certificates.look();
        assertThat(shownBy(certificates)).isEqualTo(first.own());
        assertThat(told()).isEmpty();

        Authority.replace(key, second.keyPem());
        certificates.look();
        assertThat(shownBy(certificates)).isEqualTo(second.own());
    }

    @Test
    void what_stays_bad_is_told_once_and_the_last_good_pair_stays() throws Exception {
        first.write(certificate, key);
        Certificates certificates = certificates();

        Authority.replace(key, second.keyPem());
        for (int i = 0; i < 5; i++) certificates.look();

        assertThat(shownBy(certificates)).isEqualTo(first.own());
        assertThat(told())
                .singleElement()
                .asString()
                .contains("GATEHOUSE_TLS_KEY is not the key of the first certificate", "stays in use");
    }

    @Test
    void a_file_that_goes_away_is_told_once_and_taken_when_it_is_back() throws Exception {
        first.write(certificate, key);
        Certificates certificates = certificates();

        Files.delete(key);
        for (int i = 0; i < 5; i++) certificates.look();
        assertThat(shownBy(certificates)).isEqualTo(first.own());
        assertThat(told()).singleElement().asString().contains("GATEHOUSE_TLS_KEY is " + key, "not there");

        second.write(certificate, key);
        certificates.look();
        assertThat(shownBy(certificates)).isEqualTo(second.own());
    }

    @Test
    void a_certificate_that_ended_is_not_taken_in_place_of_one_that_did_not() throws Exception {
        first.write(certificate, key);
        Certificates certificates = certificates();
        Authority.Issued ended = authority.issue(
                "ended", Authority.keyPair("EC", 256), clock.instant().minusSeconds(60));

        ended.write(certificate, key);
        certificates.look();
        certificates.look();

        assertThat(shownBy(certificates)).isEqualTo(first.own());
        assertThat(told()).singleElement().asString().contains("the new certificate", "ended at");
    }

    @Test
    void an_end_that_comes_near_is_told_without_a_change_of_the_files() throws Exception {
        first.write(certificate, key);
        Certificates certificates = certificates();
        certificates.look();
        assertThat(told()).isEmpty();

        clock.advance(Duration.ofDays(50));
        certificates.look();
        certificates.look();
        clock.advance(Duration.ofDays(20));
        certificates.look();
        certificates.look();

        assertThat(told()).hasSize(2);
        assertThat(told().getFirst()).contains("CN=first", "ends at");
        assertThat(told().getLast()).contains("CN=first", "ended at");
    }

    @Test
    void a_certificate_that_ended_starts_with_a_warning() throws Exception {
        authority
                .issue("ended", Authority.keyPair("EC", 256), clock.instant().minusSeconds(60))
                .write(certificate, key);

        certificates();

        assertThat(told()).singleElement().asString().contains("CN=ended", "ended at");
    }

    @Test
    void files_that_cannot_be_used_stop_the_start() throws Exception {
        assertThatThrownBy(this::certificates)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("GATEHOUSE_TLS_CERTIFICATE is " + certificate + ", which is not there");
        Files.writeString(certificate, first.certificatePem());
        assertThatThrownBy(this::certificates)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("GATEHOUSE_TLS_KEY is " + key);
        Files.writeString(key, second.keyPem());
        assertThatThrownBy(this::certificates)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("GATEHOUSE_TLS_KEY is not the key");
        Files.delete(key);
        Files.createDirectory(key);
        assertThatThrownBy(this::certificates)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot read");
        Files.delete(key);
        Files.write(key, new byte[(1 << 20) + 1]);
        assertThatThrownBy(this::certificates)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("too large");
    }
}
