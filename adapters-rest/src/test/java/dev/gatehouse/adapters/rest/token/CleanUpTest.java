package dev.gatehouse.adapters.rest.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.CleanUp;
import dev.gatehouse.domain.token.CleanUpId;
import dev.gatehouse.domain.token.CleanUpOrder;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The clean-up of tokens over HTTP. */
@MicronautTest
class CleanUpTest {
    private static final String CLEAN_UP = "/api/v1/tokens/clean-up";
    private static final Pattern ID = Pattern.compile("\\{\"id\":\"([^\"]+)\"");

    private final Api api;
    private final World world;

    CleanUpTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(this::begin);
    }

    private void begin() {
        world.account("alice", "login", "apiKey");
        for (String project : new String[] {"old", "idle", "slow"}) world.project(project);
    }

    private void issue(String subject, String id, long seconds) {
        Reply made = api.post(
                "/api/v1/tokens",
                "{\"subject\":\"" + subject + "\",\"id\":\"" + id + "\",\"expiresIn\":" + seconds + "}",
                api.as("admin"));
        assertThat(made.status()).as(made.told()).isEqualTo(200);
    }

    private static String idOf(Reply reply) {
        Matcher found = ID.matcher(reply.body());
        assertThat(found.find()).as(reply.told()).isTrue();
        return found.group(1);
    }

    @Test
    void what_ended_is_removed_after_a_rehearsal_that_tells_the_same() {
        issue("proj:old:ci", "old-1", 60);
        world.clock.advance(Duration.ofMinutes(10));
        String order = "{\"project\":\"old\",\"kinds\":[\"project\"],\"expiredForSeconds\":300}";

        Reply told = api.post(CLEAN_UP + "?dryRun=true", order, api.as("admin"));
        assertThat(told.status()).as(told.told()).isEqualTo(200);
        assertThat(told.body())
                .contains("\"state\":\"done\",\"dryRun\":true,\"examined\":1,\"revoked\":0,\"removed\":1,\"done\":1,"
                        + "\"total\":1,")
                .endsWith(
                        "\"startedBy\":\"admin\",\"items\":[{\"id\":\"old-1\",\"name\":\"old-1\",\"kind\":\"project\","
                                + "\"subject\":\"proj:old:ci\",\"outcome\":\"removed\",\"reason\":\"ended\"}]}");
        assertThat(api.get("/api/v1/tokens/old-1", api.as("admin")).status()).isEqualTo(200);

        Reply done = api.post(CLEAN_UP, order, api.as("admin"));
        assertThat(done.body()).doesNotContain("dryRun").contains("\"removed\":1");
        assertThat(done.header("Location")).isEqualTo(CLEAN_UP + "/" + idOf(done));
        assertThat(api.get(CLEAN_UP + "/" + idOf(done), api.as("admin")).body()).isEqualTo(done.body());
        assertThat(api.get("/api/v1/tokens/old-1", api.as("admin")).status()).isEqualTo(404);
        assertThat(api.post("/api/v1/tokens", "{\"subject\":\"proj:old:ci\",\"id\":\"old-1\"}", api.as("admin"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void the_same_key_and_body_begin_one_run() {
        String key = "Idempotency-Key: one-run";
        String order = "{\"project\":\"old\",\"expiredForSeconds\":300}";
        Reply first = api.post(CLEAN_UP, order, api.as("admin"), key);

        Reply again = api.post(CLEAN_UP, order.replace(",", ", "), api.as("admin"), key);

        assertThat(again.told()).isEqualTo(first.told());
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(api.post(CLEAN_UP + "?dryRun=true", order, api.as("admin"), key)
                        .status())
                .isEqualTo(422);
        assertThat(api.post(CLEAN_UP, order.replace("300", "301"), api.as("admin"), key)
                        .status())
                .isEqualTo(422);
        assertThat(idOf(api.post(CLEAN_UP, order, api.as("admin")))).isNotEqualTo(idOf(first));
    }

    @Test
    void what_nobody_uses_is_revoked() {
        issue("proj:idle:ci", "idle-1", 0);
        world.clock.advance(Duration.ofMinutes(10));

        Reply done = api.post(CLEAN_UP, "{\"project\":\"idle\",\"neverUsedForSeconds\":300}", api.as("admin"));

        assertThat(done.body())
                .contains("\"revoked\":1,\"removed\":0")
                .contains("\"outcome\":\"revoked\",\"reason\":\"neverUsed\"");
        assertThat(api.get("/api/v1/tokens/idle-1", api.as("admin")).body())
                .contains("\"state\":\"revoked\"")
                .contains("\"reason\":\"clean-up " + idOf(done) + ": neverUsed\"");
    }

    @Test
    void a_slip_in_an_order_ends_nothing() {
        assertThat(api.post(CLEAN_UP, "", api.as("admin")).status()).isEqualTo(400);
        assertThat(api.post(CLEAN_UP, "{}", api.as("admin")).body())
                .contains("nothing is asked for; send at least one of expiredForSeconds, unusedForSeconds and"
                        + " neverUsedForSeconds");
        assertThat(api.post(CLEAN_UP, "{\"unusedForSeconds\":119}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(400, 3, "unusedForSeconds must be 120 to 3153600000"));
        assertThat(api.post(CLEAN_UP, "{\"expiredForSeconds\":-1}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(400, 3, "expiredForSeconds must be 0 to 3153600000"));
        assertThat(api.post(CLEAN_UP, "{\"neverUsedForSeconds\":9223372036854775807}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(400, 3, "neverUsedForSeconds must be 120 to 3153600000"));
        assertThat(api.post(CLEAN_UP, "{\"expiredForSeconds\":1,\"kinds\":[\"session\"]}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(400, 3, "unknown kinds 'session'; there is: account, project"));
        assertThat(api.post(CLEAN_UP, "{\"expiredForSeconds\":1,\"kind\":\"project\"}", api.as("admin"))
                        .body())
                .contains("unknown member 'kind'");
        assertThat(api.post(CLEAN_UP + "?dryrun=true", "{\"expiredForSeconds\":1}", api.as("admin"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void without_the_right_nobody_learns_what_there_is() {
        String order = "{\"project\":\"%s\",\"expiredForSeconds\":1}";
        Reply there = api.post(CLEAN_UP, String.format(order, "old"), api.as("alice"));
        Reply nowhere = api.post(CLEAN_UP, String.format(order, "nowhere"), api.as("alice"));

        assertThat(there.status()).isEqualTo(403);
        assertThat(nowhere.status()).isEqualTo(403);
        assertThat(api.get(CLEAN_UP + "/any", api.as("alice")).status()).isEqualTo(403);
        assertThat(api.get(CLEAN_UP + "/any", api.as("admin")).status()).isEqualTo(404);
        assertThat(api.post(CLEAN_UP, String.format(order, "nowhere"), api.as("admin"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_run_that_goes_on_is_answered_with_202_and_the_place_to_ask() {
        String key = "Idempotency-Key: long-run";
        String order = "{\"project\":\"slow\",\"expiredForSeconds\":300}";
        Reply first = api.post(CLEAN_UP, order, api.as("admin"), key);
        assertThat(first.status()).as(first.told()).isEqualTo(200);
        CleanUp run = world.cleanUps.find(new CleanUpId(idOf(first))).orElseThrow();
        world.cleanUps.update(run.with(
                new CleanUp.State.Running("another", world.clock.instant().plusSeconds(60))));

        Reply begun = api.post(CLEAN_UP, order, api.as("admin"), key);

        assertThat(begun.status()).as(begun.told()).isEqualTo(202);
        assertThat(begun.body()).contains("\"state\":\"running\"");
        assertThat(begun.header("Location")).isEqualTo(CLEAN_UP + "/" + idOf(first));
    }

    @Test
    void a_run_that_goes_on_tells_how_far_it_got_and_can_be_stopped() {
        CleanUp run = CleanUp.begin(
                new CleanUpId("slow-1"),
                new CleanUp.AskedBy("admin", Optional.empty(), "session", Origin.itself("request-1")),
                new CleanUpOrder(
                        Optional.of(new ProjectName("slow")),
                        Set.of(),
                        Optional.of(Duration.ofDays(1)),
                        Optional.empty(),
                        Optional.empty()),
                false,
                1_000,
                world.clock.instant(),
                new CleanUp.State.Running("another", world.clock.instant().plusSeconds(60)));
        world.cleanUps.insert(run);

        assertThat(api.get(CLEAN_UP + "/slow-1", api.as("admin")).body())
                .startsWith(
                        "{\"id\":\"slow-1\",\"state\":\"running\",\"examined\":0,\"revoked\":0,\"removed\":0,\"done\":0,"
                                + "\"total\":1000,")
                .endsWith("\"items\":[]}");
        assertThat(api.delete(CLEAN_UP + "/slow-1", api.as("admin")).body())
                .contains("\"state\":\"cancelled\"")
                .contains("\"finishedAt\":\"");
    }
}
