package dev.gatehouse.domain.project;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 1h30m}, {@code 1.5h}, {@code -90s}, {@code 0}. */
final class GoDuration {
    private static final int LONGEST = 100;
    private static final Map<String, Long> NANOSECONDS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "\u00b5s", 1_000L,
            "\u03bcs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final Pattern PART = Pattern.compile("([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");

    private GoDuration() {}

    /** The duration, or nothing when the text is none or one of more than 292 years. */
    static Optional<Duration> parse(String text) {
        if (text.length() > LONGEST) return Optional.empty();
        boolean negative = text.startsWith("-");
        String bare = negative || text.startsWith("+") ? text.substring(1) : text;
        if (bare.equals("0")) return Optional.of(Duration.ZERO);
        if (bare.isEmpty()) return Optional.empty();
        BigDecimal nanoseconds = BigDecimal.ZERO;
        Matcher part = PART.matcher(bare);
        int at = 0;
        while (at < bare.length()) {
            part.region(at, bare.length());
            if (!part.lookingAt()) return Optional.empty();
            long unit = NANOSECONDS.getOrDefault(part.group(2), 0L);
            nanoseconds = nanoseconds.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
            at = part.end();
        }
        BigInteger whole = nanoseconds.toBigInteger();
        if (whole.bitLength() >= Long.SIZE) return Optional.empty();
        return Optional.of(Duration.ofNanos(negative ? -whole.longValue() : whole.longValue()));
    }
}
