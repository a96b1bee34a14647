package dev.gatehouse.adapters.security.account;

import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.shared.Refusal;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hashes by Argon2id, checks that and bcrypt. Its threads stand back behind all others, so that on however many cores
 * people sign in, the check of a token waits for none of them. All threads busy, so many more may wait, in a line that no
 * place fills alone ({@link FairLine}). A thread with nothing to do for a while ends, and gives its memory back.
 */
@Singleton
final class PooledPasswordHasher implements PasswordHasher {
    static final String PART = "password hashing";

    private static final int HIGHEST_WAITING = 10_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final PasswordHash NOBODY =
            new PasswordHash(Argon2id.ofNothing().encoded());

    private final SecureRandom random = new SecureRandom();
    private final FairLine<FutureTask<?>> line;
    /** Its queue holds turns, one for everybody in the line; whose turn one is, the line says when it comes. */
    private final ThreadPoolExecutor threads;

    /** @param mostWaiting {@code gatehouse.sign-ins-waiting}: beside those that are being hashed, 1 to 10,000 */
    @Inject
    PooledPasswordHasher(@Property(name = "gatehouse.sign-ins-waiting", defaultValue = "64") int mostWaiting) {
        this(
                threads(
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().maxMemory(),
                        LowPriority.isKnown()),
                checked(mostWaiting),
                daemons());
    }

    private static int checked(int mostWaiting) {
        if (mostWaiting < 1 || mostWaiting > HIGHEST_WAITING)
            throw new ConfigurationException("gatehouse.sign-ins-waiting (GATEHOUSE_SIGN_INS_WAITING) is 1 to "
                    + HIGHEST_WAITING + ", not " + mostWaiting);
        return mostWaiting;
    }

    /**
     * As many as there are cores; one less where they cannot stand back, so that one is left for all else; and no more
     * than such that their hashes together fill a third of the heap.
     */
    static int threads(int cores, long heap, boolean standingBack) {
        long room = heap / 3 / (Argon2id.MEMORY * 1024L);
        return Math.clamp(room, 1, standingBack ? cores : Math.max(1, cores - 1));
    }

    PooledPasswordHasher(int size, int mostWaiting, ThreadFactory factory) {
        line = new FairLine<>(size + mostWaiting);
        threads = new ThreadPoolExecutor(
                size,
                size,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new LinkedBlockingQueue<>(),
                work -> factory.newThread(() -> {
                    LowPriority.standBack();
                    work.run();
                }));
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public PasswordHash hash(PlainPassword password, SignInPlace from) {
        byte[] salt = new byte[Argon2id.SALT_BYTES];
        random.nextBytes(salt);
        return await(
                from,
                () -> new PasswordHash(Argon2id.of(password.reveal(), salt).encoded()));
    }

    @Override
    public boolean matches(PlainPassword password, PasswordHash hash, SignInPlace from) {
        return await(
                from,
                () -> Argon2id.parse(hash.encoded())
                        .map(known -> known.matches(password.reveal()))
                        .or(() -> Bcrypt.parse(hash.encoded()).map(known -> known.matches(password.reveal())))
                        .orElse(false));
    }

    @Override
    public boolean isDated(PasswordHash hash) {
        return Argon2id.parse(hash.encoded()).filter(Argon2id::isOfToday).isEmpty();
    }

    @Override
    public void matchNothing(PlainPassword password, SignInPlace from) {
        // The very same way as a hash of somebody's: another one, compiled for itself, took three hundredths longer.
        matches(password, NOBODY, from);
    }

    /** Takes nothing new; what was begun may finish, and nobody is left waiting for what does not. */
    @PreDestroy
    void close() throws InterruptedException {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) threads.shutdownNow();
        } finally {
            line.empty().forEach(each -> each.cancel(false));
        }
    }

    private <T> T await(SignInPlace from, Callable<T> work) {
        FutureTask<T> mine = new FutureTask<>(work);
        try {
            // Who leaves hands down a turn.
            line.enter(from, mine)
                    .ifPresentOrElse(leaving -> leaving.cancel(false), () -> threads.execute(this::takeTurn));
        } catch (RejectedExecutionException e) {
            mine.cancel(false);
            throw new Refusal.Unavailable(PART, RETRY_AFTER, e);
        }
        try {
            return mine.get();
        } catch (CancellationException e) {
            throw new Refusal.Unavailable(PART, RETRY_AFTER, e);
        } catch (InterruptedException e) {
            mine.cancel(true);
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(PART, RETRY_AFTER, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        }
    }

    private void takeTurn() {
        line.next().ifPresent(each -> {
            try {
                each.run();
            } finally {
                line.leave();
            }
        });
    }

    static ThreadFactory daemons() {
        return Thread.ofPlatform().name("password-", 1).daemon().factory();
    }
}
