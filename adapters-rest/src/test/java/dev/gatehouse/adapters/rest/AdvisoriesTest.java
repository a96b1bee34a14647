package dev.gatehouse.adapters.rest;

import static dev.gatehouse.adapters.rest.Api.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import dev.gatehouse.domain.account.Username;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What went wrong in Argo CD before, by the name it got (Argo CD contract 10). */
@MicronautTest
class AdvisoriesTest {
    private final Api api;
    private final World world;

    AdvisoriesTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(() -> {
            world.account("alice", "login", "apiKey");
            world.account("carol", "login");
            world.project("demo");
            world.project("other");
        });
    }

    private Reply signIn(String name, String password) {
        return api.post("/api/v1/session", "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}", JSON);
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
        for (int i = 0; i < 5; i++) signIn("guessed", "wrong" + i);
        assertThat(signIn("guessed", World.PASSWORD).told())
                .isEqualTo(Api.error(401, 16, "Invalid username or password"));
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
                "/api/v1/account", "/api/v1/account/alice", "/api/v1/projects", "/api/v1/policy", "/api/v1/audit"))
            for (String reader : List.of("admin", "alice", "carol"))
                assertThat(api.get(path, api.as(reader)).body())
                        .doesNotContain(hash, World.PASSWORD, token)
                        .doesNotContainIgnoringCase("$plain$", "passwordHash");
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
        for (int i = 0; i < 5; i++) signIn("victim", "wrong");
        for (int i = 0; i < 300; i++) signIn("random-" + i, "wrong");
        assertThat(signIn("victim", World.PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void cve_2024_21661_two_hundred_bad_sign_ins_at_once_are_two_hundred_refusals() {
        assertThat(atOnce(200, () -> signIn("everybody", "wrong")))
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
