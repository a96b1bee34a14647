package dev.gatehouse.application.token;

import dev.gatehouse.domain.access.Caller;
import java.util.Optional;

/** What keepers of a project role's tokens do (Argo CD contract 4.8, 4.9). */
public interface ManagingProjectTokens {
    /**
     * Gives out a token.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code projects, update, project} and without one of
     *     the role's groups, whether or not project and role exist
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when the role ever had a token of this name
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld as {@link ManagingTokens#issue}
     */
    IssuedToken issue(Caller caller, String project, String role, NewToken command);

    /**
     * Ends a token at once, by the name it was given, or by the second it was issued in when no name is given. None such
     * is no error: it does not count, which is what was wanted.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden as {@link #issue}
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when several were issued in that second, so that the time names none
     */
    void revoke(Caller caller, String project, String role, Optional<String> name, long issuedAtSeconds);
}
