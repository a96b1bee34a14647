package dev.gatehouse.domain.access;

import java.util.List;

/** Which resources, actions or objects a rule speaks of. Matching takes time in proportion to pattern times text. */
public abstract sealed class Pattern permits Glob, Regex {
    /** A pattern is at most this long. */
    static final int LONGEST = 1_000;

    private final String text;

    Pattern(String text) {
        this.text = text;
    }

    /**
     * Reads a pattern.
     *
     * @throws Malformed when it is none of this mode
     */
    public static Pattern compile(MatchMode mode, String text) throws Malformed {
        return switch (mode) {
            case GLOB -> Glob.compile(text);
            case REGEX -> Regex.compile(text);
        };
    }

    /** The pattern as it was written. */
    public final String text() {
        return text;
    }

    /** Whether the pattern stands for this text. */
    public abstract boolean matches(String candidate);

    /** What every text that it stands for has in common, to find patterns by. */
    abstract Shape shape();

    @Override
    public final boolean equals(Object other) {
        return other instanceof Pattern pattern
                && pattern.getClass() == getClass()
                && pattern.text.equals(text)
                && pattern.shape().equals(shape());
    }

    @Override
    public final int hashCode() {
        return text.hashCode();
    }

    @Override
    public final String toString() {
        return text;
    }

    /** @param key empty where the kind needs none */
    record Shape(Kind kind, String key) {
        static final Shape ANYTHING = new Shape(Kind.ANYTHING, "");
        static final Shape NOTHING = new Shape(Kind.NOTHING, "");
        static final Shape OTHER = new Shape(Kind.OTHER, "");
        /** A shorter text lies in too many others to find anything by. */
        private static final int SHORTEST = 2;

        /** Of a pattern that stands only for texts that hold each of these. */
        static Shape holding(List<String> parts) {
            String longest = "";
            for (String each : parts) if (each.length() > longest.length() && unbroken(each)) longest = each;
            return longest.length() < SHORTEST ? OTHER : new Shape(Kind.HOLDS, longest);
        }

        /** Whether no pair of surrogates could begin before the text or end behind it. */
        static boolean unbroken(String text) {
            return text.codePoints().noneMatch(each -> each >= 0xD800 && each <= 0xDFFF);
        }

        enum Kind {
            /** Every text. */
            ANYTHING,
            /** No text. */
            NOTHING,
            /** The key and nothing else. */
            EXACT,
            /** Every text that begins with the key. */
            PREFIX,
            /** Only texts that begin with the key, and not all of those. */
            STARTS,
            /** Only texts that end with the key, and not all of those. */
            ENDS,
            /** Only texts that hold the key somewhere, and perhaps not all of those. */
            HOLDS,
            /** Nothing is known. */
            OTHER
        }
    }

    /** The text is no pattern. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Malformed(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        /** Why, as the end of a sentence. */
        public String reason() {
            return reason;
        }
    }
}
