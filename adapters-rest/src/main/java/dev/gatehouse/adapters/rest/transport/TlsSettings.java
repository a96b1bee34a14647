package dev.gatehouse.adapters.rest.transport;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where certificate and key lie.
 *
 * @param certificate {@code gatehouse.tls.certificate}: PEM, the server's own certificate first, then those that
 *     vouch for it
 * @param key {@code gatehouse.tls.key}: PEM, not encrypted
 * @param reload {@code gatehouse.tls.reload}: how often both files are read again
 */
@ConfigurationProperties("gatehouse.tls")
record TlsSettings(
        Optional<Path> certificate,
        Optional<Path> key,
        @Bindable(defaultValue = "10s") Duration reload) {}
