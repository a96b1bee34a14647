package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One run of the clean-up of tokens: what was asked for, how far it got, and what it did. It walks through the tokens from
 * the newest to the oldest, some at a time; whoever takes it up goes on behind the place where it stands.
 *
 * @param dryRun whether it only tells what it would do
 * @param place behind which token it goes on; absent: at the first
 */
public record CleanUp(
        CleanUpId id,
        AskedBy askedBy,
        CleanUpOrder order,
        boolean dryRun,
        Instant startedAt,
        Optional<String> place,
        Progress progress,
        State state) {
    /** What refusals and the audit call it. */
    public static final String KIND = "token clean-up";

    /** So many tokens are named one by one. */
    public static final int MOST_ITEMS = 100;

    /**
     * Who asked for it, for the record.
     *
     * @param name as policies write it
     * @param credential the {@code jti} that was shown; absent when the service itself asks
     * @param method how the caller signed in: a word
     */
    public record AskedBy(String name, Optional<String> credential, String method, Origin origin) {}

    /** Where it stands. */
    public sealed interface State {
        /**
         * Not finished.
         *
         * @param worker the process that is at it
         * @param until when another may take it up, unless that one went on meanwhile
         */
        record Running(String worker, Instant until) implements State {}

        record Done(Instant at) implements State {}

        /** A fault ended it; what it did until then stays done. */
        record Failed(Instant at) implements State {}

        /** Somebody stopped it; what it did until then stays done. */
        record Cancelled(Instant at) implements State {}
    }

    /**
     * What it did, or, in a rehearsal, would do.
     *
     * @param examined how many tokens it looked at
     * @param total how many it expects to look at, as counted at the start
     * @param items the first {@link #MOST_ITEMS} that were revoked or removed
     */
    public record Progress(long examined, long total, long revoked, long removed, List<Item> items) {
        public Progress {
            items = List.copyOf(items);
        }

        /** Nothing yet. */
        public static Progress of(long total) {
            return new Progress(0, total, 0, 0, List.of());
        }

        /** With these beside. */
        public Progress and(long moreExamined, List<Item> more) {
            long ended = more.stream()
                    .filter(each -> each.reason() == CleanUpOrder.Reason.ENDED)
                    .count();
            List<Item> all = new ArrayList<>(items);
            all.addAll(more.subList(0, Math.min(more.size(), MOST_ITEMS - items.size())));
            return new Progress(examined + moreExamined, total, revoked + more.size() - ended, removed + ended, all);
        }
    }

    /** A token that was revoked or removed. */
    public record Item(TokenId id, TokenName name, TokenFilter.Kind kind, String subject, CleanUpOrder.Reason reason) {
        /** Of this token, as it was before. */
        public static Item of(ApiToken token, CleanUpOrder.Reason reason) {
            String subject = switch (token.subject()) {
                case TokenSubject.OfAccount account -> account.name().value();
                case TokenSubject.OfProjectRole role -> role.claim();
            };
            return new Item(token.id(), token.name(), TokenFilter.Kind.of(token.subject()), subject, reason);
        }
    }

    /** A run that has done nothing yet and that this worker is at. */
    public static CleanUp begin(
            CleanUpId id,
            AskedBy askedBy,
            CleanUpOrder order,
            boolean dryRun,
            long total,
            Instant now,
            State.Running by) {
        return new CleanUp(id, askedBy, order, dryRun, now, Optional.empty(), Progress.of(total), by);
    }

    public boolean isRunning() {
        return state instanceof State.Running;
    }

    /** Whether this worker may go on with it: it is at it already, or who was at it has not been heard of. */
    public boolean isFor(String worker, Instant now) {
        return state instanceof State.Running(var other, var until) && (other.equals(worker) || !now.isBefore(until));
    }

    /** As it is behind some tokens more. */
    public CleanUp goneOn(String next, Progress reached, State.Running by) {
        return new CleanUp(id, askedBy, order, dryRun, startedAt, Optional.of(next), reached, by);
    }

    /** As it is behind the last token. */
    public CleanUp done(Progress reached, Instant now) {
        Progress all = new Progress(
                reached.examined(), reached.examined(), reached.revoked(), reached.removed(), reached.items());
        return new CleanUp(id, askedBy, order, dryRun, startedAt, Optional.empty(), all, new State.Done(now));
    }

    /** As it is in this state, with nothing done beside. */
    public CleanUp with(State other) {
        return new CleanUp(id, askedBy, order, dryRun, startedAt, place, progress, other);
    }
}
