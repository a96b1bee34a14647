package dev.gatehouse.bootstrap;

import dev.gatehouse.application.access.LastUses;
import dev.gatehouse.application.access.RightsInUse;
import dev.gatehouse.application.account.PasswordCheck;
import dev.gatehouse.application.session.TidyingSessions;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.application.token.EndingTokens;
import dev.gatehouse.application.token.KeepingSigningKeys;
import dev.gatehouse.application.token.TidyingTokens;
import dev.gatehouse.application.token.WarningOfEnds;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the service does for itself while it runs, on one thread, one thing after the other; what may take minutes has a
 * thread of its own, so that last uses are written down in time.
 */
@Context
final class Chores {
    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);
    /** A third of {@link LastUses#LONGEST_WAIT}: one round may fail, and one may be slow. */
    private static final Duration BETWEEN_WRITES = LastUses.LONGEST_WAIT.dividedBy(3);

    private static final Duration BETWEEN_CLEAN_UPS = Duration.ofSeconds(5);
    private static final Duration BETWEEN_TIDYING = Duration.ofMinutes(1);

    private final LastUses lastUses;
    private final RightsInUse rightsInUse;
    private final Acts acts;
    private final ScheduledExecutorService thread = thread("chores");
    private final ScheduledExecutorService longOnes = thread("long chores");

    Chores(
            LastUses lastUses,
            RightsInUse rightsInUse,
            TidyingSessions sessions,
            PasswordCheck passwords,
            KeepingSigningKeys signingKeys,
            TidyingTokens tokens,
            EndingTokens ending,
            WarningOfEnds warning,
            OncePerKey oncePerKey,
            Acts acts,
            Ids ids) {
        this.lastUses = lastUses;
        this.rightsInUse = rightsInUse;
        this.acts = acts;
        every(BETWEEN_WRITES, "last uses", lastUses::write);
        every(Duration.ofSeconds(1), "many last uses", lastUses::writeIfMany);
        every(BETWEEN_TIDYING, "sessions that are over", sessions::tidyUp);
        every(Duration.ofHours(1), "old failures to sign in", passwords::tidyUp);
        every(BETWEEN_WRITES, "used rights", rightsInUse::write);
        every(BETWEEN_WRITES, "repeated refusals", acts::writeRepeated);
        every(Duration.ofHours(1), "old used rights", rightsInUse::forget);
        every(Duration.ofHours(1), "old idempotency keys", oncePerKey::tidyUp);
        every(Duration.ofMinutes(1), "signing keys", () -> signingKeys.keep(Origin.itself(ids.newId())));
        every(longOnes, BETWEEN_CLEAN_UPS, "tokens that a policy ended", ending::endTokens);
        every(longOnes, BETWEEN_TIDYING, "warnings of ends", () -> warning.warn(Origin.itself(ids.newId())));
        every(longOnes, BETWEEN_CLEAN_UPS, "clean-ups of tokens", () -> tokens.tidyUp(Origin.itself(ids.newId())));
    }

    private static ScheduledExecutorService thread(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    private void every(Duration pause, String name, Runnable chore) {
        every(thread, pause, name, chore);
    }

    private static void every(ScheduledExecutorService thread, Duration pause, String name, Runnable chore) {
        var _ = thread.scheduleWithFixedDelay(
                () -> tried(name, chore), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whatever happens, the next round tries again. */
    private static void tried(String name, Runnable chore) {
        try {
            chore.run();
        } catch (Refusal.Unavailable e) {
            LOG.warn("{} wait: {}", name, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{} failed", name, e);
        }
    }

    /** After the requests in flight, for which the context waits before it ends anything, and before the database closes. */
    @PreDestroy
    void close() {
        longOnes.shutdownNow();
        thread.shutdownNow();
        tried("last uses", lastUses::write);
        tried("used rights", rightsInUse::write);
        tried("repeated refusals", acts::writeAllRepeated);
    }
}
