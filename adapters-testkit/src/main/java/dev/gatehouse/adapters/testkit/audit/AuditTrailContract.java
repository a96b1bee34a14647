package dev.gatehouse.adapters.testkit.audit;

import static dev.gatehouse.adapters.testkit.audit.AuditFixtures.aRefusal;
import static dev.gatehouse.adapters.testkit.audit.AuditFixtures.anActor;
import static dev.gatehouse.adapters.testkit.audit.AuditFixtures.anEntry;
import static dev.gatehouse.adapters.testkit.audit.AuditFixtures.onlyOf;
import static dev.gatehouse.adapters.testkit.shared.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditFilter;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link AuditTrail} promises. */
public interface AuditTrailContract {
    /** The port under test. */
    AuditTrail auditTrail();

    /** The transactions in which it takes part. */
    Transactions transactions();

    // Entries

    @Test
    default void an_entry_comes_back_as_it_went_in() {
        String actor = anActor();
        for (AuditEntry each : List.of(anEntry(actor), aRefusal(actor))) {
            auditTrail().append(each);
            assertThat(newestOf(actor)).isEqualTo(each);
        }
    }

    @Test
    default void an_entry_of_the_service_itself_comes_back_as_it_went_in() {
        AuditEntry entry = new AuditEntry(
                NOW,
                new AuditEntry.Actor("system:gatehouse", Optional.empty(), "system"),
                Origin.itself("start-" + Samples.unique()),
                AuditAction.ACCOUNT_CREATED,
                new AuditEntry.Target("account", Samples.unique()),
                AuditEntry.Outcome.FAILED,
                "",
                List.of());
        auditTrail().append(entry);

        assertThat(find(filter().target(entry.target().name()), 10)).containsExactly(entry);
    }

    @Test
    default void every_action_and_outcome_comes_back_as_it_went_in() {
        String actor = anActor();
        for (AuditAction action : AuditAction.values())
            for (AuditEntry.Outcome outcome : AuditEntry.Outcome.values()) {
                AuditEntry entry = entry(actor, NOW, action, "name", "project", outcome);
                auditTrail().append(entry);
                assertThat(newestOf(actor)).isEqualTo(entry);
            }
    }

    @Test
    default void every_text_comes_back_as_it_went_in() {
        String actor = anActor();
        List<String> texts = new ArrayList<>(Samples.TEXTS);
        texts.add(Samples.wide(128));
        texts.add("a".repeat(2_000));
        for (String text : texts) {
            AuditEntry entry = new AuditEntry(
                    NOW,
                    new AuditEntry.Actor(actor, Optional.of(text), "word"),
                    new Origin("2001:db8:ffff:ffff:ffff:ffff:192.168.100.228", text, "r".repeat(64)),
                    AuditAction.PROJECT_CHANGED,
                    new AuditEntry.Target("kind", text, text),
                    AuditEntry.Outcome.REFUSED,
                    text,
                    List.of(
                            new AuditEntry.Change("spec." + text, text, "after " + text),
                            new AuditEntry.Change("empty", "", "")));
            auditTrail().append(entry);
            AuditEntry found = newestOf(actor);
            assertThat(found.changes()).containsExactlyInAnyOrderElementsOf(entry.changes());
            assertThat(withoutChanges(found)).isEqualTo(withoutChanges(entry));
        }
    }

    @Test
    default void many_long_changes_come_back() {
        String actor = anActor();
        List<AuditEntry.Change> changes = new ArrayList<>();
        for (int i = 0; i < 500; i++)
            changes.add(new AuditEntry.Change("field" + i, "b" + Samples.wide(100), "a" + Samples.wide(100)));
        AuditEntry entry = anEntry(actor);
        auditTrail()
                .append(new AuditEntry(
                        entry.at(),
                        entry.actor(),
                        entry.from(),
                        entry.action(),
                        entry.target(),
                        entry.outcome(),
                        entry.reason(),
                        changes));

        assertThat(newestOf(actor).changes()).containsExactlyInAnyOrderElementsOf(changes);
    }

    @Test
    default void every_time_comes_back_as_it_went_in() {
        String actor = anActor();
        for (Instant moment : Samples.MOMENTS) {
            auditTrail().append(anEntry(actor, moment));
            assertThat(newestOf(actor).at()).isEqualTo(moment);
        }
    }

    // Sequence

    @Test
    default void the_newest_written_comes_first_whatever_its_time_says() {
        String actor = anActor();
        List<AuditEntry> written = List.of(
                anEntry(actor, NOW),
                anEntry(actor, NOW.minusSeconds(100)),
                anEntry(actor, NOW.plusSeconds(100)),
                anEntry(actor, NOW));
        for (AuditEntry each : written) auditTrail().append(each);

        assertThat(find(onlyOf(actor), 10)).isEqualTo(written.reversed());
    }

    @Test
    default void sequences_are_positive_and_grow_in_the_order_of_writing() {
        String actor = anActor();
        for (int i = 0; i < 20; i++) auditTrail().append(anEntry(actor));
        transactions().inTransaction(() -> {
            for (int i = 0; i < 20; i++) auditTrail().append(anEntry(actor));
        });

        List<Long> sequences = sequences(auditTrail().find(onlyOf(actor), first(100)));

        assertThat(sequences)
                .hasSize(40)
                .allMatch(each -> each >= 1)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    default void an_entry_keeps_its_sequence() {
        String actor = anActor();
        auditTrail().append(anEntry(actor));
        long sequence =
                auditTrail().find(onlyOf(actor), first(1)).items().getFirst().sequence();
        auditTrail().append(anEntry(anActor()));

        assertThat(auditTrail().find(onlyOf(actor), first(1)).items().getFirst().sequence())
                .isEqualTo(sequence);
    }

    @Test
    default void none_of_many_written_at_once_is_lost_and_no_two_share_a_sequence() {
        String actor = anActor();
        Race<Boolean> race = Race.of(8, () -> {
            for (int i = 0; i < 25; i++)
                transactions().inTransaction(() -> auditTrail().append(anEntry(actor)));
            return true;
        });

        assertThat(race.thrown()).isEmpty();
        assertThat(sequences(auditTrail().find(onlyOf(actor), first(1_000))))
                .hasSize(200)
                .doesNotHaveDuplicates();
    }

    @Test
    default void two_entries_that_say_the_same_are_two() {
        String actor = anActor();
        AuditEntry entry = anEntry(actor);
        auditTrail().append(entry);
        auditTrail().append(entry);

        assertThat(find(onlyOf(actor), 10)).containsExactly(entry, entry);
    }

    @Test
    default void what_a_transaction_wrote_it_finds_and_nobody_after_it_failed() {
        String actor = anActor();

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    auditTrail().append(anEntry(actor));
                    assertThat(find(onlyOf(actor), 10)).hasSize(1);
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(find(onlyOf(actor), 10)).isEmpty();
    }

    // Filters

    @Test
    default void each_filter_wants_exactly_what_it_says() {
        String actor = anActor();
        String name = Samples.unique();
        String project = Samples.unique();
        List<AuditEntry> written = List.of(
                entry(actor, NOW, AuditAction.TOKEN_CREATED, name, project, AuditEntry.Outcome.DONE),
                entry(actor, NOW.plusNanos(1_000), AuditAction.TOKEN_REVOKED, name, "", AuditEntry.Outcome.DONE),
                entry(actor, NOW.minusNanos(1_000), AuditAction.TOKEN_CREATED, "", project, AuditEntry.Outcome.REFUSED),
                entry(
                        actor,
                        NOW.plusSeconds(1),
                        AuditAction.ACCESS_DENIED,
                        name + "x",
                        project,
                        AuditEntry.Outcome.REFUSED),
                entry(actor, NOW.plusSeconds(2), AuditAction.EVENT_ACCEPTED, "", "", AuditEntry.Outcome.FAILED),
                entry(actor + "x", NOW, AuditAction.TOKEN_CREATED, name, project, AuditEntry.Outcome.DONE),
                entry(
                        actor.toUpperCase(java.util.Locale.ROOT),
                        NOW,
                        AuditAction.TOKEN_CREATED,
                        name.toUpperCase(java.util.Locale.ROOT),
                        project.toUpperCase(java.util.Locale.ROOT),
                        AuditEntry.Outcome.DONE));
        for (AuditEntry each : written) auditTrail().append(each);
        FilterBuilder mine = filter().actor(actor);

        for (FilterBuilder each : List.of(
                mine,
                mine.from(NOW),
                mine.to(NOW),
                mine.from(NOW.plusNanos(1_000)),
                mine.to(NOW.plusNanos(1_000)),
                mine.from(NOW).to(NOW.plusSeconds(2)),
                mine.from(NOW).to(NOW),
                mine.from(NOW.plusSeconds(10)).to(NOW),
                mine.action(AuditAction.TOKEN_CREATED),
                mine.action(AuditAction.SESSION_ENDED),
                mine.action(AuditAction.TOKEN_CREATED, AuditAction.SESSION_ENDED),
                mine.target(name),
                mine.target(""),
                mine.target("%"),
                mine.target("' or '1'='1"),
                mine.outcome(AuditEntry.Outcome.DONE),
                mine.outcome(AuditEntry.Outcome.REFUSED),
                mine.outcome(AuditEntry.Outcome.FAILED),
                mine.project(project),
                mine.project(""),
                mine.project("_"),
                filter().actor(actor + "%"),
                filter().actor(anActor()),
                filter().target(name),
                filter().project(project),
                filter().target(name).project(project).action(AuditAction.TOKEN_CREATED),
                mine.from(NOW)
                        .to(NOW.plusSeconds(5))
                        .action(AuditAction.TOKEN_CREATED)
                        .target(name)
                        .outcome(AuditEntry.Outcome.DONE)
                        .project(project))) {
            AuditFilter filter = each.filter();
            assertThat(find(filter, 100))
                    .as("%s", filter)
                    .isEqualTo(written.reversed().stream().filter(filter::wants).toList());
        }
    }

    @Test
    default void a_filter_for_times_that_no_calendar_has_is_answered() {
        String actor = anActor();
        auditTrail().append(anEntry(actor));
        FilterBuilder mine = filter().actor(actor);

        assertThat(find(mine.from(Instant.MIN).to(Instant.MAX).filter(), 10)).hasSize(1);
        assertThat(find(mine.from(Instant.MAX).filter(), 10)).isEmpty();
        assertThat(find(mine.to(Instant.MIN).filter(), 10)).isEmpty();
        assertThat(find(mine.from(NOW.plusNanos(1)).filter(), 10)).isEmpty();
        assertThat(find(mine.to(NOW.plusNanos(1)).filter(), 10)).hasSize(1);
    }

    @Test
    default void without_a_filter_all_entries_are_wanted() {
        AuditEntry entry = anEntry(anActor());
        auditTrail().append(entry);

        assertThat(auditTrail().find(AuditFilter.ALL, first(1_000)).items())
                .extracting(AuditTrail.Numbered::entry)
                .contains(entry);
    }

    // Pages

    @Test
    default void a_page_has_at_most_as_many_as_asked_and_the_last_has_no_next() {
        String actor = anActor();
        List<AuditEntry> written = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            written.add(anEntry(actor, NOW.plusSeconds(i)));
            auditTrail().append(written.getLast());
        }

        for (int limit : List.of(1, 2, 3, 6, 7, 8, 1_000)) {
            List<AuditEntry> walked = new ArrayList<>();
            Page<AuditTrail.Numbered> page = auditTrail().find(onlyOf(actor), first(limit));
            int pages = 1;
            while (true) {
                assertThat(page.items()).isNotEmpty().hasSizeLessThanOrEqualTo(limit);
                page.items().forEach(each -> walked.add(each.entry()));
                if (page.next().isEmpty()) break;
                assertThat(page.items()).hasSize(limit);
                page = auditTrail().find(onlyOf(actor), new PageRequest(limit, page.next()));
                pages++;
            }
            assertThat(walked).isEqualTo(written.reversed());
            assertThat(pages).isEqualTo((7 + limit - 1) / limit);
        }
    }

    @Test
    default void where_nothing_is_wanted_there_is_one_empty_page() {
        Page<AuditTrail.Numbered> page = auditTrail().find(onlyOf(anActor()), first(10));

        assertThat(page.items()).isEmpty();
        assertThat(page.next()).isEmpty();
    }

    @Test
    default void a_walk_neither_skips_nor_repeats_while_entries_are_added() {
        String actor = anActor();
        for (int i = 0; i < 20; i++) auditTrail().append(anEntry(actor));
        List<Long> before = sequences(auditTrail().find(onlyOf(actor), first(100)));

        List<Long> walked = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Page<AuditTrail.Numbered> page = auditTrail().find(onlyOf(actor), new PageRequest(3, next));
            walked.addAll(sequences(page));
            next = page.next();
            auditTrail().append(anEntry(actor));
            auditTrail().append(anEntry(anActor()));
        } while (next.isPresent());

        assertThat(walked).isEqualTo(before);
    }

    @Test
    default void a_walk_neither_skips_nor_repeats_while_others_write() {
        String actor = anActor();
        for (int i = 0; i < 60; i++) auditTrail().append(anEntry(actor));
        Set<Long> before = new HashSet<>(sequences(auditTrail().find(onlyOf(actor), first(100))));
        AtomicInteger walking = new AtomicInteger(2);
        Callable<List<Long>> writer = () -> {
            for (int i = 0; i < 300 && walking.get() > 0; i++)
                transactions().inTransaction(() -> {
                    auditTrail().append(anEntry(actor));
                    auditTrail().append(anEntry(actor));
                });
            return List.of();
        };
        Callable<List<Long>> walker = () -> {
            try {
                List<Long> walked = new ArrayList<>();
                Optional<String> next = Optional.empty();
                do {
                    Page<AuditTrail.Numbered> page = auditTrail().find(onlyOf(actor), new PageRequest(7, next));
                    walked.addAll(sequences(page));
                    next = page.next();
                } while (next.isPresent());
                return walked;
            } finally {
                walking.decrementAndGet();
            }
        };

        Race<List<Long>> race = Race.between(List.of(writer, walker, walker));

        assertThat(race.thrown()).isEmpty();
        for (List<Long> walked : race.returned().subList(1, 3))
            assertThat(walked)
                    .containsAll(before)
                    .doesNotHaveDuplicates()
                    .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    default void a_place_that_was_never_given_out_is_refused() {
        String actor = anActor();
        for (int i = 0; i < 3; i++) auditTrail().append(anEntry(actor));
        String given = auditTrail().find(onlyOf(actor), first(1)).next().orElseThrow();

        for (String place : List.of(
                "",
                " ",
                "0",
                "-1",
                "1.5",
                "1e3",
                "0x10",
                "abc",
                "null",
                "9223372036854775807",
                "9223372036854775808",
                "9".repeat(1_000),
                "' or 1=1 --",
                "\u0000",
                "\uD83D\uDD11",
                "\u0661",
                given + " ",
                " " + given,
                given + "\n"))
            assertThatExceptionOfType(Refusal.Invalid.class)
                    .as("place '%s'", place)
                    .isThrownBy(() -> auditTrail().find(onlyOf(actor), new PageRequest(10, Optional.of(place))))
                    .satisfies(invalid -> assertThat(invalid.faults())
                            .singleElement()
                            .satisfies(fault -> assertThat(fault.rule()).isEqualTo(PageRequest.Broken.CONTINUE)));
    }

    @Test
    default void a_place_can_be_used_again() {
        String actor = anActor();
        for (int i = 0; i < 5; i++) auditTrail().append(anEntry(actor));
        Optional<String> next = auditTrail().find(onlyOf(actor), first(2)).next();

        List<Long> once = sequences(auditTrail().find(onlyOf(actor), new PageRequest(2, next)));
        auditTrail().append(anEntry(actor));
        List<Long> again = sequences(auditTrail().find(onlyOf(actor), new PageRequest(2, next)));

        assertThat(again).isEqualTo(once);
    }

    // What the tests above are made of

    private AuditEntry newestOf(String actor) {
        return find(onlyOf(actor), 1).getFirst();
    }

    private List<AuditEntry> find(FilterBuilder filter, int limit) {
        return find(filter.filter(), limit);
    }

    private List<AuditEntry> find(AuditFilter filter, int limit) {
        return auditTrail().find(filter, first(limit)).items().stream()
                .map(AuditTrail.Numbered::entry)
                .toList();
    }

    private static PageRequest first(int limit) {
        return new PageRequest(limit, Optional.empty());
    }

    private static List<Long> sequences(Page<AuditTrail.Numbered> page) {
        return page.items().stream().map(AuditTrail.Numbered::sequence).toList();
    }

    private static AuditEntry withoutChanges(AuditEntry entry) {
        return new AuditEntry(
                entry.at(),
                entry.actor(),
                entry.from(),
                entry.action(),
                entry.target(),
                entry.outcome(),
                entry.reason(),
                List.of());
    }

    private static AuditEntry entry(
            String actor, Instant at, AuditAction action, String name, String project, AuditEntry.Outcome outcome) {
        return new AuditEntry(
                at,
                new AuditEntry.Actor(actor, Optional.empty(), "session"),
                new Origin("192.0.2.7", "", "request-1"),
                action,
                new AuditEntry.Target("token", project, name),
                outcome,
                "",
                List.of());
    }

    private static FilterBuilder filter() {
        return new FilterBuilder(AuditFilter.ALL);
    }

    /** A filter that can be narrowed, one member at a time. */
    record FilterBuilder(AuditFilter filter) {
        FilterBuilder from(Instant from) {
            return with(Optional.of(from), filter.to(), filter.actor(), filter.actions());
        }

        FilterBuilder to(Instant to) {
            return with(filter.from(), Optional.of(to), filter.actor(), filter.actions());
        }

        FilterBuilder actor(String actor) {
            return with(filter.from(), filter.to(), Optional.of(actor), filter.actions());
        }

        FilterBuilder action(AuditAction... actions) {
            return with(filter.from(), filter.to(), filter.actor(), Set.of(actions));
        }

        FilterBuilder target(String target) {
            return aimed(Optional.of(target), filter.outcome(), filter.project());
        }

        FilterBuilder outcome(AuditEntry.Outcome outcome) {
            return aimed(filter.target(), Optional.of(outcome), filter.project());
        }

        FilterBuilder project(String project) {
            return aimed(filter.target(), filter.outcome(), Optional.of(project));
        }

        private FilterBuilder with(
                Optional<Instant> from, Optional<Instant> to, Optional<String> actor, Set<AuditAction> actions) {
            return new FilterBuilder(
                    new AuditFilter(from, to, actor, actions, filter.target(), filter.outcome(), filter.project()));
        }

        private FilterBuilder aimed(
                Optional<String> target, Optional<AuditEntry.Outcome> outcome, Optional<String> project) {
            return new FilterBuilder(new AuditFilter(
                    filter.from(), filter.to(), filter.actor(), filter.actions(), target, outcome, project));
        }
    }
}
