import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * How fast is it? Starts the service by {@code ./gatehouse serve} on fresh data folders, drives it over loopback, and
 * prints one table of ratios, each of numbers that were taken in this one run; docs/benchmark.md says what is measured
 * and how. {@code make bench} runs it; the argument {@code quick} makes every round as short as can be, to try the
 * program itself.
 */
final class Bench {
    /** Public, and always the same. */
    private static final String PLAIN = "/healthz";
    /** Public too, and JSON made from a record, as the answer of a token check is. */
    private static final String PLAIN_JSON = "/api/version";

    static final String CAN_I = "/api/v1/account/can-i/applications/get/bench/web";
    static final int CONNECTIONS = 16;
    private static final int PACED_CONNECTIONS = 8;
    private static final int PACED_PAUSE_MS = 20;
    /** None of them has as many sessions at once as ends the oldest of one. */
    private static final int PEOPLE = 500;

    private final Path root;
    private final Path work;
    private final boolean quick;
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final Map<String, Object> numbers = Json.object();
    private final Table table = new Table();
    private Gatehouse running;

    private Bench(Path root, Path work, boolean quick) {
        this.root = root;
        this.work = work;
        this.quick = quick;
    }

    public static void main(String[] args) throws Exception {
        Path root = Path.of("").toAbsolutePath();
        if (!Files.isExecutable(root.resolve("gatehouse"))) end("run it from the folder of ./gatehouse: make bench");
        if (!Files.isReadable(Path.of("/proc/self/stat"))) end("it reads processor time from /proc, so it needs Linux");
        if (!onPath("wrk")) end("wrk is missing. Install it, for instance: apt-get install wrk");
        boolean quick = args.length > 0 && args[0].equals("quick");
        Path work = Files.createTempDirectory("gatehouse-bench-");
        Bench bench = new Bench(root, work, quick);
        Runtime.getRuntime().addShutdownHook(new Thread(bench::leave));
        bench.run();
    }

    private void run() throws Exception {
        Instant began = Instant.now();
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        numbers.put("startedAt", began.toString());
        numbers.put("quick", quick);
        numbers.put("machine", machine(load));

        say("building if needed, and preparing quick starts ...");
        Files.createDirectories(log().getParent());
        Files.deleteIfExists(log());
        Path used = work.resolve("used");
        try (Gatehouse first = start(used, Duration.ofMinutes(10), Duration.ofMillis(100))) {
            numbers.put("jvmOptions", first.jvmOptions());
        }
        Instant prepared = Instant.now();
        double others = Gatehouse.cpuOfOthers();
        starts(used);
        try (Gatehouse server = start(work.resolve("fresh"))) {
            String admin = Calls.administrator(server);
            makeProject(server, admin, "bench", 10);
            String token = Calls.token(Calls.call(
                    server, "POST", "/api/v1/projects/bench/roles/ci/token", admin, "{\"expiresIn\":86400}"));
            String answer = Calls.call(server, "GET", CAN_I, token, "");
            if (!answer.contains("yes")) throw new IOException("can-i says " + answer);
            tokenChecks(server, token);
            // First of all: a sign-in needs much of the same code, and forty a second would not have it compiled.
            makeProject(server, admin, "warm", 1);
            warmUp(12, server, issuing(server, admin, "warm", 8));
            Wrk people = people(server, admin);
            signIns(server, people);
            flood(server, token, people);
            issuing(server, admin);
            afterwards(server);
        }
        new ManyTokens(this, work.resolve("many")).measure();

        double measured = Duration.between(prepared, Instant.now()).toMillis() / 1e3;
        double disturbed = (Gatehouse.cpuOfOthers() - others) / measured / cores;
        numbers.put("shareOfOtherPrograms", disturbed);
        numbers.put("secondsPrepared", Duration.between(began, prepared).toMillis() / 1e3);
        numbers.put("secondsMeasured", measured);
        numbers.put("table", table.numbers());
        Path file = root.resolve("target/bench.json");
        Files.writeString(file, Json.of(numbers));
        System.out.println();
        System.out.print(table.text());
        System.out.println();
        if (quick) say("quick: no round was long enough for a verdict to mean anything");
        say(
                "%d cores, %.0f s of measuring, %.0f %% of them taken by other programs%s",
                cores,
                measured,
                100 * disturbed,
                disturbed < 0.05 ? "" : ": too much, try again when nothing else runs");
        say("all numbers are in %s", root.relativize(file));
    }

    // --- what is measured
    // ---------------------------------------------------------------------------------------------

    private void starts(Path used) throws Exception {
        say("starting and stopping ...");
        List<Map<String, Object>> lives = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        List<Double> memory = new ArrayList<>();
        for (int i = 0; i < rounds(5); i++)
            try (Gatehouse server = start(used)) {
                Gatehouse.Cpu cpu = server.cpu();
                Thread.sleep(quick ? 500 : 2_000);
                Map<String, Object> life = Json.object();
                life.put("toFirstAnswerSeconds", server.toFirstAnswer().toMillis() / 1e3);
                life.put("ofWhichScriptSeconds", server.toJvm().toMillis() / 1e3);
                life.put("cpuSeconds", cpu.working() + cpu.compiling());
                life.put("residentMb", server.residentMb());
                lives.add(life);
                seconds.add(server.toFirstAnswer().toMillis() / 1e3);
                memory.add((double) life.get("residentMb"));
            }
        numbers.put("starts", lives);
        table.atMost(
                "a later start, until the first answer",
                median(seconds),
                2.0,
                "s",
                "%.2f s of it in the script; %.2f s of processor time",
                median(lives, each -> (double) each.get("ofWhichScriptSeconds")),
                median(lives, each -> (double) each.get("cpuSeconds")));
        table.below("resident memory, idle after it", median(memory), 256, "MB", "");
    }

    private void tokenChecks(Gatehouse server, String token) throws Exception {
        say("token checks and plain routes, in turn ...");
        Wrk canI = Wrk.get(server.url(CAN_I), token, CONNECTIONS);
        Wrk plain = Wrk.get(server.url(PLAIN), "", CONNECTIONS);
        Wrk json = Wrk.get(server.url(PLAIN_JSON), "", CONNECTIONS);
        warmUp(4, server, canI, plain, json);
        List<Wrk.Round> checks = new ArrayList<>();
        List<Wrk.Round> plains = new ArrayList<>();
        List<Wrk.Round> jsons = new ArrayList<>();
        List<Map<String, Object>> all = new ArrayList<>();
        for (int i = 0; i < rounds(7); i++) {
            plains.add(run(server, plain, 2));
            checks.add(run(server, canI, 2));
            jsons.add(run(server, json, 2));
            Map<String, Object> three = Json.object();
            three.put(PLAIN, plains.getLast().numbers());
            three.put("can-i", checks.getLast().numbers());
            three.put(PLAIN_JSON, jsons.getLast().numbers());
            all.add(three);
        }
        numbers.put("tokenChecks", all);
        for (List<Wrk.Round> rounds : List.of(checks, plains, jsons))
            if (rounds.stream().anyMatch(each -> each.failed() > 0)) throw new IOException("refused: " + rounds);
        compare(checks, plains, PLAIN);
        compare(checks, jsons, PLAIN_JSON);
        table.atMost(
                "can-i : " + PLAIN + ", p99",
                median(ratios(checks, plains, Wrk.Round::p99Ms)),
                2.0,
                "x",
                "%.2f ms : %.2f ms, %d connections",
                median(checks, Wrk.Round::p99Ms),
                median(plains, Wrk.Round::p99Ms),
                CONNECTIONS);
    }

    private void compare(List<Wrk.Round> checks, List<Wrk.Round> plains, String path) {
        table.atLeast(
                "can-i : " + path + ", requests a second",
                median(ratios(checks, plains, Wrk.Round::perSecond)),
                0.80,
                "",
                "%,.0f : %,.0f",
                median(checks, Wrk.Round::perSecond),
                median(plains, Wrk.Round::perSecond));
        table.atLeast(
                "can-i : " + path + ", requests a second of processor time",
                median(ratios(plains, checks, Wrk.Round::cpuMicrosEach)),
                0.80,
                "",
                "%.1f µs : %.1f µs each",
                median(checks, Wrk.Round::cpuMicrosEach),
                median(plains, Wrk.Round::cpuMicrosEach));
    }

    /** Many people who sign in, one after the other, and again from the first. */
    private Wrk people(Gatehouse server, String admin) throws Exception {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < (quick ? 4 : PEOPLE); i++) {
            String name = "person-" + i;
            Calls.call(
                    server,
                    "POST",
                    "/api/v1/account",
                    admin,
                    "{\"capabilities\":[\"login\"],\"name\":\"" + name + "\",\"password\":\"" + Gatehouse.PASSWORD + "\"}");
            bodies.add(Calls.signIn(name));
        }
        // Two more at once than can be hashed at once: a core shall not wait for the network.
        return Wrk.postEach(
                server.url("/api/v1/session"), Files.write(work.resolve("people"), bodies), cores + 2);
    }

    private void signIns(Gatehouse server, Wrk people) throws Exception {
        say("sign-ins and bare hashing, in turn ...");
        List<Map<String, Object>> pairs = new ArrayList<>();
        List<Double> byWall = new ArrayList<>();
        List<Double> byCpu = new ArrayList<>();
        List<Double> rawRate = new ArrayList<>();
        List<Double> rawCpu = new ArrayList<>();
        List<Wrk.Round> rounds = new ArrayList<>();
        int seconds = quick ? 1 : 8;
        Process hashing = child(server.jvmOptions(), "HashCapacity", Integer.toString(cores));
        try (BufferedReader out = hashing.inputReader();
                OutputStream in = hashing.getOutputStream()) {
            numbers.put("hashing", line(out));
            // Both sides compiled and with their memory in place: the bare one begins cold, the service does not.
            capacity(in, out, quick ? 1 : 10);
            // What is done once for each sign-in is compiled after some five thousand of them.
            run(server, people, 120);
            for (int i = 0; i < rounds(5); i++) {
                // The service finishes what nobody waits for any longer.
                Thread.sleep(500);
                Gatehouse.Cpu before = Gatehouse.cpu(hashing.pid());
                double[] raw = capacity(in, out, seconds);
                double cpu = Gatehouse.cpu(hashing.pid()).since(before).working() / (raw[0] + 1);
                Wrk.Round signedIn = run(server, people, seconds);
                if (signedIn.failed() > 0) throw new IOException("sign-ins were refused: " + signedIn);
                rounds.add(signedIn);
                rawRate.add(raw[0] / raw[1]);
                rawCpu.add(cpu * 1e3);
                byWall.add(signedIn.perSecond() / rawRate.getLast());
                byCpu.add(cpu * 1e6 / signedIn.cpuMicrosEach());
                Map<String, Object> pair = Json.object();
                pair.put("hashesPerSecond", rawRate.getLast());
                pair.put("cpuMillisEachHash", rawCpu.getLast());
                pair.put("signIns", signedIn.numbers());
                pairs.add(pair);
            }
        } finally {
            hashing.destroy();
        }
        numbers.put("signIns", pairs);
        table.atLeast(
                "password login : bare hashing, throughput",
                100 * median(byWall),
                95,
                "%",
                "%.1f/s : %.1f/s on %d cores",
                median(rounds, Wrk.Round::perSecond),
                median(rawRate),
                cores);
        table.atLeast(
                "the same by processor time",
                100 * median(byCpu),
                95,
                "%",
                "%.1f ms : %.1f ms each",
                median(rounds, Wrk.Round::cpuMicrosEach) / 1e3,
                median(rawCpu));
    }

    private void flood(Gatehouse server, String token, Wrk people) throws Exception {
        say("token checks with and without a flood of sign-ins ...");
        Wrk checks = Wrk.get(server.url(CAN_I), token, PACED_CONNECTIONS).pausing(PACED_PAUSE_MS);
        Wrk flood = people.over(4 * cores);
        List<Map<String, Object>> floods = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        List<Wrk.Round> quiet = new ArrayList<>();
        List<Wrk.Round> flooded = new ArrayList<>();
        run(server, checks, 2);
        try (ExecutorService beside = Executors.newSingleThreadExecutor()) {
            for (int i = 0; i < rounds(3); i++) {
                Thread.sleep(500);
                quiet.add(run(server, checks, 4));
                Future<Wrk.Round> signingIn = beside.submit(() -> run(server, flood, 6));
                Thread.sleep(500);
                flooded.add(run(server, checks, 4));
                Wrk.Round signedIn = signingIn.get();
                ratios.add(flooded.getLast().p99Ms() / quiet.getLast().p99Ms());
                Map<String, Object> pair = Json.object();
                pair.put("quiet", quiet.getLast().numbers());
                pair.put("flooded", flooded.getLast().numbers());
                pair.put("flood", signedIn.numbers());
                floods.add(pair);
            }
        }
        numbers.put("floods", floods);
        table.atMost(
                "p99 of token checks, in a flood of logins : idle",
                median(ratios),
                3.0,
                "x",
                "%.2f ms : %.2f ms, %,.0f checks/s",
                median(flooded, Wrk.Round::p99Ms),
                median(quiet, Wrk.Round::p99Ms),
                median(quiet, Wrk.Round::perSecond));
    }

    private void issuing(Gatehouse server, String admin) throws Exception {
        say("issuing tokens ...");
        warmUp(4, server, issuing(server, admin, "warm", 8));
        makeProject(server, admin, "first", 1);
        numbers.put("issuing", issuingByWriters(server, admin, "first", "issuing a token"));
    }

    /** By 1, 8 and 64 writers in one project, and what that is in the table; the numbers of each round. */
    List<Map<String, Object>> issuingByWriters(Gatehouse server, String admin, String project, String what)
            throws Exception {
        List<Map<String, Object>> all = new ArrayList<>();
        Map<Integer, List<Wrk.Round>> byWriters = new TreeMap<>();
        for (int i = 0; i < rounds(3); i++)
            for (int writers : List.of(1, 8, 64)) {
                Wrk.Round round = run(server, issuing(server, admin, project, writers), 3);
                byWriters.computeIfAbsent(writers, any -> new ArrayList<>()).add(round);
                Map<String, Object> one = Json.object();
                one.put("writers", writers);
                one.putAll(round.numbers());
                all.add(one);
            }
        long failed = 0;
        for (Map.Entry<Integer, List<Wrk.Round>> each : byWriters.entrySet()) {
            failed += each.getValue().stream().mapToLong(Wrk.Round::failed).sum();
            perSecondAndCore(what + ", writers: " + each.getKey(), each.getValue(), 1_200);
        }
        table.atMost("of them refused", failed, 0, "", "");
        return all;
    }

    /** A line: how many the server does in a second of processor time. */
    void perSecondAndCore(String what, List<Wrk.Round> rounds, double target) {
        table.atLeast(
                what + ", per second and core",
                median(rounds, round -> 1e6 / round.cpuMicrosEach()),
                target,
                "",
                "%,.0f/s, %.0f µs each, p99 %.1f ms",
                median(rounds, Wrk.Round::perSecond),
                median(rounds, Wrk.Round::cpuMicrosEach),
                median(rounds, Wrk.Round::p99Ms));
    }

    /** A line: what one costs the server's processor in these rounds, against what it costs in those. */
    void costRatio(String what, List<Wrk.Round> of, List<Wrk.Round> to) {
        table.atMost(
                what,
                median(of, Wrk.Round::cpuMicrosEach) / median(to, Wrk.Round::cpuMicrosEach),
                1.2,
                "x",
                "%.0f µs : %.0f µs",
                median(of, Wrk.Round::cpuMicrosEach),
                median(to, Wrk.Round::cpuMicrosEach));
    }

    /** What it goes on doing when nobody asks any more. */
    private void afterwards(Gatehouse server) throws Exception {
        int seconds = quick ? 1 : 4;
        Map<String, Object> idle = Json.object();
        idle.put("residentMb", server.residentMb());
        Gatehouse.Cpu before = server.cpu();
        double written = server.writtenMb();
        Thread.sleep(seconds * 1_000L);
        idle.put("coresInUse", server.cpu().since(before).working() / seconds);
        idle.put("writtenMbPerSecond", (server.writtenMb() - written) / seconds);
        numbers.put("idleAfterAll", idle);
    }

    boolean isQuick() {
        return quick;
    }

    Map<String, Object> numbers() {
        return numbers;
    }

    // --- how
    // -----------------------------------------------------------------------------------------------------------

    int rounds(int many) {
        return quick ? 1 : many;
    }

    Wrk.Round run(Gatehouse server, Wrk wrk, int seconds) throws IOException, InterruptedException {
        return wrk.run(server, root.resolve("bench/wrk.lua"), quick ? 1 : seconds);
    }

    /** Goes on until the JVM has compiled what there is to compile, but not for ever. */
    void warmUp(int most, Gatehouse server, Wrk... requests) throws IOException, InterruptedException {
        boolean cold = true;
        for (int i = 0; i < rounds(most) && cold; i++) {
            cold = false;
            for (Wrk each : requests) cold |= run(server, each, 3).cold();
        }
    }

    static Wrk issuing(Gatehouse server, String admin, String project, int writers) {
        String path = "/api/v1/projects/" + project + "/roles/ci/token";
        return Wrk.post(server.url(path), admin, "{\"expiresIn\":3600}", writers);
    }

    /** With so many roles, the first of which is {@code ci}, of five policies each; the last one lets in. */
    static void makeProject(Gatehouse server, String admin, String name, int roles) throws Exception {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < roles; i++) {
            String role = i == 0 ? "ci" : "role-" + i;
            List<String> policies = Stream.of("api-*", "batch-*", "docs", "shop-*", "web")
                    .map(each -> "\"p, proj:%s:%s, applications, get, %s/%s, allow\"".formatted(name, role, name, each))
                    .toList();
            all.add("{\"name\": \"%s\", \"policies\": %s}".formatted(role, policies));
        }
        Calls.call(
                server,
                "POST",
                "/api/v1/projects",
                admin,
                "{\"project\": {\"metadata\": {\"name\": \"%s\"}, \"spec\": {\"roles\": %s}}}".formatted(name, all));
    }

    /** Hashes, and the seconds they took. */
    private static double[] capacity(OutputStream in, BufferedReader out, int seconds) throws IOException {
        in.write((seconds + "\n").getBytes(StandardCharsets.US_ASCII));
        in.flush();
        String[] words = line(out).split(" ");
        return new double[] {Double.parseDouble(words[0]), Double.parseDouble(words[1]) / 1e9};
    }

    private static String line(BufferedReader out) throws IOException {
        String line = out.readLine();
        if (line == null) throw new IOException("a program of the benchmark ended early, see above");
        return line;
    }

    /** A program of this folder with the service's own classes, in a JVM of its own. */
    Process child(List<String> options, String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", root.resolve("bootstrap/target/lib") + "/*"));
        command.add(root.resolve("bench/" + program + ".java").toString());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private Gatehouse start(Path home) throws IOException, InterruptedException {
        return start(home, Duration.ofMinutes(1), Duration.ofMillis(5));
    }

    private Gatehouse start(Path home, Duration limit, Duration pause) throws IOException, InterruptedException {
        return start(home, Map.of(), limit, pause);
    }

    Gatehouse start(Path home, Map<String, String> settings, Duration limit, Duration pause)
            throws IOException, InterruptedException {
        running = Gatehouse.start(root, home, settings, log(), PLAIN, limit, pause);
        return running;
    }

    private Path log() {
        return root.resolve("target/bench/server.log");
    }

    private Map<String, Object> machine(double load) throws IOException {
        Map<String, Object> machine = Json.object();
        machine.put("cores", cores);
        machine.put("loadAtStart", load);
        machine.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("java", System.getProperty("java.vendor.version", "") + " " + Runtime.version());
        for (String line : Files.readAllLines(Path.of("/proc/cpuinfo")))
            if (line.startsWith("model name")) {
                machine.put("processor", line.substring(line.indexOf(':') + 1).strip());
                break;
            }
        return machine;
    }

    private void leave() {
        if (running != null) running.close();
        try (Stream<Path> files = Files.walk(work)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            System.err.println("left behind: " + work);
        }
    }

    private static boolean onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
    }

    private static double median(List<Double> values) {
        return median(values, each -> each);
    }

    private static <T> double median(List<T> values, ToDoubleFunction<T> number) {
        double[] sorted = values.stream().mapToDouble(number).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Of each pair of rounds that ran one after the other. */
    private static List<Double> ratios(List<Wrk.Round> of, List<Wrk.Round> to, ToDoubleFunction<Wrk.Round> number) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < of.size(); i++)
            ratios.add(number.applyAsDouble(of.get(i)) / number.applyAsDouble(to.get(i)));
        return ratios;
    }

    static void say(String words, Object... arguments) {
        System.out.println("bench: " + String.format(Locale.ROOT, words, arguments));
    }

    private static void end(String why) {
        System.err.println("bench: " + why);
        System.exit(1);
    }
}
