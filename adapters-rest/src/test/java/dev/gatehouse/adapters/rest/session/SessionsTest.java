package dev.gatehouse.adapters.rest.session;

import static dev.gatehouse.adapters.rest.Api.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import dev.gatehouse.domain.token.PlainToken;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
class SessionsTest {
    private final Api api;
    private final World world;

    SessionsTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(() -> {
            world.account("bob", "login");
            world.account("carol", "login");
        });
    }

    private static String bearer(PlainToken token) {
        return "Authorization: Bearer " + token.reveal();
    }

    private String idOf(PlainToken token) {
        return world.caller(token).credential().orElseThrow();
    }

    @Test
    void a_session_says_whose_it_is_from_where_and_until_when() {
        world.account("seen", "login");
        PlainToken token = world.sessionToken("seen");
        String id = idOf(token);
        Instant start = Instant.ofEpochSecond(world.clock.instant().getEpochSecond());

        String session = "{\"id\":\"" + id + "\",\"subject\":\"seen\",\"provider\":\"local\",\"createdAt\":\"" + start
                + "\",\"idleEndsAt\":\"" + start.plus(Duration.ofHours(8)) + "\",\"endsAt\":\""
                + start.plus(Duration.ofHours(24))
                + "\",\"sourceAddress\":\"192.0.2.7\",\"userAgent\":\"world/1\",\"current\":";
        assertThat(api.get("/api/v1/sessions/" + id, bearer(token)).told()).isEqualTo("200 " + session + "true}");
        assertThat(api.get("/api/v1/sessions?subject=seen", api.as("admin")).told())
                .isEqualTo("200 {\"items\":[" + session + "false}],\"metadata\":{}}");
    }

    @Test
    void what_is_unusual_about_a_sign_in_is_shown() {
        world.account("rosa", "login");
        world.sessionToken("rosa");
        String body = "{\"username\":\"rosa\",\"password\":\"wrong\"}";
        api.post("/api/v1/session", body, JSON);
        Reply in = api.post("/api/v1/session", body.replace("wrong", World.PASSWORD), JSON);

        String token = "Authorization: Bearer " + in.body().replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        assertThat(api.get("/api/v1/sessions", token).body())
                .contains(",\"newPlace\":true,\"refusedBefore\":1,\"current\":true}")
                .containsOnlyOnce("newPlace");
    }

    @Test
    void a_last_use_is_shown_when_it_is_written_down() {
        world.account("used", "login");
        PlainToken token = world.sessionToken("used");
        world.authenticating.authenticate(
                token, new dev.gatehouse.domain.shared.Origin("192.0.2.99", "curl/8.5", "request-1"));
        world.lastUses.write();

        assertThat(api.get("/api/v1/sessions?subject=used", api.as("admin")).body())
                .contains("\"lastUsedAt\":\"" + world.clock.instant()
                        + "\",\"lastUsedFrom\":\"192.0.2.99\",\"lastUsedBy\":\"curl/8.5\",");
    }

    @Test
    void pages_hold_every_session_once() {
        world.account("many", "login");
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) ids.add(idOf(world.sessionToken("many")));
        String caller = api.as("admin");

        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            Reply page = api.get("/api/v1/sessions?subject=many&limit=2" + next, caller);
            assertThat(page.status()).isEqualTo(200);
            for (String each : page.body().split("\"id\":\"")) if (each.length() > 36) seen.add(each.substring(0, 36));
            seen.removeIf(each -> each.startsWith("{"));
            next = page.body().contains("\"continue\"")
                    ? "&continue=" + page.body().replaceAll(".*\"continue\":\"([^\"]+)\".*", "$1")
                    : "";
        } while (!next.isEmpty());

        assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void somebody_without_rights_sees_their_own_and_learns_nothing_of_others() {
        PlainToken bob = world.sessionToken("bob");
        String carols = idOf(world.sessionToken("carol"));

        assertThat(api.get("/api/v1/sessions", bearer(bob)).body())
                .contains("\"subject\":\"bob\"")
                .doesNotContain("carol", "\"admin\"");
        for (String path : List.of(
                "/api/v1/sessions/" + carols,
                "/api/v1/sessions/missing",
                "/api/v1/sessions?subject=carol",
                "/api/v1/sessions?subject=missing")) {
            String object = path.replaceAll(".*[/=]", "");
            assertThat(api.get(path, bearer(bob)).body())
                    .contains("permission denied: sessions, get, " + object + ", sub: bob");
        }
        assertThat(api.delete("/api/v1/sessions/" + carols, bearer(bob)).body())
                .contains("permission denied: sessions, delete, " + carols + ", sub: bob");
        assertThat(api.delete("/api/v1/sessions?subject=carol", bearer(bob)).body())
                .contains("permission denied: sessions, delete, carol, sub: bob");
        assertThat(api.get("/api/v1/sessions/missing", api.as("admin")).told())
                .isEqualTo(Api.error(404, 5, "session 'missing' does not exist"));
    }

    @Test
    void an_ended_session_is_dead_at_once_and_says_why() {
        PlainToken token = world.sessionToken("bob");
        String id = idOf(token);
        assertThat(api.delete("/api/v1/sessions/" + id, api.as("admin")).told()).isEqualTo("200 {}");
        assertThat(api.delete("/api/v1/sessions/" + id, api.as("admin")).told()).isEqualTo("200 {}");

        assertThat(api.get("/api/v1/account", bearer(token)).told())
                .isEqualTo(Api.error(401, 16, "invalid session: token is revoked, please re-login"));
        assertThat(api.get("/api/v1/sessions/" + id, api.as("admin")).body())
                .contains("\"endedAt\":\"" + world.clock.instant() + "\",\"reason\":\"revoked\"")
                .doesNotContain("idleEndsAt");
    }

    @Test
    void all_of_somebodys_sessions_end_and_the_callers_own_stays_when_asked() {
        world.account("dora", "login");
        PlainToken own = world.sessionToken("dora");
        PlainToken other = world.sessionToken("dora");

        assertThat(api.delete("/api/v1/sessions?subject=dora&keepCurrent=true&dryRun=true", bearer(own))
                        .told())
                .isEqualTo("200 {\"ended\":1,\"dryRun\":true}");
        assertThat(api.delete("/api/v1/sessions?subject=dora&keepCurrent=true", bearer(own))
                        .told())
                .isEqualTo("200 {\"ended\":1}");
        assertThat(api.get("/api/v1/sessions", bearer(other)).status()).isEqualTo(401);
        assertThat(api.delete("/api/v1/sessions?subject=dora", bearer(own)).told())
                .isEqualTo("200 {\"ended\":1}");
        assertThat(api.get("/api/v1/sessions", bearer(own)).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/sessions",
                "/api/v1/sessions?subject=",
                "/api/v1/sessions?subject=bob&keepCurrent=yes",
                "/api/v1/sessions?subject=bob&keepcurrent=true",
                "/api/v1/sessions?subject=bob&subject=carol"
            })
    void a_slip_of_the_pen_ends_nobodys_sessions(String path) {
        PlainToken bob = world.sessionToken("bob");
        assertThat(api.delete(path, api.as("admin")).status()).isEqualTo(400);
        assertThat(api.get("/api/v1/sessions", bearer(bob)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=1001", "limit=x", "continue=x", "state=live", "subject=a&subject=b"})
    void a_list_takes_what_it_knows_and_nothing_else(String query) {
        assertThat(api.get("/api/v1/sessions?" + query, api.as("admin")).status())
                .isEqualTo(400);
    }

    @Test
    void a_page_of_another_site_ends_nothing() {
        assertThat(api.delete("/api/v1/sessions?subject=carol", api.cookieOf("admin"))
                        .status())
                .isEqualTo(415);
        assertThat(api.delete(
                                "/api/v1/sessions?subject=carol",
                                api.cookieOf("admin"),
                                JSON,
                                "Sec-Fetch-Site: cross-site")
                        .status())
                .isEqualTo(403);
    }
}
