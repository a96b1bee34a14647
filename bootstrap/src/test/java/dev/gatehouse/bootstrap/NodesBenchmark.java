package dev.gatehouse.bootstrap;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes on one PostgreSQL, measured; {@code make bench-nodes} runs it, and no build does. How long a revocation
 * takes to arrive while both are busy, how many introspections one answers meanwhile, and what a token check and one more
 * token cost with a thousand and with a million live tokens in the database.
 */
final class NodesBenchmark {
    private static final int REVOCATIONS = Integer.getInteger("bench.revocations", 1_000);
    private static final int MILLION = Integer.getInteger("bench.tokens", 1_000_000);
    private static final int CLIENTS = 4;
    private static final int SECONDS = Integer.getInteger("bench.seconds", 5);
    private static final int ROUNDS = 3;
    private static final int WARM_UP_MILLIS = 20_000;
    /** More tokens than the second process keeps in memory, so that it finds none of them there. */
    private static final int TOKENS = 1_000;

    private static final String FEW = "100";
    /** Of which so many are asked about, on so many connections. */
    private static final int SHOWN = 40;

    private static final int CONNECTIONS = 16;
    private static final Pattern ANSWERS = Pattern.compile("answers=(\\d+) .*refused=(\\d+)");
    private static final String QUESTION = "/api/v1/account/can-i/applications/get/bench/web";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Runnable::run)
            .build();

    @Test
    void measure(@TempDir Path folder) throws Exception {
        StringBuilder report = new StringBuilder();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("pg"))
                .setServerConfig("fsync", "on")
                .start()) {
            CompletableFuture<RunningServer> first = node(folder, "a", postgres, Map.of());
            CompletableFuture<RunningServer> second = node(folder, "b", postgres, Map.of("GATEHOUSE_TOKEN_CACHE", FEW));
            try (RunningServer a = first.join();
                    RunningServer b = second.join()) {
                Api admin = a.api().signIn("admin", RunningServer.ADMIN_PASSWORD);
                admin.post(
                                "/api/v1/projects",
                                "{\"project\":{\"metadata\":{\"name\":\"bench\"},\"spec\":{\"roles\":[{\"name\":\"ci\","
                                        + "\"policies\":[\"p, proj:bench:ci, applications, get, bench/*, allow\"]}]}}}")
                        .is(200);
                List<String> tokens = new ArrayList<>();
                for (int i = 0; i < TOKENS; i++) tokens.add(token(admin, "live" + i));
                report.append(revocations(folder, a, b, admin, tokens));
                Writers writers = new Writers(a, admin, postmaster(folder.resolve("pg")));
                report.append(checks(a, b, tokens, postgres, writers));
            }
        }
        Path file = Path.of("..", "target", "bench-nodes.txt").toAbsolutePath().normalize();
        Files.createDirectories(file.getParent());
        Files.writeString(file, report);
        System.out.println(report);
    }

    private static CompletableFuture<RunningServer> node(
            Path folder, String name, EmbeddedPostgres postgres, Map<String, String> more) {
        Map<String, String> settings = new java.util.HashMap<>(more);
        settings.put("GATEHOUSE_DATABASE_URL", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
        settings.put("GATEHOUSE_DATABASE_USERNAME", "postgres");
        settings.put("GATEHOUSE_MASTER_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        settings.put("GATEHOUSE_ADMIN_PASSWORD", RunningServer.ADMIN_PASSWORD);
        // Both compilers, as in service: what a request costs is counted.
        return CompletableFuture.supplyAsync(
                () -> RunningServer.start(folder.resolve(name), settings, "-XX:TieredStopAtLevel=4"));
    }

    private static ProcessHandle postmaster(Path data) throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static String token(Api admin, String id) {
        return admin.post("/api/v1/projects/bench/roles/ci/token", "{\"id\":\"" + id + "\"}")
                .is(200)
                .text("token");
    }

    // --- how long a revocation takes to arrive

    private String revocations(Path folder, RunningServer a, RunningServer b, Api admin, List<String> live)
            throws Exception {
        AtomicBoolean busy = new AtomicBoolean(true);
        List<Thread> load = new ArrayList<>();
        AtomicLong answers = new AtomicLong();
        for (RunningServer each : List.of(a, b)) {
            String token = live.getFirst();
            load.add(Thread.ofPlatform().daemon().start(() -> {
                while (busy.get()) if (ask(each, token) == 200) answers.incrementAndGet();
            }));
        }
        // Fewer than the process keeps in memory.
        Path shown = Files.write(folder.resolve("shown"), live.subList(0, SHOWN));
        introspect(b, admin.token(), shown, WARM_UP_MILLIS / 1_000);
        AtomicLong introspected = new AtomicLong();
        double before = processorSeconds(b);
        long began = System.nanoTime();
        Thread introspecting = Thread.ofPlatform().daemon().start(() -> {
            while (busy.get()) introspected.addAndGet(introspect(b, admin.token(), shown, SECONDS));
        });
        answers.set(0);
        double[] millis = new double[REVOCATIONS];
        for (int i = 0; i < REVOCATIONS; i++) {
            String doomed = token(admin, "doomed" + i);
            if (ask(b, doomed) != 200) throw new IllegalStateException("a live token is refused");
            admin.delete("/api/v1/projects/bench/roles/ci/token/0?id=doomed" + i)
                    .is(200);
            long acknowledged = System.nanoTime();
            long lastYes = acknowledged;
            for (long asked = System.nanoTime(); ask(b, doomed) == 200; asked = System.nanoTime()) lastYes = asked;
            millis[i] = (lastYes - acknowledged) / 1e6;
        }
        double checksPerSecond = answers.get() / ((System.nanoTime() - began) / 1e9);
        busy.set(false);
        introspecting.join();
        double seconds = (System.nanoTime() - began) / 1e9;
        double processor = processorSeconds(b) - before;
        for (Thread each : load) each.join();
        Arrays.sort(millis);
        return String.format(
                Locale.ROOT,
                """
                revocation seen by another process, %d of them, from the acknowledgement to the last request let in:
                  p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, longest %.1f ms (target: p99.9 below 1000); %.0f checks/s meanwhile
                introspection at that other process meanwhile, from memory, without a pause on %d connections:
                  %,.0f/s, %,.0f per second of all the processor time that the process used (target: at least 5,000)
                """,
                REVOCATIONS,
                at(millis, 0.5),
                at(millis, 0.99),
                at(millis, 0.999),
                millis[millis.length - 1],
                checksPerSecond,
                CONNECTIONS,
                introspected.get() / seconds,
                introspected.get() / processor);
    }

    /** Of all its threads but the compilers of the JVM, which are busy in the first minutes and idle from then on. */
    private static double processorSeconds(RunningServer server) {
        Path tasks = Path.of("/proc", Long.toString(server.pid()), "task");
        double compiling = 0;
        try (Stream<Path> threads = Files.list(tasks)) {
            for (Path each : threads.toList())
                if (Files.readString(each.resolve("comm")).matches("(?s)C[12] Compiler.*"))
                    compiling += seconds(each.resolve("stat"));
            return seconds(tasks.resolveSibling("stat")) - compiling;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In user and system mode, in hundredths of a second, as Linux tells it. */
    private static double seconds(Path stat) throws IOException {
        String text = Files.readString(stat);
        String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    /** As many introspections as {@code wrk} can ask for; how many were answered. */
    private static long introspect(RunningServer server, String asker, Path shown, int seconds) {
        ProcessBuilder wrk = new ProcessBuilder(
                        "wrk",
                        "-t1",
                        "-c" + CONNECTIONS,
                        "-d" + seconds + "s",
                        "-s",
                        "../bench/wrk.lua",
                        server.uri().resolve("/oauth2/introspect").toString())
                .redirectErrorStream(true);
        wrk.environment()
                .putAll(Map.of(
                        "BENCH_METHOD",
                        "POST",
                        "BENCH_TOKEN",
                        asker,
                        "BENCH_WALK",
                        shown.toString(),
                        "BENCH_WALK_IN",
                        "form"));
        try {
            String said = new String(wrk.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher line = ANSWERS.matcher(said);
            if (!line.find()) throw new IllegalStateException("wrk said: " + said);
            if (!line.group(2).equals("0")) throw new IllegalStateException("introspections were refused: " + said);
            return Long.parseLong(line.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(sorted.length * share))];
    }

    // --- what a check costs beside many tokens

    private String checks(
            RunningServer a, RunningServer b, List<String> tokens, EmbeddedPostgres postgres, Writers writers)
            throws Exception {
        writers.issue(8, WARM_UP_MILLIS / 1_000);
        List<List<Issued>> issued = new ArrayList<>();
        double[] fromMemory = new double[2];
        double[] lookedUp = new double[2];
        long[] rows = new long[2];
        for (int many = 0; many < 2; many++) {
            if (many == 1) fill(postgres, MILLION);
            rows[many] = count(postgres);
            measure(a, tokens.subList(0, 50));
            measure(b, tokens);
            double[][] rounds = new double[2][ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                rounds[0][i] = measure(a, tokens.subList(0, 50));
                rounds[1][i] = measure(b, tokens);
            }
            for (double[] each : rounds) Arrays.sort(each);
            fromMemory[many] = rounds[0][ROUNDS / 2];
            lookedUp[many] = rounds[1][ROUNDS / 2];
            issued.add(writers.issue());
        }
        return String.format(
                Locale.ROOT,
                """
                token check by the time of one request, %,d : %,d live tokens in the database:
                  from memory   %.0f µs : %.0f µs, %.2fx (target: at most 1.2x)
                  not in memory %.0f µs : %.0f µs, %.2fx: one query
                issuing a token in the project of those, per second and core, by the processor time of the service, and of
                the service and the database together (target: at least 1,200, and at most 1.2x of before):
                %s
                """,
                rows[1],
                rows[0],
                fromMemory[1],
                fromMemory[0],
                fromMemory[1] / fromMemory[0],
                lookedUp[1],
                lookedUp[0],
                lookedUp[1] / lookedUp[0],
                Issued.lines(issued.getFirst(), issued.getLast()));
    }

    // --- what issuing costs

    /**
     * What so many writers at once came to.
     *
     * @param service microseconds of the service's processor time for each token
     * @param both of the service and of the database
     */
    private record Issued(int writers, double perSecond, double service, double both, long refused) {
        static String lines(List<Issued> few, List<Issued> many) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < few.size(); i++) {
                Issued before = few.get(i);
                Issued now = many.get(i);
                lines.append(String.format(
                        Locale.ROOT,
                        "  %2d writers: %,.0f and %,.0f; beside the million %,.0f and %,.0f, %.2fx and %.2fx; %,.0f/s; %d refused%n",
                        before.writers(),
                        1e6 / before.service(),
                        1e6 / before.both(),
                        1e6 / now.service(),
                        1e6 / now.both(),
                        now.service() / before.service(),
                        now.both() / before.both(),
                        now.perSecond(),
                        before.refused() + now.refused()));
            }
            return lines.toString().stripTrailing();
        }
    }

    /** Those who issue tokens at one process, without a pause. */
    private final class Writers {
        private final RunningServer server;
        private final Api admin;
        private final ProcessHandle database;

        Writers(RunningServer server, Api admin, ProcessHandle database) {
            this.server = server;
            this.admin = admin;
            this.database = database;
        }

        List<Issued> issue() throws InterruptedException {
            List<Issued> all = new ArrayList<>();
            for (int writers : List.of(1, 8, 64)) all.add(issue(writers, SECONDS));
            return all;
        }

        Issued issue(int writers, int seconds) throws InterruptedException {
            double service = processorSeconds(server);
            double stored = ofDatabase();
            long began = System.nanoTime();
            long end = began + seconds * 1_000_000_000L;
            AtomicLong done = new AtomicLong();
            AtomicLong refused = new AtomicLong();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < writers; i++)
                threads.add(Thread.ofPlatform().daemon().start(() -> {
                    while (System.nanoTime() < end) (isIssued() ? done : refused).incrementAndGet();
                }));
            for (Thread each : threads) each.join();
            double took = (System.nanoTime() - began) / 1e9;
            double ofService = (processorSeconds(server) - service) * 1e6 / done.get();
            double ofBoth = ofService + (ofDatabase() - stored) * 1e6 / done.get();
            return new Issued(writers, done.get() / took, ofService, ofBoth, refused.get());
        }

        private boolean isIssued() {
            HttpRequest request = HttpRequest.newBuilder(server.uri().resolve("/api/v1/projects/bench/roles/ci/token"))
                    .header("Authorization", "Bearer " + admin.token())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"expiresIn\":3600}"))
                    .build();
            try {
                return client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Of its first process and of all that live and descend from it; those of the connections do as long as these. */
        private double ofDatabase() {
            return Stream.concat(Stream.of(database), database.descendants())
                            .flatMap(each -> each.info().totalCpuDuration().stream())
                            .mapToLong(Duration::toMillis)
                            .sum()
                    / 1e3;
        }
    }

    /** Microseconds of one request, the median, of a few clients that each wait for their answers. */
    private double measure(RunningServer server, List<String> tokens) throws InterruptedException {
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        List<double[]> all = new ArrayList<>();
        List<Thread> clients = new ArrayList<>();
        for (int c = 0; c < CLIENTS; c++) {
            int offset = c * tokens.size() / CLIENTS;
            double[] times = new double[200_000];
            all.add(times);
            clients.add(Thread.ofPlatform().daemon().start(() -> {
                for (int i = 0; i < times.length && System.nanoTime() < end; i++) {
                    long began = System.nanoTime();
                    if (ask(server, tokens.get((offset + i) % tokens.size())) != 200)
                        throw new IllegalStateException("a live token is refused");
                    times[i] = (System.nanoTime() - began) / 1e3;
                }
            }));
        }
        for (Thread each : clients) each.join();
        double[] times = all.stream()
                .flatMapToDouble(Arrays::stream)
                .filter(each -> each > 0)
                .sorted()
                .toArray();
        return times[times.length / 2];
    }

    /** Copies of one token's row, each with an id and a name of its own. */
    private static void fill(EmbeddedPostgres postgres, int rows) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            List<String> columns = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(
                    "select column_name from information_schema.columns where table_name = 'api_token'")) {
                while (found.next()) columns.add(found.getString(1));
            }
            String values = columns.stream()
                    .map(each -> switch (each) {
                        case "id", "family_id" -> "'filler-' || n";
                        case "name" -> "'filler-' || n";
                        default -> each;
                    })
                    .collect(Collectors.joining(", "));
            statement.execute("insert into api_token (" + String.join(", ", columns) + ") select " + values
                    + " from api_token, generate_series(1, " + rows + ") as n where name = 'live0'");
            statement.execute("analyze api_token");
        }
    }

    private static long count(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select count(*) from api_token where revoked_at is null")) {
            found.next();
            return found.getLong(1);
        }
    }

    private int ask(RunningServer server, String token) {
        URI uri = server.uri().resolve(QUESTION);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
