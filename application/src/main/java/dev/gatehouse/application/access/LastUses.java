package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.TokenId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Collects when credentials are used, and writes that down together from time to time: one row for each credential,
 * however often it was used meanwhile. What is collected and not yet written is lost when the process is killed.
 */
public final class LastUses {
    /** Whoever made this process sees to it that {@link #write} runs at least this often, and once more at the end. */
    public static final Duration LONGEST_WAIT = LastUse.WRITTEN_WITHIN;

    /** Of sessions, and again of tokens; of more, those that come first in each round are kept. */
    private static final int MOST = 50_000;

    /** Two uses that are closer than this, from the same place, are one. */
    private static final Duration FINENESS = Duration.ofSeconds(1);

    /** What could not be written for this long has no row any more. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(10);

    private final Map<String, LastUse> ofSessions = new ConcurrentHashMap<>();
    private final Map<String, LastUse> ofTokens = new ConcurrentHashMap<>();
    private final Sessions sessions;
    private final ApiTokens tokens;
    private final InstantSource clock;
    private final int most;

    public LastUses(Sessions sessions, ApiTokens tokens, InstantSource clock) {
        this(sessions, tokens, clock, MOST);
    }

    /** @param most of sessions, and again of tokens, between two writes */
    LastUses(Sessions sessions, ApiTokens tokens, InstantSource clock, int most) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.clock = clock;
        this.most = most;
    }

    /** Keeps in mind that this caller's credential counts now. Never blocks. */
    void note(Caller caller, Instant now) {
        switch (caller.method()) {
            case SESSION -> caller.credential().ifPresent(each -> note(ofSessions, each, caller, now));
            case ACCOUNT_TOKEN, PROJECT_TOKEN ->
                caller.credential().ifPresent(each -> note(ofTokens, each, caller, now));
            case WEBHOOK, SYSTEM -> {}
        }
    }

    private void note(Map<String, LastUse> uses, String id, Caller caller, Instant now) {
        String address = caller.origin().address();
        String agent = caller.origin().userAgent();
        LastUse before = uses.get(id);
        if (before == null && uses.size() >= most) return;
        if (before != null
                && now.isBefore(before.at().plus(FINENESS))
                && before.address().equals(address)
                && before.userAgent().equals(agent)) return;
        uses.merge(id, new LastUse(now, address, agent), LastUse::orLater);
    }

    /** When this process last saw the session used, as far as that is not written down yet. */
    Optional<Instant> unwritten(SessionId session) {
        return Optional.ofNullable(ofSessions.get(session.value())).map(LastUse::at);
    }

    /**
     * Writes down what was collected. Blocks. What fails stays for the next time.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when the store does not answer
     */
    public synchronized void write() {
        write(ofSessions, SessionId::new, sessions::used);
        write(ofTokens, TokenId::new, tokens::used);
    }

    /**
     * As {@link #write}, when so many wait that there is soon no room for more; else nothing. Whoever made this process sees to
     * it that this runs every second.
     */
    public void writeIfMany() {
        if (Math.max(ofSessions.size(), ofTokens.size()) >= most / 2) write();
    }

    private <K> void write(
            Map<String, LastUse> collected, Function<String, K> idOf, Function<Map<K, LastUse>, Set<K>> writer) {
        if (collected.isEmpty()) return;
        Map<String, LastUse> taken = Map.copyOf(collected);
        Map<K, LastUse> byId = new HashMap<>();
        taken.forEach((id, use) -> byId.put(idOf.apply(id), use));
        Set<K> passedOver = writer.apply(byId);
        Instant tooOld = clock.instant().minus(GIVEN_UP_AFTER);
        // Removed only now: until it is written, this is the one place that knows. What came since then stays.
        taken.forEach((id, use) -> {
            if (!passedOver.contains(idOf.apply(id)) || use.at().isBefore(tooOld)) collected.remove(id, use);
        });
    }
}
