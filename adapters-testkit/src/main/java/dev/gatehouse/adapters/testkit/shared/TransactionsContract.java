package dev.gatehouse.adapters.testkit.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What all {@link Transactions} promise. */
public interface TransactionsContract {
    /** The port under test. */
    Transactions transactions();

    /** The same over a store that cannot be reached. */
    Transactions cutOffTransactions();

    /** A row that is not there yet, in each of the stores that take part; other rows at each call. */
    List<Row> rows();

    /** One row of one store; the fixtures of each feature make them. */
    interface Row {
        /** Writes it through its port, which takes part in the transaction of the calling thread. */
        void write();

        /** Whether its port finds it. */
        boolean isThere();
    }

    @Test
    default void writes_of_all_stores_are_there_when_it_returns() {
        List<Row> rows = rows();

        String answer = transactions().inTransaction(() -> {
            rows.forEach(Row::write);
            return "answer";
        });

        assertThat(answer).isEqualTo("answer");
        assertThat(rows).allMatch(Row::isThere);
    }

    @Test
    default void work_without_an_answer_is_written_too() {
        List<Row> rows = rows();

        transactions().inTransaction(() -> rows.forEach(Row::write));

        assertThat(rows).allMatch(Row::isThere);
    }

    @Test
    default void a_refusal_leaves_nothing() {
        leavesNothing(new Refusal.Forbidden("projects", "get", "demo", "alice", java.util.Optional.empty()));
    }

    @Test
    default void a_runtime_exception_leaves_nothing() {
        leavesNothing(new IllegalStateException("thrown on purpose"));
    }

    @Test
    default void an_error_leaves_nothing() {
        leavesNothing(new AssertionError("thrown on purpose"));
    }

    @Test
    default void a_checked_exception_that_slipped_through_leaves_nothing() {
        leavesNothing(new java.io.IOException("thrown on purpose"));
    }

    @Test
    default void inside_the_transaction_its_own_writes_are_seen() {
        List<Row> rows = rows();

        transactions().inTransaction(() -> {
            rows.forEach(Row::write);
            assertThat(rows).allMatch(Row::isThere);
        });
    }

    @Test
    default void nobody_else_sees_a_write_before_the_end() {
        List<Row> rows = rows();

        transactions().inTransaction(() -> {
            rows.forEach(Row::write);
            assertThat(elsewhere(() -> rows.stream().filter(Row::isThere).count()))
                    .isZero();
        });

        assertThat(elsewhere(() -> rows.stream().filter(Row::isThere).count())).isEqualTo(rows.size());
    }

    @Test
    default void nobody_else_ever_sees_a_write_that_was_rolled_back() {
        List<Row> rows = rows();

        leavesNothing(rows, new IllegalStateException("thrown on purpose"));

        assertThat(elsewhere(() -> rows.stream().filter(Row::isThere).count())).isZero();
    }

    @Test
    default void after_a_failure_the_same_thread_can_write_the_same_rows() {
        List<Row> rows = rows();
        leavesNothing(rows, new IllegalStateException("thrown on purpose"));

        transactions().inTransaction(() -> rows.forEach(Row::write));

        assertThat(rows).allMatch(Row::isThere);
    }

    @Test
    default void a_nested_call_is_written_with_the_outer_one() {
        List<Row> rows = rows();
        List<Row> inner = rows();

        transactions().inTransaction(() -> {
            rows.forEach(Row::write);
            transactions().inTransaction(() -> {
                assertThat(rows).allMatch(Row::isThere);
                inner.forEach(Row::write);
            });
            assertThat(inner).allMatch(Row::isThere);
            assertThat(elsewhere(() -> inner.stream().filter(Row::isThere).count()))
                    .isZero();
        });

        assertThat(rows).allMatch(Row::isThere);
        assertThat(inner).allMatch(Row::isThere);
    }

    @Test
    default void a_nested_call_that_returned_goes_when_the_outer_one_fails() {
        List<Row> inner = rows();

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    transactions().inTransaction(() -> inner.forEach(Row::write));
                    throw new IllegalStateException("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(inner).noneMatch(Row::isThere);
    }

    @Test
    default void a_nested_call_that_fails_takes_the_outer_one_along() {
        List<Row> outer = rows();
        List<Row> inner = rows();

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    outer.forEach(Row::write);
                    transactions().inTransaction(() -> {
                        inner.forEach(Row::write);
                        throw new IllegalStateException("thrown on purpose");
                    });
                }))
                .hasMessage("thrown on purpose");

        assertThat(outer).noneMatch(Row::isThere);
        assertThat(inner).noneMatch(Row::isThere);
    }

    @Test
    default void a_nested_failure_that_the_outer_one_swallows_still_leaves_nothing_of_the_nested_call() {
        List<Row> outer = rows();
        List<Row> inner = rows();

        Throwable thrown = catchThrowable(() -> transactions().inTransaction(() -> {
            outer.forEach(Row::write);
            Throwable swallowed = catchThrowable(() -> transactions().inTransaction(() -> {
                inner.forEach(Row::write);
                throw new IllegalStateException("thrown on purpose");
            }));
            assertThat(swallowed).hasMessage("thrown on purpose");
        }));

        assertThat(inner).noneMatch(Row::isThere);
        if (thrown == null) assertThat(outer).allMatch(Row::isThere);
        else assertThat(outer).noneMatch(Row::isThere);
    }

    @Test
    default void an_outer_one_that_looked_nowhere_leaves_no_trace_on_the_thread() {
        List<Row> rows = rows();

        transactions().inTransaction(() -> {});
        rows.forEach(Row::write);

        assertThat(elsewhere(() -> rows.stream().filter(Row::isThere).count())).isEqualTo(rows.size());
    }

    @Test
    default void many_threads_at_once_each_write_all_of_theirs() {
        List<List<Row>> all =
                java.util.stream.Stream.generate(this::rows).limit(8).toList();
        java.util.concurrent.atomic.AtomicInteger next = new java.util.concurrent.atomic.AtomicInteger();

        Race<Boolean> race = Race.of(8, () -> {
            List<Row> rows = all.get(next.getAndIncrement());
            return transactions().inTransaction(() -> {
                rows.forEach(Row::write);
                return true;
            });
        });

        assertThat(race.thrown()).isEmpty();
        assertThat(all).allSatisfy(rows -> assertThat(rows).allMatch(Row::isThere));
    }

    @Test
    default void a_store_that_cannot_be_reached_is_unavailable() {
        assertThatExceptionOfType(Refusal.Unavailable.class)
                .isThrownBy(() -> cutOffTransactions().inTransaction(() -> rows().forEach(Row::write)))
                .satisfies(refusal -> {
                    assertThat(refusal.part()).isNotEmpty();
                    assertThat(refusal.retryAfter()).isPositive();
                });
    }

    private void leavesNothing(Throwable failure) {
        leavesNothing(rows(), failure);
    }

    private void leavesNothing(List<Row> rows, Throwable failure) {
        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    rows.forEach(Row::write);
                    TransactionsContract.<RuntimeException>slip(failure);
                }))
                .isSameAs(failure);
        assertThat(rows).noneMatch(Row::isThere);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void slip(Throwable failure) throws E {
        throw (E) failure;
    }

    private static <T> T elsewhere(Supplier<T> look) {
        CompletableFuture<T> seen = new CompletableFuture<>();
        Thread.ofPlatform().start(() -> {
            try {
                seen.complete(look.get());
            } catch (Throwable e) {
                seen.completeExceptionally(e);
            }
        });
        try {
            return seen.get(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("the other thread could not look", e);
        }
    }
}
