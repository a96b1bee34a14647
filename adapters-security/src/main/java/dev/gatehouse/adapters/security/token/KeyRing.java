package dev.gatehouse.adapters.security.token;

import dev.gatehouse.adapters.security.SecuritySettings;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.SecretSealer;
import dev.gatehouse.domain.token.KeyRotation;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeys;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
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
 * key is made then. Read again when a key was changed since ({@link AccessChanges}), before anything is signed or
 * believed.
 */
@Context
final class KeyRing {
    private static final List<AccessChange> RESTS_ON = List.of(new AccessChange.OfKeys());
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final SigningKeys store;
    private final SecretSealer sealer;
    private final AccessChanges changes;
    private final InstantSource clock;
    private final LongSupplier nanos;
    private final AtomicLong askedAt;
    private volatile Known known;

    /**
     * What was read at one position of the log of changes.
     *
     * @param opened by kid; without those that are revoked or do not open
     */
    private record Known(KeyRotation rotation, Map<String, OwnKey> opened, long since) {
        Optional<OwnKey> signing(Instant now) {
            return rotation.activeAt(now).flatMap(each -> Optional.ofNullable(opened.get(each.kid())));
        }
    }

    @Inject
    KeyRing(
            SigningKeys store,
            SecretSealer sealer,
            AccessChanges changes,
            SecuritySettings settings,
            InstantSource clock) {
        this(store, sealer, changes, settings, clock, System::nanoTime);
    }

    KeyRing(
            SigningKeys store,
            SecretSealer sealer,
            AccessChanges changes,
            SecuritySettings settings,
            InstantSource clock,
            LongSupplier nanos) {
        this.store = store;
        this.sealer = sealer;
        this.changes = changes;
        this.clock = clock;
        this.nanos = nanos;
        SigningKey.Algorithm first = algorithm(settings.signingAlgorithm());
        long since = changes.ask();
        List<SigningKey> stored = store.all();
        if (stored.isEmpty()) {
            // Of several processes that start together one key stays; whose it is shows only when reading again.
            Instant now = clock.instant();
            if (store.insertFirst(OwnKey.made(first, sealer, now).from(now)))
                LOG.info("made the first signing key, for {}", first.word());
            stored = store.all();
        }
        if (stored.isEmpty()) throw new IllegalStateException("the signing key just made is not there");
        known = openedAtStart(stored, since);
        askedAt = new AtomicLong(nanos.getAsLong());
    }

    /**
     * The key that signs.
     *
     * @throws Refusal.Unavailable when it cannot be known
     */
    OwnKey active() {
        return current().signing(clock.instant()).orElseThrow(() -> new Refusal.Unavailable("signing key", PAUSE));
    }

    /** Every key that verifies, the one that signs first. */
    List<OwnKey> all() {
        Known now = current();
        return now.rotation().verifyingAt(clock.instant()).stream()
                .flatMap(each -> Optional.ofNullable(now.opened().get(each.kid())).stream())
                .toList();
    }

    /** What is known of a name in the header of a token. */
    sealed interface Found {
        record Key(OwnKey key) implements Found {}

        record Revoked() implements Found {}

        record Nothing() implements Found {}
    }

    /** The key of this name. A name that nobody knows makes it ask whether anything changed, at most once a second. */
    Found find(String kid) {
        Found found = find(current(), kid);
        if (!(found instanceof Found.Nothing) || !mayAsk()) return found;
        changes.ask();
        return find(current(), kid);
    }

    private static Found find(Known known, String kid) {
        OwnKey key = known.opened().get(kid);
        if (key != null) return new Found.Key(key);
        return known.rotation().keys().stream().anyMatch(each -> each.kid().equals(kid) && each.isRevoked())
                ? new Found.Revoked()
                : new Found.Nothing();
    }

    private boolean mayAsk() {
        long now = nanos.getAsLong();
        long before = askedAt.get();
        return now - before >= PAUSE.toNanos() && askedAt.compareAndSet(before, now);
    }

    private Known current() {
        Known before = known;
        if (holds(before)) return before;
        // Asked while nobody holds the lock: a database that went silent would make all wait for each other.
        if (changes.known().isEmpty()) changes.ask();
        return readAgain();
    }

    private boolean holds(Known each) {
        return changes.untouched(each.since(), RESTS_ON);
    }

    private synchronized Known readAgain() {
        if (holds(known)) return known;
        // Taken before the reading, so that a change in between makes what was read old, never new.
        long since = changes.known().orElse(AccessChanges.NEVER);
        List<SigningKey> stored = store.all();
        Map<String, OwnKey> opened = new HashMap<>();
        for (SigningKey each : stored) if (!each.isRevoked()) open(each).ifPresent(key -> opened.put(each.kid(), key));
        known = new Known(new KeyRotation(stored), Map.copyOf(opened), since);
        return known;
    }

    /** A key that another process made and this one cannot open verifies and signs nothing here. */
    private Optional<OwnKey> open(SigningKey stored) {
        OwnKey same = known.opened().get(stored.kid());
        if (same != null) return Optional.of(same);
        try {
            return Optional.of(OwnKey.opened(stored, sealer));
        } catch (IllegalStateException e) {
            LOG.error("{}; was another process started with another master key?", e.getMessage());
            return Optional.empty();
        }
    }

    private Known openedAtStart(List<SigningKey> stored, long since) {
        try {
            Map<String, OwnKey> opened = new HashMap<>();
            for (SigningKey each : stored) if (!each.isRevoked()) opened.put(each.kid(), OwnKey.opened(each, sealer));
            return new Known(new KeyRotation(stored), Map.copyOf(opened), since);
        } catch (IllegalStateException e) {
            throw new ConfigurationException(
                    "The signing keys in the database cannot be used: " + e.getMessage()
                            + "; start with the master key that they were sealed with: gatehouse.master-key"
                            + " (GATEHOUSE_MASTER_KEY), or " + SecuritySettings.MASTER_KEY_FILE + " in the data folder",
                    e);
        }
    }

    private static SigningKey.Algorithm algorithm(String word) {
        return SigningKey.Algorithm.of(word)
                .orElseThrow(() -> new ConfigurationException(
                        "gatehouse.signing-algorithm (GATEHOUSE_SIGNING_ALGORITHM) must be one of "
                                + Arrays.stream(SigningKey.Algorithm.values())
                                        .map(SigningKey.Algorithm::word)
                                        .collect(Collectors.joining(", "))));
    }
}
