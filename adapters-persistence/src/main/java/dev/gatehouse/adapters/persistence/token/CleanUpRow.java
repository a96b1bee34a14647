package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.CleanUp;
import dev.gatehouse.domain.token.CleanUpId;
import dev.gatehouse.domain.token.CleanUpOrder;
import dev.gatehouse.domain.token.TokenFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * @param kinds words, separated by commas; empty: all
 * @param state a word
 * @param finishedAt when it left the state {@code running}
 */
record CleanUpRow(
        String id,
        String askedBy,
        @Nullable String credential,
        String askedMethod,
        String askedFrom,
        String userAgent,
        String requestId,
        @Nullable String project,
        String kinds,
        @Nullable Long endedForSeconds,
        @Nullable Long unusedForSeconds,
        @Nullable Long neverUsedForSeconds,
        boolean dryRun,
        Instant startedAt,
        @Nullable String place,
        long examined,
        long total,
        long revoked,
        long removed,
        String state,
        @Nullable String worker,
        @Nullable Instant workerUntil,
        @Nullable Instant finishedAt) {
    static final String COLUMNS =
            "id, asked_by, credential, asked_method, asked_from, user_agent, request_id, project, kinds,"
                    + " ended_for_seconds, unused_for_seconds, never_used_for_seconds, dry_run, started_at, place,"
                    + " examined, total, revoked, removed, state, worker, worker_until, finished_at";
    static final String RUNNING = "running";

    static final String DONE = "done";
    private static final String FAILED = "failed";
    private static final String CANCELLED = "cancelled";

    static CleanUpRow of(CleanUp run) {
        CleanUp.State.@Nullable Running running = run.state() instanceof CleanUp.State.Running each ? each : null;
        return new CleanUpRow(
                run.id().value(),
                run.askedBy().name(),
                run.askedBy().credential().orElse(null),
                run.askedBy().method(),
                run.askedBy().origin().address(),
                run.askedBy().origin().userAgent(),
                run.askedBy().origin().requestId(),
                run.order().project().map(ProjectName::value).orElse(null),
                run.order().kinds().stream()
                        .map(TokenFilter.Kind::word)
                        .sorted()
                        .collect(Collectors.joining(",")),
                seconds(run.order().endedFor()),
                seconds(run.order().unusedFor()),
                seconds(run.order().neverUsedFor()),
                run.dryRun(),
                run.startedAt(),
                run.place().orElse(null),
                run.progress().examined(),
                run.progress().total(),
                run.progress().revoked(),
                run.progress().removed(),
                word(run.state()),
                running == null ? null : running.worker(),
                running == null ? null : running.until(),
                finishedAt(run.state()));
    }

    private static @Nullable Long seconds(Optional<Duration> length) {
        return length.map(Duration::toSeconds).orElse(null);
    }

    private static String word(CleanUp.State state) {
        return switch (state) {
            case CleanUp.State.Running running -> RUNNING;
            case CleanUp.State.Done done -> DONE;
            case CleanUp.State.Failed failed -> FAILED;
            case CleanUp.State.Cancelled cancelled -> CANCELLED;
        };
    }

    private static @Nullable Instant finishedAt(CleanUp.State state) {
        return switch (state) {
            case CleanUp.State.Running running -> null;
            case CleanUp.State.Done(Instant at) -> at;
            case CleanUp.State.Failed(Instant at) -> at;
            case CleanUp.State.Cancelled(Instant at) -> at;
        };
    }

    static CleanUpRow read(Columns columns) {
        return new CleanUpRow(
                columns.text("id"),
                columns.text("asked_by"),
                columns.textOrNull("credential"),
                columns.text("asked_method"),
                columns.text("asked_from"),
                columns.text("user_agent"),
                columns.text("request_id"),
                columns.textOrNull("project"),
                columns.text("kinds"),
                columns.bigNumberOrNull("ended_for_seconds"),
                columns.bigNumberOrNull("unused_for_seconds"),
                columns.bigNumberOrNull("never_used_for_seconds"),
                columns.flag("dry_run"),
                columns.instant("started_at"),
                columns.textOrNull("place"),
                columns.bigNumber("examined"),
                columns.bigNumber("total"),
                columns.bigNumber("revoked"),
                columns.bigNumber("removed"),
                columns.text("state"),
                columns.textOrNull("worker"),
                columns.instantOrNull("worker_until"),
                columns.instantOrNull("finished_at"));
    }

    CleanUp toDomain(List<CleanUp.Item> items) {
        return new CleanUp(
                new CleanUpId(id),
                new CleanUp.AskedBy(
                        askedBy,
                        Optional.ofNullable(credential),
                        askedMethod,
                        new Origin(askedFrom, userAgent, requestId)),
                new CleanUpOrder(
                        Optional.ofNullable(project).map(ProjectName::new),
                        ofWords(kinds),
                        length(endedForSeconds),
                        length(unusedForSeconds),
                        length(neverUsedForSeconds)),
                dryRun,
                startedAt,
                Optional.ofNullable(place),
                new CleanUp.Progress(examined, total, revoked, removed, items),
                toState());
    }

    private static Set<TokenFilter.Kind> ofWords(String words) {
        return Stream.of(words.split(","))
                .filter(each -> !each.isEmpty())
                .map(each ->
                        TokenFilter.Kind.of(each).orElseThrow(() -> new IllegalStateException("no kind is a " + each)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Duration> length(@Nullable Long seconds) {
        return Optional.ofNullable(seconds).map(Duration::ofSeconds);
    }

    private CleanUp.State toState() {
        if (state.equals(RUNNING) && worker != null && workerUntil != null)
            return new CleanUp.State.Running(worker, workerUntil);
        if (finishedAt == null) throw new IllegalStateException("a clean-up is " + state + " and has no end");
        return switch (state) {
            case DONE -> new CleanUp.State.Done(finishedAt);
            case FAILED -> new CleanUp.State.Failed(finishedAt);
            case CANCELLED -> new CleanUp.State.Cancelled(finishedAt);
            default -> throw new IllegalStateException("no clean-up is " + state);
        };
    }

    /** In the order of {@link #COLUMNS}. */
    @Nullable
    Object[] values() {
        return new @Nullable Object[] {
            id,
            askedBy,
            credential,
            askedMethod,
            askedFrom,
            userAgent,
            requestId,
            project,
            kinds,
            endedForSeconds,
            unusedForSeconds,
            neverUsedForSeconds,
            dryRun,
            startedAt,
            place,
            examined,
            total,
            revoked,
            removed,
            state,
            worker,
            workerUntil,
            finishedAt
        };
    }
}
