package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.AccessRule;
import dev.gatehouse.domain.access.Asker;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Explanation;
import dev.gatehouse.domain.access.MatchMode;
import dev.gatehouse.domain.access.Policy;
import dev.gatehouse.domain.access.PolicyDiff;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.access.PolicyInquiry;
import dev.gatehouse.domain.access.ProjectPolicy;
import dev.gatehouse.domain.access.WhoCan;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the policy in force, or one made of a draft for this one call. */
public final class PolicyAdviceService implements AskingPolicy {
    private static final String PROJECT_ROLE = "proj:";
    private static final AccessQuestion ASKING = new AccessQuestion("policies", "get", "*");

    private final Authorizing authorizing;
    private final PolicyInForce inForce;
    private final Projects projects;
    private final Accounts accounts;

    public PolicyAdviceService(Authorizing authorizing, PolicyInForce inForce, Projects projects, Accounts accounts) {
        this.authorizing = authorizing;
        this.inForce = inForce;
        this.projects = projects;
        this.accounts = accounts;
    }

    @Override
    public boolean mayAsk(Caller caller) {
        return authorizing.allows(caller, ASKING);
    }

    @Override
    public List<Fault> validate(Caller caller, Draft draft) {
        mayRead(caller);
        List<Fault> faults = new ArrayList<>();
        if (MatchMode.of(draft.matchMode()).isEmpty())
            faults.add(new Fault("matchMode", AccessRule.MATCH_MODE, draft.matchMode()));
        if (draft.scopes().stream().anyMatch(String::isBlank)) faults.add(new Fault("scopes", AccessRule.SCOPES));
        try {
            Policy policy = Policy.of(document(draft));
            if (!Administrators.areLeft(policy, accounts, caller))
                faults.add(new Fault("policyCsv", AccessRule.NO_ADMINISTRATOR));
        } catch (Refusal.Invalid e) {
            faults.addAll(e.faults());
        }
        for (DraftProject each : draft.projects())
            faults.addAll(
                    ProjectPolicy.draft(each.name(), each.roles(), mode(draft)).faults());
        return faults;
    }

    @Override
    public List<Answer> can(Caller caller, Optional<Draft> draft, List<Question> questions) {
        mayRead(caller);
        Book book = book(draft);
        return questions.stream().map(each -> answer(book, each)).toList();
    }

    private Answer answer(Book book, Question question) {
        Asker asker = book.asker(question.who());
        if (!book.exists(asker)) return new Answer.NoSuchRole(asker.name());
        return new Answer.Decided(
                book.policy(question.about()).decide(asker, question.about(), book.project(question.about())));
    }

    @Override
    public Why explain(Caller caller, Optional<Draft> draft, Question question) {
        mayRead(caller);
        Book book = book(draft);
        Asker asker = book.asker(question.who());
        if (!book.exists(asker)) return new Why.NoSuchRole(asker.name());
        return new Why.Explained(new PolicyInquiry(book.policy(question.about()), book.project(question.about()))
                .explain(asker, question.about()));
    }

    @Override
    public WhoCan whoCan(Caller caller, AccessQuestion question) {
        mayRead(caller);
        PolicyInForce.Answering now = inForce.answering(question);
        return new PolicyInquiry(now.policy(), now.project()).whoCan(question);
    }

    @Override
    public PolicyDiff diff(Caller caller, Draft draft) {
        mayRead(caller);
        return PolicyDiff.between(inForce.policy(), Policy.draft(document(draft)), projects.all());
    }

    @Override
    public List<Explanation.Found> permissions(Caller caller, String project, String role) {
        AccessQuestion question = new AccessQuestion("projects", "get", project);
        authorizing.require(caller, question);
        Project found = ProjectName.ifValid(project)
                .flatMap(projects::find)
                .orElseThrow(() -> new Refusal.NotFound(Project.KIND, project));
        if (RoleName.ifValid(role).flatMap(found::role).isEmpty())
            throw new Refusal.NotFound(Project.ROLE_KIND, role, project);
        PolicyInForce.Answering now = inForce.answering(question);
        return new PolicyInquiry(now.policy(), now.project()).permissions(PROJECT_ROLE + project + ":" + role);
    }

    private void mayRead(Caller caller) {
        authorizing.require(caller, ASKING);
    }

    private static MatchMode mode(Draft draft) {
        return MatchMode.of(draft.matchMode()).orElse(MatchMode.GLOB);
    }

    private static PolicyDocument document(Draft draft) {
        return new PolicyDocument(draft.csv(), draft.extra(), draft.defaultRole(), draft.scopes(), mode(draft), 1);
    }

    private Book book(Optional<Draft> draft) {
        return draft.<Book>map(Drafted::new).orElseGet(InForce::new);
    }

    /** A policy and its projects, in force or not. */
    private abstract static sealed class Book {
        abstract Policy policy(AccessQuestion question);

        abstract Optional<ProjectPolicy> project(AccessQuestion question);

        abstract Asker asker(Who who);

        /** False for a role that is asked about and that nothing defines. */
        final boolean exists(Asker asker) {
            String name = asker.name();
            boolean ofProject = name.startsWith(PROJECT_ROLE);
            if (asker.kind() != Asker.Kind.LOCAL || !(ofProject || name.startsWith("role:"))) return true;
            String[] parts = name.split(":", -1);
            // Asking for its project: there it has its own lines, whatever the question is about.
            AccessQuestion home = new AccessQuestion("projects", "get", ofProject ? parts[1] : "");
            return policy(home).knows(name, project(home));
        }

        static Asker asker(Who who, List<String> scopes) {
            return switch (who) {
                case Who.Claimed(var claims) -> Asker.of(claims, scopes);
                case Who.Named(String subject, List<String> groups) ->
                    subject.isEmpty() && groups.isEmpty()
                            ? Asker.anonymous()
                            : new Asker(Asker.Kind.LOCAL, subject, groups);
            };
        }
    }

    private final class InForce extends Book {
        /** The scopes are read once, and only where claims are asked about. */
        private Optional<List<String>> scopes = Optional.empty();

        /** By name; each is looked up once, however many questions speak of it. */
        private final Map<String, Boolean> known = new HashMap<>();

        @Override
        Policy policy(AccessQuestion question) {
            return inForce.answering(question).policy();
        }

        @Override
        Optional<ProjectPolicy> project(AccessQuestion question) {
            return inForce.answering(question).project();
        }

        @Override
        Asker asker(Who who) {
            if (who instanceof Who.Claimed && scopes.isEmpty()) scopes = Optional.of(inForce.scopes());
            return asker(who, scopes.orElse(List.of()))
                    .beside(name -> known.computeIfAbsent(
                            name,
                            each -> Username.ifValid(each)
                                    .flatMap(accounts::find)
                                    .isPresent()));
        }
    }

    private static final class Drafted extends Book {
        private final Policy policy;
        private final List<String> scopes;
        private final Map<String, ProjectPolicy> projects = new HashMap<>();

        Drafted(Draft draft) {
            this.policy = Policy.draft(document(draft));
            this.scopes = draft.scopes();
            for (DraftProject each : draft.projects())
                projects.put(each.name(), ProjectPolicy.draft(each.name(), each.roles(), policy.mode()));
        }

        @Override
        Policy policy(AccessQuestion question) {
            return policy;
        }

        @Override
        Optional<ProjectPolicy> project(AccessQuestion question) {
            return question.project().flatMap(each -> Optional.ofNullable(projects.get(each)));
        }

        @Override
        Asker asker(Who who) {
            return asker(who, scopes);
        }
    }
}
