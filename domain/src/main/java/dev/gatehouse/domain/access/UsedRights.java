package dev.gatehouse.domain.access;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

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

    /** Notes that uses of that day were left out before they came here, and nobody knows of which credentials. */
    void leftOut(LocalDate day);

    /** Notes that uses of that day by this credential were left out before they came here. */
    void leftOut(String credential, LocalDate day);

    /** Whether nothing is noted to be left out of what this credential used since the beginning of that day. */
    boolean isComplete(String credential, LocalDate since);

    /**
     * Forgets all days before this one, and what was left out of them.
     *
     * @return how many rights of a day went
     */
    int forgetBefore(LocalDate day);
}
