package dev.gatehouse.domain.account;

import java.util.Arrays;
import java.util.Optional;

/** What an account may hold; one without {@link #LOGIN} is a service account (Argo CD contract 3.1). */
public enum Capability {
    /** Sign in with a password. */
    LOGIN("login"),
    /** Hold tokens. */
    API_KEY("apiKey");

    private final String word;

    Capability(String word) {
        this.word = word;
    }

    /** The word for it in JSON and in the subject of a token. */
    public String word() {
        return word;
    }

    /** The capability with this word, in exactly this case. */
    public static Optional<Capability> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }
}
