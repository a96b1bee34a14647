package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommitGroupsTest {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    private final ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger committed = new AtomicInteger();
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger stores = new AtomicInteger();

    @AfterEach
    void close() {
        writers.shutdownNow();
    }

    /** Stores what is committed by now, each time with a permit of its own. */
    private final Semaphore permits = new Semaphore(0);

    private final Semaphore begun = new Semaphore(0);

    private void store() {
        int found = committed.get();
        begun.release();
        permits.acquireUninterruptibly();
        stored.set(found);
        stores.incrementAndGet();
    }

    private void freely() {
        permits.release(Integer.MAX_VALUE / 2);
    }

    /** A commit that is answered when it is stored; the answer is whether it really was. */
    private static Callable<Boolean> commit(CommitGroups groups, AtomicInteger committed, AtomicInteger stored) {
        return () -> {
            int mine = committed.incrementAndGet();
            groups.await();
            return stored.get() >= mine;
        };
    }

    private Future<Boolean> write(CommitGroups groups) {
        return writers.submit(commit(groups, committed, stored));
    }

    @Test
    void who_comes_while_another_stores_is_stored_together_with_all_who_came() throws Exception {
        CommitGroups groups = new CommitGroups(this::store, Duration.ZERO);
        List<Future<Boolean>> answers = new ArrayList<>();
        answers.add(write(groups));
        begun.acquire();
        for (int i = 0; i < 20; i++) answers.add(write(groups));
        Eventually.holds(Duration.ofSeconds(20), () -> groups.waiting() == 21);

        assertThat(answers).noneMatch(Future::isDone);
        freely();

        for (Future<Boolean> each : answers) assertThat(each.get()).isTrue();
        assertThat(stores).hasValue(2);
    }

    @Test
    void who_writes_alone_waits_for_nobody() throws Exception {
        CommitGroups groups = new CommitGroups(this::store, FOR_EVER);
        freely();

        for (int i = 0; i < 100; i++) assertThat(write(groups).get()).isTrue();

        assertThat(stores).hasValue(100);
    }

    @Test
    void where_several_write_the_first_waits_for_as_many_as_came_lately_and_one_more() throws Exception {
        CommitGroups groups = new CommitGroups(this::store, FOR_EVER);
        Future<Boolean> first = write(groups);
        begun.acquire();
        Future<Boolean> meanwhile = write(groups);
        Eventually.holds(Duration.ofSeconds(20), () -> groups.waiting() == 2);

        freely();

        assertThat(first.get()).isTrue();
        // A group of one was stored while another one came: two are waited for.
        assertThat(stores).hasValue(1);
        assertThat(meanwhile.isDone()).isFalse();
        assertThat(write(groups).get()).isTrue();
        assertThat(meanwhile.get()).isTrue();
        assertThat(stores).hasValue(2);
    }

    @Test
    void nobody_is_waited_for_longer_than_that() throws Exception {
        CommitGroups groups = new CommitGroups(this::store, Duration.ofMillis(1));
        Future<Boolean> first = write(groups);
        begun.acquire();
        Future<Boolean> meanwhile = write(groups);
        Eventually.holds(Duration.ofSeconds(20), () -> groups.waiting() == 2);

        freely();

        assertThat(first.get()).isTrue();
        assertThat(meanwhile.get()).isTrue();
        assertThat(write(groups).get()).isTrue();
    }

    @Test
    void a_failure_is_told_to_everybody_it_concerns_and_the_next_one_tries_again() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        CommitGroups groups = new CommitGroups(
                () -> {
                    store();
                    if (failures.getAndDecrement() > 0) throw new IllegalStateException("no room");
                },
                Duration.ZERO);
        Future<Boolean> first = write(groups);
        begun.acquire();
        Future<Boolean> second = write(groups);
        Eventually.holds(Duration.ofSeconds(20), () -> groups.waiting() == 2);
        freely();

        assertThatThrownBy(first::get).hasMessageContaining("no room");
        assertThatThrownBy(second::get).hasMessageContaining("no room");
        assertThat(write(groups).get()).isTrue();
    }

    @Test
    void an_interrupted_writer_stores_undisturbed_and_stays_interrupted() throws Exception {
        List<Boolean> seen = new ArrayList<>();
        CommitGroups groups =
                new CommitGroups(() -> seen.add(Thread.currentThread().isInterrupted()), FOR_EVER);

        boolean after = writers.submit(() -> {
                    Thread.currentThread().interrupt();
                    groups.await();
                    return Thread.currentThread().isInterrupted();
                })
                .get(30, TimeUnit.SECONDS);

        assertThat(seen).containsExactly(false);
        assertThat(after).isTrue();
    }

    @Test
    void many_writers_are_never_answered_before_they_are_stored() throws Exception {
        CommitGroups groups = new CommitGroups(this::store, Duration.ofMillis(1));
        freely();
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++)
            answers.add(writers.submit(() -> {
                Callable<Boolean> one = commit(groups, committed, stored);
                boolean all = true;
                for (int j = 0; j < 100; j++) all &= one.call();
                return all;
            }));

        for (Future<Boolean> each : answers) assertThat(each.get()).isTrue();

        assertThat(stored).hasValue(50 * 100);
    }
}
