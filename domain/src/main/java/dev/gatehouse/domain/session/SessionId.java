package dev.gatehouse.domain.session;

/**
 * Names one session for ever. It is the {@code jti} of the session's first token; that of a later one is the same with a
 * point and a text of its own behind.
 *
 * @param value a UUID in lower case
 */
public record SessionId(String value) {
    private static final char BEHIND = '.';

    /** The session whose token has this {@code jti}. */
    public static SessionId ofToken(String jti) {
        int end = jti.indexOf(BEHIND);
        return new SessionId(end < 0 ? jti : jti.substring(0, end));
    }

    /** The {@code jti} of a later token of this session. */
    String laterToken(String unique) {
        return value + BEHIND + unique;
    }
}
