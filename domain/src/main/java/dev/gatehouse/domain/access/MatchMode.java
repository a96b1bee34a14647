package dev.gatehouse.domain.access;

import java.util.Optional;

/** How the patterns of a policy are read (Argo CD contract 5.2). */
public enum MatchMode {
    /** The whole text, with {@code *}, {@code ?}, classes and alternatives: {@link Glob}. */
    GLOB("glob"),
    /** Somewhere in the text, in the syntax of RE2: {@link Regex}. */
    REGEX("regex");

    private final String word;

    MatchMode(String word) {
        this.word = word;
    }

    /** The word for it in documents. */
    public String word() {
        return word;
    }

    /** The mode of this word; absent when there is none. */
    public static Optional<MatchMode> of(String word) {
        for (MatchMode each : values()) if (each.word.equals(word)) return Optional.of(each);
        return Optional.empty();
    }
}
