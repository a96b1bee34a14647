package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.PolicyDocument;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the author of the global policy does. */
public interface ManagingPolicy {
    /** @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code policies, get, *} */
    PolicyDocument read(Caller caller);

    /** Whether {@link #replace} is open to the caller: a large document is read of nobody else. Notes no use of the right. */
    boolean mayReplace(Caller caller);

    /**
     * Puts a new document in force at once; one with a fault changes nothing.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code policies, update, *}
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid with line and column of each fault
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when the version is absent
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when it was changed since that version
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent sign-in
     */
    PolicyDocument replace(Caller caller, Draft draft);

    /**
     * A document as its author sends it.
     *
     * @param extra further documents by name, {@code policy.x.csv}
     * @param matchMode {@code glob} or {@code regex}
     * @param version at which it was read
     */
    record Draft(
            String csv,
            Map<String, String> extra,
            String defaultRole,
            List<String> scopes,
            String matchMode,
            Optional<Integer> version) {
        public Draft {
            extra = Map.copyOf(extra);
            scopes = List.copyOf(scopes);
        }

        /** Without further documents. */
        public Draft(String csv, String defaultRole, List<String> scopes, String matchMode, Optional<Integer> version) {
            this(csv, Map.of(), defaultRole, scopes, matchMode, version);
        }
    }
}
