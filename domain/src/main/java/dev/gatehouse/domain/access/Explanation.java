package dev.gatehouse.domain.access;

import java.util.List;
import java.util.Optional;

/**
 * Why a question was answered so.
 *
 * @param decidedBy absent when nothing spoke of it
 * @param matched every rule that applies, in the order in which they were found
 * @param nearest when nothing allowed it: rules that would have, but for the fields named; the nearest first, at most 5
 * @param roles the names that were asked: who it is about, then groups and roles as they were reached
 */
public record Explanation(
        Decision decision, Optional<Found> decidedBy, List<Found> matched, List<NearMiss> nearest, List<String> roles) {
    public Explanation {
        matched = List.copyOf(matched);
        nearest = List.copyOf(nearest);
        roles = List.copyOf(roles);
    }

    /** @param byDefault whether it is the default role's, and not of the one who is asked about */
    public record Found(PolicyRule rule, boolean byDefault) {
        /** Where it comes from: {@code default}, or where it stands. */
        public String source() {
            return byDefault ? "default" : rule.source();
        }
    }

    /**
     * A rule that almost applies.
     *
     * @param differsIn at least one of {@code subject}, {@code resource}, {@code action}, {@code object}
     */
    public record NearMiss(PolicyRule rule, List<String> differsIn) {
        public NearMiss {
            differsIn = List.copyOf(differsIn);
        }
    }
}
