package dev.gatehouse.domain.token;

import dev.gatehouse.domain.access.Limits;
import dev.gatehouse.domain.access.Permission;
import dev.gatehouse.domain.access.SourceNetwork;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What a token is restricted to beside its times. A restriction only ever takes away.
 *
 * @param limits from where and for what it may be used
 * @param maxUses how many requests it may make, at least one; absent: any number
 */
public record Restrictions(Limits limits, Optional<Integer> maxUses) {
    public static final Restrictions NONE = new Restrictions(Limits.NONE, Optional.empty());

    private static final int MOST_ENTRIES = 50;

    /**
     * Reads what is asked for.
     *
     * @throws Refusal.Invalid when an entry does not read, or a list is empty: a slip must not widen anything
     */
    public static Restrictions parse(
            Optional<List<String>> networks, Optional<List<String>> permissions, Optional<Long> maxUses) {
        if (maxUses.filter(each -> each < 1 || each > Integer.MAX_VALUE).isPresent())
            throw new Refusal.Invalid("restrictions.maxUses", TokenRule.USES);
        return new Restrictions(
                new Limits(
                        read("restrictions.networks", networks, SourceNetwork::parse),
                        read("restrictions.permissions", permissions, Permission::parse)),
                maxUses.map(Long::intValue));
    }

    private static <T> List<T> read(String field, Optional<List<String>> texts, BiFunction<String, String, T> reader) {
        if (texts.isEmpty()) return List.of();
        if (texts.get().isEmpty()) throw new Refusal.Invalid(field, TokenRule.RESTRICTION_EMPTY);
        if (texts.get().size() > MOST_ENTRIES)
            throw new Refusal.Invalid(field, TokenRule.RESTRICTION_LENGTH, Integer.toString(MOST_ENTRIES));
        return texts.get().stream().map(each -> reader.apply(field, each)).toList();
    }

    public Restrictions {
        if (maxUses.filter(each -> each < 1).isPresent())
            throw new Refusal.Invalid("restrictions.maxUses", TokenRule.USES);
    }
}
