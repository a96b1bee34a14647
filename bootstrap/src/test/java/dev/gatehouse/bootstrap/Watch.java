package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Asks one server the same with one credential, again and again, until it is closed; and keeps when it last began a
 * request that was answered with a yes.
 */
final class Watch implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    /** What no answer counts as. */
    static final int NONE = 0;

    /** Who asks waits no longer: half of what a socket to the database may take. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String name;
    private final HttpRequest request;
    private final Thread thread;
    private final AtomicLong yes = new AtomicLong(Long.MIN_VALUE);
    private final AtomicLong begun = new AtomicLong(Long.MIN_VALUE);
    private final Map<Integer, Long> answers = new ConcurrentHashMap<>();
    private volatile boolean running = true;
    private volatile int last = NONE;

    /** May this credential read applications of a project? */
    Watch(String name, RunningServer server, String token, String project) {
        this.name = name;
        URI path = server.uri().resolve("/api/v1/account/can-i/applications/get/" + project + "/web");
        this.request = HttpRequest.newBuilder(path)
                .timeout(LONGEST)
                .header("Authorization", "Bearer " + token)
                .build();
        this.thread = Thread.ofVirtual().start(this::ask);
    }

    private void ask() {
        while (running) {
            long start = System.nanoTime();
            int status = NONE;
            try {
                HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
                status = reply.statusCode();
                if (status == 200 && reply.body().contains("yes")) yes.accumulateAndGet(start, Math::max);
            } catch (IOException e) {
                // No answer is no yes.
            } catch (InterruptedException e) {
                return;
            }
            last = status;
            answers.merge(status, 1L, Long::sum);
            begun.set(start);
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
        }
    }

    /** Waits for an answer that is a yes. */
    Watch untilYes() throws InterruptedException {
        long from = System.nanoTime();
        await("a yes", () -> yes.get() > from);
        return this;
    }

    /** Waits for an answer with this status to a request that begins after now. */
    void until(int status) throws InterruptedException {
        long from = System.nanoTime();
        await("an answer " + status, () -> begun.get() > from && last == status);
    }

    /**
     * Waits until a request that began later than this was answered, and demands that none of those was a yes.
     *
     * @param moment of {@link System#nanoTime()}
     */
    void neverYesAfter(long moment) throws InterruptedException {
        await("an answer", () -> begun.get() > moment);
        long late = yes.get() - moment;
        assertThat(late)
                .as("%s: a yes to a request that began %s ms too late; answers %s", name, late / 1_000_000, answers)
                .isNegative();
    }

    /** Demands that there was no other answer. */
    void onlyEver(int status) {
        assertThat(answers.keySet()).as(name + " " + answers).containsOnly(status);
    }

    /** Demands that every request was answered in time, whatever the answer. */
    void wasAlwaysAnswered() {
        assertThat(answers.keySet()).as(name + " " + answers).doesNotContain(NONE);
    }

    /** How long after this moment the last request began that was answered with a yes; negative when before. */
    Duration yesAfter(long moment) {
        return Duration.ofNanos(yes.get() - moment);
    }

    private void await(String what, java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime())
                    .as("%s: waiting for %s; answers %s", name, what, answers)
                    .isLessThan(end);
            if (thread.join(Duration.ofMillis(2))) throw new AssertionError(name + " stopped watching");
        }
    }

    @Override
    public void close() {
        running = false;
        thread.interrupt();
    }
}
