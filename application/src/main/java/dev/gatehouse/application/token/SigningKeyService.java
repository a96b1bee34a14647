package dev.gatehouse.application.token;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.KeyRotation;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.SigningKeyMaker;
import dev.gatehouse.domain.token.SigningKeys;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenPolicies;
import dev.gatehouse.domain.token.TokenRule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Lets keys take turns. There is always one that waits and is published, so that the one that signs can be replaced, or
 * revoked, without anybody meeting a key that he does not know.
 */
public final class SigningKeyService implements ManagingSigningKeys, KeepingSigningKeys {
    private static final String RESOURCE = "signingkeys";
    private static final Target THE_KEYS = new Target(SigningKey.KIND, "");
    /** Records that are ended in one transaction, and transactions that whoever revokes waits for. */
    private static final int BATCH = 1_000;

    private static final int BATCHES_AT_ONCE = 10;
    /** Whoever was about to give out a token when its key was revoked has done so by then. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final Authorizing authorizing;
    private final OncePerKey oncePerKey;
    private final SigningKeys keys;
    private final SigningKeyMaker maker;
    private final ApiTokens tokens;
    private final Sessions sessions;
    private final TokenPolicies policies;
    private final AccessChanges changes;
    private final Transactions transactions;
    private final Acts acts;
    private final Optional<Duration> period;
    private final InstantSource clock;

    /** The driven ports it asks. */
    public record Ports(
            SigningKeys keys,
            SigningKeyMaker maker,
            ApiTokens tokens,
            Sessions sessions,
            TokenPolicies policies,
            AccessChanges changes,
            Transactions transactions) {}

    /** @param period how long a key signs before another takes over by itself; absent: until somebody rotates */
    public SigningKeyService(
            Authorizing authorizing,
            OncePerKey oncePerKey,
            Ports ports,
            Acts acts,
            Optional<Duration> period,
            InstantSource clock) {
        this.authorizing = authorizing;
        this.oncePerKey = oncePerKey;
        this.keys = ports.keys();
        this.maker = ports.maker();
        this.tokens = ports.tokens();
        this.sessions = ports.sessions();
        this.policies = ports.policies();
        this.changes = ports.changes();
        this.transactions = ports.transactions();
        this.acts = acts;
        this.period = period;
        this.clock = clock;
    }

    @Override
    public List<Listed> list(Caller caller) {
        authorizing.require(caller, new AccessQuestion(RESOURCE, "get", "*"));
        KeyRotation all = new KeyRotation(keys.all());
        Instant now = clock.instant();
        Map<String, Long> live = live(now);
        return all.keys().stream().map(each -> listed(all, each, now, live)).toList();
    }

    @Override
    public Listed rotate(Caller caller, Optional<String> algorithm, Optional<Repetition> repetition) {
        authorizing.require(caller, new AccessQuestion(RESOURCE, "update", "*"));
        Optional<Algorithm> asked = acts.prepare(
                caller, AuditAction.SIGNING_KEY_ROTATED, THE_KEYS, () -> algorithm.map(SigningKeyService::algorithm));
        return oncePerKey.make(caller, repetition, this::listed, () -> rotated(caller, asked, repetition));
    }

    /** No key is ever removed that took or takes its turn. */
    private Listed listed(String kid) {
        KeyRotation all = new KeyRotation(keys.all());
        Instant now = clock.instant();
        return listed(all, find(all, kid), now, live(now));
    }

    private static SigningKey find(KeyRotation all, String kid) {
        return all.keys().stream()
                .filter(each -> each.kid().equals(kid))
                .findFirst()
                .orElseThrow(() -> new Refusal.NotFound(SigningKey.KIND, kid));
    }

    private static Algorithm algorithm(String word) {
        return Algorithm.of(word)
                .orElseThrow(() -> new Refusal.Invalid(
                        "algorithm",
                        TokenRule.ALGORITHM_UNKNOWN,
                        word,
                        Arrays.stream(Algorithm.values()).map(Algorithm::word).collect(Collectors.joining(", "))));
    }

    private Listed rotated(Caller caller, Optional<Algorithm> asked, Optional<Repetition> repetition) {
        Instant now = clock.instant();
        Algorithm algorithm = asked.orElseGet(() -> algorithmInUse(new KeyRotation(keys.all()), now));
        SigningKey fresh = maker.make(algorithm, now);
        Turn turn = acts.perform(
                caller,
                AuditAction.SIGNING_KEY_ROTATED,
                THE_KEYS,
                () -> {
                    Turn taken = takeTurn(new KeyRotation(keys.hold()), algorithm, fresh, now);
                    oncePerKey.remember(
                            caller,
                            repetition,
                            SigningKey.KIND,
                            taken.successor().kid());
                    return taken;
                },
                Turn::changes);
        makeStandby();
        return listed(new KeyRotation(keys.all()), turn.successor(), now, live(now));
    }

    /** @param before the kid of the key that signs until then */
    private record Turn(String before, SigningKey successor) {
        List<Change> changes() {
            return List.of(new Change("active", before, successor.kid()));
        }
    }

    /** The key that waits takes over if it is of that kind, and the fresh one waits in its place; or the fresh one does. */
    private Turn takeTurn(KeyRotation held, Algorithm algorithm, SigningKey fresh, Instant now) {
        held.comingAt(now).ifPresent(coming -> {
            throw new Refusal.Unmet(
                    TokenRule.ROTATION_UNDER_WAY,
                    coming.kid(),
                    coming.activeFrom().orElse(now).toString());
        });
        Optional<SigningKey> waiting = held.standbys().stream()
                .filter(each -> each.algorithm() == algorithm)
                .findFirst();
        held.standbys().stream()
                .filter(each -> each.algorithm() != algorithm)
                .forEach(each -> keys.removeStandby(each.kid()));
        changes.append(new AccessChange.OfKeys());
        String before = held.activeAt(now).map(SigningKey::kid).orElse("");
        if (waiting.isEmpty()) {
            SigningKey successor = fresh.from(KeyRotation.earliestTurn(fresh, now));
            keys.insert(successor);
            return new Turn(before, successor);
        }
        Instant turn = KeyRotation.earliestTurn(waiting.get(), now);
        keys.activate(waiting.get().kid(), turn);
        keys.insert(fresh);
        return new Turn(before, waiting.get().from(turn));
    }

    @Override
    public Listed revoke(Caller caller, String kid) {
        authorizing.require(caller, new AccessQuestion(RESOURCE, "delete", kid));
        Instant now = clock.instant();
        SigningKey spare = spare(now);
        acts.perform(
                caller,
                AuditAction.SIGNING_KEY_REVOKED,
                new Target(SigningKey.KIND, kid),
                () -> withdraw(caller, kid, spare, now));
        makeStandby();
        KeyRotation all = new KeyRotation(keys.all());
        SigningKey revoked = find(all, kid);
        endRecords(revoked, BATCHES_AT_ONCE);
        return listed(all, revoked, now, live(now));
    }

    @Override
    public Rehearsed rehearseRevocation(Caller caller, String kid) {
        authorizing.require(caller, new AccessQuestion(RESOURCE, "delete", kid));
        Instant now = clock.instant();
        SigningKey spare = spare(now);
        // There may be very many: they are counted, and before anybody has to wait for the keys.
        long livingSessions = sessions.countSignedBy(kid, now);
        long livingTokens = live(now).getOrDefault(kid, 0L);
        return acts.rehearse(() -> {
            withdraw(caller, kid, spare, now);
            KeyRotation after = new KeyRotation(keys.all());
            return new Rehearsed(listed(after, find(after, kid), now, Map.of()), livingSessions, livingTokens);
        });
    }

    private SigningKey spare(Instant now) {
        return maker.make(algorithmInUse(new KeyRotation(keys.all()), now), now);
    }

    private boolean withdraw(Caller caller, String kid, SigningKey spare, Instant now) {
        KeyRotation held = new KeyRotation(keys.hold());
        SigningKey key = find(held, kid);
        if (held.standing(key, now) == KeyRotation.Standing.ACTIVE) replace(held, spare, now);
        changes.append(new AccessChange.OfKeys());
        return keys.revoke(kid, now, caller.name());
    }

    /**
     * Ends the records of what a revoked key signed; it is refused already.
     *
     * @return whether none is left
     */
    private boolean endRecords(SigningKey key, int batches) {
        transactions.inTransaction(() -> sessions.endSignedBy(key.kid(), clock.instant(), Session.Reason.REVOKED));
        String by = key.revocation().map(SigningKey.Revocation::by).orElse("");
        String after = "";
        for (int i = 0; i < batches; i++) {
            String from = after;
            List<TokenId> ended = transactions.inTransaction(() -> tokens.revokeSignedBy(
                    key.kid(), from, BATCH, clock.instant(), by, "signing key " + key.kid() + " was revoked"));
            if (ended.size() < BATCH) return true;
            after = ended.getLast().value();
        }
        return false;
    }

    /** Somebody must sign at once: whoever is about to, else whoever waits, else the spare one that nobody knows yet. */
    private void replace(KeyRotation held, SigningKey spare, Instant now) {
        Optional<SigningKey> next =
                held.comingAt(now).or(() -> held.standbys().stream().findFirst());
        if (next.isPresent()) keys.activate(next.get().kid(), now);
        else keys.insert(spare.from(now));
    }

    @Override
    public void keep(Origin origin) {
        rotateIfDue(origin);
        makeStandby();
        endRecords();
    }

    /** It is asked twice whether it is time, the second time while nobody else changes keys: another node may be first. */
    private void rotateIfDue(Origin origin) {
        Instant now = clock.instant();
        KeyRotation seen = new KeyRotation(keys.all());
        if (!isDue(seen, now)) return;
        Algorithm algorithm = algorithmInUse(seen, now);
        SigningKey fresh = maker.make(algorithm, now);
        acts.performIfAny(
                Caller.itself(origin),
                AuditAction.SIGNING_KEY_ROTATED,
                THE_KEYS,
                () -> Optional.of(new KeyRotation(keys.hold()))
                        .filter(held -> isDue(held, now))
                        .map(held -> takeTurn(held, algorithm, fresh, now)),
                Turn::changes);
    }

    private boolean isDue(KeyRotation all, Instant now) {
        return all.comingAt(now).isEmpty()
                && all.activeAt(now)
                        .flatMap(SigningKey::activeFrom)
                        .flatMap(since -> period.map(since::plus))
                        .filter(end -> !now.isBefore(end))
                        .isPresent();
    }

    private void endRecords() {
        List<String> unfinished = keys.withLiveRecords();
        if (unfinished.isEmpty()) return;
        Instant now = clock.instant();
        for (SigningKey each : keys.all()) {
            if (!unfinished.contains(each.kid()) || !endRecords(each, Integer.MAX_VALUE)) continue;
            if (each.revocation()
                    .filter(when -> !now.isBefore(when.at().plus(SETTLED)))
                    .isPresent()) keys.recordsEnded(each.kid());
        }
    }

    private void makeStandby() {
        Instant now = clock.instant();
        KeyRotation all = new KeyRotation(keys.all());
        if (all.keys().isEmpty() || !all.standbys().isEmpty()) return;
        SigningKey fresh =
                maker.make(all.comingAt(now).map(SigningKey::algorithm).orElseGet(() -> algorithmInUse(all, now)), now);
        transactions.inTransaction(() -> {
            boolean none = new KeyRotation(keys.hold()).standbys().isEmpty();
            if (none) {
                keys.insert(fresh);
                changes.append(new AccessChange.OfKeys());
            }
            return none;
        });
    }

    private static Algorithm algorithmInUse(KeyRotation all, Instant now) {
        return all.activeAt(now).map(SigningKey::algorithm).orElse(Algorithm.ES256);
    }

    private Map<String, Long> live(Instant now) {
        return tokens.countLiveByKey(policies.all(), now);
    }

    private static Listed listed(KeyRotation all, SigningKey key, Instant now, Map<String, Long> live) {
        return new Listed(key, all.standing(key, now), all.retiresAt(key), live.getOrDefault(key.kid(), 0L));
    }
}
