package dev.gatehouse.application.token;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Explanation;
import dev.gatehouse.domain.access.Limits;
import dev.gatehouse.domain.access.MatchMode;
import dev.gatehouse.domain.access.UsedRights;
import java.util.List;

/** What a token may do, and what of that it does. For those who may see the token. */
public interface ReadingTokenUsage {
    /**
     * What it was used for.
     *
     * @param days 1 to {@link dev.gatehouse.application.access.RightsInUse#KEPT_DAYS}, today among them (UTC)
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when it is another number of days
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden as {@link ManagingTokens#get}
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound as {@link ManagingTokens#get}
     */
    Usage usage(Caller caller, String id, int days);

    /**
     * What the policy in force gives it.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden as {@link ManagingTokens#get}
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound as {@link ManagingTokens#get}
     */
    Rights rights(Caller caller, String id);

    /**
     * @param used by resource, action and object; written down at most half a minute after the use
     * @param unused the rules of its subject that allow something it is not kept from by what it is narrowed to, and of which
     *     nothing in {@code used} is a use
     * @param mode how the patterns in {@code enough} are read: as those of the policy in force
     * @param enough lines of the global policy that allow just what was used, each once
     * @param complete false when it was used for so many things, for things of so long names, or for everything in a project
     *     or of a resource at once, that some uses are missing in {@code used} or in {@code enough}; then some of the rules in
     *     {@code unused} may have been used
     */
    record Usage(
            List<UsedRights.Used> used,
            List<Explanation.Found> unused,
            MatchMode mode,
            List<String> enough,
            boolean complete) {
        public Usage {
            used = List.copyOf(used);
            unused = List.copyOf(unused);
            enough = List.copyOf(enough);
        }
    }

    /** @param limits what the token is narrowed to beside them */
    record Rights(List<Explanation.Found> rules, Limits limits) {
        public Rights {
            rules = List.copyOf(rules);
        }
    }
}
