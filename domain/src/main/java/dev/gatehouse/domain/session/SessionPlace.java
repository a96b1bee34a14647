package dev.gatehouse.domain.session;

import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * Where a page of {@link Sessions#live} ended: the order of that list, without the list.
 *
 * @param startedAt of the last session of the page
 * @param id of the same
 */
public record SessionPlace(Instant startedAt, SessionId id) {
    private static final long FURTHEST = 100_000_000_000L;

    public static SessionPlace of(Session last) {
        return new SessionPlace(last.startedAt(), last.id());
    }

    /**
     * Reads what {@link #text} made.
     *
     * @throws Refusal.Invalid when that did not make it
     */
    public static SessionPlace of(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            int blank = plain.indexOf(' ');
            if (blank > 0) {
                long second = Long.parseLong(plain.substring(0, blank));
                if (Math.abs(second) <= FURTHEST)
                    return new SessionPlace(Instant.ofEpochSecond(second), new SessionId(plain.substring(blank + 1)));
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new Refusal.Invalid("continue", PageRequest.Broken.CONTINUE);
    }

    /** For {@link dev.gatehouse.domain.shared.Page#next}: of characters that need no escaping in a URL. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((startedAt.getEpochSecond() + " " + id.value()).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether a session comes after this place, the newest first and then by id. */
    public boolean isBefore(Session session) {
        int newer = session.startedAt().compareTo(startedAt);
        return newer < 0 || (newer == 0 && session.id().value().compareTo(id.value()) > 0);
    }
}
