package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Policy;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.Accounts;
import java.util.Optional;

/**
 * The accounts that can sign in and may change the policy. One must always be left, or nobody could ever repair it.
 *
 * <p>Every act that could take the last one away (an account is disabled, deleted or loses {@code login}; the policy is
 * replaced) takes a turn first: such acts wait for each other, and each sees what the one before left. The order of locks
 * is the policy, then accounts: who wrote an account must not ask for a turn any more, or two could wait for each other.
 */
public final class Administrators {
    private static final AccessQuestion THEIR_RIGHT = new AccessQuestion("policies", "update", "*");

    private final PolicyInForce policies;
    private final Accounts accounts;

    public Administrators(PolicyInForce policies, Accounts accounts) {
        this.policies = policies;
        this.accounts = accounts;
    }

    /** Waits for the turn of this transaction, which lasts until it ends. The first thing it does. */
    public Turn turn() {
        return new Turn(policies.hold(), accounts);
    }

    /** Whether one is left under this policy, by the accounts as they are; without a turn that is worth a warning only. */
    static boolean areLeft(Policy policy, Accounts accounts, Caller asking) {
        // A password that somebody else set ends some day, and perhaps its holder never came.
        return accounts.all().stream().anyMatch(each -> !each.passwordChangeRequired() && isOne(policy, each, asking));
    }

    private static boolean isOne(Policy policy, Account account, Caller asking) {
        return account.canSignIn()
                && policy.decide(
                                asking.as(new Subject.OfAccount(account.id(), account.name())),
                                THEIR_RIGHT,
                                Optional.empty())
                        instanceof Decision.Allowed;
    }

    /** Until the end of the transaction nobody else takes one away. */
    public static final class Turn {
        private final Policy inForce;
        private final Accounts accounts;

        private Turn(Policy inForce, Accounts accounts) {
            this.inForce = inForce;
            this.accounts = accounts;
        }

        /** Whether this account is one, by the policy in force. */
        public boolean include(Account account, Caller asking) {
            return isOne(inForce, account, asking);
        }

        /** Whether one is left, by the policy in force and the accounts as this transaction has written them. */
        public boolean areLeft(Caller asking) {
            return areLeftUnder(inForce, asking);
        }

        /** Whether one would be left under another policy. */
        boolean areLeftUnder(Policy next, Caller asking) {
            return Administrators.areLeft(next, accounts, asking);
        }
    }
}
