package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Asker;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Explanation;
import dev.gatehouse.domain.access.MatchMode;
import dev.gatehouse.domain.access.Policies;
import dev.gatehouse.domain.access.Policy;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.access.PolicyInquiry;
import dev.gatehouse.domain.access.ProjectPolicy;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The policy in force and those of projects, made ready once and remembered for as long as nothing changes them. A change to
 * one project makes that one ready again and nothing else.
 *
 * <p>Nobody can save a policy that does not read. If somebody writes one into the store nevertheless, the last good one
 * stays in force; a process that never saw a good one denies everything, except that the built-in policy says who may read
 * and replace the policy.
 */
public final class PolicyInForce {
    private static final int MOST_PROJECTS = 20_000;
    private static final int MOST_NAMES = 20_000;
    private static final Policy BUILT_IN = Policy.of(PolicyDocument.FIRST);
    private static final List<AccessChange> RESTS_ON = List.of(new AccessChange.OfPolicy());

    private final Policies policies;
    private final Projects projects;
    private final Accounts accounts;
    private final AccessChanges changes;
    private final Consumer<Unreadable> alarm;
    /** Whether a name is an account's; of what the policy speaks of and an identity provider says, too. */
    private final Remembered<Username, Boolean> names;
    /** Also those that are not there. */
    private final Remembered<Key, Optional<ProjectPolicy>> remembered;
    /** By name, whenever they were made: what was read again is mostly as it was. */
    private final Map<String, Ready> ready = new ConcurrentHashMap<>();

    private final ReentrantLock making = new ReentrantLock();
    private final AtomicReference<Optional<Known>> known = new AtomicReference<>(Optional.empty());

    /** @param alarm is told once of each stored policy that does not read */
    public PolicyInForce(
            Policies policies,
            Projects projects,
            Accounts accounts,
            AccessChanges changes,
            Consumer<Unreadable> alarm) {
        this.policies = policies;
        this.projects = projects;
        this.accounts = accounts;
        this.changes = changes;
        this.alarm = alarm;
        this.names = new Remembered<>(changes, AccessChange.OfAccount::new, MOST_NAMES);
        this.remembered = new Remembered<>(
                changes, each -> new AccessChange.OfProject(new ProjectName(each.name())), MOST_PROJECTS);
    }

    /**
     * A stored policy does not read.
     *
     * @param version what is stored
     * @param lastGoodStays whether an earlier one is in force; otherwise everything is denied
     * @param faults as a refusal to save it would have named them
     */
    public record Unreadable(int version, boolean lastGoodStays, List<Fault> faults) {
        public Unreadable {
            faults = List.copyOf(faults);
        }
    }

    /**
     * What was read at one position of the log of changes.
     *
     * @param version what was stored then
     */
    private record Known(long since, int version, Held held) {}

    private sealed interface Held {
        /** @param scopes of the document that the policy was made of */
        record Good(Policy policy, List<String> scopes) implements Held {}

        /** There was never a good one. */
        record None(Refusal.Invalid why) implements Held {}
    }

    /** @param name of a project, as it stands in a question: to check its shape each time would cost more than to look it up */
    private record Key(String name, MatchMode mode) {}

    /** A project and what was made of it. */
    private record Ready(Project project, ProjectPolicy policy) {
        boolean isOf(Project other, MatchMode mode) {
            return project.id().equals(other.id()) && project.version() == other.version() && policy.mode() == mode;
        }
    }

    /** What a question is put to. */
    record Answering(Policy policy, Optional<ProjectPolicy> project) {}

    /** Answers one question of a caller, as known now; may ask the store. */
    Decision decide(Caller caller, AccessQuestion question) {
        if (!caller.mayUseItFor(question)) return new Decision.Denied(Optional.empty());
        return switch (current()) {
            case Held.Good(Policy policy, var scopes) -> {
                Answering now = answering(policy, question);
                yield now.policy()
                        .decide(asker(caller, name -> names.get(name, this::isAccount)), question, now.project());
            }
            case Held.None none -> closed(caller, question);
        };
    }

    /** The same from memory alone; absent when memory does not hold all of it. */
    Optional<Decision> recall(Caller caller, AccessQuestion question) {
        if (!caller.mayUseItFor(question)) return Optional.of(new Decision.Denied(Optional.empty()));
        Optional<Held> held = known.get().filter(this::holds).map(Known::held);
        if (held.isEmpty()) return Optional.empty();
        return switch (held.get()) {
            case Held.Good(Policy policy, var scopes) ->
                recalled(policy, question).flatMap(now -> recall(caller, now, question));
            case Held.None none -> Optional.of(closed(caller, question));
        };
    }

    private Optional<Decision> recall(Caller caller, Answering now, AccessQuestion question) {
        AtomicBoolean forgotten = new AtomicBoolean();
        Asker asker = asker(caller, name -> {
            Optional<Boolean> account = names.recall(name);
            if (account.isEmpty()) forgotten.set(true);
            return account.orElse(true);
        });
        Decision decision = now.policy().decide(asker, question, now.project());
        return forgotten.get() ? Optional.empty() : Optional.of(decision);
    }

    private Optional<Answering> recalled(Policy policy, AccessQuestion question) {
        Optional<String> name = question.project();
        if (name.isEmpty()) return Optional.of(new Answering(policy, Optional.empty()));
        Optional<Answering> seen =
                remembered.recall(new Key(name.get(), policy.mode())).map(each -> new Answering(policy, each));
        // A project that nobody asked for yet would have to be read, unless no project can have that name.
        return seen.isPresent() || ProjectName.ifValid(name.get()).isPresent()
                ? seen
                : Optional.of(new Answering(policy, Optional.empty()));
    }

    /**
     * Everything that somebody has, by whatever way; whether somebody else may know it is for those who ask here to say.
     *
     * @throws Refusal.Invalid when there was never a policy that reads
     */
    public List<Explanation.Found> rightsOf(Subject subject) {
        Answering now = answering(
                switch (subject) {
                    case Subject.OfProjectRole role ->
                        new AccessQuestion("projects", "get", role.project().value());
                    case Subject.OfAccount account ->
                        new AccessQuestion("accounts", "get", account.name().value());
                    case Subject.Itself itself -> new AccessQuestion("accounts", "get", "");
                });
        return new PolicyInquiry(now.policy(), now.project()).permissions(subject.policyName());
    }

    /**
     * The policy and the project of the question, as known now; may ask the store.
     *
     * @throws Refusal.Invalid when there was never a policy that reads
     */
    Answering answering(AccessQuestion question) {
        return answering(good().policy(), question);
    }

    private Answering answering(Policy policy, AccessQuestion question) {
        return recalled(policy, question)
                .orElseGet(() -> new Answering(
                        policy,
                        question.project().flatMap(name -> remembered.get(new Key(name, policy.mode()), this::read))));
    }

    /**
     * The policy, as known now; may ask the store.
     *
     * @throws Refusal.Invalid as {@link #answering}
     */
    Policy policy() {
        return good().policy();
    }

    /**
     * How patterns are read, those of projects too.
     *
     * @throws Refusal.Invalid as {@link #answering}
     */
    public MatchMode matchMode() {
        return policy().mode();
    }

    /**
     * The claims whose values are groups.
     *
     * @throws Refusal.Invalid as {@link #answering}
     */
    List<String> scopes() {
        return good().scopes();
    }

    /**
     * The policy as this transaction holds it from now on until it ends ({@link Policies#hold}), so never an earlier one. Where
     * there was never one that reads it is the built-in one, which then says who may replace it.
     */
    Policy hold() {
        int version = policies.hold();
        Held held = known.get()
                .filter(each -> each.version() == version)
                .map(Known::held)
                .orElseGet(() -> madeWithoutWaiting(changes.known().orElse(AccessChanges.NEVER), version)
                        .held());
        return switch (held) {
            case Held.Good(Policy policy, var scopes) -> policy;
            case Held.None none -> BUILT_IN;
        };
    }

    /** Whether the global policy gives or denies this name anything by itself; may ask the store. */
    boolean gives(String name) {
        return switch (current()) {
            case Held.Good(Policy policy, var scopes) -> policy.knows(name, Optional.empty());
            // Nobody can say what the one that does not read was meant to give.
            case Held.None none -> true;
        };
    }

    private Held.Good good() {
        return switch (current()) {
            case Held.Good good -> good;
            case Held.None(Refusal.Invalid why) -> throw new Refusal.Invalid(why.faults());
        };
    }

    /** What an identity provider calls as an account is called here counts for nothing (D9). */
    private static Asker asker(Caller caller, Predicate<Username> account) {
        return Asker.of(caller)
                .beside(name -> Username.ifValid(name).filter(account).isPresent());
    }

    /** Whether a caller is plainly allowed everything that a rule with these patterns speaks of; may ask the store. */
    boolean covers(Caller caller, String resource, String action, String object) {
        // What a narrowed credential may be used for is hard to compare with patterns: it gives nothing.
        if (!caller.limits().permissions().isEmpty()) return false;
        Answering now = answering(new AccessQuestion(resource, action, object));
        return now.policy().covers(asker(caller, this::isAccount), resource, action, object, now.project());
    }

    /** Whether a caller is plainly allowed an action on whatever there is of a resource; may ask the store. */
    boolean coversAll(Caller caller, String resource, String action) {
        if (!caller.limits().permissions().isEmpty()) return false;
        Answering now = new Answering(policy(), Optional.empty());
        return now.policy().coversAll(asker(caller, this::isAccount), resource, action);
    }

    private boolean isAccount(Username name) {
        return accounts.find(name).isPresent();
    }

    private static Decision closed(Caller caller, AccessQuestion question) {
        return question.resource().equals("policies")
                ? BUILT_IN.decide(caller, question, Optional.empty())
                : new Decision.Denied(Optional.empty());
    }

    private boolean holds(Known each) {
        return changes.untouched(each.since(), RESTS_ON);
    }

    private Held current() {
        Optional<Known> before = known.get();
        if (before.isPresent() && holds(before.get())) return before.get().held();
        // Taken before the reading, so that a change in between makes what was read old, never new.
        long since = changes.known().orElse(AccessChanges.NEVER);
        int version = policies.version();
        Known now = of(before, since, version).orElseGet(() -> made(since, version));
        known.set(Optional.of(now));
        return now.held();
    }

    /** However many ask at once, a document is made ready once; the others wait, since the one before no longer holds. */
    private Known made(long since, int version) {
        making.lock();
        try {
            return madeHere(since, version, alarm);
        } finally {
            making.unlock();
        }
    }

    /**
     * In a transaction, made once more where somebody is at it: whoever that is may be waiting for a connection to the store,
     * which all are taken by this transaction and those that wait for it to end.
     */
    private Known madeWithoutWaiting(long since, int version) {
        boolean alone = making.tryLock();
        try {
            // Whoever is at it tells of what does not read.
            return madeHere(since, version, alone ? alarm : unreadable -> {});
        } finally {
            if (alone) making.unlock();
        }
    }

    private Known madeHere(long since, int version, Consumer<Unreadable> told) {
        Optional<Known> before = known.get();
        Known now = of(before, since, version).orElseGet(() -> read(since, version, before.map(Known::held), told));
        known.set(Optional.of(now));
        return now;
    }

    /** What was made before, if it is of this version. */
    private static Optional<Known> of(Optional<Known> before, long since, int version) {
        return before.filter(each -> each.version() == version).map(each -> new Known(since, version, each.held()));
    }

    private Known read(long since, int version, Optional<Held> before, Consumer<Unreadable> told) {
        try {
            PolicyDocument document = policies.current();
            return new Known(since, document.version(), new Held.Good(Policy.of(document), document.scopes()));
        } catch (Refusal.Invalid e) {
            Held held = before.orElseGet(() -> new Held.None(e));
            told.accept(new Unreadable(version, held instanceof Held.Good, e.faults()));
            return new Known(since, version, held);
        }
    }

    private Optional<ProjectPolicy> read(Key key) {
        Optional<ProjectPolicy> found =
                projects.find(new ProjectName(key.name())).map(each -> ready(each, key.mode()));
        if (found.isEmpty()) ready.remove(key.name());
        return found;
    }

    private ProjectPolicy ready(Project project, MatchMode mode) {
        String key = project.name().value();
        Ready before = ready.get(key);
        if (before != null && before.isOf(project, mode)) return before.policy();
        ProjectPolicy policy = ProjectPolicy.of(project, mode);
        if (ready.size() >= MOST_PROJECTS) ready.clear();
        ready.put(key, new Ready(project, policy));
        return policy;
    }
}
