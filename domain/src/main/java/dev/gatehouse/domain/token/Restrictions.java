package dev.gatehouse.domain.token;

import dev.gatehouse.domain.access.Limits;
import dev.gatehouse.domain.shared.Refusal;
import java.util.Optional;

/**
 * What a token is restricted to beside its times. A restriction only ever takes away.
 *
 * @param limits from where and for what it may be used
 * @param maxUses how many requests it may make, at least one; absent: any number
 */
public record Restrictions(Limits limits, Optional<Integer> maxUses) {
    public static final Restrictions NONE = new Restrictions(Limits.NONE, Optional.empty());

    public Restrictions {
        if (maxUses.filter(each -> each < 1).isPresent())
            throw new Refusal.Invalid("restrictions.maxUses", TokenRule.USES);
    }
}
