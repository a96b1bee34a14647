package dev.gatehouse.adapters.rest.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import dev.gatehouse.application.project.ManagingProjects;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
class TokenTest {
    private static final long NOW = 1772360130;
    private static final String CI = "/api/v1/projects/demo/roles/ci/token";

    private final Api api;
    private final World world;

    TokenTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(this::begin);
    }

    private void begin() {
        world.account("alice", "login", "apiKey");
        world.account("carol", "login");
        world.project("demo");
        world.managingProjects.create(
                world.admin(),
                World.draft(
                        "two",
                        new ManagingProjects.RoleDraft("ci", "", List.of(), List.of()),
                        new ManagingProjects.RoleDraft("other", "", List.of(), List.of())),
                false);
    }

    private String issued(Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        return "Authorization: Bearer " + reply.body().replaceAll("\\{\"token\":\"(.*)\"}", "$1");
    }

    private String accountToken(String name, String body) {
        return issued(api.post("/api/v1/account/" + name + "/token", body, api.as("admin")));
    }

    private String projectToken(String body) {
        return issued(api.post(CI, body, api.as("admin")));
    }

    @Test
    void a_token_of_an_account_is_given_out_shown_and_ended() {
        String token =
                issued(api.post("/api/v1/account/alice/token", "{\"id\":\"ci\",\"expiresIn\":3600}", api.as("alice")));
        assertThat(api.get("/api/v1/account/alice", token).body())
                .contains("{\"id\":\"ci\",\"issuedAt\":" + NOW + ",\"expiresAt\":" + (NOW + 3600) + "}");
        assertThat(api.delete("/api/v1/account/alice/token/ci", token).told()).isEqualTo("200 {}");
        assertThat(api.get("/api/v1/account/alice", token).told())
                .isEqualTo(Api.error(401, 16, "invalid session: account alice does not have token with id ci"));
        assertThat(api.delete("/api/v1/account/alice/token/ci", api.as("alice")).told())
                .isEqualTo(Api.error(404, 5, "token with id 'ci' does not exist"));
    }

    /** Argo CD contract 3.3: all that an account shows of its tokens, the newest first, with numbers as numbers. */
    @Test
    void an_account_shows_its_tokens_the_newest_first_and_those_that_ended_by_themselves_too() {
        world.account("judy", "apiKey");
        accountToken("judy", "{\"id\":\"first\",\"expiresIn\":5}");
        world.clock.advance(Duration.ofSeconds(10));
        accountToken("judy", "{\"ID\":\"second\",\"ExpiresIn\":null}");
        world.clock.advance(Duration.ofSeconds(10));
        accountToken("judy", "{\"id\":\"third\",\"expiresIn\":3600,\"name\":\"alice\"}");
        assertThat(api.get("/api/v1/account/judy", api.as("admin")).told())
                .isEqualTo("200 {\"name\":\"judy\",\"enabled\":true,\"capabilities\":[\"apiKey\"],\"tokens\":["
                        + "{\"id\":\"third\",\"issuedAt\":" + (NOW + 20) + ",\"expiresAt\":" + (NOW + 3620) + "},"
                        + "{\"id\":\"second\",\"issuedAt\":" + (NOW + 10) + "},"
                        + "{\"id\":\"first\",\"issuedAt\":" + NOW + ",\"expiresAt\":" + (NOW + 5) + "}],"
                        + "\"createdAt\":\"2026-03-01T10:15:30.123456Z\",\"resourceVersion\":\"0\"}");
        world.clock.advance(Duration.ofSeconds(-20));
    }

    @Test
    void a_token_is_of_whom_the_path_names() {
        String token = accountToken("alice", "{\"id\":\"of-alice\",\"name\":\"carol\"}");
        assertThat(api.get("/api/v1/session/userinfo", token).body()).contains("\"username\":\"alice\"");
        assertThat(api.delete("/api/v1/account/nobody/token/of-alice", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(404, 5, "account 'nobody' does not exist"));
    }

    /** Argo CD contract 2.1. */
    @Test
    void each_kind_of_token_says_who_it_is_for_in_the_same_claims() {
        assertThat(claims("Bearer " + world.sessionToken("carol").reveal()))
                .isEqualTo("{\"iss\":\"argocd\",\"sub\":\"carol:login\",\"iat\":" + NOW + ",\"nbf\":" + NOW
                        + ",\"exp\":" + (NOW + 86_400) + ",\"jti\":\"{uuid 4}\"}");
        assertThat(claims(accountToken("alice", "{\"id\":\"claimed\",\"expiresIn\":60}")))
                .isEqualTo("{\"iss\":\"argocd\",\"sub\":\"alice:apiKey\",\"iat\":" + NOW + ",\"nbf\":" + NOW
                        + ",\"exp\":" + (NOW + 60) + ",\"jti\":\"claimed\"}");
        assertThat(claims(accountToken("alice", "{}")))
                .isEqualTo("{\"iss\":\"argocd\",\"sub\":\"alice:apiKey\",\"iat\":" + NOW + ",\"nbf\":" + NOW
                        + ",\"jti\":\"{uuid 7}\"}");
        assertThat(claims(projectToken("{\"expiresIn\":0}")))
                .isEqualTo("{\"iss\":\"argocd\",\"sub\":\"proj:demo:ci\",\"iat\":" + NOW + ",\"nbf\":" + NOW
                        + ",\"jti\":\"{uuid 7}\"}");
    }

    private static String claims(String token) {
        String payload = token.split("\\.", -1)[1];
        return new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8)
                .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-([47])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "{uuid $1}");
    }

    @Test
    void a_token_without_an_end_shows_none() {
        accountToken("alice", "{\"id\":\"endless\"}");
        assertThat(api.get("/api/v1/account/alice", api.as("alice")).body())
                .contains("{\"id\":\"endless\",\"issuedAt\":" + NOW + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/account/alice/token", CI})
    void the_same_key_and_body_give_the_same_token_until_it_is_used(String path) {
        String key = "Idempotency-Key: " + path.length();
        String body = "{\"expiresIn\":3600}";
        Reply first = api.post(path, body, api.as("admin"), key);
        String token = issued(first);

        Reply again = api.post(path, "{ \"expiresIn\": 3600 }", api.as("admin"), key);
        // The doubles of this test sign each time the same way.
        assertThat(claims(issued(again))).isEqualTo(claims(token));
        assertThat(api.post(path, "{\"expiresIn\":60}", api.as("admin"), key).told())
                .isEqualTo(Api.error(
                        422,
                        3,
                        "this Idempotency-Key was used for another request within the last 24 hours; use a new key"));
        assertThat(api.post(path, body, api.as("admin"), "Idempotency-Key: a b").status())
                .isEqualTo(400);
        assertThat(issued(api.post(path, body, api.as("admin")))).isNotEqualTo(token);

        assertThat(api.get("/api/v1/session/userinfo", token).body()).contains("\"loggedIn\":true");
        Reply late = api.post(path, body, api.as("admin"), key);
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body())
                .contains("was made by this Idempotency-Key and has been used since; its secret is not shown again");
    }

    @Test
    void the_same_body_for_another_account_is_another_request() {
        world.account("ken", "apiKey");
        String key = "Idempotency-Key: for-two";
        issued(api.post("/api/v1/account/alice/token", "", api.as("admin"), key));

        assertThat(api.post("/api/v1/account/ken/token", "", api.as("admin"), key)
                        .status())
                .isEqualTo(422);
    }

    @Test
    void an_id_is_used_once_for_ever() {
        String old = accountToken("alice", "{\"id\":\"once\"}");
        Reply again = api.post("/api/v1/account/alice/token", "{\"id\":\"once\"}", api.as("alice"));
        assertThat(again.told()).isEqualTo(Api.error(409, 6, "account already has token with id 'once'"));
        api.delete("/api/v1/account/alice/token/once", api.as("alice"));
        assertThat(api.post("/api/v1/account/alice/token", "{\"id\":\"once\"}", api.as("alice"))
                        .status())
                .isEqualTo(409);
        assertThat(api.get("/api/v1/account/alice", old).status()).isEqualTo(401);
    }

    @Test
    void an_account_that_cannot_hold_tokens_gets_none() {
        assertThat(api.post("/api/v1/account/carol/token", "{}", api.as("carol"))
                        .told())
                .isEqualTo(Api.error(400, 9, "account 'carol' does not have apiKey capability"));
        assertThat(api.post("/api/v1/account/nobody/token", "{}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(404, 5, "account 'nobody' does not exist"));
        assertThat(api.post("/api/v1/account/nobody/token", "{}", api.as("carol"))
                        .told())
                .isEqualTo(Api.error(
                        403, 7, "permission denied: accounts, update, nobody, sub: carol, iat: 2026-03-01T10:15:30Z"));
    }

    @Test
    void a_disabled_account_gets_no_token() {
        world.account("dora", "login", "apiKey");
        assertThat(api.put(
                                "/api/v1/account/dora",
                                "{\"capabilities\":[\"login\",\"apiKey\"],\"enabled\":false,\"resourceVersion\":\"0\"}",
                                api.as("admin"))
                        .status())
                .isEqualTo(200);
        assertThat(api.post("/api/v1/account/dora/token", "{}", api.as("admin")).told())
                .isEqualTo(Api.error(400, 9, "account 'dora' is disabled; enable it before you give it a token"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a/b", "a|b", "a b", "..", "ä", "a%2Fb"})
    void an_id_that_no_path_can_hold_is_refused(String id) {
        String told =
                "invalid token id: use 1 to 128 visible ASCII characters without blanks and without | : / % ? # \\"
                        + " and quotes";
        for (String path : List.of("/api/v1/account/alice/token", CI))
            assertThat(api.post(path, "{\"id\":\"" + id + "\"}", api.as("admin"))
                            .told())
                    .isEqualTo(Api.error(400, 3, told));
    }

    @Test
    void a_lifetime_is_neither_negative_nor_absurd() {
        for (String path : List.of("/api/v1/account/alice/token", CI)) {
            assertThat(api.post(path, "{\"expiresIn\":-5}", api.as("admin")).told())
                    .isEqualTo(Api.error(400, 3, "expiresIn is negative: -5; send seconds above 0, or 0 for no end"));
            assertThat(api.post(path, "{\"expiresIn\":9223372036854775807}", api.as("admin"))
                            .told())
                    .isEqualTo(Api.error(
                            400, 3, "expiresIn is too long: 9223372036854775807; send at most 3153600000 seconds"));
        }
    }

    @Test
    void a_token_of_a_project_role_is_given_out_used_and_ended_by_its_id() {
        String token = projectToken("{\"id\":\"build\",\"expiresIn\":3600,\"project\":\"x\",\"role\":\"y\"}");
        assertThat(api.get("/api/v1/session/userinfo", token).told())
                .isEqualTo("200 {\"loggedIn\":true,\"username\":\"proj:demo:ci\",\"iss\":\"argocd\"}");
        assertThat(api.get("/api/v1/projects/demo", token).body())
                .contains("{\"iat\":" + NOW + ",\"exp\":" + (NOW + 3600) + ",\"id\":\"build\"}");
        assertThat(api.delete(CI + "/0?id=build", api.as("admin")).told()).isEqualTo("200 {}");
        assertThat(api.get("/api/v1/projects/demo", token).told())
                .isEqualTo(Api.error(
                        401,
                        16,
                        "invalid session: JWT token for role 'ci' issued at '" + NOW
                                + "' does not exist in project 'demo'"));
        assertThat(api.get("/api/v1/session/userinfo", token).told()).isEqualTo("200 {}");
    }

    @Test
    void a_description_of_a_project_token_is_kept() {
        projectToken("{\"id\":\"described\",\"description\":\"nightly build\"}");
        assertThat(api.get("/api/v1/tokens/described", api.as("admin")).body())
                .contains("\"description\":\"nightly build\"");
    }

    @Test
    void an_id_is_used_once_for_a_role() {
        projectToken("{\"id\":\"k\"}");
        assertThat(api.post(CI, "{\"id\":\"k\"}", api.as("admin")).told())
                .isEqualTo(Api.error(400, 3, "Token id 'k' has been used."));
        assertThat(api.post("/api/v1/projects/two/roles/ci/token", "{\"id\":\"k\"}", api.as("admin"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_wrong_id_never_ends_another_token_by_its_time() {
        String token = projectToken("{\"id\":\"stays\"}");
        assertThat(api.delete(CI + "/" + NOW + "?id=wrong", api.as("admin")).told())
                .isEqualTo("200 {}");
        assertThat(api.get("/api/v1/projects/demo", token).status()).isEqualTo(200);
    }

    @Test
    void a_time_ends_the_one_token_of_that_second_and_refuses_to_guess_among_several() {
        String other = "/api/v1/projects/two/roles/other/token";
        String first = issued(api.post(other, "{\"id\":\"1\"}", api.as("admin")));
        assertThat(api.delete(other + "/" + NOW, api.as("admin")).told()).isEqualTo("200 {}");
        assertThat(api.get("/api/v1/projects/two", first).status()).isEqualTo(401);
        issued(api.post(other, "{\"id\":\"2\"}", api.as("admin")));
        issued(api.post(other, "{\"id\":\"3\"}", api.as("admin")));
        assertThat(api.delete(other + "/" + NOW, api.as("admin")).told())
                .isEqualTo(Api.error(
                        400,
                        9,
                        "role 'other' has several tokens issued at " + NOW + "; name the one to delete with ?id="));
    }

    @Test
    void ending_what_is_not_there_is_no_error() {
        assertThat(api.delete(CI + "/1?id=none", api.as("admin")).told()).isEqualTo("200 {}");
        assertThat(api.delete("/api/v1/projects/demo/roles/nope/token/1", api.as("admin"))
                        .told())
                .isEqualTo("200 {}");
        assertThat(api.delete("/api/v1/projects/nope/roles/ci/token/1", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(404, 5, "appprojects.argoproj.io \"nope\" not found"));
    }

    @Test
    void a_time_is_a_number() {
        for (String iat : List.of("abc", "1.5", "99999999999999999999"))
            assertThat(api.delete(CI + "/" + iat, api.as("admin")).told())
                    .isEqualTo(Api.error(
                            400,
                            3,
                            "type mismatch, parameter: iat, error: strconv.ParseInt: parsing \"" + iat
                                    + "\": invalid syntax"));
    }

    @Test
    void who_may_not_learns_nothing_about_project_and_role() {
        for (String path : List.of(CI, "/api/v1/projects/demo/roles/nope/token"))
            assertThat(api.post(path, "{}", api.as("carol")).told())
                    .isEqualTo(Api.error(
                            403,
                            7,
                            "permission denied: projects, update, demo, sub: carol, iat: 2026-03-01T10:15:30Z"));
        assertThat(api.post("/api/v1/projects/nope/roles/ci/token", "{}", api.as("carol"))
                        .told())
                .isEqualTo(Api.error(
                        403, 7, "permission denied: projects, update, nope, sub: carol, iat: 2026-03-01T10:15:30Z"));
        assertThat(api.post("/api/v1/projects/demo/roles/nope/token", "{}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(404, 5, "project 'demo' does not have role 'nope'"));
        assertThat(api.post("/api/v1/projects/nope/roles/ci/token", "{}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(404, 5, "appprojects.argoproj.io \"nope\" not found"));
    }

    @Test
    void a_project_token_makes_no_sibling() {
        String token = projectToken("{\"id\":\"parent\"}");
        assertThat(api.post(CI, "{\"id\":\"child\"}", token).told())
                .isEqualTo(Api.error(
                        403,
                        7,
                        "permission denied: projects, update, demo, sub: proj:demo:ci, iat: 2026-03-01T10:15:30Z"));
    }

    @Test
    void the_keys_are_for_everybody_and_may_be_kept_for_five_minutes() {
        Reply reply = api.get("/.well-known/jwks.json");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.header("Cache-Control")).isEqualTo("public, max-age=300");
        assertThat(reply.body()).startsWith("{\"keys\":[").doesNotContain("\"d\":");
    }
}
