package dev.gatehouse.domain.access;

import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.ProjectName;

/**
 * What was changed, or what something remembered rests on: whoever remembers a thing names what it rests on, and forgets
 * it when one of these was changed. Whatever changes one of them appends it to {@link AccessChanges}.
 */
public sealed interface AccessChange {
    /** A token or a session. */
    record OfCredential(String id) implements AccessChange {
        public OfCredential {
            if (id.isEmpty()) throw new IllegalArgumentException("a credential has an id");
        }
    }

    /** An account, or whether all that speaks for it still counts; also one that is new or gone. */
    record OfAccount(Username name) implements AccessChange {}

    /** A project, its roles, or whether all that speaks for them still counts; also one that is new or gone. */
    record OfProject(ProjectName name) implements AccessChange {}

    /** The policy in force. */
    record OfPolicy() implements AccessChange {}

    /** The keys that tokens are signed with: every signature is to be verified again. */
    record OfKeys() implements AccessChange {}

    /** Of which form the password hashes of accounts are ({@code Accounts#passwordForms}): that of one is another now. */
    record OfPasswordForms() implements AccessChange {}

    /** All of the above. Nothing rests on it by name. */
    record OfEverything() implements AccessChange {}
}
