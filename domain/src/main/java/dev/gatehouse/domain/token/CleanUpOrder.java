package dev.gatehouse.domain.token;

import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which tokens a clean-up is to take away. What ended is <em>removed</em>: its record goes, its id and its name stay taken.
 * What counts and is not used is <em>revoked</em>; its record stays until it ended for long enough, too. A length of time
 * that is absent asks for nothing of its kind.
 *
 * @param project of its roles only; absent: everywhere
 * @param kinds of these kinds only; empty: of all
 * @param endedFor removes what ended, for good, longer ago than this: expired, revoked, or closed after a rotation. What
 *     came of one by rotation is removed as a whole or not at all, so that the use of a closed predecessor still ends its
 *     family as long as one of it may count
 * @param unusedFor revokes what counts and was not used for longer than this and {@link #SETTLING}, whether it ever was or
 *     not
 * @param neverUsedFor revokes what counts, began to count longer ago than this, and was never used
 */
public record CleanUpOrder(
        Optional<ProjectName> project,
        Set<TokenFilter.Kind> kinds,
        Optional<Duration> endedFor,
        Optional<Duration> unusedFor,
        Optional<Duration> neverUsedFor) {
    /**
     * No token was used later than its record says by more than this, whichever process it was used at, and however long
     * that one has not written: when a token is remembered its record shows a use of the last {@link LastUse#PAUSE}, and is
     * looked at again in time. The minute is for requests under way, and for what is left of a difference between clocks.
     */
    public static final Duration SETTLING =
            LastUse.PAUSE.plus(VerifiedTokens.LOOKED_AT_AGAIN).plus(Duration.ofMinutes(1));

    /** Keeps people from ending what they gave out just now. */
    private static final long LEAST_UNUSED_SECONDS = 120;

    private static final long MOST_SECONDS = 3_153_600_000L;

    /** What is done to a token, and why. */
    public enum Reason {
        ENDED("ended"),
        UNUSED("unused"),
        NEVER_USED("neverUsed");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** The word for it in JSON and in the store. */
        public String word() {
            return word;
        }

        /** The reason of this word. */
        public static Optional<Reason> of(String word) {
            for (Reason each : values()) if (each.word.equals(word)) return Optional.of(each);
            return Optional.empty();
        }
    }

    public CleanUpOrder {
        kinds = Set.copyOf(kinds);
    }

    /** @throws Refusal.Invalid naming everything that does not fit */
    public void check() {
        List<Fault> faults = new ArrayList<>();
        range(endedFor, 0, "expiredForSeconds", faults);
        range(unusedFor, LEAST_UNUSED_SECONDS, "unusedForSeconds", faults);
        range(neverUsedFor, LEAST_UNUSED_SECONDS, "neverUsedForSeconds", faults);
        if (endedFor.isEmpty() && unusedFor.isEmpty() && neverUsedFor.isEmpty())
            faults.add(new Fault("expiredForSeconds", TokenRule.CLEAN_UP_OF_NOTHING));
        if (project.isPresent() && kinds.contains(TokenFilter.Kind.ACCOUNT))
            faults.add(new Fault("kinds", TokenRule.CLEAN_UP_OF_ACCOUNTS));
        if (!faults.isEmpty()) throw new Refusal.Invalid(faults);
    }

    private static void range(Optional<Duration> length, long least, String field, List<Fault> faults) {
        if (length.filter(each -> each.toSeconds() < least || each.toSeconds() > MOST_SECONDS)
                .isPresent())
            faults.add(new Fault(field, TokenRule.POLICY_RANGE, Long.toString(least), Long.toString(MOST_SECONDS)));
    }

    /** The tokens among which it looks. */
    public TokenFilter scope(Instant now) {
        TokenFilter all = TokenFilter.all(now);
        return project.map(all::of)
                .orElseGet(() -> kinds.size() == 1 ? all.of(kinds.iterator().next()) : all);
    }

    /**
     * What is to be done to a token; absent: nothing.
     *
     * @param family all that came of one by rotation, this one among them, as far as nobody else holds them now
     */
    public Optional<Reason> against(ApiToken token, List<ApiToken> family, Instant now) {
        if (token.countsAt(now)) return unused(token, now);
        return endedFor.isPresent() && isWhole(family) && family.stream().allMatch(each -> endedLongAgo(each, now))
                ? Optional.of(Reason.ENDED)
                : Optional.empty();
    }

    private Optional<Reason> unused(ApiToken token, Instant now) {
        Instant since = token.activeSince();
        if (token.uses().none() && isOver(neverUsedFor, since, now)) return Optional.of(Reason.NEVER_USED);
        return isOver(unusedFor, since.plus(SETTLING), now) ? Optional.of(Reason.UNUSED) : Optional.empty();
    }

    private boolean endedLongAgo(ApiToken token, Instant now) {
        return token.countsUntil().filter(end -> isOver(endedFor, end, now)).isPresent();
    }

    private static boolean isOver(Optional<Duration> length, Instant since, Instant now) {
        return length.filter(each -> since.plus(each).isBefore(now)).isPresent();
    }

    /** From the first to one that has no successor, without a gap. */
    private static boolean isWhole(List<ApiToken> family) {
        List<ApiToken> inOrder = family.stream()
                .sorted(Comparator.comparingInt(each -> each.lineage().generation()))
                .toList();
        for (int i = 0; i < inOrder.size(); i++) if (inOrder.get(i).lineage().generation() != i) return false;
        return !inOrder.isEmpty() && inOrder.getLast().lineage().successor().isEmpty();
    }
}
