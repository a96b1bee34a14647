package dev.gatehouse.domain.access;

import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;

/** Who a caller is. */
public sealed interface Subject {
    /** The name as policies write it; empty for nobody in particular. */
    String policyName();

    record OfAccount(AccountId id, Username name) implements Subject {
        @Override
        public String policyName() {
            return name.value();
        }
    }

    record OfProjectRole(ProjectName project, RoleName role) implements Subject {
        @Override
        public String policyName() {
            return "proj:" + project + ":" + role;
        }
    }

    /** The service itself, at start or on a schedule. No policy speaks of it and nobody can sign in as it. */
    record Itself() implements Subject {
        @Override
        public String policyName() {
            return "system:gatehouse";
        }
    }
}
