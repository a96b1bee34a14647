package dev.gatehouse.domain.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * How long one decision takes, nothing cached, and how long a policy takes to load. A program of its own: {@code make
 * bench-policy}. The policies are half global rules of roles (ten rules each, a twentieth of them denies), half rules of
 * project roles; users come by one group or by 500.
 */
final class PolicyBenchmark {
    private static final int RULES_PER_ROLE = 10;
    private static final int QUESTIONS = 200_000;
    private static final int ASKERS = 64;
    /** The same for every number of rules, each with one role. */
    private static final int GROUPS = 5_000;

    private static final List<String> RESOURCES =
            List.of("applications", "applicationsets", "logs", "exec", "clusters");
    private static final List<String> ACTIONS = List.of("get", "sync", "update", "delete", "*", "action/*");

    private PolicyBenchmark() {}

    public static void main(String[] arguments) {
        List<Integer> sizes = arguments.length > 0
                ? Arrays.stream(arguments).map(Integer::valueOf).toList()
                : List.of(1_000, 10_000, 110_000, 1_000_000);
        System.out.printf(
                "%9s %8s %6s | %9s %9s | %9s %9s %9s %9s%n",
                "rules", "projects", "groups", "load ms", "MB", "median us", "p99 us", "mean us", "allowed");
        for (int round = 0; round < 2; round++) {
            System.out.println(round == 0 ? "warming up" : "measured");
            for (int projects : new int[] {100, 10_000}) for (int rules : sizes) run(rules, projects);
        }
    }

    private static void run(int rules, int projects) {
        int roles = Math.max(1, rules / 2 / RULES_PER_ROLE);
        String csv = csv(roles, projects);
        long before = used();
        long start = System.nanoTime();
        Policy policy = Policy.of(new PolicyDocument(csv, "", List.of("groups"), 1));
        long loaded = System.nanoTime() - start;
        start = System.nanoTime();
        int perProject = Math.max(1, rules / 2 / projects);
        List<ProjectPolicy> ready = new ArrayList<>();
        for (int i = 0; i < projects; i++) ready.add(project(i, perProject));
        long projectsLoaded = System.nanoTime() - start;
        long memory = used() - before;
        for (int groups : new int[] {1, 500}) {
            long[] times = ask(policy, ready, groups);
            long allowed = times[times.length - 1];
            times = Arrays.copyOf(times, times.length - 1);
            double mean = Arrays.stream(times).average().orElse(0);
            Arrays.sort(times);
            System.out.printf(
                    "%9d %8d %6d | %4d+%4d %9d | %9.2f %9.2f %9.2f %8.0f%%%n",
                    rules,
                    projects,
                    groups,
                    loaded / 1_000_000,
                    projectsLoaded / 1_000_000,
                    memory >> 20,
                    times[times.length / 2] / 1e3,
                    times[times.length * 99 / 100] / 1e3,
                    mean / 1e3,
                    100.0 * allowed / times.length);
        }
    }

    private static long[] ask(Policy policy, List<ProjectPolicy> projects, int groups) {
        Random random = new Random(7);
        int questions = groups == 1 ? QUESTIONS : QUESTIONS / 10;
        long[] times = new long[questions + 1];
        List<Asker> askers = new ArrayList<>();
        for (int i = 0; i < ASKERS; i++) {
            List<String> names = new ArrayList<>();
            for (int g = 0; g < groups; g++) names.add("group-" + random.nextInt(GROUPS));
            askers.add(new Asker(Asker.Kind.PROVIDER, "user-" + i, names));
        }
        for (int i = 0; i < questions; i++) {
            Asker asker = askers.get(random.nextInt(ASKERS));
            int project = random.nextInt(projects.size());
            AccessQuestion question = new AccessQuestion(
                    RESOURCES.get(random.nextInt(RESOURCES.size())),
                    ACTIONS.get(random.nextInt(4)),
                    "project-" + project + "/app-" + random.nextInt(50));
            Optional<ProjectPolicy> own = Optional.of(projects.get(project));
            long start = System.nanoTime();
            Decision decision = policy.decide(asker, question, own);
            times[i] = System.nanoTime() - start;
            if (decision instanceof Decision.Allowed) times[questions]++;
        }
        return times;
    }

    private static String csv(int roles, int projects) {
        Random random = new Random(1);
        StringBuilder csv = new StringBuilder();
        for (int role = 0; role < roles; role++) {
            for (int i = 0; i < RULES_PER_ROLE; i++) {
                int project = random.nextInt(projects);
                csv.append("p, role:r").append(role).append(", ");
                csv.append(RESOURCES.get(random.nextInt(RESOURCES.size()))).append(", ");
                csv.append(ACTIONS.get(random.nextInt(ACTIONS.size())))
                        .append(", project-")
                        .append(project);
                csv.append(random.nextBoolean() ? "/*" : "/app-" + random.nextInt(50));
                csv.append(random.nextInt(20) == 0 ? ", deny\n" : ", allow\n");
            }
        }
        for (int group = 0; group < GROUPS; group++)
            csv.append("g, group-")
                    .append(group)
                    .append(", role:r")
                    .append((int) ((long) group * 7_919 % roles))
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
            roles.add(new ProjectPolicy.DraftRole("r" + role, policies, List.of("group-" + random.nextInt(1_000))));
        }
        return ProjectPolicy.draft("project-" + number, roles, MatchMode.GLOB);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
