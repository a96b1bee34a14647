package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.Race;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Rotation at three processes at the same moment: never two live successors, never a family ended that nobody misused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RotationNodesIT {
    private static final int ROUNDS = 10;
    private static final Duration BOUND = Duration.ofSeconds(1);

    private Cluster cluster;
    private List<RunningServer> nodes;
    private List<Api> admins;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cluster = Cluster.on(folder);
        List<CompletableFuture<RunningServer>> starting = new ArrayList<>();
        for (String each : List.of("a", "b", "c")) starting.add(cluster.node(each, Map.of()));
        nodes = starting.stream().map(CompletableFuture::join).toList();
        admins = nodes.stream().map(Cluster::admin).toList();
        admins.getFirst()
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

    @RepeatedTest(ROUNDS)
    void of_rotations_at_several_processes_at_once_one_wins() throws Exception {
        Api.Reply old = issued();
        List<Callable<Api.Reply>> acts = new ArrayList<>();
        for (Api each : admins) acts.add(() -> rotate(each, old.text("id")));

        Race<Api.Reply> race = Race.between(acts);

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned().stream().map(Api.Reply::status)).containsExactlyInAnyOrder(200, 409, 409);
        assertThat(live(old.text("id"))).isEqualTo(1);
        assertThat(reused(old.text("id"))).isZero();
    }

    @RepeatedTest(ROUNDS)
    void one_request_repeated_at_several_processes_at_once_makes_one_successor() throws Exception {
        Api.Reply old = issued();
        List<Callable<Api.Reply>> acts = new ArrayList<>();
        for (Api each : admins)
            acts.add(() -> rotate(each, old.text("id"), "Idempotency-Key", "rotate-" + old.text("id")));

        Race<Api.Reply> race = Race.between(acts);

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned().stream().map(Api.Reply::status)).containsOnly(200);
        assertThat(race.returned().stream().map(each -> each.text("id")).distinct())
                .hasSize(1);
        assertThat(live(old.text("id"))).isEqualTo(1);
    }

    @RepeatedTest(ROUNDS)
    void a_predecessor_used_at_the_moment_of_its_successors_first_use_accuses_nobody() throws Exception {
        Api.Reply old = issued();
        can(nodes.get(1), old).is(200);
        Api.Reply next = rotate(admins.getFirst(), old.text("id")).is(200);

        Race<Integer> race = Race.between(List.of(
                () -> can(nodes.get(0), old).status(),
                () -> can(nodes.get(1), old).status(),
                () -> can(nodes.get(2), next).status(),
                () -> can(nodes.get(1), next).status()));

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned().subList(0, 2)).isSubsetOf(200, 401);
        assertThat(race.returned().subList(2, 4)).containsOnly(200);
        assertThat(reused(old.text("id"))).isZero();
        for (RunningServer each : nodes) can(each, next).is(200);
        assertThat(live(old.text("id"))).isEqualTo(1);
    }

    @RepeatedTest(ROUNDS)
    void a_token_that_is_used_while_it_is_rotated_goes_on_and_nobody_is_accused() throws Exception {
        Api.Reply old = issued();

        Race<Integer> race = Race.between(List.of(
                () -> rotate(admins.get(0), old.text("id")).status(),
                () -> can(nodes.get(1), old).status(),
                () -> can(nodes.get(2), old).status()));

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsOnly(200);
        assertThat(reused(old.text("id"))).isZero();
        assertThat(live(old.text("id"))).isEqualTo(1);
    }

    @RepeatedTest(3)
    void a_token_of_five_uses_makes_five_requests_at_all_processes_together() throws Exception {
        Api.Reply limited = admins.getFirst()
                .post(
                        "/api/v1/tokens",
                        "{\"subject\":\"proj:p:ci\",\"expiresIn\":3600,\"restrictions\":{\"maxUses\":5}}")
                .is(200);
        List<Callable<Integer>> acts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            RunningServer node = nodes.get(i % nodes.size());
            acts.add(() -> can(node, limited).status());
        }

        Race<Integer> race = Race.between(acts);

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsOnly(200, 401);
        assertThat(race.returned().stream().filter(each -> each == 200)).hasSize(5);
    }

    @Test
    void a_closed_predecessor_that_is_shown_later_ends_its_family_everywhere() throws Exception {
        Api.Reply old = issued();
        Api.Reply next = rotate(admins.getFirst(), old.text("id")).is(200);
        try (Watch onA = watch(0, next).untilYes();
                Watch onB = watch(1, next).untilYes();
                Watch onC = watch(2, next).untilYes();
                Watch thief = watch(1, old)) {
            thief.until(401);
            onB.until(401);
            long ended = System.nanoTime();

            for (Watch each : List.of(onA, onC)) each.neverYesAfter(ended + BOUND.toNanos());
            for (Watch each : List.of(onA, onC)) each.until(401);
        }
        assertThat(reused(old.text("id"))).isEqualTo(1);
        assertThat(live(old.text("id"))).isZero();
    }

    @Test
    void a_predecessor_that_waited_in_front_of_a_suspended_process_accuses_nobody() throws Exception {
        RunningServer suspended = nodes.get(1);
        Api.Reply old = issued();
        can(suspended, old).is(200);
        Api.Reply next = rotate(admins.getFirst(), old.text("id")).is(200);
        List<CompletableFuture<Integer>> waiting = new ArrayList<>();
        suspended.suspend();
        try {
            for (int i = 0; i < 8; i++)
                waiting.add(
                        CompletableFuture.supplyAsync(() -> can(suspended, old).status()));
            can(nodes.getFirst(), next).is(200);
            long closed = System.nanoTime();
            while (System.nanoTime() < closed + 2 * BOUND.toNanos()) Thread.onSpinWait();
        } finally {
            suspended.resume();
        }

        assertThat(waiting.stream().map(CompletableFuture::join)).isSubsetOf(401, 503);
        assertThat(reused(old.text("id"))).isZero();
        for (RunningServer each : nodes) can(each, next).is(200);
    }

    @Test
    void what_a_killed_process_rotated_the_others_know() throws Exception {
        RunningServer doomed = cluster.node("doomed", Map.of()).join();
        Api.Reply old = issued();
        Api.Reply next = rotate(Cluster.admin(doomed), old.text("id"), "Idempotency-Key", "before-the-end")
                .is(200);
        doomed.kill();

        rotate(admins.get(1), old.text("id")).is(409);
        assertThat(rotate(admins.get(2), old.text("id"), "Idempotency-Key", "before-the-end")
                        .is(200)
                        .text("id"))
                .isEqualTo(next.text("id"));
        for (RunningServer each : nodes) can(each, next).is(200);
        assertThat(live(old.text("id"))).isEqualTo(1);
    }

    private Api.Reply issued() {
        return admins.getFirst()
                .post("/api/v1/tokens", "{\"subject\":\"proj:p:ci\",\"expiresIn\":3600}")
                .is(200);
    }

    private static Api.Reply rotate(Api admin, String id, String... headers) {
        return admin.send(
                "POST",
                "/api/v1/tokens/" + id + "/rotate",
                "{\"overlapSeconds\":600,\"closeOnFirstUse\":true}",
                headers);
    }

    private static Api.Reply can(RunningServer node, Api.Reply issued) {
        return node.api().as(issued.text("token")).get("/api/v1/account/can-i/applications/get/p/web");
    }

    private Watch watch(int node, Api.Reply issued) {
        return new Watch("token on " + node, nodes.get(node), issued.text("token"), "p");
    }

    /** How many of a family have no successor and are not revoked. */
    private long live(String family) throws Exception {
        return cluster.number(
                "select count(*) from api_token where coalesce(family_id, id) = ? and revoked_at is null"
                        + " and superseded_at is null",
                family);
    }

    private long reused(String family) throws Exception {
        return cluster.number(
                "select count(*) from api_token where coalesce(family_id, id) = ? and revoke_reason = 'reused'"
                        + " and superseded_at is null",
                family);
    }
}
