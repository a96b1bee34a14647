package dev.gatehouse.adapters.security.token;

import dev.gatehouse.adapters.security.SecuritySettings;
import dev.gatehouse.domain.shared.SecretSealer;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeys;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing keys in memory. Read when the service starts, so that a key which does not open stops the start; the first
 * key is made then. A key that another process made is looked for when a token names it, in the background and at most
 * once a second.
 */
@Context
final class KeyRing {
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final SigningKeys store;
    private final SecretSealer sealer;
    private final LongSupplier nanos;
    private final AtomicLong lookedAt;
    private volatile Map<String, OwnKey> keys;

    @Inject
    KeyRing(SigningKeys store, SecretSealer sealer, SecuritySettings settings, InstantSource clock) {
        this(store, sealer, settings, clock, System::nanoTime);
    }

    KeyRing(
            SigningKeys store,
            SecretSealer sealer,
            SecuritySettings settings,
            InstantSource clock,
            LongSupplier nanos) {
        this.store = store;
        this.sealer = sealer;
        this.nanos = nanos;
        SigningKey.Algorithm first = algorithm(settings.signingAlgorithm());
        List<SigningKey> stored = store.all();
        if (stored.isEmpty()) {
            // Of several processes that start together one key stays; whose it is shows only when reading again.
            if (store.insertFirst(OwnKey.made(first, sealer, clock.instant())))
                LOG.info("made the first signing key, for {}", first.word());
            stored = store.all();
        }
        if (stored.isEmpty()) throw new IllegalStateException("the signing key just made is not there");
        keys = openedAtStart(stored);
        lookedAt = new AtomicLong(nanos.getAsLong());
    }

    /** The key that signs. */
    OwnKey active() {
        return keys.values().iterator().next();
    }

    /** Every key, the active one first. */
    List<OwnKey> all() {
        return List.copyOf(keys.values());
    }

    /** The key of this name as far as this process knows. When there is none, it is looked for in the background. */
    Optional<OwnKey> find(String kid) {
        Optional<OwnKey> known = Optional.ofNullable(keys.get(kid));
        if (known.isEmpty()) lookAgain();
        return known;
    }

    private void lookAgain() {
        long now = nanos.getAsLong();
        long before = lookedAt.get();
        if (now - before >= PAUSE.toNanos() && lookedAt.compareAndSet(before, now))
            Thread.ofVirtual().name("signing-keys").start(this::read);
    }

    private void read() {
        try {
            Map<String, OwnKey> fresh = opened(store.all(), keys);
            if (!fresh.isEmpty()) keys = fresh;
        } catch (RuntimeException e) {
            LOG.warn("the signing keys could not be read again; those known stay in use: {}", e.toString());
        }
    }

    private Map<String, OwnKey> openedAtStart(List<SigningKey> stored) {
        try {
            return opened(stored, Map.of());
        } catch (IllegalStateException e) {
            throw new ConfigurationException(
                    "The signing keys in the database cannot be used: " + e.getMessage()
                            + "; start with the master key that they were sealed with: gatehouse.master-key"
                            + " (GATEHOUSE_MASTER_KEY), or " + SecuritySettings.MASTER_KEY_FILE + " in the data folder",
                    e);
        }
    }

    private Map<String, OwnKey> opened(List<SigningKey> stored, Map<String, OwnKey> known) {
        Map<String, OwnKey> opened = new LinkedHashMap<>();
        for (SigningKey each : stored) {
            OwnKey same = known.get(each.kid());
            opened.put(each.kid(), same == null ? OwnKey.opened(each, sealer) : same);
        }
        return opened;
    }

    private static SigningKey.Algorithm algorithm(String word) {
        return Arrays.stream(SigningKey.Algorithm.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new ConfigurationException(
                        "gatehouse.signing-algorithm (GATEHOUSE_SIGNING_ALGORITHM) must be one of "
                                + Arrays.stream(SigningKey.Algorithm.values())
                                        .map(SigningKey.Algorithm::word)
                                        .collect(Collectors.joining(", "))));
    }
}
