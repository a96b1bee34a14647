package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the policy on tokens says of sessions, for all of them. Where it says nothing, the settings do.
 *
 * @param idle a session that nobody uses for so long ends; zero: it does not; absent: as set
 * @param absolute from the sign-in to the end, whatever happens between; absent: as set
 * @param most how many of one account may live beside each other, from the next sign-in on; zero: any number; absent: as
 *     set
 * @param recent how long ago a person may have signed in who gives somebody power for good, changes what is allowed, or
 *     does what cannot be undone; absent: any time. Tokens are not asked: nobody signs in with one
 */
public record SessionPolicy(
        Optional<Duration> idle, Optional<Duration> absolute, Optional<Integer> most, Optional<Duration> recent) {
    /** Says nothing. */
    public static final SessionPolicy SILENT =
            new SessionPolicy(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final long LEAST_SECONDS = 60;
    private static final long MOST_SECONDS = 31_536_000;
    private static final int MOST_SESSIONS = 1_000_000;

    /**
     * What stands against it.
     *
     * @param field what the faults call it
     */
    public List<Fault> faults(String field) {
        List<Fault> faults = new ArrayList<>();
        if (idle.filter(each -> !each.isZero() && isOut(each)).isPresent())
            faults.add(new Fault(field + ".idleSeconds", TokenRule.POLICY_RANGE_OR_NONE, least(), longest()));
        if (absolute.filter(SessionPolicy::isOut).isPresent())
            faults.add(new Fault(field + ".absoluteSeconds", TokenRule.POLICY_RANGE, least(), longest()));
        if (most.filter(each -> each < 0 || each > MOST_SESSIONS).isPresent())
            faults.add(new Fault(
                    field + ".maxPerAccount", TokenRule.POLICY_RANGE_OR_NONE, "1", Integer.toString(MOST_SESSIONS)));
        if (recent.filter(SessionPolicy::isOut).isPresent())
            faults.add(new Fault(field + ".reauthenticateSeconds", TokenRule.POLICY_RANGE, least(), longest()));
        return faults;
    }

    private static boolean isOut(Duration length) {
        return length.toSeconds() < LEAST_SECONDS || length.toSeconds() > MOST_SECONDS;
    }

    private static String least() {
        return Long.toString(LEAST_SECONDS);
    }

    private static String longest() {
        return Long.toString(MOST_SECONDS);
    }
}
