package dev.gatehouse.domain.access;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What tokens made use of, by day (UTC): what was asked for with them and allowed. */
public interface UsedRights {
    /** Of one credential and one day; what comes beyond that is not told apart any more and left out. */
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

    /** Adds to what was counted before. A right may be there several times. */
    void add(List<Tally> tallies);

    /** What this credential used since the beginning of that day, by resource, action and object. */
    List<Used> of(String credential, LocalDate since);

    /**
     * Forgets all days before this one.
     *
     * @return how many rows went
     */
    int forgetBefore(LocalDate day);
}
