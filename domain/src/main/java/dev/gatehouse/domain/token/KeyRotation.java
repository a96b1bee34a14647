package dev.gatehouse.domain.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All signing keys, and what each of them is for at a moment.
 *
 * <p>One key signs. One more waits, published already, so that everybody knows it long before it signs: other processes
 * within {@link dev.gatehouse.domain.access.AccessChanges#BOUND}, verifiers elsewhere within {@link #LEAD}. What signed
 * before still verifies, until it is revoked.
 *
 * @param keys every key, in any order
 */
public record KeyRotation(List<SigningKey> keys) {
    /** How long the published keys may be remembered elsewhere; no key signs before it was published for as long. */
    public static final Duration LEAD = Duration.ofMinutes(5);

    private static final Comparator<SigningKey> BY_TURN = Comparator.comparing(
                    (SigningKey key) -> key.activeFrom().orElse(Instant.MAX))
            .thenComparing(SigningKey::createdAt)
            .thenComparing(SigningKey::kid);

    /** What a key is for. */
    public enum Standing {
        /** It waits for its turn. */
        NEXT("next"),
        /** It signs. */
        ACTIVE("active"),
        /** It signed once, and what it signed counts. */
        RETIRED("retired"),
        /** Nothing that it signed is believed. */
        REVOKED("revoked");

        private final String word;

        Standing(String word) {
            this.word = word;
        }

        /** The word for it in JSON. */
        public String word() {
            return word;
        }
    }

    public KeyRotation {
        keys = keys.stream().sorted(BY_TURN).toList();
    }

    /** The key that signs: of those that are not revoked and whose turn has come the one whose came last. */
    public Optional<SigningKey> activeAt(Instant now) {
        return keys.stream()
                .filter(each -> !each.isRevoked() && hasBegun(each, now))
                .reduce((earlier, later) -> later);
    }

    /** The key whose turn is known and has not come. */
    public Optional<SigningKey> comingAt(Instant now) {
        return keys.stream()
                .filter(each -> !each.isRevoked() && !each.isStandby() && !hasBegun(each, now))
                .findFirst();
    }

    /** The keys that wait without a time. */
    public List<SigningKey> standbys() {
        return keys.stream().filter(SigningKey::isStandby).toList();
    }

    /** What this key is for. */
    public Standing standing(SigningKey key, Instant now) {
        if (key.isRevoked()) return Standing.REVOKED;
        if (!hasBegun(key, now)) return Standing.NEXT;
        return activeAt(now).filter(each -> each.kid().equals(key.kid())).isPresent()
                ? Standing.ACTIVE
                : Standing.RETIRED;
    }

    /** When another key took or takes its turn; absent when none has one, and for a key that waits or is revoked. */
    public Optional<Instant> retiresAt(SigningKey key) {
        if (key.isRevoked() || key.activeFrom().isEmpty()) return Optional.empty();
        return keys.stream()
                .filter(each -> !each.isRevoked() && BY_TURN.compare(each, key) > 0)
                .flatMap(each -> each.activeFrom().stream())
                .findFirst();
    }

    /** From when on this key can sign, if it is decided now: when it has been published for {@link #LEAD}. */
    public static Instant earliestTurn(SigningKey key, Instant now) {
        Instant known = key.createdAt().plus(LEAD);
        return known.isAfter(now) ? known : now;
    }

    /** Those that verify, in the order in which they are published: the one that signs, those that will, those that did. */
    public List<SigningKey> verifyingAt(Instant now) {
        return keys.stream()
                .filter(each -> !each.isRevoked())
                .sorted(Comparator.comparing((SigningKey each) -> switch (standing(each, now)) {
                            case ACTIVE -> 0;
                            case NEXT -> 1;
                            case RETIRED, REVOKED -> 2;
                        })
                        .thenComparing(BY_TURN.reversed()))
                .toList();
    }

    private static boolean hasBegun(SigningKey key, Instant now) {
        return key.activeFrom().filter(each -> !now.isBefore(each)).isPresent();
    }
}
