package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Three processes on one PostgreSQL: what one of them ended, none of them lets in (D6). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SeveralNodesIT {
    private static final long BOUND = Duration.ofSeconds(1).toNanos();
    private static final String PASSWORD = "somebodys-Passw0rd";

    private Path folder;
    private EmbeddedPostgres postgres;
    private DatabaseProxy line;
    private RunningServer a;
    /** Reaches the database over the proxy. */
    private RunningServer b;

    private RunningServer c;
    private Api admin;
    private int names;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        postgres = postgres(0);
        line = new DatabaseProxy(postgres.getPort());
        CompletableFuture<RunningServer> first = node("a", postgres.getPort());
        CompletableFuture<RunningServer> second = node("b", line.port());
        CompletableFuture<RunningServer> third = node("c", postgres.getPort());
        a = first.join();
        b = second.join();
        c = third.join();
        admin = a.api().signIn("admin", RunningServer.ADMIN_PASSWORD);
    }

    @AfterAll
    void stop() throws Exception {
        for (RunningServer each : List.of(a, b, c)) each.kill();
        line.close();
        postgres.close();
    }

    /** It has the disk keep what it writes, as one in production does, and does not wait for that unless it is told to. */
    private EmbeddedPostgres postgres(int port) throws Exception {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "off")
                .setDataDirectory(folder.resolve("pg"))
                .setCleanDataDirectory(false);
        if (port != 0) builder.setPort(port);
        return builder.start();
    }

    private CompletableFuture<RunningServer> node(String name, int databasePort) {
        return CompletableFuture.supplyAsync(() -> RunningServer.start(
                folder.resolve(name),
                Map.of(
                        "GATEHOUSE_DATABASE_URL",
                        "jdbc:postgresql://127.0.0.1:" + databasePort + "/postgres",
                        "GATEHOUSE_DATABASE_USERNAME",
                        "postgres",
                        "GATEHOUSE_MASTER_KEY",
                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                        "GATEHOUSE_ADMIN_PASSWORD",
                        RunningServer.ADMIN_PASSWORD)));
    }

    /** Asks every node with one token, without a pause, until it is closed. */
    private static final class Load implements AutoCloseable {
        private final Map<URI, AtomicLong> allowed = new ConcurrentHashMap<>();
        private final Set<String> others = ConcurrentHashMap.newKeySet();
        private volatile boolean busy = true;

        Load(List<RunningServer> nodes, String token) {
            for (RunningServer each : nodes) {
                AtomicLong count = allowed.computeIfAbsent(each.uri(), uri -> new AtomicLong());
                Api api = each.api().as(token);
                Thread.ofVirtual()
                        .uncaughtExceptionHandler((thread, e) -> others.add(e.toString()))
                        .start(() -> {
                            while (busy) {
                                Api.Reply reply = api.get("/api/v1/account/can-i/applications/get/p1/web");
                                if (reply.status() == 200) count.incrementAndGet();
                                else others.add(reply.status() + " " + reply.body());
                            }
                        });
            }
        }

        void wasAllowedEverywhere() {
            assertThat(others).isEmpty();
            assertThat(allowed.values()).allSatisfy(each -> assertThat(each).hasPositiveValue());
        }

        @Override
        public void close() {
            busy = false;
        }
    }

    /** An act that ends something, and what it ends. */
    private record Ending(String name, String token, String project, Runnable act) {}

    @Test
    @Order(1)
    void what_one_node_ended_no_other_lets_in_after_a_second() throws Exception {
        String live = token(project(), "live");
        List<Ending> endings = List.of(
                tokenRevoked(),
                tokenFound(),
                tokenPolicyTightened(),
                accountTokenRevoked(),
                capabilityTaken(),
                signedOut(),
                sessionEnded(),
                passwordChanged(),
                passwordReset(),
                accountDisabled(),
                accountOfTokenDisabled(),
                accountDeleted(),
                roleRemoved(),
                projectDeleted(),
                policyChanged());
        try (Load load = new Load(List.of(a, b, c), live);
                Watch onB = new Watch("live on b", b, live, "p1").untilYes();
                Watch onC = new Watch("live on c", c, live, "p1").untilYes()) {
            for (Ending each : endings) endsEverywhere(each);

            // A change of one thing costs nobody else an answer.
            onB.onlyEver(200);
            onC.onlyEver(200);
            load.wasAllowedEverywhere();
        }
        // The same, as the node itself tells it, by its histogram; what it hears too late it does not rely on
        // meanwhile.
        String metrics = admin(b).get("/prometheus").is(200).body();
        for (String each : List.of("count", "bucket{le=\"1.0\"}"))
            assertThat(metric("gatehouse_revocation_delay_seconds_" + each, metrics))
                    .isGreaterThanOrEqualTo(endings.size());
    }

    private static double metric(String name, String metrics) {
        Matcher found = Pattern.compile("^" + Pattern.quote(name) + " ([0-9.]+)", Pattern.MULTILINE)
                .matcher(metrics);
        assertThat(found.find()).as(name).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private void endsEverywhere(Ending ending) throws InterruptedException {
        try (Watch onA = new Watch(ending.name() + " on a", a, ending.token(), ending.project()).untilYes();
                Watch onB = new Watch(ending.name() + " on b", b, ending.token(), ending.project()).untilYes();
                Watch onC = new Watch(ending.name() + " on c", c, ending.token(), ending.project()).untilYes()) {
            ending.act().run();
            long acknowledged = System.nanoTime();

            onA.neverYesAfter(acknowledged);
            onB.neverYesAfter(acknowledged + BOUND);
            onC.neverYesAfter(acknowledged + BOUND);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DatabaseProxy.Line.class,
            names = {"CUT", "SILENT", "LOST"})
    @Order(2)
    void a_node_that_lost_its_database_refuses_rather_than_guesses_and_recovers(DatabaseProxy.Line how)
            throws Exception {
        String project = project();
        String live = token(project, "live");
        String doomed = token(project, "doomed");
        try (Watch lives = new Watch("live", b, live, project).untilYes();
                Watch dies = new Watch("doomed", b, doomed, project).untilYes()) {
            line.set(how);
            long parted = System.nanoTime();
            admin.delete("/api/v1/projects/" + project + "/roles/ci/token/0?id=doomed")
                    .is(200);
            long acknowledged = System.nanoTime();

            dies.neverYesAfter(acknowledged + BOUND);
            lives.neverYesAfter(parted + BOUND);
            lives.until(503);
            line.set(DatabaseProxy.Line.OPEN);

            lives.untilYes();
            dies.until(401);
            dies.neverYesAfter(acknowledged + BOUND);
            lives.wasAlwaysAnswered();
            dies.wasAlwaysAnswered();
        } finally {
            line.set(DatabaseProxy.Line.OPEN);
        }
    }

    @Test
    @Order(3)
    void a_restarted_database_forgets_no_revocation_and_every_node_finds_it_again() throws Exception {
        String project = project();
        String live = token(project, "live");
        String ended = token(project, "ended");
        String doomed = token(project, "doomed");
        try (Watch livesOnA = new Watch("live on a", a, live, project).untilYes();
                Watch livesOnB = new Watch("live on b", b, live, project).untilYes();
                Watch diesOnB = new Watch("doomed on b", b, doomed, project).untilYes();
                Watch deadOnC = new Watch("ended on c", c, ended, project).untilYes()) {
            revoke(project, "ended");
            long acknowledged = System.nanoTime();
            revoke(project, "doomed");
            long last = System.nanoTime();
            int port = postgres.getPort();
            postgres.close();
            long stopped = System.nanoTime();

            livesOnA.neverYesAfter(stopped + BOUND);
            livesOnB.neverYesAfter(stopped + BOUND);
            livesOnA.until(503);
            postgres = postgres(port);

            livesOnA.untilYes();
            livesOnB.untilYes();
            diesOnB.until(401);
            deadOnC.until(401);
            diesOnB.neverYesAfter(last + BOUND);
            deadOnC.neverYesAfter(acknowledged + BOUND);
            assertThat(a.api()
                            .as(ended)
                            .get("/api/v1/account/can-i/applications/get/" + project + "/web")
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    @Order(4)
    void a_crashed_database_forgets_no_revocation_that_was_acknowledged() throws Exception {
        assertThat(List.of(setting("fsync"), setting("synchronous_commit"))).containsExactly("on", "off");
        List<RunningServer> nodes = List.of(a, b, c);
        String project = project();
        String path = "/api/v1/account/can-i/applications/get/" + project + "/web";
        List<String> tokens = new ArrayList<>();
        // More than can be ended while the server is told to stop.
        for (int i = 0; i < 300; i++) tokens.add(token(project, "t" + i));
        String live = token(project, "live");
        for (RunningServer each : nodes) each.api().as(live).get(path).is(200);
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        CountDownLatch some = new CountDownLatch(30);
        AtomicBoolean up = new AtomicBoolean(true);
        List<Thread> ending = new ArrayList<>();
        for (int node = 0; node < nodes.size(); node++) {
            int first = node;
            Api onIt = admin(nodes.get(node));
            ending.add(Thread.ofVirtual().start(() -> {
                for (int i = first; up.get() && i < tokens.size(); i += nodes.size()) {
                    int status = onIt.delete("/api/v1/projects/" + project + "/roles/ci/token/0?id=t" + i)
                            .status();
                    // What it did not acknowledge may be either way.
                    if (status != 200) return;
                    acknowledged.add(i);
                    some.countDown();
                }
            }));
        }
        some.await();
        int port = postgres.getPort();
        crash();
        up.set(false);
        for (Thread each : ending) each.join();
        assertThat(acknowledged).hasSizeLessThan(tokens.size());
        postgres = postgres(port);

        for (RunningServer each : nodes) {
            try (Watch lives = new Watch("live", each, live, project)) {
                lives.untilYes();
            }
            for (int i : acknowledged)
                assertThat(statusOnceKnown(each.api().as(tokens.get(i)), path)).isEqualTo(401);
        }
    }

    /** Past the connections that broke with the server: each of them is found broken by somebody, who is told to come again. */
    private static int statusOnceKnown(Api asked, String path) {
        int status = asked.get(path).status();
        while (status == 503) status = asked.get(path).status();
        return status;
    }

    private String setting(String name) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("show " + name)) {
            assertThat(found.next()).isTrue();
            return found.getString(1);
        }
    }

    /** Ends the server at once, as if the machine had failed under it: what it holds in memory alone is lost. */
    private void crash() throws Exception {
        Path running = folder.resolve("pg").resolve("postmaster.pid");
        String pid = Files.readAllLines(running).getFirst();
        assertThat(new ProcessBuilder("kill", "-QUIT", pid).start().waitFor()).isZero();
        while (Files.exists(running)) Thread.onSpinWait();
        // It finds nothing left to stop, and lets go of the folder.
        postgres.close();
    }

    @Test
    @Order(5)
    void what_a_killed_node_acknowledged_holds_on_the_others() throws Exception {
        String project = project();
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 60; i++) tokens.add(token(project, "t" + i));
        String live = token(project, "live");
        Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
        CountDownLatch some = new CountDownLatch(15);
        AtomicBoolean alive = new AtomicBoolean(true);
        Api onC = admin(c);
        try (Watch lives = new Watch("live", a, live, project).untilYes()) {
            Thread ending = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; alive.get() && i < tokens.size(); i++) {
                        onC.delete("/api/v1/projects/" + project + "/roles/ci/token/0?id=t" + i)
                                .is(200);
                        acknowledged.add(i);
                        some.countDown();
                    }
                } catch (UncheckedIOException | AssertionError e) {
                    // It was killed; what it did not acknowledge may be either way.
                }
            });
            for (String each : tokens) b.api().as(each).get("/api/v1/account/can-i/applications/get/x/web");
            some.await();
            c.kill();
            long killed = System.nanoTime();
            alive.set(false);
            ending.join();

            while (System.nanoTime() < killed + BOUND) Thread.onSpinWait();
            for (RunningServer each : List.of(a, b))
                for (int i : acknowledged)
                    each.api()
                            .as(tokens.get(i))
                            .get("/api/v1/account/can-i/applications/get/" + project + "/web")
                            .is(401);
            lives.onlyEver(200);
        }
        c = node("c", postgres.getPort()).join();
        for (int i : acknowledged)
            c.api()
                    .as(tokens.get(i))
                    .get("/api/v1/account/can-i/applications/get/" + project + "/web")
                    .is(401);
        c.api()
                .as(live)
                .get("/api/v1/account/can-i/applications/get/" + project + "/web")
                .is(200);
    }

    @Test
    @Order(6)
    void a_node_that_was_suspended_asks_before_it_believes_what_it_remembers() throws Exception {
        String project = project();
        String path = "/api/v1/account/can-i/applications/get/" + project + "/web";
        String live = token(project, "live");
        String doomed = token(project, "doomed");
        for (String each : List.of(live, doomed)) b.api().as(each).get(path).is(200);
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        b.suspend();
        try {
            revoke(project, "doomed");
            long acknowledged = System.nanoTime();
            while (System.nanoTime() < acknowledged + BOUND) Thread.onSpinWait();
            for (int i = 0; i < 8; i++)
                waiting.add(CompletableFuture.supplyAsync(
                        () -> b.api().as(doomed).get(path).status()));
        } finally {
            b.resume();
        }

        assertThat(waiting.stream().map(CompletableFuture::join)).isSubsetOf(401, 503);
        try (Watch lives = new Watch("live on b", b, live, project);
                Watch dies = new Watch("doomed on b", b, doomed, project)) {
            lives.untilYes();
            dies.until(401);
        }
    }

    @Test
    @Order(7)
    void tokens_of_a_revoked_key_die_on_every_node() throws Exception {
        String project = project();
        String doomed = token(project, "doomed");
        Matcher kid = Pattern.compile("\"kid\":\"([^\"]+)\"")
                .matcher(admin.get("/.well-known/jwks.json").body());
        assertThat(kid.find()).isTrue();
        String first = kid.group(1);
        endsEverywhere(new Ending(
                "key revoked",
                doomed,
                project,
                () -> admin.post("/api/v1/signing-keys/" + first + "/revoke", "{}")
                        .is(200)));
    }

    private Ending tokenRevoked() {
        String project = project();
        return new Ending("token revoked", token(project, "t"), project, () -> revoke(project, "t"));
    }

    private Ending tokenFound() {
        String project = project();
        String token = token(project, "t");
        return new Ending(
                "token found",
                token,
                project,
                () -> a.api()
                        .post("/api/v1/tokens/revoke-by-value", "{\"token\":\"" + token + "\"}")
                        .is(200));
    }

    private Ending tokenPolicyTightened() {
        String project = project();
        return new Ending(
                "token policy tightened",
                token(project, "t"),
                project,
                () -> admin.put(
                                "/api/v1/projects/" + project + "/token-policy",
                                "{\"project\":{\"maxSeconds\":1,\"allowNoExpiry\":false},\"resourceVersion\":\"0\"}")
                        .is(200));
    }

    private Ending accountTokenRevoked() {
        String project = project();
        String account = account(project);
        return new Ending(
                "account token revoked",
                accountToken(account),
                project,
                () -> admin.delete("/api/v1/account/" + account + "/token/k").is(200));
    }

    private Ending capabilityTaken() {
        String project = project();
        String account = account(project);
        return new Ending(
                "capability taken", accountToken(account), project, () -> changed(account, "[\"login\"]", true));
    }

    private Ending accountOfTokenDisabled() {
        String project = project();
        String account = account(project);
        return new Ending(
                "account of a token disabled",
                accountToken(account),
                project,
                () -> changed(account, "[\"login\",\"apiKey\"]", false));
    }

    private String accountToken(String account) {
        return admin.post("/api/v1/account/" + account + "/token", "{\"id\":\"k\"}")
                .is(200)
                .text("token");
    }

    private void changed(String account, String capabilities, boolean enabled) {
        admin.put(
                        "/api/v1/account/" + account,
                        "{\"capabilities\":" + capabilities + ",\"enabled\":" + enabled + ",\"resourceVersion\":\""
                                + admin.get("/api/v1/account/" + account).text("resourceVersion") + "\"}")
                .is(200);
    }

    private Ending sessionEnded() {
        String project = project();
        String account = account(project);
        Api somebody = a.api().signIn(account, PASSWORD);
        String id = admin.get("/api/v1/sessions?subject=" + account).is(200).text("id");
        return new Ending(
                "session ended",
                somebody.token(),
                project,
                () -> admin.delete("/api/v1/sessions/" + id).is(200));
    }

    private Ending passwordReset() {
        String project = project();
        String account = account(project);
        Api somebody = a.api().signIn(account, PASSWORD);
        return new Ending(
                "password reset",
                somebody.token(),
                project,
                () -> admin.put("/api/v1/account/" + account + "/password", "{\"newPassword\":\"another-Passw0rd\"}")
                        .is(200));
    }

    private Ending signedOut() {
        String project = project();
        Api somebody = a.api().signIn(account(project), PASSWORD);
        return new Ending(
                "signed out",
                somebody.token(),
                project,
                () -> somebody.delete("/api/v1/session").is(200));
    }

    private Ending passwordChanged() {
        String project = project();
        String account = account(project);
        Api somebody = a.api().signIn(account, PASSWORD);
        return new Ending(
                "password changed",
                somebody.token(),
                project,
                () -> somebody.put(
                                "/api/v1/account/password",
                                "{\"currentPassword\":\"" + PASSWORD + "\",\"newPassword\":\"another-Passw0rd\"}")
                        .is(200));
    }

    private Ending accountDisabled() {
        String project = project();
        String account = account(project);
        Api somebody = a.api().signIn(account, PASSWORD);
        return new Ending("account disabled", somebody.token(), project, () -> changed(account, "[\"login\"]", false));
    }

    private Ending accountDeleted() {
        String project = project();
        String account = account(project);
        Api somebody = a.api().signIn(account, PASSWORD);
        return new Ending(
                "account deleted",
                somebody.token(),
                project,
                () -> admin.delete("/api/v1/account/" + account).is(200));
    }

    private Ending roleRemoved() {
        String project = project();
        return new Ending(
                "role removed",
                token(project, "t"),
                project,
                () -> admin.put(
                                "/api/v1/projects/" + project,
                                "{\"project\":{\"metadata\":{\"name\":\"" + project + "\",\"resourceVersion\":\""
                                        + admin.get("/api/v1/projects/" + project)
                                                .text("resourceVersion")
                                        + "\"},\"spec\":{}}}")
                        .is(200));
    }

    private Ending projectDeleted() {
        String project = project();
        return new Ending(
                "project deleted",
                token(project, "t"),
                project,
                () -> admin.delete("/api/v1/projects/" + project).is(200));
    }

    private Ending policyChanged() {
        String project = project();
        String token = a.api().signIn(account(project), PASSWORD).token();
        return new Ending(
                "policy changed",
                token,
                project,
                () -> policy("p, role:everybody, applications, get, nothing/*, allow\\n"));
    }

    /** A project with a role that may read its applications. */
    private String project() {
        String name = "p" + ++names;
        admin.post(
                        "/api/v1/projects",
                        "{\"project\":{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":{\"roles\":[{\"name\":\"ci\","
                                + "\"policies\":[\"p, proj:" + name + ":ci, applications, get, " + name
                                + "/*, allow\"]}]}}}")
                .is(200);
        return name;
    }

    /** A token of that role. */
    private String token(String project, String id) {
        return admin.post("/api/v1/projects/" + project + "/roles/ci/token", "{\"id\":\"" + id + "\"}")
                .is(200)
                .text("token");
    }

    private void revoke(String project, String id) {
        admin.delete("/api/v1/projects/" + project + "/roles/ci/token/0?id=" + id)
                .is(200);
    }

    /** An account that may read the applications of every project. */
    private String account(String project) {
        String name = "somebody-" + project;
        admin.post(
                        "/api/v1/account",
                        "{\"name\":\"" + name + "\",\"capabilities\":[\"login\",\"apiKey\"],\"password\":\"" + PASSWORD
                                + "\"}")
                .is(200);
        policy("p, role:everybody, applications, get, */*, allow\\n");
        return name;
    }

    private void policy(String csv) {
        String version = admin.get("/api/v1/policy").is(200).text("resourceVersion");
        admin.put(
                        "/api/v1/policy",
                        "{\"policyCsv\":\"" + csv + "\",\"policyDefault\":\"role:everybody\",\"resourceVersion\":\""
                                + version + "\"}")
                .is(200);
    }

    private static Api admin(RunningServer server) {
        return server.api().signIn("admin", RunningServer.ADMIN_PASSWORD);
    }
}
