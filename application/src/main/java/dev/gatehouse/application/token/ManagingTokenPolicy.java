package dev.gatehouse.application.token;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.SessionPolicy;
import dev.gatehouse.domain.token.TokenPolicy;
import dev.gatehouse.domain.token.TokenPolicySnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What holds for the lifetimes and the number of tokens, and of sessions (Gatehouse contract 4): for all with {@code policies, get} and
 * {@code update, *}, for one project with {@code projects, get} and {@code update} on it.
 */
public interface ManagingTokenPolicy {
    /**
     * The stored policy; one that forbids nothing as long as none was stored. What that for all says of sessions is what is
     * in force: where nothing was stored, what is set.
     *
     * @param project absent: the one for all
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound when there is no such project
     */
    TokenPolicy read(Caller caller, Optional<String> project);

    /**
     * Puts a policy in force at once, and ends every token and every session that does not fit it now. They count no more
     * from then on; where there are very many, the records of tokens follow within minutes.
     *
     * @param project absent: for all
     * @param dryRun whether it is only to be told what that would end; nothing is written then
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid naming everything that does not fit, or that is wider than what
     *     holds for all
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when the version is absent, or while records still follow an earlier
     *     change
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when it was changed since that version
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent
     *     sign-in, unless it is a rehearsal
     */
    Outcome replace(Caller caller, Optional<String> project, Draft draft, boolean dryRun);

    /**
     * A policy as its author sends it.
     *
     * @param session what it does not say is as set
     * @param version at which it was read
     */
    record Draft(KindPolicy account, KindPolicy project, SessionPolicy session, Optional<Integer> version) {
        /** One that says nothing of sessions. */
        public Draft(KindPolicy account, KindPolicy project, Optional<Integer> version) {
            this(account, project, SessionPolicy.SILENT, version);
        }
    }

    /**
     * What it comes to.
     *
     * @param before what was in force before, from which the standing of the tokens is derived
     */
    record Outcome(TokenPolicy policy, Ends ends, TokenPolicySnapshot before, Instant now) {}

    /**
     * What it ends.
     *
     * @param tokens how many that would count otherwise, now or from some moment on; also those among them which the policy
     *     before has ended, since none may let them count again
     * @param firstTokens the first 100 of them, the newest first
     * @param sessions how many
     * @param firstSessions the first of them, the newest first; with the tokens 100 at most
     */
    record Ends(long tokens, List<ApiToken> firstTokens, long sessions, List<Session> firstSessions) {
        public Ends {
            firstTokens = List.copyOf(firstTokens);
            firstSessions = List.copyOf(firstSessions);
        }
    }
}
