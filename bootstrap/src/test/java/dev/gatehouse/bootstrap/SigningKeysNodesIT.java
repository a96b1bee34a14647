package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys take turns under three processes that sign and verify all the while, and under one that comes later. */
class SigningKeysNodesIT {
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final int TURNS = 3;

    private Cluster cluster;
    private List<RunningServer> nodes;
    private Api admin;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        cluster = Cluster.on(folder);
        List<CompletableFuture<RunningServer>> starting = new ArrayList<>();
        for (String each : List.of("a", "b", "c")) starting.add(cluster.node(each, Map.of()));
        nodes = new ArrayList<>(starting.stream().map(CompletableFuture::join).toList());
        admin = Cluster.admin(nodes.getFirst());
        admin.post(
                        "/api/v1/projects",
                        "{\"project\":{\"metadata\":{\"name\":\"p\"},\"spec\":{\"roles\":[{\"name\":\"ci\",\"policies\":"
                                + "[\"p, proj:p:ci, applications, get, p/*, allow\"]}]}}}")
                .is(200);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void no_process_refuses_what_another_signed_while_keys_take_turns() throws Exception {
        String oldest = issued(admin);
        Set<String> signedBy = ConcurrentHashMap.newKeySet();
        ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
        AtomicBoolean busy = new AtomicBoolean(true);
        AtomicInteger checked = new AtomicInteger();
        List<Thread> load = new ArrayList<>();
        for (RunningServer signer : nodes) {
            Api api = signer.api().as(admin.token());
            load.add(Thread.ofVirtual()
                    .uncaughtExceptionHandler((thread, e) -> refused.add(e.toString()))
                    .start(() -> {
                        while (busy.get()) {
                            String token = issued(api);
                            signedBy.add(kid(token));
                            for (RunningServer each : nodes) if (can(each, token) != 200) refused.add(token);
                            checked.incrementAndGet();
                        }
                    }));
        }
        try {
            for (int turn = 0; turn < TURNS; turn++) {
                String active = rotated();
                await(() -> signedBy.contains(active), refused);
            }
        } finally {
            busy.set(false);
            for (Thread each : load) each.join();
        }
        RunningServer later = cluster.node("later", Map.of()).join();

        assertThat(refused).isEmpty();
        assertThat(signedBy).hasSizeGreaterThanOrEqualTo(TURNS);
        assertThat(checked).hasPositiveValue();
        for (RunningServer each : List.of(nodes.get(0), nodes.get(1), nodes.get(2), later)) {
            assertThat(can(each, oldest)).as("of a retired key").isEqualTo(200);
            assertThat(published(each)).isEqualTo(published(later));
        }
    }

    @Test
    void a_revoked_key_ends_its_sessions_and_tokens_everywhere_and_those_of_the_others_live_on() throws Exception {
        String doomed = issued(admin);
        String first = kid(doomed);
        admin.post(
                        "/api/v1/account",
                        "{\"name\":\"somebody\",\"capabilities\":[\"login\"],\"password\":\"somebodys-Passw0rd\"}")
                .is(200);
        admin.put(
                        "/api/v1/policy",
                        "{\"policyCsv\":\"p, role:everybody, applications, get, */*, allow\\n\",\"policyDefault\":"
                                + "\"role:everybody\",\"resourceVersion\":\""
                                + admin.get("/api/v1/policy").is(200).text("resourceVersion") + "\"}")
                .is(200);
        String session =
                nodes.get(1).api().signIn("somebody", "somebodys-Passw0rd").token();
        String second = rotated();
        await(() -> kid(issued(admin)).equals(second), List.of());
        Api onSecond = Cluster.admin(nodes.getFirst());
        String kept = issued(onSecond);
        assertThat(kid(session)).isEqualTo(first);
        assertThat(kid(kept)).isEqualTo(second);

        List<Watch> watches = new ArrayList<>();
        try {
            for (RunningServer each : nodes)
                for (String token : List.of(doomed, session))
                    watches.add(new Watch("of the revoked key", each, token, "p").untilYes());
            onSecond.post("/api/v1/signing-keys/" + first + "/revoke", "{}").is(200);
            long acknowledged = System.nanoTime();

            for (Watch each : watches) each.neverYesAfter(acknowledged + BOUND.toNanos());
            for (Watch each : watches) each.until(401);
        } finally {
            watches.forEach(Watch::close);
        }
        for (RunningServer each : nodes) {
            assertThat(can(each, kept)).isEqualTo(200);
            assertThat(published(each)).contains(second).doesNotContain(first);
        }
    }

    /** Rotates, and lets the time pass for which a key is published before it signs: another one waits from now on. */
    private String rotated() throws Exception {
        String next = admin.post("/api/v1/signing-keys/rotate", "{}").is(200).text("kid");
        cluster.write("update signing_key set created_at = created_at - interval '1 day', active_from ="
                + " case when active_from > clock_timestamp() then clock_timestamp() else active_from end");
        // A number without a row: everybody forgets what was remembered, keys too, and reads again.
        cluster.write("update access_change set changes = changes + 1");
        return next;
    }

    private static String issued(Api api) {
        return api.post("/api/v1/tokens", "{\"subject\":\"proj:p:ci\",\"expiresIn\":3600}")
                .is(200)
                .text("token");
    }

    private static int can(RunningServer node, String token) {
        return node.api()
                .as(token)
                .get("/api/v1/account/can-i/applications/get/p/web")
                .status();
    }

    private static String kid(String token) {
        String header = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[0]), StandardCharsets.UTF_8);
        return kids(header).iterator().next();
    }

    private static Set<String> published(RunningServer node) {
        return kids(node.api().get("/.well-known/jwks.json").is(200).body());
    }

    private static Set<String> kids(String json) {
        Set<String> found = new TreeSet<>();
        Matcher kid = Pattern.compile("\"kid\":\"([^\"]+)\"").matcher(json);
        while (kid.find()) found.add(kid.group(1));
        return found;
    }

    private static void await(BooleanSupplier condition, Iterable<String> refused) {
        long end = System.nanoTime() + Watch.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(refused).isEmpty();
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
