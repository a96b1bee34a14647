package dev.gatehouse.adapters.security.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.adapters.security.MasterKey;
import dev.gatehouse.domain.account.PasswordForm;
import dev.gatehouse.domain.account.PasswordForms;
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
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
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
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Hashes by Argon2id, checks that and bcrypt. Its threads stand back behind all others, so that on however many cores
 * people sign in, the check of a token waits for none of them. All threads busy, so many more may wait, in a line that no
 * place fills alone ({@link FairLine}). A thread with nothing to do for a while ends, and gives its memory back.
 */
@Singleton
final class PooledPasswordHasher implements PasswordHasher {

    private static final int HIGHEST_WAITING = 10_000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final PasswordHash NOBODY =
            new PasswordHash(Argon2id.ofNothing().encoded());

    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    /** Draws for each name the form of the hash that it does not have. */
    private final SecretKey draw;

    private final FairLine<FutureTask<?>> line;
    /** Its queue holds turns, one for everybody in the line; whose turn one is, the line says when it comes. */
    private final ThreadPoolExecutor threads;

    /** @param mostWaiting {@code gatehouse.sign-ins-waiting}: beside those that are being hashed, 1 to 10,000 */
    @Inject
    PooledPasswordHasher(
            MasterKey master, @Property(name = "gatehouse.sign-ins-waiting", defaultValue = "64") int mostWaiting) {
        this(
                master,
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

    PooledPasswordHasher(MasterKey master, int size, int mostWaiting, ThreadFactory factory) {
        draw = new SecretKeySpec(master.derive("gatehouse/password-form/v1", KEY_BYTES), MAC);
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
        return await(from, () -> check(password.reveal(), hash.encoded()));
    }

    private static boolean check(String password, String encoded) {
        return Argon2id.parse(encoded)
                .map(known -> known.matches(password))
                .or(() -> Bcrypt.parse(encoded).map(known -> known.matches(password)))
                // Otherwise who has a hash that cannot be read could be told by how soon the answer comes.
                .orElseGet(() -> Argon2id.ofNothing().matches(password));
    }

    @Override
    public boolean isDated(PasswordHash hash) {
        return Argon2id.parse(hash.encoded()).filter(Argon2id::isOfToday).isEmpty();
    }

    @Override
    public void matchNothing(PlainPassword password, String name, PasswordForms among, SignInPlace from) {
        // The very same way as a hash of somebody's: another one, compiled for itself, took three hundredths longer.
        matches(password, ofNothing(name, among), from);
    }

    /** A hash that no password matches, of a form that nobody can foretell without the master key. */
    PasswordHash ofNothing(String name, PasswordForms among) {
        return among.drawn(form -> drawn(form, name))
                .map(PooledPasswordHasher::ofNothing)
                .orElse(NOBODY);
    }

    private static PasswordHash ofNothing(PasswordForm form) {
        return Bcrypt.ofNothing(form).or(() -> Argon2id.ofNothing(form)).orElse(NOBODY);
    }

    private long drawn(PasswordForm form, String name) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(draw);
            mac.update(form.text().getBytes(UTF_8));
            mac.update((byte) 0);
            return ByteBuffer.wrap(mac.doFinal(name.getBytes(UTF_8))).getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
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
