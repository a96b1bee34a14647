package dev.gatehouse.adapters.persistence;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * Values as both databases can hold them.
 *
 * <p>PostgreSQL refuses a text with U+0000 and has no place for half a surrogate pair, and both can stand in what people
 * send. They are stored as {@link #MARK} and four hexadecimal digits; the mark itself as well.
 */
final class StoredForm {
    private static final char MARK = '\u001a';
    private static final int DIGITS = 4;

    private StoredForm() {}

    /** To the microsecond; both would round, and PostgreSQL up to a time that has not come yet. */
    static OffsetDateTime of(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static String of(String text) {
        for (int i = 0; i < text.length(); i++) if (needsMark(text, i)) return marked(text, i);
        return text;
    }

    static String text(String stored) {
        int mark = stored.indexOf(MARK);
        if (mark < 0) return stored;
        StringBuilder text = new StringBuilder(stored.length());
        int from = 0;
        for (; mark >= 0; mark = stored.indexOf(MARK, from)) {
            text.append(stored, from, mark);
            from = mark + 1 + DIGITS;
            text.append((char) HexFormat.fromHexDigits(stored, mark + 1, from));
        }
        return text.append(stored, from, stored.length()).toString();
    }

    private static String marked(String text, int first) {
        StringBuilder stored = new StringBuilder(text.length() + DIGITS).append(text, 0, first);
        for (int i = first; i < text.length(); i++) {
            char each = text.charAt(i);
            if (needsMark(text, i)) stored.append(MARK).append(HexFormat.of().toHexDigits(each));
            else stored.append(each);
        }
        return stored.toString();
    }

    private static boolean needsMark(String text, int index) {
        char each = text.charAt(index);
        if (each == 0 || each == MARK) return true;
        if (Character.isHighSurrogate(each))
            return index + 1 == text.length() || !Character.isLowSurrogate(text.charAt(index + 1));
        return Character.isLowSurrogate(each) && (index == 0 || !Character.isHighSurrogate(text.charAt(index - 1)));
    }
}
