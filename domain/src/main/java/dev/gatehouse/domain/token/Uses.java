package dev.gatehouse.domain.token;

import java.time.Instant;
import java.util.Optional;

/**
 * How a token was used.
 *
 * @param firstAt when it was first used, exactly; absent: never
 * @param counted how many requests it made; only counted where they are limited
 * @param last written down some time after it; absent: never, as far as is written down
 */
public record Uses(Optional<Instant> firstAt, int counted, Optional<LastUse> last) {
    public static final Uses NONE = new Uses(Optional.empty(), 0, Optional.empty());

    boolean none() {
        return firstAt.isEmpty() && last.isEmpty();
    }

    boolean noneSince(Instant moment) {
        return firstAt.filter(each -> !each.isBefore(moment)).isEmpty()
                && last.map(LastUse::at).filter(each -> !each.isBefore(moment)).isEmpty();
    }
}
