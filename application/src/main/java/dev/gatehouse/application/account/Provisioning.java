package dev.gatehouse.application.account;

import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.shared.Origin;
import java.util.Optional;

/** What the service does for itself before it first answers. */
public interface Provisioning {
    /**
     * Makes the first administrator and the project {@code default} where they are missing. Safe to repeat, and safe for
     * processes that start together.
     *
     * @param password for the administrator; absent: one is generated and kept where the operator finds it
     * @param toChange whether a generated one has to be changed before anything else is done with it
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when there is no administrator yet and the password breaks a rule
     */
    Outcome provision(Optional<PlainPassword> password, boolean toChange, Origin origin);

    sealed interface Outcome {
        /** @param generated the password, when none was given */
        record Made(Optional<PlainPassword> generated) implements Outcome {}

        record AlreadyThere() implements Outcome {}
    }
}
