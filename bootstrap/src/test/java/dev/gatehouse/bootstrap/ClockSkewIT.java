package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes whose machines are two hours apart, the database's clock in the middle: nothing lives longer, comes to life
 * again, or begins earlier at either of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockSkewIT {
    private static final Duration OFF = Duration.ofHours(1);
    /** How far apart two nodes may be: half a round trip of each, and the tolerance of the database's clock. */
    private static final Duration AGREEMENT = Duration.ofMillis(250);

    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofHours(8);
    private static final String PASSWORD = "somebodys-Passw0rd";

    private Cluster cluster;
    private RunningServer ahead;
    private RunningServer behind;
    private Api adminAhead;
    private Api adminBehind;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cluster = Cluster.on(folder);
        CompletableFuture<RunningServer> one = cluster.node("ahead", Map.of(), ShiftedClock.option(folder, OFF));
        CompletableFuture<RunningServer> other =
                cluster.node("behind", Map.of(), ShiftedClock.option(folder, OFF.negated()));
        ahead = one.join();
        behind = other.join();
        adminAhead = Cluster.admin(ahead);
        adminBehind = Cluster.admin(behind);
        adminAhead
                .post(
                        "/api/v1/projects",
                        "{\"project\":{\"metadata\":{\"name\":\"p\"},\"spec\":{\"roles\":[{\"name\":\"ci\",\"policies\":"
                                + "[\"p, proj:p:ci, applications, get, p/*, allow\"]}]}}}")
                .is(200);
    }

    @AfterAll
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void a_node_tells_that_its_clock_is_off_and_by_how_much() throws Exception {
        assertThat(skew(adminAhead)).isCloseTo(OFF.toSeconds(), within(5.0));
        assertThat(skew(adminBehind)).isCloseTo(-OFF.toSeconds(), within(5.0));
        for (RunningServer each : List.of(ahead, behind)) each.waitUntilItSays("the clock of this machine is");
    }

    @Test
    void a_token_ends_at_both_when_the_database_says_so() throws Exception {
        for (Api issuer : List.of(adminAhead, adminBehind)) {
            String token = issued(issuer, "\"expiresIn\":6").text("token");
            Instant end = Instant.ofEpochSecond(claim(token, "exp"));
            assertThat(end).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
            try (Watch here = watch(ahead, token).untilYes();
                    Watch there = watch(behind, token).untilYes()) {
                here.until(401);
                there.until(401);

                here.neverYesAfter(timerAt(end));
                there.neverYesAfter(timerAt(end));
            }
        }
    }

    @Test
    void a_token_begins_at_neither_before_the_database_says_so() throws Exception {
        Instant begin = Instant.now().plusSeconds(10).truncatedTo(ChronoUnit.SECONDS);
        String token = issued(adminBehind, "\"expiresIn\":3600,\"notBefore\":\"" + begin + "\"")
                .text("token");

        for (RunningServer each : List.of(ahead, behind)) can(each, token).is(401);
        for (RunningServer each : List.of(ahead, behind)) {
            try (Watch watch = watch(each, token)) {
                watch.untilYes();
            }
            assertThat(Instant.now()).isAfter(begin.minus(AGREEMENT));
        }
    }

    @Test
    void what_the_node_that_is_behind_revokes_is_dead_at_once_and_stays_dead() throws Exception {
        Api.Reply issued = issued(adminAhead, "\"expiresIn\":3600");
        String token = issued.text("token");
        try (Watch here = watch(ahead, token).untilYes();
                Watch there = watch(behind, token).untilYes()) {
            adminBehind.delete("/api/v1/tokens/" + issued.text("id")).is(200);
            long acknowledged = System.nanoTime();

            there.neverYesAfter(acknowledged);
            here.neverYesAfter(acknowledged + BOUND.toNanos());
            here.until(401);
        }
        assertThat(Instant.parse(adminAhead
                        .get("/api/v1/tokens/" + issued.text("id"))
                        .is(200)
                        .text("revokedAt")))
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void a_predecessor_ends_with_its_window_at_both_and_is_known_as_closed_behind_it() throws Exception {
        Api.Reply old = issued(adminAhead, "\"expiresIn\":3600");
        Api.Reply next = adminBehind
                .post(
                        "/api/v1/tokens/" + old.text("id") + "/rotate",
                        "{\"overlapSeconds\":6,\"closeOnFirstUse\":false}")
                .is(200);
        Instant end = Instant.parse(next.text("predecessorEndsAt"));
        assertThat(end).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        try (Watch successor = watch(ahead, next.text("token")).untilYes();
                Watch here = watch(ahead, old.text("token")).untilYes();
                Watch there = watch(behind, old.text("token")).untilYes()) {
            here.until(401);
            there.until(401);

            here.neverYesAfter(timerAt(end));
            there.neverYesAfter(timerAt(end));
            // Who still shows the old one is not who has the new one.
            successor.until(401);
        }
        can(behind, next.text("token")).is(401);
    }

    @Test
    void limited_uses_are_counted_once_whatever_time_it_is() {
        String token = issued(adminAhead, "\"expiresIn\":3600,\"restrictions\":{\"maxUses\":5}")
                .text("token");

        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++)
            for (RunningServer each : List.of(ahead, behind))
                answers.add(can(each, token).status());

        assertThat(answers).containsExactly(200, 200, 200, 200, 200, 401, 401, 401);
    }

    @Test
    void a_session_is_idle_at_both_or_at_neither() throws Exception {
        String idle = unusedFor("idle", IDLE.plusMinutes(2));
        String nearly = unusedFor("nearly-idle", IDLE.minusMinutes(30));

        for (RunningServer each : List.of(ahead, behind)) {
            assertThat(each.api().as(idle).get("/api/v1/account").status()).isEqualTo(401);
            each.api().as(nearly).get("/api/v1/account").is(200);
        }
    }

    private String unusedFor(String name, Duration length) throws Exception {
        adminAhead
                .post(
                        "/api/v1/account",
                        "{\"name\":\"" + name + "\",\"capabilities\":[\"login\"],\"password\":\"" + PASSWORD + "\"}")
                .is(200);
        String token = ahead.api().signIn(name, PASSWORD).token();
        assertThat(cluster.write(
                        "update session set started_at = clock_timestamp() - cast(? as interval) where account_name = ?",
                        length.toSeconds() + " seconds",
                        name))
                .isEqualTo(1);
        return token;
    }

    private Api.Reply issued(Api issuer, String members) {
        return issuer.post("/api/v1/tokens", "{\"subject\":\"proj:p:ci\"," + members + "}")
                .is(200);
    }

    private static Watch watch(RunningServer node, String token) {
        return new Watch("token", node, token, "p");
    }

    private static Api.Reply can(RunningServer node, String token) {
        return node.api().as(token).get("/api/v1/account/can-i/applications/get/p/web");
    }

    private static long timerAt(Instant moment) {
        return System.nanoTime()
                + Duration.between(Instant.now(), moment.plus(AGREEMENT)).toNanos();
    }

    private static long claim(String token, String name) {
        String claims = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
        Matcher number = Pattern.compile("\"" + name + "\":([0-9]+)").matcher(claims);
        assertThat(number.find()).as(claims).isTrue();
        return Long.parseLong(number.group(1));
    }

    private static double skew(Api admin) {
        Matcher number = Pattern.compile("(?m)^gatehouse_clock_skew_seconds(?:\\{[^}]*})? (-?[0-9.E]+)")
                .matcher(admin.get("/prometheus").is(200).body());
        assertThat(number.find()).isTrue();
        return Double.parseDouble(number.group(1));
    }
}
