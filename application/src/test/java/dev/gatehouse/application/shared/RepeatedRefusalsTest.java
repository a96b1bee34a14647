package dev.gatehouse.application.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.MutableClock;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditEntry.Actor;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepeatedRefusalsTest {
    private static final Actor JOB = new Actor("proj:demo:ci", Optional.of("t-1"), "token");
    private static final Actor OTHER = new Actor("proj:demo:ci", Optional.of("t-2"), "token");
    private static final Actor NOBODY = new Actor("", Optional.empty(), "webhook");
    private static final String HERE = "192.0.2.7";
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MutableClock clock = new MutableClock();
    private final List<AuditEntry> written = new ArrayList<>();
    private final RepeatedRefusals refusals = new RepeatedRefusals(written::add, clock);

    private AuditEntry refusal(Actor actor, String object, String reason, String address) {
        return new AuditEntry(
                clock.instant(),
                actor,
                new Origin(address, "curl/8.5", "request-1"),
                AuditAction.ACCESS_DENIED,
                new Target("applications/get", object),
                AuditEntry.Outcome.REFUSED,
                reason,
                List.of());
    }

    private void refuse(Actor actor, String object) {
        refusals.add(refusal(actor, object, "denied", HERE));
    }

    /** The number in an entry that was counted; 0 in one that was not. */
    private static long repeated(AuditEntry entry) {
        return entry.changes().stream()
                .filter(each -> each.field().equals("repeated"))
                .mapToLong(each -> Long.parseLong(each.after()))
                .sum();
    }

    private long told() {
        return written.stream().mapToLong(each -> Math.max(1, repeated(each))).sum();
    }

    @Test
    void the_first_is_written_at_once_and_the_rest_is_one_entry_in_five_minutes() {
        for (int second = 0; second < 3600; second++) {
            for (int time = 0; time < 10; time++) refuse(JOB, "demo/a");
            clock.advance(SECOND);
            refusals.tellWhatIsDue();
        }

        assertThat(written.getFirst().changes()).isEmpty();
        assertThat(written).hasSize(1 + 12);
        assertThat(told()).isEqualTo(36_000);
    }

    @Test
    void an_entry_that_counts_says_of_whom_of_what_and_from_where() {
        refuse(JOB, "demo/a");
        refuse(JOB, "demo/a");
        refuse(JOB, "demo/a");
        assertThat(written).hasSize(1);

        clock.advance(RepeatedRefusals.COUNTED_FOR);
        refusals.tellWhatIsDue();

        AuditEntry first = written.getFirst();
        assertThat(written).hasSize(2);
        assertThat(written.getLast())
                .isEqualTo(new AuditEntry(
                        clock.instant(),
                        first.actor(),
                        first.from(),
                        first.action(),
                        first.target(),
                        first.outcome(),
                        first.reason(),
                        List.of(new Change("repeated", "", "2"))));
    }

    @Test
    void another_credential_object_reason_or_address_is_written_at_once() {
        refuse(JOB, "demo/a");

        refuse(OTHER, "demo/a");
        refuse(JOB, "demo/b");
        refusals.add(refusal(JOB, "demo/a", "expired", HERE));
        refusals.add(refusal(JOB, "demo/a", "denied", "198.51.100.9"));

        assertThat(written).hasSize(5).allMatch(each -> each.changes().isEmpty());
    }

    @Test
    void what_comes_again_after_a_pause_is_written_at_once() {
        refuse(JOB, "demo/a");
        clock.advance(RepeatedRefusals.COUNTED_FOR);

        refuse(JOB, "demo/a");

        assertThat(written).hasSize(2).allMatch(each -> each.changes().isEmpty());
    }

    @Test
    void nothing_is_written_of_what_was_not_repeated() {
        refuse(JOB, "demo/a");
        clock.advance(RepeatedRefusals.COUNTED_FOR);

        refusals.tellWhatIsDue();
        refusals.tellAll();

        assertThat(written).hasSize(1);
    }

    @Test
    void who_asks_for_ever_other_things_is_told_with_a_count_and_hides_nobody_else() {
        for (int each = 0; each < 1000; each++) refuse(JOB, "demo/" + each);
        assertThat(written).hasSize(RepeatedRefusals.MOST_KINDS_OF_ONE + 1);

        refuse(OTHER, "demo/0");
        assertThat(written).hasSize(RepeatedRefusals.MOST_KINDS_OF_ONE + 2);

        refusals.tellAll();
        assertThat(told()).isEqualTo(1001);
        assertThat(written.getLast().actor()).isEqualTo(JOB);
        assertThat(written.getLast().target()).isEqualTo(new Target("applications/get", ""));
    }

    @Test
    void strangers_are_told_apart_by_their_place() {
        for (int each = 0; each < 1000; each++)
            refusals.add(refusal(NOBODY, "demo/" + each, "unproven", "2001:db8::" + Integer.toHexString(each)));
        refusals.add(refusal(NOBODY, "demo/1", "unproven", "2001:db8:0:1::1"));

        assertThat(written).hasSize(RepeatedRefusals.MOST_KINDS_OF_ONE + 2);
    }

    @Test
    void a_place_for_another_kind_is_free_once_one_was_not_repeated() {
        for (int each = 0; each < 1000; each++) refuse(JOB, "demo/" + each);
        clock.advance(RepeatedRefusals.COUNTED_FOR);
        refusals.tellWhatIsDue();
        written.clear();

        for (int each = 0; each < 10; each++) refuse(JOB, "other/" + each);

        assertThat(written).hasSize(10).allMatch(each -> each.changes().isEmpty());
    }

    @Test
    void where_memory_is_full_what_is_new_is_written_each_time() {
        RepeatedRefusals small = new RepeatedRefusals(written::add, clock, 1);
        small.add(refusal(JOB, "demo/a", "denied", HERE));
        small.add(refusal(OTHER, "demo/a", "denied", HERE));
        small.add(refusal(OTHER, "demo/a", "denied", HERE));
        small.add(refusal(JOB, "demo/a", "denied", HERE));

        assertThat(written).extracting(AuditEntry::actor).containsExactly(JOB, OTHER, OTHER);
    }

    @Test
    void what_could_not_be_written_is_told_later() {
        List<Boolean> broken = new ArrayList<>(List.of(true));
        RepeatedRefusals stored = new RepeatedRefusals(
                entry -> {
                    if (!broken.isEmpty())
                        throw new Refusal.Unavailable("database", SECOND, new IllegalStateException());
                    written.add(entry);
                },
                clock);
        assertThatThrownBy(() -> stored.add(refusal(JOB, "demo/a", "denied", HERE)))
                .isInstanceOf(Refusal.Unavailable.class);
        stored.add(refusal(JOB, "demo/a", "denied", HERE));
        clock.advance(RepeatedRefusals.COUNTED_FOR);
        assertThatThrownBy(stored::tellWhatIsDue).isInstanceOf(Refusal.Unavailable.class);
        assertThat(written).isEmpty();

        broken.clear();
        stored.tellWhatIsDue();

        assertThat(written)
                .singleElement()
                .satisfies(each -> assertThat(repeated(each)).isEqualTo(2));
    }

    @Test
    void of_many_at_once_each_is_told() throws InterruptedException {
        List<AuditEntry> many = Collections.synchronizedList(written);
        RepeatedRefusals shared = new RepeatedRefusals(many::add, clock);
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int thread = 0; thread < 8; thread++)
                threads.execute(() -> {
                    for (int time = 0; time < 500; time++) {
                        shared.add(refusal(JOB, "demo/a", "denied", HERE));
                        if (time % 50 == 0) shared.tellAll();
                    }
                });
            threads.shutdown();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
        shared.tellAll();

        assertThat(told()).isEqualTo(4000);
    }
}
