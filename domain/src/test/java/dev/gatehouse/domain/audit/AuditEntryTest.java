package dev.gatehouse.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuditEntryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");
    private static final AuditEntry ENTRY = new AuditEntry(
            NOW,
            new AuditEntry.Actor("alice", Optional.empty(), "session"),
            Origin.itself("request-1"),
            AuditAction.TOKEN_CREATED,
            new AuditEntry.Target("token", "demo", "nightly"),
            AuditEntry.Outcome.DONE,
            "",
            List.of());

    @Test
    void what_somebody_sent_stands_harmless_in_the_record() {
        AuditEntry.Target target = new AuditEntry.Target("session", "p\n", "a\u0000b\uD83D" + "c".repeat(600));

        assertThat(target.project()).isEqualTo("p\uFFFD");
        assertThat(target.name()).startsWith("a\uFFFDb\uFFFDc").hasSize(512);
        assertThat(new AuditEntry.Target("kind", "\uD83D\uDD11").name()).isEqualTo("\uD83D\uDD11");
    }

    @Test
    void every_action_is_known_by_its_word() {
        for (AuditAction action : AuditAction.values()) {
            assertThat(action.word()).matches("[a-zA-Z]+\\.[a-zA-Z]+");
            assertThat(AuditAction.of(action.word())).contains(action);
        }
        assertThat(AuditAction.of("TOKEN_CREATED")).isEmpty();
    }

    @Test
    void a_filter_without_members_wants_all() {
        assertThat(AuditFilter.ALL.wants(ENTRY)).isTrue();
    }

    @Test
    void a_filter_begins_at_an_instant_and_ends_before_one() {
        assertThat(between(Optional.of(NOW), Optional.empty()).wants(ENTRY)).isTrue();
        assertThat(between(Optional.of(NOW.plusNanos(1)), Optional.empty()).wants(ENTRY))
                .isFalse();
        assertThat(between(Optional.empty(), Optional.of(NOW)).wants(ENTRY)).isFalse();
        assertThat(between(Optional.empty(), Optional.of(NOW.plusNanos(1))).wants(ENTRY))
                .isTrue();
    }

    @Test
    void each_member_of_a_filter_narrows_it() {
        assertThat(filter("alice", AuditAction.TOKEN_CREATED, "nightly", AuditEntry.Outcome.DONE, "demo")
                        .wants(ENTRY))
                .isTrue();
        assertThat(filter("bob", AuditAction.TOKEN_CREATED, "nightly", AuditEntry.Outcome.DONE, "demo")
                        .wants(ENTRY))
                .isFalse();
        assertThat(filter("alice", AuditAction.TOKEN_REVOKED, "nightly", AuditEntry.Outcome.DONE, "demo")
                        .wants(ENTRY))
                .isFalse();
        assertThat(filter("alice", AuditAction.TOKEN_CREATED, "night", AuditEntry.Outcome.DONE, "demo")
                        .wants(ENTRY))
                .isFalse();
        assertThat(filter("alice", AuditAction.TOKEN_CREATED, "nightly", AuditEntry.Outcome.FAILED, "demo")
                        .wants(ENTRY))
                .isFalse();
        assertThat(filter("alice", AuditAction.TOKEN_CREATED, "nightly", AuditEntry.Outcome.DONE, "")
                        .wants(ENTRY))
                .isFalse();
    }

    private static AuditFilter between(Optional<Instant> from, Optional<Instant> to) {
        return new AuditFilter(
                from, to, Optional.empty(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static AuditFilter filter(
            String actor, AuditAction action, String target, AuditEntry.Outcome outcome, String project) {
        return new AuditFilter(
                Optional.empty(),
                Optional.empty(),
                Optional.of(actor),
                Set.of(action),
                Optional.of(target),
                Optional.of(outcome),
                Optional.of(project));
    }
}
