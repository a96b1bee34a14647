package dev.gatehouse.adapters.testkit.shared;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Values that fixtures and contracts share: moments, texts, and names that nobody else uses. */
public final class Samples {
    /** A moment with microseconds, as finely as times are kept. */
    public static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");

    /** Moments that stores get wrong: before the epoch, before time zones, in a gap of summer time, long after us. */
    public static final List<Instant> MOMENTS = List.of(
            NOW,
            Instant.EPOCH,
            Instant.parse("1969-12-31T23:59:59.999999Z"),
            Instant.parse("1700-03-01T00:00:00.000001Z"),
            Instant.parse("2026-03-29T01:30:00.500000Z"),
            Instant.parse("9999-12-31T23:59:59.999999Z"));

    /**
     * Texts that stores get wrong: none, quotes, wild cards, line ends, controls, several scripts, characters beyond 16
     * bits, and half of one.
     */
    public static final List<String> TEXTS = List.of(
            "",
            " ",
            "null",
            "it's \"quoted\" \\ and 100 % _ ? :name ${x}",
            "two\r\nlines\tand a tab",
            "zero \u0000, one \u0001, substitute \u001a0000",
            "\uD83D first half, second half \uDD11",
            "Grüße, Ελλάδα, 日本語, עברית",
            "e\u0301 is not \u00e9",
            "\uD83D\uDD11\uD83C\uDFF4\u200D\u2620\uFE0F");

    private Samples() {}

    /** A UUID in lower case that nobody else has. */
    public static String unique() {
        return UUID.randomUUID().toString();
    }

    /** This many characters, each of which takes two in Java and four bytes in UTF-8. */
    public static String wide(int codePoints) {
        return "\uD83D\uDD11".repeat(codePoints);
    }
}
