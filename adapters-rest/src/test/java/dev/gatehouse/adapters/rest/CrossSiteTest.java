package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.application.World;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser may be made to send by another site does nothing here (D4). */
@MicronautTest
class CrossSiteTest {
    private static final byte[] NOTHING = {};
    private static final String REFUSED =
            "a session cookie acts only for pages of this server; use a token in the" + " Authorization header";

    /** Where a token would not help. */
    private static final Map<String, String> REFUSED_AT = Map.of(
            "/api/v1/session", "sign in or out on a page of this server, or by a program that is no browser",
            "/auth/logout", "sign out on a page of this server");

    private final Api api;
    private final World world;
    private final EmbeddedServer server;

    private final Router router;

    CrossSiteTest(Api api, World world, EmbeddedServer server, Router router) {
        this.api = api;
        this.world = world;
        this.server = server;
        this.router = router;
    }

    /** @param type of the content; empty for none */
    private record Sent(String type, String site, int withCookie) {}

    private static final List<Sent> TABLE = List.of(
            new Sent("application/json", "", 200),
            new Sent("application/json; charset=utf-8", "", 200),
            new Sent("Application/Json", "", 200),
            new Sent("application/json", "Sec-Fetch-Site: same-origin", 200),
            new Sent("application/json", "Sec-Fetch-Site: none", 200),
            new Sent("application/json", "Origin: SELF", 200),
            new Sent("application/json", "Sec-Fetch-Site: cross-site", 403),
            new Sent("application/json", "Sec-Fetch-Site: same-site", 403),
            new Sent("application/json", "Origin: https://evil.example", 403),
            new Sent("application/json", "Origin: null", 403),
            new Sent("application/json", "Origin: SELF.evil.example", 403),
            new Sent("application/json", "Origin: http://user@SELF", 403),
            new Sent("application/json", "Origin: not a uri", 403),
            new Sent("application/json", "Origin: ", 403),
            new Sent("application/json", "Origin: SELF SELF", 403),
            new Sent("application/json", "Origin: SELF/", 403),
            new Sent("application/json", "Origin: SELF?x", 403),
            new Sent("application/json", "Origin: file://", 403),
            new Sent("application/json", "Sec-Fetch-Site: ", 403),
            new Sent("application/json", "Sec-Fetch-Site: same-origin, cross-site", 403),
            new Sent("application/json", "Sec-Fetch-Site: another-word", 403),
            new Sent("", "", 415),
            new Sent("text/plain", "", 415),
            new Sent("text/plain; application/json", "", 415),
            new Sent("application/jsonp", "", 415),
            new Sent("application/x-www-form-urlencoded", "", 415),
            new Sent("multipart/form-data; boundary=x", "", 415),
            new Sent("text/plain", "Sec-Fetch-Site: same-origin", 415));

    @TestFactory
    Stream<DynamicTest> every_write_by_every_credential() {
        world.project("demo");
        List<DynamicTest> tests = new ArrayList<>();
        for (String method : List.of("POST", "PUT", "DELETE"))
            for (Sent sent : TABLE) {
                String name = method + " " + sent.type() + " " + sent.site();
                tests.add(DynamicTest.dynamicTest(
                        "cookie: " + name, () -> check(method, sent, api.cookieOf("admin"), sent.withCookie())));
                tests.add(DynamicTest.dynamicTest("token: " + name, () -> check(method, sent, api.as("admin"), 200)));
                tests.add(DynamicTest.dynamicTest(
                        "metadata: " + name,
                        () -> check(
                                method,
                                sent,
                                api.as("admin").replace("Authorization: Bearer", "Grpc-Metadata-Token:"),
                                200)));
            }
        return tests.stream();
    }

    private void check(String method, Sent sent, String credential, int wanted) {
        List<String> headers = new ArrayList<>(List.of(credential));
        if (!sent.type().isEmpty()) headers.add("Content-Type: " + sent.type());
        if (!sent.site().isEmpty())
            headers.add(sent.site()
                    .replace("http://user@SELF", "http://user@" + authority())
                    .replace("SELF", "http://" + authority()));
        String[] all = headers.toArray(String[]::new);
        int status = switch (method) {
            case "POST" -> api.post("/api/v1/projects", project("demo"), all).status();
            case "PUT" -> api.put("/api/v1/projects/demo", update(), all).status();
            default -> api.delete("/api/v1/projects/demo/roles/ci/token/1", all).status();
        };
        assertThat(status).isEqualTo(wanted);
    }

    private String authority() {
        return server.getHost() + ":" + server.getPort();
    }

    private static String project(String name) {
        return "{\"project\":{\"metadata\":{\"name\":\"" + name + "\"}},\"upsert\":true}";
    }

    private String update() {
        String version = world.projects
                .find(new dev.gatehouse.domain.project.ProjectName("demo"))
                .orElseThrow()
                .resourceVersion()
                .toString();
        return "{\"project\":{\"metadata\":{\"resourceVersion\":\"" + version
                + "\"},\"spec\":{\"roles\":[{\"name\":\"ci\"}]}}}";
    }

    /** Whatever call there is, and whatever is added to the service: each of its routes is asked. */
    @TestFactory
    Stream<DynamicTest> no_write_that_there_is_follows_a_cookie_from_elsewhere() {
        List<DynamicTest> tests = router.uriRoutes()
                .<UriRouteInfo<?, ?>>map(each -> each)
                .filter(each -> !Set.of("GET", "HEAD", "OPTIONS").contains(each.getHttpMethodName()))
                .map(each -> each.getHttpMethodName() + " "
                        + each.getUriMatchTemplate().toString().replaceAll("\\{[^}]*}", "1"))
                .distinct()
                .map(call -> DynamicTest.dynamicTest(call, () -> followsNoCookie(call)))
                .toList();
        assertThat(tests).hasSizeGreaterThan(30);
        return tests.stream();
    }

    private void followsNoCookie(String call) {
        String[] parts = call.split(" ", 2);
        for (String site : List.of("Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: null"))
            assertThat(api.send(parts[0], parts[1], NOTHING, api.cookieOf("admin"), Api.JSON, site)
                            .told())
                    .isEqualTo(Api.error(
                            403, 7, "cross-site request refused: " + REFUSED_AT.getOrDefault(parts[1], REFUSED)));
        if (parts[1].startsWith("/api/"))
            for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"))
                assertThat(api.send(parts[0], parts[1], NOTHING, api.cookieOf("admin"), "Content-Type: " + type)
                                .status())
                        .isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATCH", "OPTIONS", "TRACE", "BREW", "PROPFIND"})
    void a_method_that_no_call_has_does_nothing_whoever_sends_it(String method) {
        String path = "/api/v1/projects/not-by-" + method.toLowerCase(Locale.ROOT);
        world.project("not-by-" + method.toLowerCase(Locale.ROOT));
        String before = api.get(path, api.as("admin")).body();
        for (String credential : List.of(api.cookieOf("admin"), api.as("admin")))
            for (String site : List.of("Accept: */*", "Sec-Fetch-Site: cross-site", "Origin: https://evil.example"))
                assertThat(api.raw(
                                        method + " " + path + " HTTP/1.1",
                                        "Host: x",
                                        credential,
                                        site,
                                        Api.JSON,
                                        "Content-Length: 0")
                                .orElseThrow()
                                .status())
                        .isEqualTo(405);
        assertThat(api.get(path, api.as("admin")).body()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/account/admin/token", "/api/v1/session"})
    void two_content_types_are_none(String path) {
        for (String second : List.of("application/json", "text/plain", ""))
            for (List<String> types : List.of(List.of("application/json", second), List.of(second, "application/json")))
                assertThat(api.raw(
                                        "POST " + path + " HTTP/1.1",
                                        "Host: x",
                                        api.cookieOf("admin"),
                                        "Content-Type: " + types.getFirst(),
                                        "Content-Type: " + types.getLast(),
                                        "Content-Length: 0")
                                .orElseThrow()
                                .told())
                        .isEqualTo(Api.error(415, 3, "Invalid content type: send Content-Type: application/json"));
    }

    /** RFC 9110 9.1: the letter case of a method counts. */
    @Test
    void a_method_in_small_letters_is_a_method_that_no_call_has() {
        world.project("small");
        String path = "/api/v1/projects/small";
        Api.Reply unknown = sent("BREW", path, api.as("admin"));
        assertThat(unknown.told()).isEqualTo(Api.error(405, 12, "Method Not Allowed"));
        assertThat(unknown.header("Allow")).contains("GET", "PUT", "DELETE");
        for (String method : List.of("delete", "Delete", "put", "get"))
            for (String credential : List.of(api.cookieOf("admin"), api.as("admin"), "Accept: */*")) {
                Api.Reply reply = sent(method, path, credential);
                assertThat(reply.told()).as(method).isEqualTo(unknown.told());
                assertThat(reply.header("Allow").split(",", -1))
                        .containsExactlyInAnyOrder(unknown.header("Allow").split(",", -1));
                assertThat(reply.header("X-Request-Id")).isNotEmpty();
            }
        assertThat(sent("get", "/nowhere", api.as("admin")).told()).isEqualTo(Api.error(404, 5, "Not Found"));
        assertThat(api.get(path, api.as("admin")).status()).isEqualTo(200);
    }

    private Api.Reply sent(String method, String path, String credential) {
        return api.raw(method + " " + path + " HTTP/1.1", "Host: x", credential, Api.JSON, "Content-Length: 0")
                .orElseThrow();
    }

    @Test
    void no_header_makes_another_method_of_a_request() {
        world.project("overridden");
        for (String name : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"))
            for (String credential : List.of(api.cookieOf("admin"), api.as("admin"))) {
                assertThat(api.get("/api/v1/projects/overridden", credential, name + ": DELETE")
                                .status())
                        .isEqualTo(200);
                assertThat(api.post("/api/v1/projects/overridden", "{}", credential, Api.JSON, name + ": DELETE")
                                .status())
                        .isEqualTo(405);
            }
        assertThat(api.get("/api/v1/projects/overridden", api.as("admin")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%61pi/v1/projects", "//api/v1/projects", "/./api/v1/projects", "/api/v1/projects/"})
    void no_other_spelling_of_a_path_asks_for_less(String path) {
        assertThat(api.raw(
                                "POST " + path + " HTTP/1.1",
                                "Host: x",
                                api.cookieOf("admin"),
                                "Content-Type: text/plain",
                                "Content-Length: 0")
                        .orElseThrow()
                        .status())
                .isIn(404, 415);
    }

    @Test
    void reading_by_cookie_asks_for_nothing() {
        String cookie = api.cookieOf("admin");
        assertThat(api.get("/api/v1/account", cookie, "Content-Type: text/plain", "Sec-Fetch-Site: cross-site")
                        .status())
                .isEqualTo(200);
        assertThat(api.send("HEAD", "/api/v1/account", new byte[0], cookie).status())
                .isEqualTo(200);
    }

    @Test
    void another_site_signs_nobody_in() {
        String body = "{\"username\":\"admin\",\"password\":\"" + World.PASSWORD + "\"}";
        assertThat(api.post("/api/v1/session", body, Api.JSON, "Sec-Fetch-Site: cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(api.post("/api/v1/session", body, Api.JSON, "Origin: https://evil.example")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void no_other_site_is_ever_allowed_to_read() {
        Api.Reply reply = api.get("/api/version", "Origin: https://evil.example");
        assertThat(reply.headers().keySet())
                .noneMatch(each -> each.toLowerCase().startsWith("access-control"));
        assertThat(api.send(
                                "OPTIONS",
                                "/api/v1/account",
                                new byte[0],
                                "Origin: https://evil.example",
                                "Access-Control-Request-Method: POST")
                        .status())
                .isEqualTo(405);
    }
}
