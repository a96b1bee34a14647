package dev.gatehouse.domain.access;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.casbin.jcasbin.main.Enforcer;

/**
 * How long one decision takes, nothing cached, and how long a policy takes to load. A program of its own, on one thread:
 * {@code make bench-policy}. Half of the rules are those of global roles (ten rules each, a twentieth of them denies), half
 * those of project roles. What a user has stays the same while the policy grows around it, but for the last kind of user.
 */
final class PolicyBenchmark {
    private static final int RULES_PER_ROLE = 10;
    /** In turn, so that nobody's memory lies ready. */
    private static final int ASKERS = 16;

    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 200_000_000;
    private static final int MOST_QUESTIONS = 50_000;
    private static final long CASBIN_SECONDS = 15;
    private static final int[] SIZES = {1_000, 10_000, 110_000, 1_000_000};
    private static final int[] PROJECTS = {100, 10_000};
    private static final List<String> RESOURCES =
            List.of("applications", "applicationsets", "logs", "exec", "clusters");
    private static final List<String> ACTIONS = List.of("get", "sync", "update", "delete", "*", "action/*");

    private PolicyBenchmark() {}

    /** Who asks. */
    private enum User {
        ONE("1", 1, 1),
        MANY("500, 50 roles", 500, 50),
        /** As many roles as groups: has no fewer rules than the smallest policy. */
        ROLES("500, 500 roles", 500, 500);

        private final String words;
        private final int groups;
        private final int roles;

        User(String words, int groups, int roles) {
            this.words = words;
            this.groups = groups;
            this.roles = roles;
        }

        String group(int asker, int which) {
            return "team-" + name().toLowerCase(Locale.ROOT) + "-" + asker + "-" + which;
        }

        /** Which of the global roles the group has. */
        int role(int asker, int which, int all) {
            return (int) ((asker * (long) roles + which % roles) * 7_919 % all);
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0) {
            casbin(Integer.parseInt(arguments[0]));
            return;
        }
        Shares shares = new Shares();
        String first = csv(11_000, 220_000, 100);
        long start = System.nanoTime();
        long before = cpuNanos();
        Policy.of(document(first));
        print(
                "a document of 110,000 rules and 16,000 links, the first thing this JVM does: %,d ms, %,d ms of them at work%n",
                (System.nanoTime() - start) / 1_000_000, (cpuNanos() - before) / 1_000_000);

        print("%n%9s %8s | %14s %14s %9s%n", "rules", "projects", "document ms", "projects ms", "MB");
        List<Setting> settings = new ArrayList<>();
        for (int projects : PROJECTS)
            for (int rules : SIZES) {
                settings.add(new Setting(rules, projects));
                settings.getLast().printLoading();
            }
        for (int round = 0; round < ROUNDS; round++) settings.forEach(Setting::round);
        print("%nall sizes in memory, taking turns:%n");
        printDecisions(settings);
        settings.clear();

        print("%neach size alone in memory, one after the other:%n");
        for (int projects : PROJECTS)
            for (int rules : SIZES) {
                Setting alone = new Setting(rules, projects);
                for (int round = 0; round < ROUNDS; round++) alone.round();
                alone.forget();
                settings.add(alone);
            }
        printDecisions(settings);
        besides();
        print("%nother programs took %.0f %% of the processors meanwhile%n", 100 * shares.ofOthers());
    }

    private static void printDecisions(List<Setting> settings) {
        print(
                "%9s %8s %15s | %9s %9s %9s | %11s %9s%n",
                "rules", "projects", "groups", "median us", "p99 us", "mean us", "per second", "allowed");
        settings.forEach(Setting::print);
        print("from 1,000 to 1,000,000 rules (500 roles: from 10,000), by the medians:%n");
        for (int projects : PROJECTS)
            for (User user : User.values()) {
                Map<Integer, Double> medians = new HashMap<>();
                for (Setting each : settings)
                    if (each.projects == projects && each.fits(user)) medians.put(each.rules, each.median(user));
                print(
                        "%8d projects, groups %-15s %.2fx%n",
                        projects,
                        user.words + ":",
                        medians.get(1_000_000) / medians.get(user == User.ROLES ? 10_000 : 1_000));
            }
    }

    /** What this thread took of a processor: other programs have less to do with it. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static int roles(int rules) {
        return Math.max(1, rules / 2 / RULES_PER_ROLE);
    }

    private static PolicyDocument document(String csv) {
        return new PolicyDocument(csv, "", List.of("groups"), 1);
    }

    /** A policy of one size beside so many projects. */
    private static final class Setting {
        private final int rules;
        private final int projects;
        private final long readMillis;
        private final long madeMillis;
        private final long megabytes;
        private Policy policy;
        private final List<ProjectPolicy> own = new ArrayList<>();
        private final Map<User, List<double[]>> rounds = new LinkedHashMap<>();
        private final Map<User, List<Asker>> askers = new HashMap<>();
        private int played;

        Setting(int rules, int projects) {
            this.rules = rules;
            this.projects = projects;
            String csv = csv(roles(rules), rules, projects);
            long before = used();
            long start = System.nanoTime();
            policy = Policy.of(document(csv));
            readMillis = (System.nanoTime() - start) / 1_000_000;
            start = System.nanoTime();
            for (int i = 0; i < projects; i++) own.add(project(i, perProject(rules, projects)));
            madeMillis = (System.nanoTime() - start) / 1_000_000;
            megabytes = (used() - before) >> 20;
            for (User user : User.values()) {
                if (!fits(user)) continue;
                rounds.put(user, new ArrayList<>());
                List<Asker> all = new ArrayList<>();
                for (int i = 0; i < ASKERS; i++) all.add(asker(user, i));
                askers.put(user, all);
            }
        }

        void printLoading() {
            PolicyBenchmark.print("%,9d %,8d | %,14d %,14d %,9d%n", rules, projects, readMillis, madeMillis, megabytes);
        }

        /** Leaves the times and nothing else. */
        void forget() {
            policy = Policy.of(PolicyDocument.FIRST);
            own.clear();
            askers.clear();
        }

        private boolean fits(User user) {
            return user.roles <= roles(rules);
        }

        /** The first counts for nothing. */
        void round() {
            played++;
            rounds.forEach((user, all) -> {
                double[] one = round(user);
                if (played > 1) all.add(one);
            });
        }

        /** Median, p99 and mean in microseconds, and the share that was allowed. */
        private double[] round(User user) {
            Random random = new Random(rounds.get(user).size());
            long[] times = new long[MOST_QUESTIONS];
            int count = 0;
            int allowed = 0;
            long end = System.nanoTime() + ROUND_NANOS;
            while (count < MOST_QUESTIONS && System.nanoTime() < end) {
                int who = random.nextInt(ASKERS);
                AccessQuestion question = question(random, user, who, rules, projects);
                Optional<ProjectPolicy> project = question.project().map(each -> own.get(number(each)));
                Asker asker = askers.get(user).get(who);
                long start = System.nanoTime();
                Decision decision = policy.decide(asker, question, project);
                times[count++] = System.nanoTime() - start;
                if (decision instanceof Decision.Allowed) allowed++;
            }
            times = Arrays.copyOf(times, count);
            double mean = Arrays.stream(times).average().orElse(0);
            Arrays.sort(times);
            return new double[] {
                times[count / 2] / 1e3, times[count * 99 / 100] / 1e3, mean / 1e3, 100.0 * allowed / count
            };
        }

        double median(User user) {
            return middle(user, 0);
        }

        private double middle(User user, int of) {
            double[] sorted = rounds.get(user).stream()
                    .mapToDouble(each -> each[of])
                    .sorted()
                    .toArray();
            return sorted[sorted.length / 2];
        }

        void print() {
            for (User user : rounds.keySet())
                PolicyBenchmark.print(
                        "%,9d %,8d %15s | %9.2f %9.2f %9.2f | %,11.0f %8.0f%%%n",
                        rules,
                        projects,
                        user.words,
                        middle(user, 0),
                        middle(user, 1),
                        middle(user, 2),
                        1e6 / middle(user, 2),
                        middle(user, 3));
        }
    }

    private static int perProject(int rules, int projects) {
        return Math.max(1, rules / 2 / projects);
    }

    private static int number(String project) {
        return Integer.parseInt(project.substring(project.indexOf('-') + 1));
    }

    private static Asker asker(User user, int number) {
        List<String> groups = new ArrayList<>();
        for (int i = 0; i < user.groups; i++) groups.add(user.group(number, i));
        return new Asker(Asker.Kind.PROVIDER, "user-" + number, groups);
    }

    /** Half of them are about what a rule of the asker speaks of. */
    private static AccessQuestion question(Random random, User user, int who, int rules, int projects) {
        if (random.nextBoolean())
            return new AccessQuestion(
                    RESOURCES.get(random.nextInt(RESOURCES.size())),
                    ACTIONS.get(random.nextInt(4)),
                    "project-" + random.nextInt(projects) + "/app-" + random.nextInt(50));
        int role = user.role(who, random.nextInt(user.groups), roles(rules));
        String[] rule = rule(role, random.nextInt(RULES_PER_ROLE), projects);
        return new AccessQuestion(
                rule[0], rule[1].replace("*", "get"), rule[2].replace("*", "app-" + random.nextInt(50)));
    }

    /** Resource, action, object and effect. */
    private static String[] rule(int role, int which, int projects) {
        Random random = new Random(role * 31L + which);
        random.nextInt();
        return new String[] {
            RESOURCES.get(random.nextInt(RESOURCES.size())),
            ACTIONS.get(random.nextInt(ACTIONS.size())),
            "project-" + random.nextInt(projects) + (random.nextBoolean() ? "/*" : "/app-" + random.nextInt(50)),
            random.nextInt(20) == 0 ? "deny" : "allow"
        };
    }

    private static String csv(int roles, int rules, int projects) {
        StringBuilder csv = new StringBuilder();
        for (int role = 0; role < roles; role++)
            for (int i = 0; i < RULES_PER_ROLE; i++)
                csv.append("p, role:r")
                        .append(role)
                        .append(", ")
                        .append(String.join(", ", rule(role, i, projects)))
                        .append('\n');
        for (User user : User.values())
            for (int asker = 0; asker < ASKERS; asker++)
                for (int i = 0; i < user.groups; i++)
                    csv.append("g, ")
                            .append(user.group(asker, i))
                            .append(", role:r")
                            .append(user.role(asker, i, roles(rules)))
                            .append('\n');
        return csv.toString();
    }

    private static ProjectPolicy project(int number, int rules) {
        List<ProjectPolicy.DraftRole> roles = new ArrayList<>();
        Random random = new Random(number);
        for (int role = 0; role * RULES_PER_ROLE < rules; role++) {
            List<String> policies = new ArrayList<>();
            for (int i = 0; i < Math.min(RULES_PER_ROLE, rules - role * RULES_PER_ROLE); i++)
                policies.add("p, proj:project-" + number + ":r" + role + ", "
                        + RESOURCES.get(random.nextInt(RESOURCES.size())) + ", "
                        + ACTIONS.get(random.nextInt(ACTIONS.size())) + ", project-" + number
                        + (random.nextBoolean() ? "/*" : "/app-" + random.nextInt(50)) + ", allow");
            // However many roles a project has, one of those who ask has one of them.
            String group = role == 0 ? User.MANY.group(random.nextInt(ASKERS), random.nextInt(500)) : "others-" + role;
            roles.add(new ProjectPolicy.DraftRole("r" + role, policies, List.of(group)));
        }
        return ProjectPolicy.draft("project-" + number, roles, MatchMode.GLOB);
    }

    private static long used() {
        for (int i = 0; i < 2; i++) System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void print(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format, arguments);
    }

    // --- Casbin beside it ---

    /** Each size in a JVM of its own, which is ended when it takes too long. */
    private static void besides() throws IOException, InterruptedException {
        print(
                "%njCasbin, 100 projects, a user with 500 groups asked as 501 subjects; at most %d s each%n",
                CASBIN_SECONDS);
        Path out = Files.createTempFile("casbin", ".txt");
        try {
            for (int rules : SIZES) {
                Process child = new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx3g",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                PolicyBenchmark.class.getName(),
                                Integer.toString(rules))
                        .redirectOutput(out.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                boolean finished = child.waitFor(CASBIN_SECONDS, TimeUnit.SECONDS);
                child.destroyForcibly().waitFor();
                print("%s", Files.readString(out));
                if (!finished) print("%,9d rules: the rest was not finished in %d s%n", rules, CASBIN_SECONDS);
            }
        } finally {
            Files.delete(out);
        }
    }

    /** The same rules, those of projects among them, and the same questions; its globs are ours, each made ready once. */
    private static void casbin(int rules) {
        int projects = 100;
        Policy policy = Policy.of(document(csv(roles(rules), rules, projects)));
        List<NaivePolicy.Rule> all = new ArrayList<>();
        List<PolicyLink> links = new ArrayList<>();
        add(policy.lines(), all, links);
        for (int i = 0; i < projects; i++)
            add(project(i, perProject(rules, projects)).lines(), all, links);
        Map<String, Glob> globs = new HashMap<>();
        long start = System.nanoTime();
        Enforcer casbin = PolicyAgreementTest.casbin(
                all,
                links,
                (pattern, text) ->
                        globs.computeIfAbsent(pattern, Glob::leniently).matches(text));
        print("%,9d rules: loaded in %,d ms%n", rules, (System.nanoTime() - start) / 1_000_000);
        for (User user : List.of(User.ONE, User.MANY)) {
            Random random = new Random(1);
            List<Double> times = new ArrayList<>();
            long end = System.nanoTime() + CASBIN_SECONDS * 1_000_000_000 / 4;
            while (times.size() < 1_000 && System.nanoTime() < end) {
                int who = random.nextInt(ASKERS);
                AccessQuestion question = question(random, user, who, rules, projects);
                List<String> subjects = new ArrayList<>(asker(user, who).groups());
                subjects.add("user-" + who);
                start = System.nanoTime();
                for (String each : subjects)
                    casbin.enforce(each, question.resource(), question.action(), question.object());
                times.add((System.nanoTime() - start) / 1e3);
            }
            times.sort(Comparator.naturalOrder());
            print(
                    "%,9d rules, groups %s: median %,.0f us of %d decisions%n",
                    rules, user.groups, times.get(times.size() / 2), times.size());
        }
    }

    private static void add(Lines lines, List<NaivePolicy.Rule> rules, List<PolicyLink> links) {
        for (Line each : lines.all())
            rules.add(new NaivePolicy.Rule(
                    each.rule().subject(),
                    each.rule().resource().text(),
                    each.rule().action().text(),
                    each.rule().object().text(),
                    each.rule().allows()));
        Names names = lines.names();
        for (String name : names.all()) {
            int number = names.find(name);
            for (int i = 0; i < names.links(number); i++) {
                int to = names.link(number, i);
                links.add(new PolicyLink(name, names.name(to < 0 ? ~to : to)));
            }
        }
    }

    /** What part of the processors' time other programs took, from {@code /proc}; 0 where that is not known. */
    private static final class Shares {
        private final long[] before = now();

        double ofOthers() {
            long[] after = now();
            long all = after[0] - before[0];
            return all == 0 ? 0 : Math.max(0, (after[1] - before[1]) - (after[2] - before[2])) / (double) all;
        }

        /** All ticks, those in use, those of this program and its children. */
        private static long[] now() {
            try {
                String[] machine =
                        Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
                long all = 0;
                for (int i = 1; i <= 8; i++) all += Long.parseLong(machine[i]);
                long idle = Long.parseLong(machine[4]) + Long.parseLong(machine[5]);
                String self = Files.readString(Path.of("/proc/self/stat"));
                String[] mine = self.substring(self.lastIndexOf(')') + 2).split(" ");
                long own = 0;
                for (int i = 11; i <= 14; i++) own += Long.parseLong(mine[i]);
                return new long[] {all, all - idle, own};
            } catch (IOException e) {
                return new long[3];
            }
        }
    }
}
