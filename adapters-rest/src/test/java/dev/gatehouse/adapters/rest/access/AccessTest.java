package dev.gatehouse.adapters.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import dev.gatehouse.application.project.ManagingProjects;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest
class AccessTest {
    private final Api api;
    private final World world;

    AccessTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(this::begin);
    }

    private void begin() {
        world.account("carol", "login");
        world.project("demo");
    }

    @ParameterizedTest
    @CsvSource({
        "projects/get/demo, yes",
        "projects/create/x, yes",
        "accounts/update/alice, yes",
        "applications/sync/demo/x, yes",
        "applications/sync/demo/argocd/x, yes",
        "extensions/invoke/x, no",
        "gpgkeys/update/x, no",
        "projects/get/, yes",
        "projects/get, yes",
        "certificates/get/, yes",
        "clusters/get/https://kubernetes.default.svc:443, yes",
        "clusters/get/a%3Ab, yes",
        "clusters/get/a//b/../c, yes",
        "workflows/list/demo/x, yes"
    })
    void the_administrator_asks(String path, String answer) {
        assertThat(api.get("/api/v1/account/can-i/" + path, api.as("admin")).told())
                .isEqualTo("200 {\"value\":\"" + answer + "\"}");
    }

    @Test
    void who_has_no_role_may_nothing_and_may_ask() {
        String carol = api.as("carol");
        for (String path :
                new String[] {"projects/get/demo", "accounts/get/carol", "projects/get", "projects/get/nope"})
            assertThat(api.get("/api/v1/account/can-i/" + path, carol).told()).isEqualTo("200 {\"value\":\"no\"}");
    }

    /** Argo CD answers a question about rolling back as one about syncing unless it is told otherwise. */
    @Test
    void a_question_about_rolling_back_is_answered_as_it_was_asked() {
        world.managingProjects.create(
                world.admin(),
                World.draft(
                        "rolling",
                        new ManagingProjects.RoleDraft(
                                "ci",
                                "",
                                List.of("p, proj:rolling:ci, applications, sync, rolling/*, allow"),
                                List.of())),
                false);
        String token = "Authorization: Bearer "
                + api.post("/api/v1/projects/rolling/roles/ci/token", "{}", api.as("admin"))
                        .body()
                        .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        assertThat(api.get("/api/v1/account/can-i/applications/sync/rolling/x", token)
                        .body())
                .isEqualTo("{\"value\":\"yes\"}");
        assertThat(api.get("/api/v1/account/can-i/applications/rollback/rolling/x", token)
                        .body())
                .isEqualTo("{\"value\":\"no\"}");
    }

    @Test
    void a_question_in_other_words_is_refused_the_action_first() {
        String told = "[get create update delete sync rollback override action invoke] does not contain ";
        assertThat(api.get("/api/v1/account/can-i/projects/foo/demo", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(400, 3, told + "foo"));
        assertThat(api.get("/api/v1/account/can-i/foo/bar/x", api.as("admin")).told())
                .isEqualTo(Api.error(400, 3, told + "bar"));
        assertThat(api.get("/api/v1/account/can-i/foo/get/x", api.as("admin")).body())
                .contains("[clusters projects applications ", "] does not contain foo");
        assertThat(api.get("/api/v1/account/can-i/projects", api.as("admin")).status())
                .isEqualTo(404);
    }

    @Test
    void the_answer_follows_the_policy_at_once() {
        String carol = api.as("carol");
        String path = "/api/v1/account/can-i/applications/get/demo/x";
        assertThat(api.get(path, carol).body()).isEqualTo("{\"value\":\"no\"}");
        String read = api.get("/api/v1/policy", api.as("admin")).body();
        String version = read.replaceAll(".*\"resourceVersion\":\"(\\d+)\".*", "$1");
        String csv = "p, role:dev, applications, *, demo/*, allow\\ng, carol, role:dev\\n";
        Reply put = api.put(
                "/api/v1/policy",
                "{\"policyCsv\":\"" + csv + "\",\"resourceVersion\":\"" + version + "\"}",
                api.as("admin"));
        int next = Integer.parseInt(version) + 1;
        assertThat(put.told())
                .isEqualTo("200 {\"policyCsv\":\"" + csv + "\",\"policyDefault\":\"\",\"scopes\":[\"groups\"],"
                        + "\"matchMode\":\"glob\",\"resourceVersion\":\"" + next + "\"}");
        assertThat(put.header("ETag")).isEqualTo("\"" + next + "\"");
        assertThat(api.get(path, carol).body()).isEqualTo("{\"value\":\"yes\"}");
        assertThat(api.put("/api/v1/policy", "{\"policyCsv\":\"\"}", api.as("admin"), "If-Match: \"" + next + "\"")
                        .status())
                .isEqualTo(200);
        assertThat(api.get(path, carol).body()).isEqualTo("{\"value\":\"no\"}");
    }

    @Test
    void a_policy_is_put_over_the_version_that_was_read() {
        String admin = api.as("admin");
        assertThat(api.put("/api/v1/policy", "{\"policyCsv\":\"\"}", admin).told())
                .isEqualTo(Api.error(
                        428, 9, "resourceVersion is missing; send the one you read, in the body or as If-Match"));
        assertThat(api.put("/api/v1/policy", "{\"policyCsv\":\"\",\"resourceVersion\":\"999\"}", admin)
                        .told())
                .isEqualTo(Api.error(
                        409,
                        10,
                        "the policy has been modified since that resourceVersion; read it again and apply your changes"
                                + " to the latest version"));
        assertThat(api.put("/api/v1/policy", "{\"policyCsv\":\"\",\"resourceVersion\":\"1\"}", admin, "If-Match: 2")
                        .told())
                .isEqualTo(Api.error(400, 3, "resourceVersion and If-Match differ; send one of them"));
    }

    @Test
    void each_fault_of_a_policy_has_its_line_and_column() {
        Reply reply = api.put(
                "/api/v1/policy",
                "{\"policyCsv\":\"p, a, b\\n\\nq, x\\np, a, b, c, d, Deny\",\"resourceVersion\":\"1\"}",
                api.as("admin"));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body())
                .startsWith("{\"error\":\"policyCsv, line 1, column 7: a 'p' line has 6 fields, this one has 3; and 2"
                        + " more, see details\",\"code\":3,")
                .contains(
                        "\"details\":[{\"field\":\"policyCsv:1:7\",",
                        "{\"field\":\"policyCsv:3:1\",\"message\":\"policyCsv, line 3, column 1: a line begins with 'p'"
                                + " or 'g', not with 'q'; comments begin with '#'\"}",
                        "{\"field\":\"policyCsv:4:");
    }

    @Test
    void the_policy_is_for_its_keepers() {
        assertThat(api.get("/api/v1/policy", api.as("carol")).told())
                .isEqualTo(Api.error(
                        403, 7, "permission denied: policies, get, *, sub: carol, iat: 2026-03-01T10:15:30Z"));
        assertThat(api.put("/api/v1/policy", "{\"policyCsv\":\"\"}", api.as("carol"))
                        .status())
                .isEqualTo(403);
    }
}
