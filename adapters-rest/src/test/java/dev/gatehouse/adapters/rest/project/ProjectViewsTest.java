package dev.gatehouse.adapters.rest.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The other ways to look at a project (Argo CD contract 4, 4.10). */
@MicronautTest
class ProjectViewsTest {
    private final Api api;
    private final World world;
    private final String admin;

    ProjectViewsTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(() -> {
            world.account("carol", "login");
            world.project("seen");
        });
        this.admin = api.as("admin");
    }

    private String create(String name, String spec) {
        return api.post(
                        "/api/v1/projects",
                        "{\"project\":{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":" + spec + "}}",
                        admin)
                .body();
    }

    private String versionOf(String name) {
        return api.get("/api/v1/projects/" + name, admin)
                .body()
                .replaceAll("(?s).*?\"resourceVersion\":\"(\\d+)\".*", "$1");
    }

    @Test
    void in_detail_there_is_the_project_and_nothing_made_up() {
        String project = api.get("/api/v1/projects/seen", admin).body();
        assertThat(api.get("/api/v1/projects/seen/detailed", admin).told())
                .isEqualTo("200 {\"project\":" + project + "}");
        assertThat(api.get("/api/v1/projects/seen/globalprojects", admin).told())
                .isEqualTo("200 {}");
        assertThat(api.get("/api/v1/projects/seen/links", admin).told()).isEqualTo("200 {}");
    }

    @Test
    void who_may_not_see_a_project_sees_nothing_of_it() {
        String carol = api.as("carol");
        for (String view : List.of("detailed", "globalprojects", "links", "syncwindows", "events"))
            for (String name : List.of("seen", "nope"))
                assertThat(api.get("/api/v1/projects/" + name + "/" + view, carol)
                                .told())
                        .isEqualTo(Api.error(
                                403,
                                7,
                                "permission denied: projects, get, " + name
                                        + ", sub: carol, iat: 2026-03-01T10:15:30Z"));
    }

    @Test
    void a_project_that_is_missing_is_told_as_clients_know_it() {
        for (String view : List.of("globalprojects", "links", "syncwindows", "events"))
            assertThat(api.get("/api/v1/projects/nope/" + view, admin).told())
                    .isEqualTo(Api.error(404, 5, "appprojects.argoproj.io \"nope\" not found"));
        assertThat(api.get("/api/v1/projects/nope/detailed", admin).told())
                .isEqualTo(Api.error(
                        404, 5, "error getting app project \"nope\": appproject.argoproj.io \"nope\" not found"));
    }

    @Test
    void the_windows_that_are_open_are_shown_as_they_were_written() {
        // It is 10:15:30 on a Sunday, UTC.
        create(
                "windows",
                "{\"syncWindows\":["
                        + "{\"kind\":\"allow\",\"schedule\":\"10 10 * * *\",\"duration\":\"1h\",\"applications\":[\"*\"],\"x\":1.0},"
                        + "{\"kind\":\"deny\",\"schedule\":\"10 10 * * *\",\"duration\":\"5m\",\"applications\":[\"*\"]},"
                        + "{\"kind\":\"deny\",\"schedule\":\"10 11 * * sun\",\"duration\":\"1h\",\"timeZone\":\"Europe/Berlin\","
                        + "\"clusters\":[\"c\"]},"
                        + "{\"kind\":\"deny\",\"schedule\":\"10 10 * * mon-sat\",\"duration\":\"1h\",\"namespaces\":[\"n\"]}]}");
        assertThat(api.get("/api/v1/projects/windows/syncwindows", admin).told())
                .isEqualTo("200 {\"windows\":["
                        + "{\"kind\":\"allow\",\"schedule\":\"10 10 * * *\",\"duration\":\"1h\",\"applications\":[\"*\"],\"x\":1.0},"
                        + "{\"kind\":\"deny\",\"schedule\":\"10 11 * * sun\",\"duration\":\"1h\",\"clusters\":[\"c\"],"
                        + "\"timeZone\":\"Europe/Berlin\"}]}");
        assertThat(api.get("/api/v1/projects/seen/syncwindows", admin).told()).isEqualTo("200 {}");
    }

    @Test
    void events_are_what_the_audit_says() {
        create("busy", "{\"roles\":[{\"name\":\"ci\"}]}");
        api.post("/api/v1/projects/busy/roles/ci/token", "{\"id\":\"e\"}", admin);
        api.put(
                "/api/v1/projects/busy",
                "{\"project\":{\"metadata\":{\"resourceVersion\":\"" + versionOf("busy")
                        + "\"},\"spec\":{\"roles\":[{\"name\":\"ci\"}]}}}",
                admin);
        api.put("/api/v1/projects/busy", "{\"project\":{\"metadata\":{\"resourceVersion\":\"1\"}}}", admin);
        api.delete("/api/v1/projects/busy/roles/ci/token/0?id=e", admin);
        String events = api.get("/api/v1/projects/busy/events", admin).body();
        assertThat(events.replaceAll(".*?\"reason\":\"(\\w+)\",\"message\":\"([^\"]+)\".*?}", "$1 $2\n"))
                .startsWith("ResourceCreated admin created project\n")
                .contains("ResourceCreated admin created token\n", "ResourceUpdated admin updated project\n")
                .contains("ResourceDeleted admin deleted token\n");
        assertThat(events.split("\"reason\"", -1)).hasSize(5);
        assertThat(events.replaceAll("(uid|resourceVersion)\":\"[^\"]+\"", "$1\":\"\\$1\""))
                .contains(
                        "\"involvedObject\":{\"kind\":\"AppProject\",\"namespace\":\"argocd\",\"name\":\"busy\","
                                + "\"uid\":\"$1\",\"apiVersion\":\"argoproj.io/v1alpha1\",\"resourceVersion\":\"$1\"},"
                                + "\"reason\":\"ResourceUpdated\",\"message\":\"admin updated project\","
                                + "\"source\":{\"component\":\"gatehouse\"},\"firstTimestamp\":\"2026-03-01T10:15:30Z\","
                                + "\"lastTimestamp\":\"2026-03-01T10:15:30Z\",\"count\":1,\"type\":\"Normal\",\"eventTime\":null}");
    }

    @Test
    void messages_that_a_project_receives_push_no_event_of_its_own_out() {
        world.project("crowded");
        String token = "Authorization: Bearer "
                + api.post("/api/v1/projects/crowded/roles/ci/token", "{}", admin)
                        .body()
                        .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        for (int i = 0; i < 101; i++)
            assertThat(api.post("/api/v1/events/crowded/push", "{}", token).status())
                    .isEqualTo(200);
        assertThat(api.get("/api/v1/projects/crowded/events", admin)
                        .body()
                        .replaceAll(".*?\"reason\":\"(\\w+)\",\"message\":\"([^\"]+)\".*?}", "$1 $2\n"))
                .startsWith("ResourceCreated admin created project\nResourceCreated admin created token\n");
    }

    @Test
    void a_list_holds_the_members_that_are_asked_for() {
        String all =
                api.get("/api/v1/projects?fields=items.metadata.name", admin).body();
        assertThat(all)
                .startsWith("{\"items\":[{\"metadata\":{\"name\":")
                .contains("{\"metadata\":{\"name\":\"seen\"}}");
        assertThat(api.get("/api/v1/projects?fields=metadata,items.spec.roles.name", admin)
                        .body())
                .startsWith("{\"metadata\":{\"resourceVersion\":\"")
                .contains("{\"spec\":{\"roles\":[{\"name\":\"ci\"}]}}");
        assertThat(api.get("/api/v1/projects?fields=-items.spec,items.status,items.metadata.uid", admin)
                        .body())
                .startsWith("{\"metadata\":{\"resourceVersion\":\"")
                .contains("\"name\":\"seen\"")
                .doesNotContain("\"spec\"", "\"status\"", "\"uid\"");
        assertThat(api.get("/api/v1/projects?fields=", admin).body())
                .isEqualTo(api.get("/api/v1/projects", admin).body());
        assertThat(api.get("/api/v1/projects?fields=nope,.,..", admin).told()).isEqualTo("200 {}");
    }

    @Test
    void a_project_made_again_is_not_changed_by_who_read_the_old_one() {
        create("again", "{\"description\":\"old\"}");
        String old = versionOf("again");
        String uid = api.get("/api/v1/projects/again", admin).body().replaceAll(".*\"uid\":\"([^\"]+)\".*", "$1");
        api.delete("/api/v1/projects/again", admin);
        create("again", "{\"description\":\"new\"}");
        assertThat(versionOf("again")).isNotEqualTo(old);
        assertThat(api.get("/api/v1/projects/again", admin).body()).doesNotContain(uid);
        assertThat(api.put(
                                "/api/v1/projects/again",
                                "{\"project\":{\"metadata\":{\"resourceVersion\":\"" + old + "\"},\"spec\":{}}}",
                                admin)
                        .status())
                .isEqualTo(409);
        assertThat(api.get("/api/v1/projects/again", admin).body()).contains("\"description\":\"new\"");
    }
}
