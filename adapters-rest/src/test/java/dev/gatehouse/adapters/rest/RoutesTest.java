package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api.Reply;
import io.micronaut.http.HttpMethod;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is open, what is closed, and what is not there. */
@MicronautTest
class RoutesTest {
    private static final String NOT_FOUND = Api.error(404, 5, "Not Found");
    private static final String WRONG_METHOD = Api.error(405, 12, "Method Not Allowed");

    /** Whoever opens another route adds it here, and says why in the review. */
    private static final Set<String> OPEN = Set.of(
            "GET /healthz",
            "GET /health",
            "GET /health/{selector}",
            "GET /api/version",
            "GET /api/v1/settings",
            "POST /api/v1/session",
            "DELETE /api/v1/session",
            "GET /api/v1/session/userinfo",
            "GET /auth/logout",
            "POST /auth/logout",
            "POST /api/v1/events/{namespace}",
            "POST /api/v1/events/{namespace}/{discriminator}",
            "POST /api/v1/tokens/revoke-by-value",
            "GET /.well-known/jwks.json",
            "GET /.well-known/oauth-authorization-server",
            "GET /.well-known/openid-configuration",
            // Says no by itself, in the words of OAuth.
            "POST /oauth2/introspect",
            "POST /oauth2/revoke",
            "GET /swagger.json",
            "GET /apidocs",
            "GET /apidocs/start.js",
            "GET /apidocs/{file}");

    private final Api api;
    private final Router router;

    RoutesTest(Api api, Router router) {
        this.api = api;
        this.router = router;
    }

    private static String nameOf(UriRouteInfo<?, ?> route) {
        return route.getHttpMethodName() + " " + route.getUriMatchTemplate();
    }

    private Stream<UriRouteInfo<?, ?>> routes() {
        return router.uriRoutes()
                .<UriRouteInfo<?, ?>>map(each -> each)
                .filter(each -> each.getHttpMethod() != HttpMethod.HEAD);
    }

    @TestFactory
    Stream<DynamicTest> every_route_is_closed_unless_it_is_listed_as_open() {
        Set<String> seen = new TreeSet<>();
        List<DynamicTest> tests = routes().filter(each -> seen.add(nameOf(each)))
                .map(route -> DynamicTest.dynamicTest(nameOf(route), () -> {
                    String path = route.getUriMatchTemplate().toString().replaceAll("\\{[^}]*}", "1");
                    Reply reply = api.send(route.getHttpMethodName(), path, new byte[0]);
                    String closed = Api.error(401, 16, "no session information");
                    if (OPEN.contains(nameOf(route))) assertThat(reply.told()).isNotEqualTo(closed);
                    else assertThat(reply.told()).isEqualTo(closed);
                }))
                .toList();
        assertThat(seen).containsAll(OPEN);
        return tests.stream();
    }

    /** Whoever adds a call that runs on the event loop adds it here, and says in the review why it never waits. */
    private static final Set<String> ON_THE_EVENT_LOOP = Set.of(
            // The framework's own, which runs each indicator where that one says.
            "GET /health",
            "GET /health/{selector}",
            // Made when the process starts, or out of what the filter found.
            "GET /healthz",
            "GET /api/version",
            "GET /api/v1/settings",
            "GET /api/v1/settings/plugins",
            "GET /api/v1/session/userinfo",
            // Answered out of memory; what is not remembered is looked up on another thread by the call itself.
            "GET /api/v1/account/can-i/{resource}/{action}",
            "GET /api/v1/account/can-i/{resource}/{action}/{object:.*}");

    @Test
    void no_call_runs_on_the_event_loop_unless_it_is_listed() {
        Set<String> onTheEventLoop = routes().filter(
                        each -> !each.getAnnotationMetadata().hasAnnotation(ExecuteOn.class))
                .map(RoutesTest::nameOf)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(onTheEventLoop).isEqualTo(ON_THE_EVENT_LOOP);
    }

    @Test
    void head_has_the_status_of_get_and_no_body() {
        Reply get = api.get("/api/version");
        Reply head = api.send("HEAD", "/api/version", new byte[0]);

        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.header("Cache-Control")).isEqualTo(get.header("Cache-Control"));
        assertThat(get.body()).isNotEmpty();
        assertThat(head.body()).isEmpty();
    }

    @Test
    void head_is_as_closed_as_get() {
        assertThat(api.send("HEAD", "/api/v1/account", new byte[0]).status()).isEqualTo(401);
        assertThat(api.send("HEAD", "/healthz", new byte[0]).status()).isEqualTo(200);
    }

    /** Whoever adds a POST takes a key (Gatehouse contract 1), or adds it here, and says why in the review. */
    private static final Set<String> MAKE_NOTHING_ANEW = Set.of(
            // A sign-in is no request to repeat: it takes the password once more.
            "/api/v1/session",
            "/auth/logout",
            // Asked and answered.
            "/api/v1/policy/validate",
            "/api/v1/policy/can",
            "/api/v1/policy/explain",
            "/api/v1/policy/who-can",
            "/api/v1/policy/diff",
            "/oauth2/introspect",
            // To end a thing once more changes nothing.
            "/oauth2/revoke",
            "/api/v1/tokens/revoke-by-value",
            "/api/v1/signing-keys/{kid}/revoke",
            // What was delivered before is known by the provider's own id for it.
            "/api/v1/events/{namespace}/{discriminator}");

    @Test
    void every_call_that_makes_something_takes_an_idempotency_key() {
        Map<String, Boolean> taking = new TreeMap<>();
        paths().all()
                .forEach((path, methods) -> ((Json.Members) methods)
                        .member("post")
                        .ifPresent(post -> taking.put(
                                path, parametersOf((Json.Members) post).contains(IdempotencyKey.HEADER))));

        assertThat(taking.keySet()).containsAll(MAKE_NOTHING_ANEW);
        assertThat(taking).allSatisfy((path, takes) -> assertThat(takes).isEqualTo(!MAKE_NOTHING_ANEW.contains(path)));
    }

    private static List<String> parametersOf(Json.Members operation) {
        List<String> names = new ArrayList<>();
        operation
                .member("parameters")
                .ifPresent(all -> ((Json.Items) all)
                        .all()
                        .forEach(each -> ((Json.Members) each)
                                .member("name")
                                .ifPresent(name -> names.add(((Json.Text) name).value()))));
        return names;
    }

    private Json.Members paths() {
        return (Json.Members)
                JsonText.reread(api.get("/swagger.json").body()).member("paths").orElseThrow();
    }

    @Test
    void every_call_of_the_controllers_stands_in_the_description() {
        Set<String> described = paths().all().entrySet().stream()
                .flatMap(path -> ((Json.Members) path.getValue())
                        .all().keySet().stream().map(each -> each.toUpperCase() + " " + path.getKey()))
                .collect(Collectors.toSet());
        Set<String> apart = Set.of(
                "GET /swagger.json",
                "GET /apidocs",
                "GET /apidocs/start.js",
                "GET /apidocs/{file}",
                "GET /health",
                "GET /health/{selector}",
                "POST /api/v1/events/{namespace}",
                "GET /api/v1/account/can-i/{resource}/{action}");
        Set<String> served = routes().map(RoutesTest::nameOf)
                .filter(each -> !apart.contains(each))
                .map(each -> each.replace("{object:.*}", "{object}"))
                .collect(Collectors.toSet());
        assertThat(described).isEqualTo(served);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nope",
                "/api",
                "/api/",
                "/api/nope",
                "/api/v1/nope",
                "/api/v1/projects/demo/nope",
                "/api/v1/account/alice/token/x/y",
                "/api//v1/account",
                "//api/v1/account",
                "/api/v1/../v1/account",
                "/API/V1/ACCOUNT",
                "/api/v1/account.json",
                "/token_info",
                "/login",
                "/beans",
                "/env",
                "/routes",
                "/loggers",
                "/threaddump",
                "/apidocs/index.html",
                "/apidocs/../logback-test.xml",
                "/apidocs/%2e%2e%2flogback-test.xml",
                "/META-INF/swagger/gatehouse.json"
            })
    void an_unknown_path_is_not_there_whoever_asks(String path) {
        assertThat(api.raw("GET " + path + " HTTP/1.1", "Host: x").orElseThrow().told())
                .isEqualTo(NOT_FOUND);
        assertThat(api.raw("GET " + path + " HTTP/1.1", "Host: x", api.as("admin"))
                        .orElseThrow()
                        .told())
                .isEqualTo(NOT_FOUND);
    }

    @Test
    void a_wrong_method_is_told_so_without_a_credential() {
        assertThat(api.get("/api/v1/session").told()).isEqualTo(WRONG_METHOD);
        assertThat(api.put("/api/v1/session", "{}", Api.JSON).told()).isEqualTo(WRONG_METHOD);
        assertThat(api.send("PATCH", "/api/v1/projects/demo", new byte[0]).told())
                .isEqualTo(WRONG_METHOD);
        assertThat(api.get("/api/v1/account/alice/token").told()).isEqualTo(WRONG_METHOD);
        assertThat(api.delete("/api/version").told()).isEqualTo(WRONG_METHOD);
        assertThat(api.send("OPTIONS", "/api/v1/account", new byte[0]).told()).isEqualTo(WRONG_METHOD);
        assertThat(api.raw("TRACE /api/v1/account HTTP/1.1", "Host: x")
                        .orElseThrow()
                        .status())
                .isEqualTo(405);
        assertThat(api.raw("BREW /api/v1/account HTTP/1.1", "Host: x")
                        .orElseThrow()
                        .status())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/account/%00",
                "/api/v1/account/a%0Ab",
                "/api/v1/account/%7F",
                "/api/v1/account/%C2%85",
                "/api/v1/account/%ff",
                "/api/v1/account/%c0%af",
                "/api/v1/account/%ed%a0%80",
                "/api/v1/projects/%00/roles/ci/token",
                "/api/v1/account/can-i/projects/get/a%00b",
                "/api/v1/account/%zz",
                "/api/v1/account/%",
                "/api/v1/account/%4",
                "/%zz",
                "/api/v1/account/a b",
                "/api/v1/account/a|b",
                "/api/v1/account/a\\b",
                "/api/v1/account/<b>",
                "/api/v1/account/\"",
                "http://[::1/api",
                "*"
            })
    void a_hostile_path_is_refused_in_json(String path) {
        for (String method : List.of("GET", "POST", "DELETE")) {
            Reply reply = api.raw(method + " " + path + " HTTP/1.1", "Host: x", "Content-Length: 0", api.as("admin"))
                    .orElseThrow();
            assertThat(reply.status()).isBetween(400, 499);
            assertThat(reply.header("Content-Type")).isEqualTo("application/json");
            assertThat(reply.header("X-Request-Id")).isNotEmpty();
            assertThat(reply.body()).startsWith("{\"error\":\"").doesNotContain("Exception");
        }
    }

    @Test
    void a_slash_at_the_end_changes_nothing() {
        for (String path : List.of("/api/v1/projects", "/api/v1/account", "/api/version", "/healthz"))
            assertThat(api.get(path + "/", api.as("admin")).told())
                    .isEqualTo(api.get(path, api.as("admin")).told());
    }

    @Test
    void a_slash_in_percents_belongs_to_the_name() {
        assertThat(api.get("/api/v1/account/a%2Fb", api.as("admin")).told())
                .isEqualTo(Api.error(404, 5, "account 'a/b' does not exist"));
        assertThat(api.get("/api/v1/projects/a%2F..%2Fb", api.as("admin")).told())
                .isEqualTo(Api.error(404, 5, "appprojects.argoproj.io \"a/../b\" not found"));
    }

    @Test
    void a_head_that_is_too_large_is_refused_in_json() {
        for (List<String> head : List.of(
                List.of("GET /" + "a".repeat(20_000) + " HTTP/1.1", "Host: x"),
                List.of("GET / HTTP/1.1", "Host: x", "A: " + "a".repeat(120_000)))) {
            Reply reply = api.raw(head.toArray(String[]::new)).orElseThrow();
            assertThat(reply.told())
                    .isIn(
                            Api.error(414, 3, "the path and its parameters are too long; make them shorter"),
                            Api.error(431, 3, "the headers are too large or too many; send fewer"));
            assertThat(reply.header("X-Request-Id")).isNotEmpty();
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/9.9",
                "GET /",
                "GARBAGE",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1",
                "POST /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2",
                "GET / HTTP/1.1\r\nHost : x",
                "GET / HTTP/1.1\r\nno colon"
            })
    void what_is_no_http_is_refused_and_harms_nobody(String head) {
        api.raw((head + "\r\n\r\n").getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .ifPresent(reply -> assertThat(reply.status()).isBetween(400, 499));
        assertThat(api.get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void what_a_client_accepts_changes_nothing() {
        for (String accept : List.of("text/html", "application/xml", "image/*", "nonsense", ""))
            for (String path : List.of("/api/version", "/healthz", "/health", "/swagger.json", "/apidocs"))
                assertThat(api.get(path, "Accept: " + accept).told())
                        .isEqualTo(api.get(path).told());
    }

    @Test
    void a_long_reply_is_packed_for_who_unpacks_it() {
        Reply plain = api.get("/swagger.json");
        Reply packed = api.raw("GET /swagger.json HTTP/1.1", "Host: x", "Accept-Encoding: gzip", "Connection: close")
                .orElseThrow();
        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(api.get("/swagger.json", "Accept-Encoding: gzip", "Accept: text/event-stream")
                        .header("Content-Encoding"))
                .isEqualTo("gzip");
        assertThat(api.get("/api/version", "Accept-Encoding: gzip").header("Content-Encoding"))
                .as("what is short is not worth it")
                .isEmpty();
    }

    /** RFC 6797 7.2: not over plain HTTP, where browsers would pass over it. */
    @Test
    void over_plain_http_nothing_is_said_of_tls() {
        assertThat(api.get("/healthz").header("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void every_reply_has_the_headers_of_all_replies() {
        for (Reply reply : List.of(
                api.get("/api/version"),
                api.get("/nope"),
                api.get("/api/v1/account"),
                api.get("/health"),
                api.get("/apidocs"),
                api.raw("GET /%zz HTTP/1.1", "Host: x").orElseThrow())) {
            assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(reply.header("Content-Security-Policy")).startsWith("default-src 'none'");
            assertThat(reply.header("Cache-Control")).isIn("no-store", "no-cache");
            assertThat(reply.header("X-Request-Id")).matches("[A-Za-z0-9._-]{8,64}");
        }
    }
}
