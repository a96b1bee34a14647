package dev.gatehouse.adapters.rest.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import org.junit.jupiter.api.Test;

@MicronautTest
class TokenUsageTest {
    private static final String NOW = "2026-03-01T10:15:30.123456Z";

    private final Api api;
    private final World world;

    TokenUsageTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(this::begin);
    }

    private void begin() {
        world.account("bob", "login");
        world.project("demo");
        String token = "Authorization: Bearer "
                + api.post("/api/v1/projects/demo/roles/ci/token", "{\"id\":\"t\"}", api.as("admin"))
                        .body()
                        .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        for (int i = 0; i < 2; i++)
            assertThat(api.get("/api/v1/account/can-i/applications/get/demo/we*", token)
                            .body())
                    .isEqualTo("{\"value\":\"yes\"}");
        assertThat(api.get("/api/v1/account/can-i/applications/delete/demo/web", token)
                        .body())
                .isEqualTo("{\"value\":\"no\"}");
        world.rightsInUse.write();
    }

    @Test
    void what_was_used_and_what_was_not_and_what_would_be_enough() {
        assertThat(api.get("/api/v1/tokens/t/usage?days=1", api.as("admin")).told())
                .isEqualTo(
                        "200 {\"used\":[{\"resource\":\"applications\",\"action\":\"get\",\"object\":\"demo/we*\","
                                + "\"count\":2,\"lastUsedAt\":\"" + NOW + "\"}],\"unusedPermissions\":["
                                + "{\"resource\":\"projects\",\"action\":\"get\",\"object\":\"demo\",\"effect\":\"allow\","
                                + "\"rule\":\"p, proj:demo:ci, projects, get, demo, allow\",\"source\":\"implied:demo\"},"
                                + "{\"resource\":\"events\",\"action\":\"create\",\"object\":\"demo/*\",\"effect\":\"allow\","
                                + "\"rule\":\"p, proj:demo:ci, events, create, demo/*, allow\",\"source\":\"project:demo\"}],"
                                + "\"matchMode\":\"glob\",\"enough\":[\"p, proj:demo:ci, applications, get, demo/we\\\\*, allow\"],\"complete\":true}");
        assertThat(api.get("/api/v1/tokens/t/usage", api.as("admin")).body()).contains("\"count\":2");
    }

    @Test
    void what_a_token_may_do() {
        assertThat(api.get("/api/v1/tokens/t/permissions", api.as("admin")).body())
                .startsWith("{\"items\":[")
                .contains("\"rule\":\"p, proj:demo:ci, applications, get, demo/*, allow\"")
                .doesNotContain("narrowedTo");
    }

    @Test
    void so_many_days_are_known_and_no_more() {
        for (String days : new String[] {"0", "91", "-1"})
            assertThat(api.get("/api/v1/tokens/t/usage?days=" + days, api.as("admin"))
                            .told())
                    .isEqualTo(Api.error(400, 3, "days must be 1 to 90, not " + days));
        assertThat(api.get("/api/v1/tokens/t/usage?days=many", api.as("admin")).told())
                .isEqualTo(Api.error(400, 3, "days must be a whole number, not 'many'"));
        assertThat(api.get("/api/v1/tokens/t/usage?day=1", api.as("admin")).status())
                .isEqualTo(400);
    }

    @Test
    void who_may_not_see_the_token_sees_nothing_of_it() {
        for (String path : new String[] {"usage", "permissions"}) {
            assertThat(api.get("/api/v1/tokens/t/" + path, api.as("bob")).status())
                    .isEqualTo(403);
            assertThat(api.get("/api/v1/tokens/none/" + path, api.as("bob")).status())
                    .isEqualTo(403);
            assertThat(api.get("/api/v1/tokens/none/" + path, api.as("admin")).status())
                    .isEqualTo(404);
        }
    }
}
