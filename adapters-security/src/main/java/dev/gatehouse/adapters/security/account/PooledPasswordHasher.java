package dev.gatehouse.adapters.security.account;

import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.shared.Refusal;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Hashes by Argon2id, checks that and bcrypt. Its threads stand back behind all others, so that on however many cores
 * people sign in, the check of a token waits for none of them. All threads busy, so many more may wait; the next are
 * refused. A thread with nothing to do for a while ends, and gives its memory back.
 */
@Singleton
final class PooledPasswordHasher implements PasswordHasher {
    static final String PART = "password hashing";
    static final int MOST_WAITING = 64;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final Argon2id NOBODY = Argon2id.ofNothing();

    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor threads;

    @Inject
    PooledPasswordHasher() {
        this(
                threads(
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.getRuntime().maxMemory(),
                        LowPriority.isKnown()),
                MOST_WAITING,
                daemons());
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
        threads = new ThreadPoolExecutor(
                size,
                size,
                IDLE.toMillis(),
                TimeUnit.MILLISECONDS,
                new ArrayBlockingQueue<>(mostWaiting),
                work -> factory.newThread(() -> {
                    LowPriority.standBack();
                    work.run();
                }));
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public PasswordHash hash(PlainPassword password) {
        byte[] salt = new byte[Argon2id.SALT_BYTES];
        random.nextBytes(salt);
        return await(() -> new PasswordHash(Argon2id.of(password.reveal(), salt).encoded()));
    }

    @Override
    public boolean matches(PlainPassword password, PasswordHash hash) {
        return await(() -> Argon2id.parse(hash.encoded())
                .map(known -> known.matches(password.reveal()))
                .or(() -> Bcrypt.parse(hash.encoded()).map(known -> known.matches(password.reveal())))
                .orElse(false));
    }

    @Override
    public boolean isDated(PasswordHash hash) {
        return Argon2id.parse(hash.encoded()).filter(Argon2id::isOfToday).isEmpty();
    }

    @Override
    public void matchNothing(PlainPassword password) {
        await(() -> NOBODY.matches(password.reveal()));
    }

    /** Takes nothing new; what was begun may finish. */
    @PreDestroy
    void close() throws InterruptedException {
        threads.shutdown();
        if (!threads.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS)) threads.shutdownNow();
    }

    private <T> T await(Callable<T> work) {
        Future<T> answer;
        try {
            answer = threads.submit(work);
        } catch (RejectedExecutionException e) {
            throw new Refusal.Unavailable(PART, RETRY_AFTER, e);
        }
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Refusal.Unavailable(PART, RETRY_AFTER, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        }
    }

    static ThreadFactory daemons() {
        return Thread.ofPlatform().name("password-", 1).daemon().factory();
    }
}
