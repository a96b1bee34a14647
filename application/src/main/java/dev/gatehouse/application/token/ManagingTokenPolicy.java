package dev.gatehouse.application.token;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.TokenPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What holds for the lifetimes and the number of tokens (Gatehouse contract 4): for all with {@code policies, get} and
 * {@code update, *}, for one project with {@code projects, get} and {@code update} on it.
 */
public interface ManagingTokenPolicy {
    /**
     * The stored policy; one that forbids nothing as long as none was stored.
     *
     * @param project absent: the one for all
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound when there is no such project
     */
    TokenPolicy read(Caller caller, Optional<String> project);

    /**
     * Puts a policy in force at once, and ends every token that does not fit it now.
     *
     * @param project absent: for all
     * @param dryRun whether it is only to be told what that would end; nothing is written then
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid naming everything that does not fit, or that is wider than what
     *     holds for all
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when the version is absent
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when it was changed since that version
     */
    Outcome replace(Caller caller, Optional<String> project, Draft draft, boolean dryRun);

    /**
     * A policy as its author sends it.
     *
     * @param version at which it was read
     */
    record Draft(KindPolicy account, KindPolicy project, Optional<Integer> version) {}

    /**
     * What it comes to.
     *
     * @param ended how many tokens
     * @param items the first 100 of them, the newest first
     */
    record Outcome(TokenPolicy policy, long ended, List<ApiToken> items, Instant now) {
        public Outcome {
            items = List.copyOf(items);
        }
    }
}
