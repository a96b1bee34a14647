package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Explanation;
import dev.gatehouse.domain.access.IdentityClaims;
import dev.gatehouse.domain.access.PolicyDiff;
import dev.gatehouse.domain.access.ProjectPolicy.DraftRole;
import dev.gatehouse.domain.access.WhoCan;
import dev.gatehouse.domain.shared.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What people want to know of the policy in force, or of one they only draft. Nothing is changed and nothing written down.
 * Each needs {@code policies, get, *}, where nothing else is said.
 */
public interface AskingPolicy {
    /** Whether this is open to the caller: a large draft is read of nobody else. Notes no use of the right. */
    boolean mayAsk(Caller caller);

    /**
     * What stands against putting this draft in force, in the order of its lines; empty when nothing does. Its projects
     * count, too.
     */
    List<Fault> validate(Caller caller, Draft draft);

    /**
     * Answers each question, in their order.
     *
     * @param draft what is left out of it is empty, nothing is taken from the policy in force; absent: the latter
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when the draft does not read at all; lines that merely have no
     *     effect are passed over
     */
    List<Answer> can(Caller caller, Optional<Draft> draft, List<Question> questions);

    /**
     * Says why a question is answered so.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid as {@link #can}
     */
    Why explain(Caller caller, Optional<Draft> draft, Question question);

    /** Everybody whom the policy in force allows this. */
    WhoCan whoCan(Caller caller, AccessQuestion question);

    /**
     * Which answers change when the draft takes the place of the policy in force; projects stay as they are.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid as {@link #can}
     */
    PolicyDiff diff(Caller caller, Draft draft);

    /**
     * Everything that a role of a project has, by whatever way. Needs {@code projects, get} on the project.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound when there is no such project or role
     */
    List<Explanation.Found> permissions(Caller caller, String project, String role);

    /**
     * A policy that may never be in force.
     *
     * @param extra further documents by name, {@code policy.x.csv}
     * @param matchMode {@code regex}; everything else is read as globs, as Argo CD does
     */
    record Draft(
            String csv,
            Map<String, String> extra,
            String defaultRole,
            List<String> scopes,
            String matchMode,
            List<DraftProject> projects) {
        public Draft {
            extra = Map.copyOf(extra);
            scopes = List.copyOf(scopes);
            projects = List.copyOf(projects);
        }

        /** The text alone. */
        public static Draft of(String csv, String defaultRole) {
            return new Draft(csv, Map.of(), defaultRole, List.of("groups"), "glob", List.of());
        }
    }

    /** A project that exists in a draft. */
    record DraftProject(String name, List<DraftRole> roles) {
        public DraftProject {
            roles = List.copyOf(roles);
        }
    }

    /** @param about what is asked; any words, the resource and the action need not be known */
    record Question(Who who, AccessQuestion about) {}

    /** Whom a question is about. */
    sealed interface Who {
        /**
         * An account, a project role or a role.
         *
         * @param subject empty for somebody anonymous
         * @param groups of an identity provider
         */
        record Named(String subject, List<String> groups) implements Who {
            public Named {
                groups = List.copyOf(groups);
            }
        }

        /** Somebody whom an identity provider knows. */
        record Claimed(IdentityClaims claims) implements Who {}
    }

    /** What comes of a question. */
    sealed interface Answer {
        record Decided(Decision decision) implements Answer {}

        /** Never a yes: most likely the name is misspelt. */
        record NoSuchRole(String name) implements Answer {}
    }

    /** What comes of the question why. */
    sealed interface Why {
        record Explained(Explanation explanation) implements Why {}

        /** As {@link Answer.NoSuchRole}. */
        record NoSuchRole(String name) implements Why {}
    }
}
