package dev.gatehouse.domain.token;

import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;

/** Who a token speaks for. */
public sealed interface TokenSubject {
    /** The {@code sub} claim (Argo CD contract 2.1). */
    String claim();

    /** An account that holds tokens. */
    record OfAccount(AccountId id, Username name) implements TokenSubject {
        @Override
        public String claim() {
            return name + ":apiKey";
        }
    }

    /** A role of a project. */
    record OfProjectRole(ProjectId id, ProjectName project, RoleName role) implements TokenSubject {
        @Override
        public String claim() {
            return "proj:" + project + ":" + role;
        }
    }
}
