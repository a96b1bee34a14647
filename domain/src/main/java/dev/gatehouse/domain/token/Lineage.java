package dev.gatehouse.domain.token;

import java.util.Optional;

/**
 * Where a token stands among those that came of one by rotation.
 *
 * @param family the id of the first of them
 * @param generation 0 for the first, one more with each rotation
 * @param predecessor the one it took the place of; absent for the first
 * @param successor the one that took its place; absent as long as none did
 */
public record Lineage(TokenId family, int generation, Optional<TokenId> predecessor, Optional<TokenId> successor) {
    /** The first of a family that may never have another. */
    static Lineage first(TokenId id) {
        return new Lineage(id, 0, Optional.empty(), Optional.empty());
    }

    Lineage next(TokenId predecessor) {
        return new Lineage(family, generation + 1, Optional.of(predecessor), Optional.empty());
    }

    Lineage followedBy(TokenId other) {
        return new Lineage(family, generation, predecessor, Optional.of(other));
    }
}
