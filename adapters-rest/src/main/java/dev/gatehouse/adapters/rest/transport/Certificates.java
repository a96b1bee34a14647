package dev.gatehouse.adapters.rest.transport;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.exceptions.ConfigurationException;
import io.micronaut.http.ssl.CertificateProvider;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Named;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.ScheduledFuture;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Sinks;

/**
 * The certificate and the key that new connections are shown, out of two files that are read again and again. The
 * framework's own provider watches one file at a time and hands on pairs that do not fit; this one keeps the last pair
 * that did.
 */
@Context
@Named(Certificates.NAME)
@Requires(property = "micronaut.server.ssl.key-name", value = Certificates.NAME)
final class Certificates implements CertificateProvider {
    static final String NAME = "gatehouse";

    private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
    private static final Duration WARNED_AHEAD = Duration.ofDays(14);
    private static final int MOST_BYTES = 1 << 20;

    private final Path certificate;
    private final Path key;
    private final InstantSource clock;
    private final Sinks.Many<KeyStore> shown = Sinks.many().replay().latest();
    private final ScheduledFuture<?> reading;

    private Identity current;
    /** Of what the files held when they were last looked at, good or bad; touched by one thread at a time. */
    private String seen;
    /** Whether what was last seen waits to be seen again before anybody is told. */
    private boolean unsettled;

    private String told = "";

    Certificates(TlsSettings settings, InstantSource clock, @Named(TaskExecutors.SCHEDULED) TaskScheduler scheduler) {
        this.certificate = settings.certificate().orElseThrow(() -> absent("GATEHOUSE_TLS_CERTIFICATE"));
        this.key = settings.key().orElseThrow(() -> absent("GATEHOUSE_TLS_KEY"));
        this.clock = clock;
        try {
            Pair files = read();
            this.seen = files.digest();
            this.current = files.identity();
            show(current);
        } catch (Identity.Unfit e) {
            throw new ConfigurationException(e.sentence(), e);
        } catch (GeneralSecurityException e) {
            throw new ConfigurationException(
                    "GATEHOUSE_TLS_CERTIFICATE and GATEHOUSE_TLS_KEY cannot be used: " + e.getMessage(), e);
        }
        this.reading = scheduler.scheduleWithFixedDelay(settings.reload(), settings.reload(), this::look);
    }

    private static ConfigurationException absent(String name) {
        return new ConfigurationException(name + " is not set: TLS needs a certificate and its key");
    }

    @Override
    public Publisher<KeyStore> getKeyStore() {
        return shown.asFlux();
    }

    @Override
    public String getName() {
        return NAME;
    }

    @PreDestroy
    void close() {
        reading.cancel(false);
    }

    /** Both files as they are now. */
    private static final class Pair {
        private final byte[] certificate;
        private final byte[] key;

        Pair(byte[] certificate, byte[] key) {
            this.certificate = certificate;
            this.key = key;
        }

        Identity identity() throws Identity.Unfit {
            return Identity.of(certificate, key);
        }

        String digest() {
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(MessageDigest.getInstance("SHA-256").digest(certificate));
                return HexFormat.of().formatHex(digest.digest(key));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }
    }

    private Pair read() throws Identity.Unfit {
        return new Pair(read("GATEHOUSE_TLS_CERTIFICATE", certificate), read("GATEHOUSE_TLS_KEY", key));
    }

    private static byte[] read(String setting, Path file) throws Identity.Unfit {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES)
                throw new Identity.Unfit(setting + " is " + file + ", which is too large to be a PEM file of it");
            return bytes;
        } catch (NoSuchFileException e) {
            throw new Identity.Unfit(setting + " is " + file + ", which is not there: give the path of a PEM file");
        } catch (IOException | UncheckedIOException e) {
            throw new Identity.Unfit(setting + " is " + file
                    + ", which this user cannot read: let the user that runs the service read it");
        }
    }

    /** Takes what changed when it is good; otherwise goes on with what there is, and says so once. */
    void look() {
        try {
            Pair files;
            try {
                files = read();
            } catch (Identity.Unfit e) {
                // Named by the sentence: there is nothing to take a digest of.
                keep(e.sentence(), e.sentence());
                return;
            }
            String digest = files.digest();
            if (digest.equals(seen) && !unsettled) {
                tellConcern(current);
                return;
            }
            try {
                Identity next = files.identity();
                if (next.endedAt(clock.instant()) && !current.endedAt(clock.instant())) {
                    keep(
                            digest,
                            "the new certificate in GATEHOUSE_TLS_CERTIFICATE ended at "
                                    + next.chain().getFirst().getNotAfter().toInstant() + ": put a valid one there");
                    return;
                }
                seen = digest;
                unsettled = false;
                if (next.equals(current)) return;
                show(next);
                current = next;
                LOG.info(
                        "New connections are shown the certificate of {}, valid until {}",
                        next.chain().getFirst().getSubjectX500Principal(),
                        next.chain().getFirst().getNotAfter().toInstant());
            } catch (Identity.Unfit e) {
                keep(digest, e.sentence());
            }
        } catch (GeneralSecurityException | RuntimeException e) {
            LOG.warn("The certificate could not be read again; the one before stays in use", e);
        }
    }

    /** A pair is written one file after the other, so that what does not fit is looked at twice before it is told. */
    private void keep(String what, String sentence) {
        if (!what.equals(seen)) {
            seen = what;
            unsettled = true;
        } else if (unsettled) {
            unsettled = false;
            LOG.warn("{}. Until then the certificate before it stays in use", sentence);
        }
    }

    private void show(Identity identity) throws GeneralSecurityException {
        tellConcern(identity);
        shown.tryEmitNext(identity.asKeyStore()).orThrow();
    }

    /** Once for each; time makes new ones without a change of the files. */
    private void tellConcern(Identity identity) {
        String concern = identity.concern(clock.instant(), WARNED_AHEAD).orElse("");
        if (concern.equals(told)) return;
        told = concern;
        if (!concern.isEmpty())
            LOG.warn(
                    "The certificate of {} in GATEHOUSE_TLS_CERTIFICATE {}",
                    identity.chain().getFirst().getSubjectX500Principal(),
                    concern);
    }
}
