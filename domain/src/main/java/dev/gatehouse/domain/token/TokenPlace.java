package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;

/**
 * A place in the list of tokens, behind one of them. It says nothing about whether there is such a token.
 *
 * @param second in which that token was issued, counted from 1970
 */
public record TokenPlace(long second, TokenId id) {
    /** Seconds around 1970 that every store knows. */
    private static final long FARTHEST = 150_000_000_000L;

    public TokenPlace {
        if (Math.abs(second) > FARTHEST) throw notGivenOut();
    }

    public static TokenPlace behind(ApiToken token) {
        return new TokenPlace(token.issuedAt().getEpochSecond(), token.id());
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws Refusal.Invalid {@link PageRequest.Broken#CONTINUE} when it never did
     */
    public static TokenPlace read(String text) {
        int dot = text.indexOf('.');
        if (dot <= 0) throw notGivenOut();
        try {
            return new TokenPlace(
                    Long.parseLong(text.substring(0, dot)),
                    TokenId.ifValid(text.substring(dot + 1)).orElseThrow(TokenPlace::notGivenOut));
        } catch (NumberFormatException e) {
            throw notGivenOut();
        }
    }

    private static Refusal notGivenOut() {
        return new Refusal.Invalid("continue", PageRequest.Broken.CONTINUE);
    }

    /** Whether this token comes behind it: the newest come first, then by id. */
    public boolean isBefore(ApiToken token) {
        long other = token.issuedAt().getEpochSecond();
        return other < second || (other == second && token.id().value().compareTo(id.value()) > 0);
    }

    public String text() {
        return second + "." + id;
    }
}
