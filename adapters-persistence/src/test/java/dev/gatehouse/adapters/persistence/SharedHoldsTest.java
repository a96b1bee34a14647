package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.domain.shared.Refusal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class SharedHoldsTest {
    /** Each on a thread of its own, as each transaction is. */
    private static final Executor ANOTHER = work -> Thread.ofPlatform().start(work);

    private final SharedHolds holds = new SharedHolds(Duration.ofMillis(50));

    private static void another(Runnable work) {
        CompletableFuture.runAsync(work, ANOTHER).join();
    }

    private void refused(Runnable work) {
        another(() -> assertThatThrownBy(work::run).isInstanceOf(Refusal.Unavailable.class));
    }

    @Test
    void several_share_a_row() {
        holds.share("a");

        another(() -> {
            holds.share("a");
            holds.release();
        });

        holds.release();
        assertThat(holds.size()).isZero();
    }

    @Test
    void nobody_gets_a_shared_row_alone_and_nobody_shares_one_that_somebody_has_alone() {
        holds.share("a");
        holds.own("b");

        refused(() -> holds.own("a"));
        refused(() -> holds.own("b"));
        refused(() -> holds.share("b"));

        holds.release();
        another(() -> {
            holds.own("a");
            holds.own("b");
            holds.release();
        });
        assertThat(holds.size()).isZero();
    }

    @Test
    void rows_are_held_each_for_itself() {
        holds.own("a");

        another(() -> {
            holds.own("b");
            holds.release();
        });
    }

    @Test
    void who_shares_a_row_alone_may_have_it_alone_and_who_has_it_may_share_it() {
        holds.share("a");
        holds.own("a");
        holds.share("a");

        refused(() -> holds.share("a"));
        holds.release();
        assertThat(holds.size()).isZero();
    }

    @Test
    void who_gave_up_waiting_keeps_nobody_out() {
        holds.share("a");

        refused(() -> holds.own("a"));

        another(() -> {
            holds.share("a");
            holds.release();
        });
    }

    @Test
    void who_waits_to_have_a_row_alone_goes_before_those_who_come_to_share_it() throws Exception {
        SharedHolds patient = new SharedHolds(Duration.ofMinutes(1));
        patient.share("a");
        Thread owner = Thread.ofPlatform().start(() -> patient.own("a"));
        while (owner.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
        Thread sharer = Thread.ofPlatform()
                .start(() -> assertThatThrownBy(() -> patient.share("a")).isInstanceOf(Refusal.Unavailable.class));
        while (sharer.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();

        // Who shares it already may do so once more.
        patient.share("a");
        patient.release();
        owner.join();

        assertThat(sharer.isAlive()).isTrue();
        sharer.interrupt();
        sharer.join();
    }

    @Test
    void who_holds_nothing_lets_go_of_nothing() {
        holds.share("a");

        another(holds::release);

        refused(() -> holds.own("a"));
    }
}
