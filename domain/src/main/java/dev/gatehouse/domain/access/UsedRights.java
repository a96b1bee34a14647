package dev.gatehouse.domain.access;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What tokens made use of, by day (UTC): what was asked for with them and allowed. */
public interface UsedRights {
    /** Different ones of one credential and one day; what comes beyond that is left out. */
    int MOST_A_DAY = 500;

    /** Longer ones are left out. */
    int LONGEST_OBJECT = 512;

    /**
     * So many uses of one right.
     *
     * @param credential the {@code jti}
     * @param lastAt on that day
     */
    record Tally(String credential, LocalDate day, AccessQuestion right, long uses, Instant lastAt) {}

    /** A right that was used. */
    record Used(AccessQuestion right, long uses, Instant lastAt) {}

    /**
     * Adds to what was counted before. A right may be there several times. What is left out is noted of its credential and
     * day.
     */
    void add(List<Tally> tallies);

    /** What this credential used since the beginning of that day, by resource, action and object. */
    List<Used> of(String credential, LocalDate since);

    /**
     * Uses of that day were left out.
     *
     * @param credential the {@code jti}; absent: nobody knows of which, and it counts for all
     */
    record Gap(Optional<String> credential, LocalDate day) {}

    /**
     * Notes what was left out before it came here. One that is noted already, or is there several times, changes nothing.
     * When this fails some may be noted.
     */
    void leftOut(Collection<Gap> gaps);

    /** Whether nothing is noted to be left out of what this credential used since the beginning of that day. */
    boolean isComplete(String credential, LocalDate since);

    /**
     * Forgets all days before this one, and what was left out of them.
     *
     * @return how many rights of a day went
     */
    int forgetBefore(LocalDate day);
}
