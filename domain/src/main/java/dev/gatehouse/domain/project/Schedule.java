package dev.gatehouse.domain.project;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Minutes that come again, as crontab writes them in five fields: minute, hour, day of the month, month, day of the week
 * (0 is Sunday). A field is a list of {@code *} or {@code ?}, a value or a range, each with a step behind {@code /} if
 * need be; months and weekdays have their English abbreviations, too. When both kinds of days are limited, either will do.
 */
record Schedule(Field minutes, Field hours, Field days, Field months, Field weekdays) {
    /** No pattern of days is longer: the 29th of February, across a year that is no leap year. */
    private static final int LONGEST_PAUSE_IN_DAYS = 8 * 366 + 1;

    private static final int LONGEST = 500;

    /**
     * The values of one field.
     *
     * @param values a bit for each
     * @param everything whether it limits nothing
     */
    record Field(long values, boolean everything) {
        boolean holds(int value) {
            return (values & 1L << value) != 0;
        }
    }

    /** What a field may hold. */
    private record Bounds(String what, int least, int most, List<String> names) {
        static final Bounds MINUTE = new Bounds("minute", 0, 59, List.of());
        static final Bounds HOUR = new Bounds("hour", 0, 23, List.of());
        static final Bounds DAY = new Bounds("day of the month", 1, 31, List.of());
        static final Bounds MONTH = new Bounds(
                "month",
                1,
                12,
                List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"));
        static final Bounds WEEKDAY =
                new Bounds("day of the week", 0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));
    }

    /** The text is no schedule. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Malformed(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        /** Why, as the end of a sentence. */
        String reason() {
            return reason;
        }
    }

    static Schedule parse(String text) throws Malformed {
        if (text.length() > LONGEST) throw new Malformed("it is longer than " + LONGEST + " characters");
        if (text.startsWith("@")) throw new Malformed("use five fields in place of '" + text + "'");
        if (text.startsWith("TZ=") || text.startsWith("CRON_TZ="))
            throw new Malformed("name the time zone in timeZone, not here");
        String[] fields = text.strip().split("\\s+", -1);
        if (text.isBlank() || fields.length != 5)
            throw new Malformed("it must have five fields (minute, hour, day, month, weekday), not "
                    + (text.isBlank() ? 0 : fields.length));
        return new Schedule(
                field(fields[0], Bounds.MINUTE),
                field(fields[1], Bounds.HOUR),
                field(fields[2], Bounds.DAY),
                field(fields[3], Bounds.MONTH),
                field(fields[4], Bounds.WEEKDAY));
    }

    private static Field field(String text, Bounds bounds) throws Malformed {
        long values = 0;
        boolean everything = false;
        boolean any = false;
        for (String each : text.split(",", -1)) {
            if (each.isEmpty()) continue;
            Field part = part(each, bounds);
            values |= part.values();
            everything |= part.everything();
            any = true;
        }
        if (!any) throw new Malformed("the " + bounds.what() + " is empty");
        return new Field(values, everything);
    }

    private static Field part(String text, Bounds bounds) throws Malformed {
        String[] stepped = text.split("/", -1);
        if (stepped.length > 2) throw new Malformed("'" + text + "' has more than one step");
        String[] ends = stepped[0].split("-", -1);
        if (ends.length > 2) throw new Malformed("'" + text + "' is no range");
        boolean star = ends[0].equals("*") || ends[0].equals("?");
        if (star && ends.length == 2) throw new Malformed("'" + text + "' is no range");
        int from = star ? bounds.least() : value(ends[0], bounds);
        int step = stepped.length == 2 ? number(stepped[1], bounds) : 1;
        int to;
        if (star || (ends.length == 1 && stepped.length == 2)) to = bounds.most();
        else to = ends.length == 2 ? value(ends[1], bounds) : from;
        if (from < bounds.least() || to > bounds.most())
            throw new Malformed(
                    "the " + bounds.what() + " is " + bounds.least() + " to " + bounds.most() + ", not '" + text + "'");
        if (from > to) throw new Malformed("'" + text + "' ends before it begins");
        if (step == 0) throw new Malformed("'" + text + "' has a step of 0");
        long values = 0;
        for (int i = from; i <= to; i += step) values |= 1L << i;
        return new Field(values, star && step == 1);
    }

    private static int value(String text, Bounds bounds) throws Malformed {
        int named = bounds.names().indexOf(text.toLowerCase(Locale.ROOT));
        return named >= 0 ? bounds.least() + named : number(text, bounds);
    }

    private static int number(String text, Bounds bounds) throws Malformed {
        if (text.isEmpty() || text.length() > 4 || text.chars().anyMatch(each -> each < '0' || each > '9'))
            throw new Malformed("'" + text + "' is no " + bounds.what());
        return Integer.parseInt(text);
    }

    /** The last of its minutes until this one, itself included; absent when there was none in eight years. */
    Optional<LocalDateTime> latestUntil(LocalDateTime until) {
        for (int ago = 0; ago <= LONGEST_PAUSE_IN_DAYS; ago++) {
            LocalDate day = until.toLocalDate().minusDays(ago);
            if (!isOn(day)) continue;
            for (int hour = ago == 0 ? until.getHour() : 23; hour >= 0; hour--) {
                if (!hours.holds(hour)) continue;
                boolean thisHour = ago == 0 && hour == until.getHour();
                for (int minute = thisHour ? until.getMinute() : 59; minute >= 0; minute--)
                    if (minutes.holds(minute)) return Optional.of(day.atTime(hour, minute));
            }
        }
        return Optional.empty();
    }

    private boolean isOn(LocalDate day) {
        if (!months.holds(day.getMonthValue())) return false;
        boolean onDay = days.holds(day.getDayOfMonth());
        boolean onWeekday = weekdays.holds(day.getDayOfWeek().getValue() % DayOfWeek.SUNDAY.getValue());
        boolean bothLimited = !days.everything() && !weekdays.everything();
        return bothLimited ? onDay || onWeekday : onDay && onWeekday;
    }
}
