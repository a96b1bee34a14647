package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens are cleaned up by one of two processes: what the other one knows counts, and it goes on when the first is killed. */
class CleanUpIT {
    private static final int MANY = 2_000;
    /** In whole seconds, as tokens are issued. */
    private static final String LONG_AGO = "date_trunc('second', clock_timestamp()) - interval '100 days'";

    private Cluster cluster;
    private RunningServer one;
    private RunningServer other;
    private Api admin;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        cluster = Cluster.on(folder);
        CompletableFuture<RunningServer> first = cluster.node("one", Map.of());
        CompletableFuture<RunningServer> second = cluster.node("other", Map.of());
        one = first.join();
        other = second.join();
        admin = Cluster.admin(other);
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
    void what_a_killed_process_was_at_is_finished_by_another_each_token_once() throws Exception {
        issued("kept");
        issued("ended");
        cluster.write("update api_token set issued_at = " + LONG_AGO + ", not_before = " + LONG_AGO + ", expires_at = "
                + LONG_AGO + " + interval '1 hour' where name = 'ended'");
        copies("ended", MANY);
        // So that it is in the middle of it when it is killed.
        cluster.write("create function slowly() returns trigger language plpgsql"
                + " as 'begin perform pg_sleep(0.005); return new; end'");
        cluster.write("create trigger slowly before insert on token_removed for each row execute function slowly()");
        Api doomed = Cluster.admin(one);
        Thread asking = Thread.ofVirtual().start(() -> {
            try {
                doomed.post("/api/v1/tokens/clean-up", "{\"expiredForSeconds\":86400}");
            } catch (UncheckedIOException e) {
                // It was killed before it could answer.
            }
        });
        cluster.await("select coalesce(max(removed), 0) from token_clean_up", removed -> removed > 0);
        one.kill();
        asking.join();
        assertThat(cluster.number("select count(*) from token_clean_up where state = 'running'"))
                .as("it was killed in the middle")
                .isEqualTo(1);

        cluster.write("drop trigger slowly on token_removed");
        // As if the minute had passed for which nobody takes it up.
        cluster.write("update token_clean_up set worker_until = clock_timestamp()");
        cluster.await("select count(*) from token_clean_up where state = 'done'", done -> done == 1);

        assertThat(cluster.number("select removed from token_clean_up")).isEqualTo(MANY + 1);
        assertThat(cluster.number("select count(*) from api_token")).isEqualTo(1);
        assertThat(cluster.number("select count(*) from token_removed")).isEqualTo(MANY + 1);
        String metrics = admin.get("/prometheus").is(200).body();
        assertThat(metric(metrics, "gatehouse_clean_up_runs_total{outcome=\"done\"}"))
                .isEqualTo(1);
        assertThat(metric(metrics, "gatehouse_clean_up_tokens_total{act=\"removed\"}"))
                .isBetween(1.0, (double) MANY);
        assertThat(metric(metrics, "gatehouse_clean_up_tokens_total{act=\"examined\"}"))
                .isPositive();
        assertThat(metric(metrics, "gatehouse_clean_up_last_success_seconds"))
                .isCloseTo(cluster.number("select extract(epoch from clock_timestamp())"), within(120.0));
    }

    @Test
    void a_token_that_was_just_used_at_another_process_is_not_ended_as_unused() throws Exception {
        String used = issued("used");
        String first = issued("first");
        issued("unused");
        cluster.write("update api_token set issued_at = " + LONG_AGO + ", not_before = " + LONG_AGO);
        cluster.write("update api_token set first_used_at = " + LONG_AGO + ", last_used_at = " + LONG_AGO
                + ", last_used_from = '192.0.2.1', last_used_by = '' where name in ('used', 'unused')");
        for (String each : List.of(used, first)) can(other, each).is(200);

        Api.Reply done = Cluster.admin(one)
                .post("/api/v1/tokens/clean-up", "{\"unusedForSeconds\":86400,\"neverUsedForSeconds\":86400}")
                .is(200);

        assertThat(done.body()).contains("\"revoked\":1");
        assertThat(cluster.number("select count(*) from api_token where revoked_at is not null and name = 'unused'"))
                .isEqualTo(1);
        for (RunningServer each : List.of(one, other))
            for (String token : List.of(used, first)) can(each, token).is(200);
    }

    private String issued(String id) {
        return admin.post("/api/v1/projects/p/roles/ci/token", "{\"id\":\"" + id + "\"}")
                .is(200)
                .text("token");
    }

    private static Api.Reply can(RunningServer node, String token) {
        return node.api().as(token).get("/api/v1/account/can-i/applications/get/p/web");
    }

    /** Rows like that of one token, each with an id and a name of its own. */
    private void copies(String name, int many) throws SQLException {
        String columns = "subject_kind, subject_id, subject_name, role, description, issued_at, expires_at, created_by";
        cluster.write(
                "insert into api_token (id, name, " + columns + ") select 'copy-' || n, 'copy-' || n, " + columns
                        + " from api_token, generate_series(1, ?) as n where name = ?",
                many,
                name);
    }

    private static double metric(String metrics, String name) {
        Matcher number =
                Pattern.compile("(?m)^" + Pattern.quote(name) + " ([-0-9.E]+)$").matcher(metrics);
        assertThat(number.find()).as(name + " in " + metrics).isTrue();
        return Double.parseDouble(number.group(1));
    }
}
