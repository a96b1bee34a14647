package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.access.NaivePolicy.Own;
import dev.gatehouse.domain.access.NaivePolicy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;

/** The indexed policy, one without any index, and Casbin give the same answers. */
class PolicyAgreementTest {
    /** More of them with {@code make fuzz}. */
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1);

    private static final int POLICIES = 800;
    private static final int QUESTIONS = 1_300;
    /** Of one subject, more than are gone through. */
    private static final int CROWD = 45;

    private static final AtomicInteger ASKED = new AtomicInteger();

    private static final List<String> NAMES = List.of(
            "alice",
            "bob",
            "admin",
            "devs",
            "ops",
            "qa",
            "role:a",
            "role:b",
            "role:c",
            "role:d",
            "role:admin",
            "role:readonly",
            "proj:p1:dev",
            "proj:p1:ops",
            "proj:p2:dev");
    private static final List<String> RESOURCES =
            List.of("applications", "logs", "projects", "clusters", "accounts", "applicationsets", "events");
    private static final List<String> ACTIONS =
            List.of("get", "sync", "delete", "update", "update/apps/Deployment", "action/x/restart", "action");
    private static final List<String> OBJECTS = List.of(
            "p1/web",
            "p1/db",
            "p1/ns/web",
            "p2/web",
            "p2/",
            "p1",
            "p2",
            "",
            "https://c1",
            "p1/https://c1",
            "bob",
            "p3/web");
    private static final List<String> RESOURCE_GLOBS = List.of("*", "app*", "*s", "?ogs", "{logs,events}");
    private static final List<String> ACTION_GLOBS =
            List.of("*", "update/*", "[gs]*", "{get,sync}", "*e*", "action/*/restart");
    private static final List<String> OBJECT_GLOBS = List.of(
            "*",
            "*/*",
            "p1/*",
            "p2/*",
            "p1*",
            "*/web",
            "**/db",
            "p?/web",
            "p[12]/*",
            "p[!1]/*",
            "p[1-3]/?*",
            "{p1,p2}/*",
            "p1/{web,d{b,x}}",
            "p1/*/web",
            "p\\1/web",
            "p1/w*b");
    private static final List<String> RESOURCE_REGEXES = List.of(".*", "^app", "logs|events", "s$", "");
    private static final List<String> ACTION_REGEXES =
            List.of(".*", "^get$", "^update/", "get|sync", "(?i)GET", "^[a-z]+$");
    private static final List<String> OBJECT_REGEXES = List.of(
            ".*", "^p1/", "^p[12]/.*$", "web$", "^p1/web$", "p1/(web|db)", "^[^/]+/[^/]+$", "p\\d/\\w{2,3}$", "");

    /** One generated policy, with 1,300 questions to it. */
    @Property(tries = POLICIES, shrinking = ShrinkingMode.OFF)
    void the_index_changes_no_answer(@ForAll long seed) {
        for (int round = 0; round < ROUNDS; round++) compare(seed + round * 7_919L);
    }

    private static void compare(long seed) {
        Random random = new Random(seed);
        MatchMode mode = random.nextInt(4) == 0 ? MatchMode.REGEX : MatchMode.GLOB;
        List<Rule> rules = rules(random, 1 + random.nextInt(random.nextBoolean() ? 8 : 120), mode, NAMES);
        List<PolicyLink> links = links(random, random.nextInt(20), NAMES);
        String defaultRole =
                random.nextInt(3) == 0 ? pick(random, List.of("role:a", "role:readonly", "alice", "proj:p1:dev")) : "";
        // Few lines are gone through one by one, many are looked up in an index: half of the policies have many.
        boolean crowded = random.nextBoolean();
        Policy policy = Policy.draft(new PolicyDocument(
                csv(rules, links) + "\n" + String.join("\n", crowd(crowded ? NAMES : List.of(), mode)),
                java.util.Map.of(),
                defaultRole,
                List.of("groups"),
                mode,
                1));
        // Its built-in rules are part of what the other has to be told. They are globs in both modes.
        NaivePolicy naive = naive(rules, links, defaultRole, mode);
        List<Own> owns = List.of(own(random, "p1", mode), own(random, "p2", mode));
        List<ProjectPolicy> projects =
                owns.stream().map(each -> project(each, mode, crowded)).toList();

        for (int i = 0; i < QUESTIONS; i++) {
            AccessQuestion question =
                    new AccessQuestion(pick(random, RESOURCES), pick(random, ACTIONS), pick(random, OBJECTS));
            Asker asker = asker(random);
            int which = question.project().map(List.of("p1", "p2")::indexOf).orElse(-1);
            boolean ours =
                    policy.decide(asker, question, which < 0 ? Optional.empty() : Optional.of(projects.get(which)))
                            instanceof Decision.Allowed;
            boolean theirs = naive.allows(asker, question, which < 0 ? Optional.empty() : Optional.of(owns.get(which)));
            if (ours != theirs)
                assertThat(ours)
                        .as("%s asks %s of %s", asker, question, csv(rules, links))
                        .isEqualTo(theirs);
            ASKED.incrementAndGet();
        }
    }

    @AfterContainer
    static void enough_was_asked() {
        assertThat(ASKED.get()).isGreaterThanOrEqualTo(1_000_000);
    }

    /** Casbin knows no projects, no default, and asks one subject at a time. */
    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void casbin_agrees_where_the_question_is_about_one_subject(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> names = List.of("alice", "bob", "devs", "role:a", "role:b", "role:c", "role:d");
        List<Rule> rules = rules(random, 60, MatchMode.GLOB, names);
        List<PolicyLink> links = links(random, 10, names);
        Policy policy = Policy.draft(new PolicyDocument(csv(rules, links), "", List.of(), 1));
        Enforcer casbin = casbin(rules, links, (pattern, text) -> NaivePolicy.glob(pattern, 0, text, 0));

        for (int i = 0; i < 100; i++) {
            AccessQuestion question =
                    new AccessQuestion(pick(random, RESOURCES), pick(random, ACTIONS), pick(random, OBJECTS));
            String subject = pick(random, names);
            assertThat(policy.decide(Asker.local(subject), question, Optional.empty()) instanceof Decision.Allowed)
                    .as("%s asks %s of %s", subject, question, csv(rules, links))
                    .isEqualTo(casbin.enforce(subject, question.resource(), question.action(), question.object()));
        }
    }

    /** @param glob whether a pattern, the first, stands for a text */
    static Enforcer casbin(List<Rule> rules, List<PolicyLink> links, BiPredicate<String, String> glob) {
        Model model = new Model();
        model.addDef("r", "r", "sub, res, act, obj");
        model.addDef("p", "p", "sub, res, act, obj, eft");
        model.addDef("g", "g", "_, _");
        model.addDef("e", "e", "some(where (p.eft == allow)) && !some(where (p.eft == deny))");
        model.addDef("m", "m", "g(r.sub, p.sub) && glob(r.res, p.res) && glob(r.act, p.act) && glob(r.obj, p.obj)");
        Enforcer enforcer = new Enforcer(model);
        enforcer.addFunction("glob", new org.casbin.jcasbin.util.function.CustomFunction() {
            @Override
            public String getName() {
                return "glob";
            }

            @Override
            public com.googlecode.aviator.runtime.type.AviatorObject call(
                    java.util.Map<String, Object> env,
                    com.googlecode.aviator.runtime.type.AviatorObject text,
                    com.googlecode.aviator.runtime.type.AviatorObject pattern) {
                return com.googlecode.aviator.runtime.type.AviatorBoolean.valueOf(glob.test(
                        com.googlecode.aviator.runtime.function.FunctionUtils.getStringValue(pattern, env),
                        com.googlecode.aviator.runtime.function.FunctionUtils.getStringValue(text, env)));
            }
        });
        for (Rule each : rules)
            enforcer.addPolicy(
                    each.subject(), each.resource(), each.action(), each.object(), each.allows() ? "allow" : "deny");
        for (PolicyLink each : links) enforcer.addGroupingPolicy(each.member(), each.role());
        return enforcer;
    }

    private static NaivePolicy naive(List<Rule> rules, List<PolicyLink> links, String defaultRole, MatchMode mode) {
        List<Rule> all = new ArrayList<>(rules);
        for (PolicyRule each : BuiltInPolicy.TEXT.rules())
            all.add(new Rule(
                    each.subject(),
                    builtIn(each.resource(), mode),
                    builtIn(each.action(), mode),
                    builtIn(each.object(), mode),
                    each.allows()));
        List<PolicyLink> ways = new ArrayList<>(links);
        ways.addAll(BuiltInPolicy.TEXT.links());
        return new NaivePolicy(all, ways, defaultRole, mode);
    }

    private static String builtIn(Pattern glob, MatchMode mode) {
        return mode == MatchMode.GLOB ? glob.text() : "^" + glob.text().replace("*", ".*") + "$";
    }

    private static Own own(Random random, String name, MatchMode mode) {
        List<String> subjects = List.of("proj:" + name + ":dev", "proj:" + name + ":ops");
        List<PolicyLink> links = new ArrayList<>();
        for (String each : subjects)
            if (random.nextBoolean())
                links.add(new PolicyLink(pick(random, List.of("devs", "ops", "qa", "alice", "role:a")), each));
        return new Own(name, rules(random, random.nextInt(20), mode, subjects), links);
    }

    /** Lines that stand for nothing that is asked, and that nobody can tell from others at a glance. */
    private static List<String> crowd(List<String> subjects, MatchMode mode) {
        List<String> lines = new ArrayList<>();
        for (String subject : subjects)
            for (int i = 0; i < CROWD; i++)
                lines.add("p, " + subject + ", applications, get, "
                        + (mode == MatchMode.GLOB ? "?z" + i + "?" : "z" + i) + ", deny");
        return lines;
    }

    private static ProjectPolicy project(Own own, MatchMode mode, boolean crowded) {
        List<String> roles = List.of("dev", "ops");
        List<Rule> implied = new ArrayList<>();
        List<ProjectPolicy.DraftRole> drafts = new ArrayList<>();
        for (String role : roles) {
            String subject = "proj:" + own.name() + ":" + role;
            implied.add(new Rule(subject, "projects", "get", own.name(), true));
            List<String> policies = crowd(crowded ? List.of(subject) : List.of(), mode);
            own.rules().stream()
                    .filter(each -> each.subject().equals(subject))
                    .map(PolicyAgreementTest::line)
                    .forEach(policies::add);
            drafts.add(new ProjectPolicy.DraftRole(
                    role,
                    policies,
                    own.links().stream()
                            .filter(each -> each.role().equals(subject))
                            .map(PolicyLink::member)
                            .toList()));
        }
        own.rules().addAll(implied);
        return ProjectPolicy.draft(own.name(), drafts, mode);
    }

    private static Asker asker(Random random) {
        List<String> groups = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) groups.add(pick(random, NAMES));
        return switch (random.nextInt(8)) {
            case 0 -> Asker.anonymous();
            case 1, 2, 3 -> new Asker(Asker.Kind.PROVIDER, pick(random, NAMES), groups);
            case 4 -> new Asker(Asker.Kind.LOCAL, pick(random, NAMES), groups);
            default -> Asker.local(pick(random, NAMES));
        };
    }

    private static List<Rule> rules(Random random, int count, MatchMode mode, List<String> subjects) {
        boolean glob = mode == MatchMode.GLOB;
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < count; i++)
            rules.add(new Rule(
                    pick(random, subjects),
                    pattern(random, RESOURCES, glob ? RESOURCE_GLOBS : RESOURCE_REGEXES),
                    pattern(random, ACTIONS, glob ? ACTION_GLOBS : ACTION_REGEXES),
                    pattern(random, OBJECTS, glob ? OBJECT_GLOBS : OBJECT_REGEXES),
                    random.nextInt(5) != 0));
        return rules;
    }

    private static List<PolicyLink> links(Random random, int count, List<String> names) {
        List<PolicyLink> links = new ArrayList<>();
        for (int i = 0; i < count; i++) links.add(new PolicyLink(pick(random, names), pick(random, names)));
        return links;
    }

    private static String pattern(Random random, List<String> literals, List<String> patterns) {
        return pick(random, random.nextBoolean() ? literals : patterns);
    }

    private static <T> T pick(Random random, List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String csv(List<Rule> rules, List<PolicyLink> links) {
        return rules.stream().map(PolicyAgreementTest::line).collect(Collectors.joining("\n")) + "\n"
                + links.stream()
                        .map(each -> "g, " + each.member() + ", " + each.role())
                        .collect(Collectors.joining("\n"));
    }

    private static String line(Rule rule) {
        return "p, " + PolicyText.quoted(rule.subject()) + ", " + PolicyText.quoted(rule.resource()) + ", "
                + PolicyText.quoted(rule.action()) + ", " + PolicyText.quoted(rule.object()) + ", "
                + (rule.allows() ? "allow" : "deny");
    }
}
