package dev.gatehouse.application.token;

import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.token.TokenSubject;

/** Whose token it is. */
final class TokenOwners {
    private TokenOwners() {}

    /** By name: whether there is such an owner has not been looked at. */
    sealed interface Owner {
        /** What the audit calls a token of this owner. */
        Target target(String tokenName);

        /** As people write it: {@code bob} or {@code proj:demo:ci}. */
        String shown();

        /** Which {@code tokens} a question about one of this name is about. */
        AccessQuestion question(String action, String tokenName);
    }

    record OfAccount(String name) implements Owner {
        @Override
        public String shown() {
            return name;
        }

        @Override
        public Target target(String tokenName) {
            return new Target(ApiToken.KIND, name + "/" + tokenName);
        }

        @Override
        public AccessQuestion question(String action, String tokenName) {
            return new AccessQuestion("tokens", action, name);
        }
    }

    record OfRole(String project, String role) implements Owner {
        @Override
        public String shown() {
            return "proj:" + project + ":" + role;
        }

        @Override
        public Target target(String tokenName) {
            return new Target(ApiToken.KIND, project, role + "/" + tokenName);
        }

        @Override
        public AccessQuestion question(String action, String tokenName) {
            return new AccessQuestion("tokens", action, project + "/" + tokenName);
        }
    }

    /**
     * The owner of {@code bob} or {@code proj:demo:ci}.
     *
     * @throws Refusal.Invalid when it is neither
     */
    static Owner read(String subject) {
        String[] parts = subject.split(":", -1);
        if (parts.length == 1 && !subject.isEmpty()) return new OfAccount(subject);
        if (parts.length == 3 && parts[0].equals("proj")) return new OfRole(parts[1], parts[2]);
        throw new Refusal.Invalid("subject", TokenRule.SUBJECT_SHAPE, subject);
    }

    static Owner of(TokenSubject subject) {
        return switch (subject) {
            case TokenSubject.OfAccount account -> new OfAccount(account.name().value());
            case TokenSubject.OfProjectRole role ->
                new OfRole(role.project().value(), role.role().value());
        };
    }
}
