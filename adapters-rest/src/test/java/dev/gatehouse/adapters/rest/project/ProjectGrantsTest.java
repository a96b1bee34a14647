package dev.gatehouse.adapters.rest.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an editor of a project may not do with it. */
@MicronautTest
class ProjectGrantsTest {
    private static final String POLICY = "p, role:editor, projects, get, edited, allow\\n"
            + "p, role:editor, projects, update, edited, allow\\n"
            + "p, role:editor, projects, create, edited, allow\\n"
            + "p, role:editor, applications, get, edited/*, allow\\n"
            + "p, role:editor, clusters, update, https://mine, allow\\n"
            + "p, role:editor, repositories, update, https://git/mine, allow\\n"
            + "g, bob, role:editor\\n"
            + "p, dora, projects, create, *, allow\\n";
    private static final String ME = ", sub: bob, iat: 2026-03-01T10:15:30Z";

    private final Api api;
    private final String admin;

    ProjectGrantsTest(Api api, World world) {
        this.api = api;
        this.admin = api.as("admin");
        api.once(() -> {
            world.account("bob", "login");
            world.account("dora", "login");
            String version =
                    api.get("/api/v1/policy", admin).body().replaceAll("(?s).*\"resourceVersion\":\"(\\d+)\".*", "$1");
            assertThat(api.put(
                                    "/api/v1/policy",
                                    "{\"policyCsv\":\"" + POLICY + "\",\"resourceVersion\":\"" + version + "\"}",
                                    admin)
                            .status())
                    .isEqualTo(200);
        });
    }

    private void stored(String spec) {
        assertThat(api.post("/api/v1/projects", body("", spec, true), admin).status())
                .isEqualTo(200);
    }

    private static String body(String version, String spec, boolean upsert) {
        return "{\"project\":{\"metadata\":{\"name\":\"edited\",\"resourceVersion\":\"" + version + "\"},\"spec\":"
                + spec + "},\"upsert\":" + upsert + "}";
    }

    /** By update and by upsert, which answer alike. */
    private Reply change(String spec) {
        String version = api.get("/api/v1/projects/edited", admin)
                .body()
                .replaceAll("(?s).*?\"resourceVersion\":\"(\\d+)\".*", "$1");
        String bob = api.as("bob");
        Reply updated = api.put("/api/v1/projects/edited", body(version, spec, false), bob);
        Reply upserted = api.post("/api/v1/projects", body("", spec, true), bob);
        assertThat(upserted.status()).isEqualTo(updated.status());
        if (updated.status() != 200) assertThat(upserted.told()).isEqualTo(updated.told());
        return updated;
    }

    @Test
    void a_grant_of_what_one_does_not_hold_is_refused_by_name() {
        stored("{\"roles\":[{\"name\":\"ci\"}]}");
        String policy = "p, proj:edited:ci, applications, delete, edited/*, allow";
        assertThat(change("{\"roles\":[{\"name\":\"ci\",\"policies\":[\"" + policy + "\"]}]}")
                        .told())
                .isEqualTo(Api.error(
                        403,
                        7,
                        "permission denied: applications, delete, edited/*" + ME + "; role 'ci' would allow it by '"
                                + policy
                                + "'; give only what you hold yourself, or ask somebody who may update all projects"));
        assertThat(change("{\"roles\":[{\"name\":\"ci\",\"policies\":["
                                + "\"p, proj:edited:ci, applications, get, edited/*, allow\"],\"groups\":[\"devs\"]}]}")
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/api/v1/audit?project=edited&outcome=refused", admin)
                        .body())
                .contains("\"action\":\"project.changed\"", "\"reason\":\"forbidden\"");
    }

    @Test
    void taking_a_deny_away_is_refused_by_name() {
        String policy = "p, proj:edited:ci, applications, delete, edited/*, deny";
        stored("{\"roles\":[{\"name\":\"ci\",\"policies\":[\"" + policy + "\"],\"groups\":[\"devs\"]}]}");
        for (String spec : List.of(
                "{}",
                "{\"roles\":[{\"name\":\"ci\",\"groups\":[\"devs\"]}]}",
                "{\"roles\":[{\"name\":\"ci\",\"policies\":[\"" + policy + "\"]}]}"))
            assertThat(change(spec).body())
                    .contains("role 'ci' would not forbid it any more by '" + policy + "'; give only what you hold");
    }

    @Test
    void what_a_project_may_reach_is_changed_by_those_who_keep_it() {
        stored("{\"destinations\":[{\"server\":\"https://mine\",\"namespace\":\"*\"}]}");
        String mine = "\"destinations\":[{\"server\":\"https://mine\",\"namespace\":\"x\"}]";
        assertThat(change("{" + mine + ",\"sourceRepos\":[\"https://git/mine\"]}")
                        .status())
                .isEqualTo(200);
        assertThat(change("{\"destinations\":[{\"server\":\"https://yours\",\"namespace\":\"*\"}]}")
                        .told())
                .isEqualTo(Api.error(403, 7, "permission denied: clusters, update, https://yours" + ME));
        assertThat(change("{" + mine + ",\"sourceRepos\":[\"https://git/yours\"]}")
                        .told())
                .isEqualTo(Api.error(403, 7, "permission denied: repositories, update, https://git/yours" + ME));
        assertThat(change("{" + mine + ",\"clusterResourceWhitelist\":[{\"group\":\"\",\"kind\":\"Node\"}]}")
                        .status())
                .isEqualTo(200);
        stored("{\"destinations\":[{\"server\":\"https://yours\",\"namespace\":\"*\"}],\"sourceRepos\":[\"*\"]}");
        assertThat(change("{\"sourceRepos\":[\"*\"]}").told())
                .isEqualTo(Api.error(403, 7, "permission denied: clusters, update, https://yours" + ME));
        assertThat(change(
                                "{\"destinations\":[{\"server\":\"https://yours\",\"namespace\":\"*\"}],\"sourceRepos\":[\"*\"],"
                                        + "\"namespaceResourceBlacklist\":[{\"group\":\"\",\"kind\":\"Secret\"}]}")
                        .told())
                .isEqualTo(Api.error(403, 7, "permission denied: clusters, update, https://yours" + ME));
        assertThat(change(
                                "{\"destinations\":[{\"server\":\"https://yours\",\"namespace\":\"*\"}],\"sourceRepos\":[\"*\"],"
                                        + "\"description\":\"d\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void who_may_only_create_learns_no_more_of_what_is_there() {
        String spec = "{\"roles\":[{\"name\":\"ci\"}]}";
        assertThat(api.post(
                                "/api/v1/projects",
                                "{\"project\":{\"metadata\":{\"name\":\"hidden\",\"labels\":{\"secret\":\"label\"}},"
                                        + "\"spec\":" + spec + "}}",
                                admin)
                        .status())
                .isEqualTo(200);
        api.post("/api/v1/projects/hidden/roles/ci/token", "{\"id\":\"hidden-token\"}", admin);
        String again = "{\"project\":{\"metadata\":{\"name\":\"hidden\"},\"spec\":" + spec + "}}";
        assertThat(api.post("/api/v1/projects", again, admin).body()).contains("hidden-token", "label");
        assertThat(api.post("/api/v1/projects", again, api.as("dora")).body())
                .contains("\"spec\":" + spec + ",\"status\":{}")
                .doesNotContain("hidden-token", "label");
        assertThat(api.post(
                                "/api/v1/projects",
                                "{\"project\":{\"metadata\":{\"name\":\"hidden\"}},\"upsert\":true}",
                                api.as("dora"))
                        .body())
                .contains("permission denied: projects, update, hidden");
    }
}
