package dev.gatehouse.adapters.rest;

import static dev.gatehouse.adapters.rest.Api.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import dev.gatehouse.domain.account.Username;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What went wrong in Argo CD before, by the name it got (Argo CD contract 10). */
@MicronautTest
@Property(name = "gatehouse.trusted-proxies", value = "127.0.0.1, ::1")
class AdvisoriesTest {
    /** Of calls that look at their body before anything else. */
    private static final Map<String, String> FULL_BODIES = Map.of(
            "POST /api/v1/projects/{project}/webhook-clients", "{\"name\":\"x\",\"type\":\"github\",\"role\":\"ci\"}");

    private final Api api;
    private final World world;
    private final Router router;

    AdvisoriesTest(Api api, World world, Router router) {
        this.api = api;
        this.world = world;
        this.router = router;
        api.once(() -> {
            world.account("alice", "login", "apiKey");
            world.account("carol", "login");
            world.account("dora", "login");
            world.project("demo");
            world.project("other");
            world.project("left");
            world.project("right");
            grant(
                    "p, dora, projects, get, left, allow",
                    "p, dora, projects, update, left, allow",
                    "p, proj:left:ci, projects, *, left, allow");
        });
    }

    private void grant(String... lines) {
        String admin = api.as("admin");
        assertThat(api.put(
                                "/api/v1/policy",
                                "{\"policyCsv\":\"" + String.join("\\n", lines) + "\",\"resourceVersion\":\""
                                        + versionIn(api.get("/api/v1/policy", admin)) + "\"}",
                                admin)
                        .status())
                .isEqualTo(200);
    }

    private static String versionIn(Reply reply) {
        return reply.body().replaceAll("(?s).*?\"resourceVersion\":\"(\\d+)\".*", "$1");
    }

    private static String tokenIn(Reply reply) {
        return reply.body().replaceAll("\\{\"token\":\"(.*)\"}", "$1");
    }

    /** {@code Authorization: Bearer …} of a new token of the role {@code ci}. */
    private String asRoleOf(String project) {
        return "Authorization: Bearer "
                + tokenIn(api.post("/api/v1/projects/" + project + "/roles/ci/token", "{}", api.as("admin")));
    }

    /** A project as it is sent to be changed, with its role. */
    private static String change(String name, String version, String description) {
        return "{\"project\":{\"metadata\":{\"name\":\"" + name + "\",\"resourceVersion\":\"" + version
                + "\"},\"spec\":{\"description\":\"" + description + "\",\"roles\":[{\"name\":\"ci\"}]}}}";
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Reply signIn(String name, String password) {
        return api.post("/api/v1/session", "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}", JSON);
    }

    /** Failures are counted by place, too: who guesses in one test is from elsewhere than who does in another. */
    private Reply signInFrom(String address, String name, String password) {
        return api.post(
                "/api/v1/session",
                "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}",
                JSON,
                "X-Forwarded-For: " + address);
    }

    private static List<Reply> atOnce(int times, Supplier<Reply> act) {
        List<Reply> replies = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<Reply>> running = new ArrayList<>();
            for (int i = 0; i < times; i++) running.add(threads.submit(act::get));
            for (Future<Reply> each : running) replies.add(each.get());
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
        return replies;
    }

    @Test
    void cve_2020_8826_a_session_does_not_outlive_its_password() {
        world.account("fixed", "login");
        String old = api.as("fixed");
        api.put(
                "/api/v1/account/password",
                "{\"newPassword\":\"another-one\",\"currentPassword\":\"" + World.PASSWORD + "\"}",
                old);
        assertThat(api.get("/api/v1/account/fixed", old).status()).isEqualTo(401);
    }

    @Test
    void cve_2020_8827_guessing_ends_after_five() {
        world.account("guessed", "login");
        String here = "198.51.100.1";
        for (int i = 0; i < 4; i++) signInFrom(here, "guessed", "wrong" + i);
        assertThat(signInFrom(here, "guessed", World.PASSWORD).status())
                .as("after four")
                .isEqualTo(200);
        for (int i = 0; i < 5; i++) signInFrom(here, "guessed", "wrong" + i);
        assertThat(signInFrom(here, "guessed", World.PASSWORD).told())
                .isEqualTo(Api.error(401, 16, "Invalid username or password"));
        assertThat(signInFrom(here, "alice", World.PASSWORD).status())
                .as("it is the name that is locked there")
                .isEqualTo(200);
    }

    @Test
    void cve_2020_11576_a_name_nobody_has_looks_like_one_somebody_has() {
        assertThat(signIn("alice", "wrong").told())
                .isEqualTo(signIn("nobody-of-that-name", "wrong").told());
    }

    @Test
    void cve_2018_21034_no_reply_holds_a_hash_or_a_secret() {
        String token = api.post("/api/v1/account/alice/token", "{\"id\":\"seen\"}", api.as("alice"))
                .body()
                .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        String hash = world.accounts
                .find(new Username("alice"))
                .orElseThrow()
                .password()
                .orElseThrow()
                .encoded();
        for (String path : List.of(
                "/api/v1/account",
                "/api/v1/account/alice",
                "/api/v1/session/userinfo",
                "/api/v1/sessions",
                "/api/v1/tokens",
                "/api/v1/tokens/seen",
                "/api/v1/projects",
                "/api/v1/settings",
                "/api/version",
                "/api/v1/policy",
                "/api/v1/audit",
                "/prometheus"))
            for (String reader : List.of("admin", "alice", "carol"))
                assertThat(api.get(path, api.as(reader)).body())
                        .doesNotContain(hash, World.PASSWORD, token)
                        .doesNotContainIgnoringCase("$plain$", "passwordHash");
    }

    @Test
    void cve_2021_26921_a_session_ends_after_a_day_at_the_latest() {
        world.account("timed", "login");
        String token = world.sessionToken("timed").reveal();
        Json.Members claims = JsonText.reread(
                new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8));
        assertThat(second(claims, "exp") - second(claims, "iat")).isBetween(1L, 86_400L);

        String bearer = "Authorization: Bearer " + token;
        String cookie = "Cookie: argocd.token=" + token;
        for (int hour = 0; hour < 23; hour++) {
            world.clock.advance(Duration.ofHours(1));
            assertThat(api.get("/api/v1/account/timed", bearer).status()).isEqualTo(200);
        }
        world.clock.advance(Duration.ofHours(1));
        for (String credential : List.of(bearer, cookie))
            assertThat(api.get("/api/v1/account/timed", credential).told())
                    .isEqualTo(Api.error(401, 16, "invalid session: token has invalid claims: token is expired"));
    }

    private static long second(Json.Members claims, String name) {
        return Long.parseLong(claims.member(name).orElseThrow().toString().replaceAll("\\D", ""));
    }

    @Test
    void cve_2022_24768_a_project_reaches_no_other() {
        String token = "Authorization: Bearer "
                + api.post("/api/v1/projects/demo/roles/ci/token", "{}", api.as("admin"))
                        .body()
                        .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        assertThat(api.get("/api/v1/projects/other", token).status()).isEqualTo(403);
        assertThat(api.post("/api/v1/events/other/push", "{}", token).status()).isEqualTo(403);
        assertThat(api.post("/api/v1/projects/other/roles/ci/token", "{\"project\":\"demo\"}", token)
                        .status())
                .isEqualTo(403);
        assertThat(api.get("/api/v1/account/can-i/applications/get/other/x", token)
                        .body())
                .isEqualTo("{\"value\":\"no\"}");
    }

    @Test
    void cve_2022_1025_naming_its_own_project_opens_no_other_to_a_role() {
        String left = asRoleOf("left");
        String admin = api.as("admin");
        assertThat(api.put("/api/v1/projects/left", change("left", versionOf("left"), "by its role"), left)
                        .status())
                .as("the role may do to its own all that follows")
                .isEqualTo(200);
        String before = api.get("/api/v1/projects/right", admin).body();

        String version = versionOf("right");
        String role = "/api/v1/projects/right/roles/ci/token";
        String client = "{\"name\":\"x\",\"type\":\"github\",\"role\":\"ci\"}";
        List<Reply> replies = List.of(
                api.get("/api/v1/projects/right?project=left", left),
                api.put("/api/v1/projects/right", change("left", version, "taken"), left),
                api.put("/api/v1/projects/right?name=left", change("right", version, "taken"), left),
                api.post("/api/v1/projects", change("right", "", "taken").replaceAll("}$", ",\"upsert\":true}"), left),
                api.post(role, "{\"project\":\"left\",\"role\":\"ci\"}", left),
                api.delete(role + "/1?project=left", left),
                api.post("/api/v1/projects/right/webhook-clients", client, left),
                api.put("/api/v1/projects/right/token-policy", "{}", left),
                api.delete("/api/v1/projects/right?name=left", left));

        assertThat(replies).allMatch(each -> each.status() == 403, "403");
        assertThat(api.post("/api/v1/projects/right/webhook-clients?project=left", client, left)
                        .told())
                .isEqualTo(Api.error(400, 3, "unknown query parameter 'project'; this call takes none"));
        assertThat(api.get("/api/v1/projects/right", admin).body()).isEqualTo(before);
    }

    @Test
    void cve_2022_24768_no_role_of_a_project_is_given_a_rule_beyond_it() {
        for (String rule : List.of(
                "p, proj:rising:ci, applications, *, */*, allow",
                "p, proj:rising:ci, applications, *, other/*, allow",
                "p, proj:other:ci, applications, *, rising/*, allow",
                "p, role:admin, applications, *, rising/*, allow",
                "p, proj:rising:ci, accounts, update, *, allow",
                "g, proj:rising:ci, role:admin")) {
            Reply reply = api.post(
                    "/api/v1/projects",
                    "{\"project\":{\"metadata\":{\"name\":\"rising\"},\"spec\":{\"roles\":[{\"name\":\"ci\",\"policies\":[\""
                            + rule + "\"]}]}}}",
                    api.as("admin"));
            assertThat(reply.status()).as(rule).isEqualTo(400);
            assertThat(reply.body()).contains("invalid policy rule");
        }
    }

    private String versionOf(String project) {
        return versionIn(api.get("/api/v1/projects/" + project, api.as("admin")));
    }

    /** Also the open redirect at login that has no number; there is no sign-in over other providers yet. */
    @Test
    void cve_2022_31102_no_address_that_a_link_names_is_gone_to() {
        for (String evil : List.of("https://evil.example", "//evil.example", "/%5Cevil.example", "javascript:alert(1)"))
            for (String name : List.of("return_url", "redirect", "redirect_uri", "next", "rd")) {
                assertThat(api.get("/auth/logout?" + name + "=" + evil, api.cookieOf("alice"))
                                .header("Location"))
                        .isEqualTo("/");
                assertThat(api.get("/auth/login?" + name + "=" + evil).status()).isEqualTo(404);
            }
        assertThat(api.raw("GET /auth/logout HTTP/1.1", "Host: evil.example", api.cookieOf("alice"))
                        .orElseThrow()
                        .header("Location"))
                .isEqualTo("/");
    }

    @Test
    void cve_2022_24905_cve_2021_23347_no_text_of_an_address_is_shown_as_if_we_said_it() {
        for (String path :
                List.of("/login", "/auth/login", "/auth/callback", "/auth/logout", "/api/v1/session/userinfo"))
            for (String name : List.of("sso_error", "has_sso_error", "error", "error_description")) {
                Reply reply = api.get(path + "?" + name + "=hello%3Cscript%3E", api.cookieOf("alice"));
                assertThat(reply.body()).as(path).doesNotContain("hello", "<", "script");
            }
    }

    @Test
    void cve_2022_29165_whoever_a_forged_token_names_it_speaks_for_nobody() {
        String[] genuine = world.sessionToken("carol").reveal().split("\\.", -1);
        String userinfo = api.get("/api/v1/session/userinfo").told();
        for (String subject : List.of("admin", "admin:login", "admin:apiKey", "proj:demo:ci", "role:admin")) {
            String claims = new String(Base64.getUrlDecoder().decode(genuine[1]), StandardCharsets.UTF_8)
                    .replace("carol:login", subject);
            String forged = genuine[0] + "." + base64(claims) + "." + genuine[2];
            for (String credential : List.of("Authorization: Bearer " + forged, "Cookie: argocd.token=" + forged)) {
                assertThat(api.get("/api/v1/session/userinfo", credential).told())
                        .isEqualTo(userinfo);
                for (String path :
                        List.of("/api/v1/account/can-i/projects/get/demo", "/api/v1/projects", "/api/v1/account/admin"))
                    assertThat(api.get(path, credential).status())
                            .as(subject + " " + path)
                            .isEqualTo(401);
            }
        }
    }

    @Test
    void cve_2022_29165_nothing_that_a_forged_token_says_is_believed() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String header = base64.encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
        String claims = base64.encodeToString("{\"iss\":\"argocd\",\"sub\":\"admin:login\",\"iat\":1,\"jti\":\"x\"}"
                .getBytes(StandardCharsets.UTF_8));
        for (String signature : List.of("", "AAAA")) {
            String forged = "Authorization: Bearer " + header + "." + claims + "." + signature;
            assertThat(api.get("/api/v1/session/userinfo", forged).told()).isEqualTo("200 {}");
            assertThat(api.get("/api/v1/account/can-i/projects/get/demo", forged)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void cve_2022_31035_a_script_in_a_description_is_never_one() {
        Reply reply = api.post(
                "/api/v1/projects",
                "{\"project\":{\"metadata\":{\"name\":\"xss\",\"annotations\":{\"link\":\"javascript:alert(1)\"}},"
                        + "\"spec\":{\"description\":\"<script>alert(1)</script>\"}}}",
                api.as("admin"));
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.body())
                .contains("\\u003cscript\\u003ealert(1)\\u003c/script\\u003e")
                .doesNotContain("<", ">");
    }

    @Test
    void cve_2024_28175_cve_2025_47933_cve_2026_45738_what_is_stored_becomes_no_link_and_no_markup() {
        String admin = api.as("admin");
        String evil = "javascript:alert(1)//<script>alert(2)</script><img src=x onerror=alert(3)>";
        assertThat(api.post(
                                "/api/v1/projects",
                                "{\"project\":{\"metadata\":{\"name\":\"links\",\"annotations\":{"
                                        + "\"link.argocd.argoproj.io/external-link\":\"" + evil + "\",\"a\":\"" + evil
                                        + "\"}},\"spec\":{\"description\":\"" + evil
                                        + "\",\"roles\":[{\"name\":\"ci\",\"description\":\"" + evil + "\"}]}}}",
                                admin)
                        .status())
                .isEqualTo(200);
        for (String path : List.of(
                "/api/v1/projects",
                "/api/v1/projects/links",
                "/api/v1/projects/links/detailed",
                "/api/v1/projects/links/events",
                "/api/v1/projects/%3Cscript%3E",
                "/api/v1/account/%3Cscript%3E")) {
            Reply reply = api.get(path, admin);
            assertThat(reply.header("Content-Type")).as(path).isEqualTo("application/json");
            assertThat(reply.header("X-Content-Type-Options")).as(path).isEqualTo("nosniff");
            assertThat(reply.body()).as(path).doesNotContain("<", ">");
        }
        assertThat(api.get("/api/v1/projects/links", admin).body().split("\\\\u003cscript\\\\u003ealert\\(2\\)", -1))
                .as("all four were stored, and come back escaped")
                .hasSize(5);
        assertThat(api.get("/api/v1/projects/links/links", admin).told()).isEqualTo("200 {}");

        Reply label = api.post(
                "/api/v1/projects",
                "{\"project\":{\"metadata\":{\"name\":\"labelled\",\"labels\":{\"a\":\"<script>\",\"<b>\":\"javascript:x\"}}}}",
                admin);
        assertThat(label.header("Content-Type")).isEqualTo("application/json");
        assertThat(label.body()).contains("\\u003c").doesNotContain("<", ">");
    }

    @Test
    void cve_2022_41354_what_is_missing_looks_like_what_is_forbidden() {
        String carol = api.as("carol");
        for (String path :
                List.of("/api/v1/projects/%s", "/api/v1/account/%s", "/api/v1/projects/%s/webhook-clients")) {
            String there = path.contains("account") ? "alice" : "demo";
            assertThat(api.get(path.formatted("missing"), carol).told())
                    .isEqualTo(api.get(path.formatted(there), carol).told().replace(there, "missing"));
        }
    }

    @Test
    void cve_2024_36106_no_call_tells_who_has_no_rights_whether_an_object_is_there() {
        String carol = api.as("carol");
        String role = asRoleOf("demo");
        String session = world.caller(world.sessionToken("alice")).credential().orElseThrow();
        List<String> calls = List.of(
                "GET /api/v1/projects/%s|right|",
                "GET /api/v1/projects/%s/detailed|right|",
                "GET /api/v1/projects/%s/token-policy|right|",
                "GET /api/v1/projects/%s/roles/ci/permissions|right|",
                "PUT /api/v1/projects/%s|right|{}",
                "PUT /api/v1/projects/%s/token-policy|right|{}",
                "DELETE /api/v1/projects/%s|right|",
                "POST /api/v1/projects/%s/roles/ci/token|right|{}",
                "DELETE /api/v1/projects/%s/roles/ci/token/1|right|",
                "POST /api/v1/projects/%s/webhook-clients|right|{\"name\":\"x\",\"type\":\"github\",\"role\":\"ci\"}",
                "GET /api/v1/projects/%s/webhook-clients/x|right|",
                "DELETE /api/v1/projects/%s/webhook-clients/x|right|",
                "GET /api/v1/account/%s|alice|",
                "PUT /api/v1/account/%s|alice|{\"capabilities\":[],\"enabled\":true}",
                "DELETE /api/v1/account/%s|alice|",
                "POST /api/v1/account/%s/token|alice|{}",
                "DELETE /api/v1/account/%s/token/x|alice|",
                "GET /api/v1/sessions?subject=%s|alice|",
                "GET /api/v1/sessions/%s|" + session + "|",
                "DELETE /api/v1/sessions/%s|" + session + "|");
        for (String caller : List.of(carol, role))
            for (String call : calls) {
                String[] parts = call.split("\\|", -1);
                String there = told(parts[0].formatted(parts[1]), parts[2], caller);
                String missing = told(parts[0].formatted("not-there"), parts[2], caller);
                assertThat(there).as(call).startsWith("403 ");
                assertThat(missing).as(call).isEqualTo(there.replace(parts[1], "not-there"));
            }
    }

    /** Whatever call about a project there is, and whatever is added to the service: each of its routes is asked. */
    @TestFactory
    Stream<DynamicTest> cve_2022_41354_every_call_about_a_project_asks_for_the_right_before_it_looks() {
        String carol = api.as("carol");
        String role = asRoleOf("demo");
        List<DynamicTest> tests = router.uriRoutes()
                .<UriRouteInfo<?, ?>>map(each -> each)
                .map(each -> each.getHttpMethodName() + " " + each.getUriMatchTemplate())
                .filter(each -> each.matches("(GET|POST|PUT|DELETE) /api/v1/projects/\\{.*"))
                .distinct()
                .sorted()
                .map(call -> DynamicTest.dynamicTest(call, () -> {
                    String body = call.startsWith("GET") || call.startsWith("DELETE")
                            ? ""
                            : FULL_BODIES.getOrDefault(call, "{}");
                    String[] parts = call.replaceFirst("\\{\\w+}", "%s")
                            .replaceAll("\\{role}", "ci")
                            .replaceAll("\\{[^}]*}", "1")
                            .split(" ", -1);
                    for (String caller : List.of(carol, role)) {
                        String there = told(parts[0] + " " + parts[1].formatted("right"), body, caller);
                        assertThat(there).startsWith("403 ");
                        assertThat(told(parts[0] + " " + parts[1].formatted("not-there"), body, caller))
                                .isEqualTo(there.replace("right", "not-there"));
                        assertThat(told(
                                        parts[0] + " "
                                                + parts[1].formatted("right").replace("/ci/", "/no-role/"),
                                        body,
                                        caller))
                                .as("another role")
                                .isEqualTo(there);
                    }
                }))
                .toList();
        assertThat(tests).hasSizeGreaterThan(15);
        return tests.stream();
    }

    private String told(String call, String body, String caller) {
        String[] parts = call.split(" ", -1);
        return api.send(parts[0], parts[1], body.getBytes(StandardCharsets.UTF_8), caller)
                .told();
    }

    @Test
    void cve_2023_23947_the_name_in_the_path_decides_whatever_the_body_says() {
        String dora = api.as("dora");
        String admin = api.as("admin");
        String right = api.get("/api/v1/projects/right", admin).body();

        Reply refused =
                api.put("/api/v1/projects/right", change("left", versionOf("right"), "named left in the body"), dora);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("permission denied: projects, update, right,");

        Reply applied =
                api.put("/api/v1/projects/left", change("right", versionOf("left"), "named right in the body"), dora);
        assertThat(api.get("/api/v1/projects/right", admin).body()).isEqualTo(right);
        assertThat(applied.status()).isEqualTo(200);
        assertThat(api.get("/api/v1/projects/left", admin).body())
                .contains("\"name\":\"left\"", "\"description\":\"named right in the body\"");
    }

    @Test
    void cve_2023_23947_the_object_that_is_changed_is_the_one_that_was_asked_about() {
        assertThat(api.put(
                                "/api/v1/projects/demo",
                                "{\"project\":{\"metadata\":{\"name\":\"other\",\"resourceVersion\":\"1\"}}}",
                                api.as("carol"))
                        .body())
                .contains("permission denied: projects, update, demo,");
    }

    @Test
    void cve_2024_22424_a_form_of_a_sibling_domain_does_nothing() {
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"))
            assertThat(api.post("/api/v1/account/alice/token", "{}", api.cookieOf("alice"), "Content-Type: " + type)
                            .status())
                    .isEqualTo(415);
        assertThat(api.delete("/api/v1/account/alice/token/x", api.cookieOf("alice"))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void cve_2024_21662_no_flood_of_names_makes_a_counter_forget() {
        world.account("victim", "login");
        String here = "198.51.100.2";
        for (int i = 0; i < 5; i++) signInFrom(here, "victim", "wrong");
        for (int i = 0; i < 300; i++) signInFrom("203.0.113." + i % 200, "random-" + i, "wrong");
        assertThat(signInFrom(here, "alice", World.PASSWORD).status())
                .as("the place itself is not stopped")
                .isEqualTo(200);
        assertThat(signInFrom(here, "victim", World.PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void cve_2024_21661_two_hundred_bad_sign_ins_at_once_are_two_hundred_refusals() {
        assertThat(atOnce(200, () -> signInFrom("198.51.100.3", "everybody", "wrong")))
                .allMatch(each -> each.told().equals(Api.error(401, 16, "Invalid username or password")));
        assertThat(api.get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void cve_2024_37152_strangers_learn_nothing_of_the_rules_for_passwords() {
        String settings = api.get("/api/v1/settings").body();
        assertThat(settings).doesNotContain("passwordPattern", "resourceOverrides", "controllerNamespace");
        for (String credential : List.of("Authorization: Bearer a.b.c", "Cookie: argocd.token=a.b.c"))
            assertThat(api.get("/api/v1/settings", credential).told()).isEqualTo("200 " + settings);
    }

    @Test
    void cve_2024_40634_no_open_endpoint_falls_over_a_body() {
        byte[] huge = new byte[3 << 20];
        for (String path : List.of("/api/v1/session", "/api/v1/events/demo/push", "/auth/logout"))
            for (byte[] body : List.of(
                    huge, new byte[] {(byte) 0xff, 0, 1}, "[".repeat(50_000).getBytes(StandardCharsets.US_ASCII)))
                assertThat(api.send("POST", path, body, JSON).status()).isBetween(400, 499);
        assertThat(api.get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void cve_2025_55190_in_detail_a_project_shows_no_credentials() {
        String admin = api.as("admin");
        String secret = "a-webhook-secret-nobody-reads-again";
        assertThat(api.post(
                                "/api/v1/projects/left/webhook-clients",
                                "{\"name\":\"hub\",\"type\":\"github\",\"role\":\"ci\",\"secret\":\"" + secret + "\"}",
                                admin)
                        .status())
                .isEqualTo(200);
        String role = asRoleOf("left");
        String token = role.substring("Authorization: Bearer ".length());
        for (String view : List.of("", "/detailed", "/globalprojects", "/links", "/syncwindows", "/events"))
            for (String reader : List.of(role, admin)) {
                Reply reply = api.get("/api/v1/projects/left" + view, reader);
                assertThat(reply.status()).as(view).isEqualTo(200);
                assertThat(reply.body())
                        .as(view)
                        .doesNotContain(secret, token, token.split("\\.", -1)[2])
                        .doesNotContainPattern("(?i)\"(password|username|secret|token|bearerToken|ssh\\w*|tls\\w*|"
                                + "github\\w*|gcp\\w*|repositories|clusters|config)\":");
            }
        assertThat(api.get("/api/v1/projects/left/detailed", role).body())
                .startsWith("{\"project\":{")
                .contains("\"name\":\"left\"");
    }

    @Test
    void cve_2025_55191_of_changes_to_one_project_at_once_none_is_lost() {
        String admin = api.as("admin");
        api.post("/api/v1/projects", "{\"project\":{\"metadata\":{\"name\":\"shared\"}}}", admin);
        AtomicInteger number = new AtomicInteger();

        List<Reply> replies = atOnce(24, () -> addRole("shared", "r" + number.incrementAndGet(), admin));

        assertThat(replies).allMatch(each -> each.status() == 200);
        String stored = api.get("/api/v1/projects/shared", admin).body();
        for (int i = 1; i <= 24; i++) assertThat(stored).contains("{\"name\":\"r" + i + "\"}");
    }

    /** Reads, adds and writes, and begins again when somebody else was faster. */
    private Reply addRole(String project, String role, String caller) {
        while (true) {
            Reply read = api.get("/api/v1/projects/" + project, caller);
            String roles = read.body().contains("\"roles\":[")
                    ? read.body().replaceAll(".*\"roles\":\\[(.*?)].*", "$1") + ","
                    : "";
            Reply written = api.put(
                    "/api/v1/projects/" + project,
                    "{\"project\":{\"metadata\":{\"resourceVersion\":\"" + versionIn(read) + "\"},\"spec\":{\"roles\":["
                            + roles + "{\"name\":\"" + role + "\"}]}}}",
                    caller);
            if (written.status() != 409) return written;
        }
    }

    @Test
    void cve_2025_55191_reading_and_changing_one_project_at_once_harms_nobody() {
        String admin = api.as("admin");
        api.post("/api/v1/projects", "{\"project\":{\"metadata\":{\"name\":\"busy\"}}}", admin);
        assertThat(atOnce(60, () -> {
                    Reply read = api.get("/api/v1/projects/busy", admin);
                    String version = read.body().replaceAll(".*\"resourceVersion\":\"(\\d+)\".*", "$1");
                    return api.put(
                            "/api/v1/projects/busy",
                            "{\"project\":{\"metadata\":{\"resourceVersion\":\"" + version
                                    + "\"},\"spec\":{\"description\":\""
                                    + Thread.currentThread().threadId()
                                    + "\"}}}",
                            admin);
                }))
                .allMatch(each -> each.status() == 200 || each.status() == 409)
                .anyMatch(each -> each.status() == 200);
    }
}
