package dev.gatehouse.adapters.testkit.shared;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * How acts ended that several threads began at the same moment.
 *
 * @param returned what those gave back that returned, in the order of the acts
 * @param thrown what those threw that failed, in the order of the acts
 */
public record Race<T>(List<T> returned, List<Throwable> thrown) {
    private static final int LONGEST_SECONDS = 120;

    public Race {
        returned = List.copyOf(returned);
        thrown = List.copyOf(thrown);
    }

    /** Runs one act in so many threads. */
    public static <T> Race<T> of(int threads, Callable<T> act) {
        return between(Collections.nCopies(threads, act));
    }

    /** Runs each act in a thread of its own and waits for all. */
    public static <T> Race<T> between(List<Callable<T>> acts) {
        CyclicBarrier start = new CyclicBarrier(acts.size());
        List<T> returned = new ArrayList<>();
        List<Throwable> thrown = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(acts.size())) {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> act : acts)
                running.add(threads.submit(() -> {
                    start.await(LONGEST_SECONDS, TimeUnit.SECONDS);
                    return act.call();
                }));
            for (Future<T> each : running) {
                try {
                    returned.add(each.get(LONGEST_SECONDS, TimeUnit.SECONDS));
                } catch (ExecutionException e) {
                    thrown.add(e.getCause() == null ? e : e.getCause());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (java.util.concurrent.TimeoutException e) {
            throw new AssertionError("a thread of the race hangs", e);
        }
        return new Race<>(returned, thrown);
    }
}
