package dev.gatehouse.adapters.rest.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.JsonText;
import dev.gatehouse.adapters.rest.PublicAddress;
import dev.gatehouse.adapters.rest.Visitor;
import dev.gatehouse.application.World;
import dev.gatehouse.domain.account.PasswordRules;
import io.micronaut.health.HealthStatus;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
class HealthTest {
    private final Api api;
    private final World world;
    private final Router router;

    HealthTest(Api api, World world, Router router) {
        this.api = api;
        this.world = world;
        this.router = router;
    }

    @Test
    void it_lives() {
        assertThat(api.get("/healthz").told()).isEqualTo("200 ok\n");
        assertThat(api.get("/healthz").header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/readiness", "/health/liveness"})
    void strangers_learn_whether_it_is_well_and_nothing_else(String path) {
        assertThat(api.get(path).told()).isEqualTo("200 {\"status\":\"UP\"}");
        assertThat(api.get(path, api.as("admin")).body()).contains("\"details\"");
    }

    @ParameterizedTest
    @CsvSource({"UP, 200", "UNKNOWN, 200", "DOWN, 503"})
    void its_status_says_whether_it_is_well(String health, int status) {
        MutableHttpResponse<HealthResult> reply = HttpResponse.ok(
                HealthResult.builder("database", new HealthStatus(health, null, !health.equals("DOWN"), null))
                        .build());

        new HealthStatusFilter().tell(reply);

        assertThat(reply.code()).isEqualTo(status);
    }

    @Test
    void no_filter_has_a_path_of_its_own_that_every_request_would_be_compared_with() {
        assertThat(router.findFilters(HttpRequest.GET("/health")))
                .isSameAs(router.findFilters(HttpRequest.GET("/api/version")));
    }

    @Test
    void strangers_learn_the_version_and_callers_what_it_runs_on() {
        String told = api.get("/api/version").told();
        assertThat(told).matches("200 \\{\"Version\":\"v[0-9]+\\.[0-9]+\\.[0-9]+[^\"]*\\+gatehouse\"}");
        assertThat(api.get("/api/version", "Authorization: Bearer a.b.c").told())
                .isEqualTo(told);
        assertThat(api.get("/api/version", api.as("admin")).told())
                .startsWith(told.replace("\"}", "\",\"Compiler\":\"java "))
                .contains("\"Platform\":\"" + System.getProperty("os.name").toLowerCase(java.util.Locale.ROOT) + "/")
                .doesNotContain("Kustomize", "Helm");
    }

    @Test
    void settings_are_those_of_a_server_without_any() {
        assertThat(api.get("/api/v1/settings").told())
                .isEqualTo("200 {\"appLabelKey\":\"app.kubernetes.io/instance\",\"googleAnalytics\":"
                        + "{\"anonymizeUsers\":true},\"kustomizeOptions\":{\"BuildOptions\":\"\",\"BinaryPath\":\"\","
                        + "\"Versions\":null},\"help\":{},\"trackingMethod\":\"annotation\","
                        + "\"syncWithReplaceAllowed\":true,\"resourceViewEnabled\":true}");
        assertThat(api.get("/api/v1/settings", api.as("admin")).told())
                .isEqualTo("200 {\"appLabelKey\":\"app.kubernetes.io/instance\",\"resourceOverrides\":{\"*/*\":"
                        + "{\"ignoreDifferences\":\"jqPathExpressions: null\\njsonPointers:\\n- /status\\n"
                        + "managedFieldsManagers: null\\n\",\"ignoreResourceUpdates\":\"jqPathExpressions: null\\n"
                        + "jsonPointers: null\\nmanagedFieldsManagers: null\\n\"}},\"googleAnalytics\":"
                        + "{\"anonymizeUsers\":true},\"kustomizeOptions\":{\"BuildOptions\":\"\",\"BinaryPath\":\"\","
                        + "\"Versions\":null},\"help\":{},\"passwordPattern\":\"^.{8,256}$\",\"trackingMethod\":"
                        + "\"annotation\",\"controllerNamespace\":\"argocd\",\"syncWithReplaceAllowed\":true,"
                        + "\"resourceViewEnabled\":true}");
    }

    @Test
    void settings_name_the_public_url_when_there_is_one() {
        SettingsController controller = new SettingsController(
                new PublicAddress("/x", Optional.of("https://gate.example/x"), 0), PasswordRules.DEFAULT);
        Visitor stranger = new Visitor(Optional.empty(), Optional.empty(), false, false, World.origin());
        assertThat(JsonText.text(controller.settings(stranger)))
                .startsWith("{\"url\":\"https://gate.example/x\",\"appLabelKey\":\"app.kubernetes.io/instance\",");
    }

    @Test
    void the_pattern_of_passwords_is_as_long_and_as_short_as_the_rules_in_force() {
        SettingsController controller =
                new SettingsController(new PublicAddress("", Optional.empty(), 0), new PasswordRules(15, 64));
        Visitor stranger = new Visitor(Optional.empty(), Optional.empty(), false, false, World.origin());
        Visitor caller = new Visitor(Optional.of(world.admin()), Optional.empty(), false, false, World.origin());

        assertThat(JsonText.text(controller.settings(caller))).contains(",\"passwordPattern\":\"^.{15,64}$\",");
        assertThat(JsonText.text(controller.settings(stranger))).doesNotContain("passwordPattern");
    }

    @Test
    void plug_ins_are_for_callers_and_there_are_none() {
        assertThat(api.get("/api/v1/settings/plugins").told()).isEqualTo(Api.error(401, 16, "no session information"));
        assertThat(api.get("/api/v1/settings/plugins", api.as("admin")).told()).isEqualTo("200 {}");
    }

    @Test
    void metrics_are_for_who_may_read_them() {
        world.account("scraper", "apiKey");
        String scraper = "Authorization: Bearer "
                + api.post("/api/v1/account/scraper/token", "{\"id\":\"scrape\"}", api.as("admin"))
                        .body()
                        .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        assertThat(api.get("/prometheus").told()).isEqualTo(Api.error(401, 16, "no session information"));
        for (String path : List.of("/prometheus", "/prometheus/", "/%70rometheus"))
            assertThat(api.get(path, scraper).status()).as(path).isBetween(400, 499);
        assertThat(api.get("/prometheus", scraper).told())
                .isEqualTo(Api.error(
                        403, 7, "permission denied: metrics, get, *, sub: scraper, iat: 2026-03-01T10:15:30Z"));

        String admin = api.as("admin");
        String version = api.get("/api/v1/policy", admin).body().replaceAll(".*\"resourceVersion\":\"(\\d+)\".*", "$1");
        api.put(
                "/api/v1/policy",
                "{\"policyCsv\":\"p, scraper, metrics, get, *, allow\",\"resourceVersion\":\"" + version + "\"}",
                admin);
        Api.Reply reply = api.get("/prometheus", scraper);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(reply.body()).startsWith("# HELP ").contains("\n# TYPE ");
        assertThat(api.get("/api/v1/account/admin", scraper).status()).isEqualTo(403);
    }

    @Test
    void metrics_name_nobody() {
        world.account("very-special-name", "login", "apiKey");
        String token = api.as("very-special-name");
        api.get("/api/v1/account/very-special-name", token);
        api.get("/api/v1/account/can-i/projects/get/very-special-name", token);
        api.get("/very-special-name", token);
        api.post("/api/v1/session", "{\"username\":\"very-special-name\",\"password\":\"x\"}", Api.JSON);
        String metrics = api.get("/prometheus", api.as("admin")).body();
        assertThat(metrics)
                .contains("jvm_memory_used_bytes", "http_server_requests_seconds_count", "/api/v1/account/{name}")
                .doesNotContain("very-special-name", token.substring(30));
    }
}
