package dev.gatehouse.domain.project;

import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Rule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When applications may be synchronised, or may not. Kept as it was written; a window of a project that was stored need not
 * read, only one that is sent must.
 *
 * @param kind {@code allow} or {@code deny}
 * @param schedule when it opens, see {@link Schedule}
 * @param duration how long it is open, as Go writes durations: {@code 90m}, {@code 1h30m}
 * @param timeZone in which the schedule is meant, as the IANA names it; empty means UTC
 * @param description at most 255 characters, possibly empty
 */
public record SyncWindow(
        String kind,
        String schedule,
        String duration,
        List<String> applications,
        List<String> namespaces,
        List<String> clusters,
        boolean manualSync,
        String timeZone,
        boolean andOperator,
        String description,
        boolean syncOverrun) {
    private static final int LONGEST_DESCRIPTION = 255;
    private static final String WHERE = "spec.syncWindows";

    public SyncWindow {
        applications = List.copyOf(applications);
        namespaces = List.copyOf(namespaces);
        clusters = List.copyOf(clusters);
    }

    /** What tells two windows apart: all but the description and how a sync behaves in it. */
    SyncWindow identity() {
        return new SyncWindow(
                kind, schedule, duration, applications, namespaces, clusters, false, timeZone, andOperator, "", false);
    }

    /** Its identity as texts: kind, schedule, duration, zone, operator, and the three lists with their lengths before them. */
    String[] spelled() {
        List<String> spelled =
                new ArrayList<>(List.of(kind, schedule, duration, timeZone, Boolean.toString(andOperator)));
        for (List<String> each : List.of(applications, namespaces, clusters)) {
            spelled.add(Integer.toString(each.size()));
            spelled.addAll(each);
        }
        return spelled.toArray(String[]::new);
    }

    /**
     * Finds the first fault.
     *
     * @throws Refusal.Invalid naming it
     */
    void check() {
        if (zone().isEmpty()) throw new Refusal.Invalid(WHERE, ProjectRule.WINDOW_TIME_ZONE, timeZone);
        if (!kind.equals("allow") && !kind.equals("deny"))
            throw new Refusal.Invalid(WHERE, ProjectRule.WINDOW_KIND, kind);
        try {
            Schedule.parse(schedule);
        } catch (Schedule.Malformed e) {
            throw new Refusal.Invalid(WHERE, ProjectRule.WINDOW_SCHEDULE, schedule, e.reason());
        }
        if (GoDuration.parse(duration).isEmpty())
            throw new Refusal.Invalid(WHERE, ProjectRule.WINDOW_DURATION, duration);
        if (description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION)
            throw new Refusal.Invalid(WHERE, ProjectRule.WINDOW_DESCRIPTION);
        Rule.OfText.check(WHERE + ".description", description);
        if (applications.isEmpty() && namespaces.isEmpty() && clusters.isEmpty())
            throw new Refusal.Invalid(WHERE, ProjectRule.WINDOW_TARGET, kind, schedule, duration);
    }

    private Optional<ZoneId> zone() {
        if (timeZone.isEmpty()) return Optional.of(ZoneOffset.UTC);
        // No offsets and no abbreviations of Java's own: other readers of the project know the names of the IANA only.
        if (!ZoneId.getAvailableZoneIds().contains(timeZone) || timeZone.startsWith("SystemV/"))
            return Optional.empty();
        try {
            return Optional.of(ZoneId.of(timeZone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Whether it is open: from the minute in which it opens, for as long as it lasts. One that does not read is not. */
    public boolean isOpenAt(Instant now) {
        Optional<ZoneId> zone = zone();
        Optional<Duration> lasting = GoDuration.parse(duration);
        if (zone.isEmpty() || lasting.isEmpty()) return false;
        try {
            return Schedule.parse(schedule)
                    .latestUntil(now.atZone(zone.get()).toLocalDateTime())
                    .map(each -> ZonedDateTime.of(each, zone.get()).toInstant())
                    .filter(opened -> !now.isBefore(opened) && now.isBefore(opened.plus(lasting.get())))
                    .isPresent();
        } catch (Schedule.Malformed e) {
            return false;
        }
    }
}
