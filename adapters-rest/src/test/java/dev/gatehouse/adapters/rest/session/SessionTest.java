package dev.gatehouse.adapters.rest.session;

import static dev.gatehouse.adapters.rest.Api.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import dev.gatehouse.application.account.ManagingAccounts;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.audit.AuditAction;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
class SessionTest {
    private static final String BAD = Api.error(401, 16, "Invalid username or password");

    private final Api api;
    private final World world;

    SessionTest(Api api, World world) {
        this.api = api;
        this.world = world;
    }

    private Reply signIn(String name, String password) {
        return api.post("/api/v1/session", "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}", JSON);
    }

    private static String tokenOf(Reply reply) {
        return reply.body().replaceAll("\\{\"token\":\"(.*)\"}", "$1");
    }

    @Test
    void a_right_password_gives_a_token_and_a_cookie_and_neither_is_cached() {
        Reply reply = signIn("admin", World.PASSWORD);
        String token = tokenOf(reply);
        assertThat(reply.told()).isEqualTo("200 {\"token\":\"" + token + "\"}");
        assertThat(reply.all("Set-Cookie"))
                .containsExactly("argocd.token=" + token + "; path=/; SameSite=lax; httpOnly");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(api.get("/api/v1/session/userinfo", "Authorization: Bearer " + token)
                        .told())
                .isEqualTo("200 {\"loggedIn\":true,\"username\":\"admin\",\"iss\":\"argocd\"}");
    }

    @Test
    void who_gets_in_and_who_does_not_is_counted() {
        double in = signIns("success");
        double out = signIns("failure");

        signIn("admin", World.PASSWORD);
        signIn("nobody-to-count", "wrong");
        signIn("a".repeat(33), "x");
        api.post("/api/v1/session", "{}", JSON);
        api.post("/api/v1/session", "{\"token\":\"x\"}", JSON);
        api.post("/api/v1/session", "{\"username\":5}", JSON);
        api.post("/api/v1/session", "{}", "Content-Type: text/plain");

        assertThat(signIns("success")).isEqualTo(in + 1);
        assertThat(signIns("failure"))
                .as("the last two did not read as a sign-in")
                .isEqualTo(out + 4);
    }

    private double signIns(String result) {
        String line = "gatehouse_sign_ins_total{result=\"" + result + "\"} ";
        return api.get("/prometheus", api.as("admin"))
                .body()
                .lines()
                .filter(each -> each.startsWith(line))
                .mapToDouble(each -> Double.parseDouble(each.substring(line.length())))
                .sum();
    }

    @Test
    void signing_in_again_ends_the_session_that_the_client_gives_up() {
        world.account("nina", "login");
        String elsewhere = tokenOf(signIn("nina", World.PASSWORD));
        String first = tokenOf(signIn("nina", World.PASSWORD));

        String second = tokenOf(signInShowing("nina", "Cookie: argocd.token=" + first));
        assertThat(isSignedIn(first)).isFalse();
        String third = tokenOf(signInShowing("nina", "Authorization: Bearer " + second));
        assertThat(isSignedIn(second)).isFalse();
        String others = tokenOf(signInShowing("admin", "Authorization: Bearer " + third));
        assertThat(isSignedIn(third)).as("nobody gave it up").isTrue();
        String fourth = tokenOf(signInShowing("nina", "Cookie: argocd.token=" + others));
        assertThat(isSignedIn(others)).as("its cookie is overwritten").isFalse();

        assertThat(signInShowing("nina", "Cookie: argocd.token=a.b.c").status())
                .as("what does not count is nobody's")
                .isEqualTo(200);
        assertThat(isSignedIn(fourth)).isTrue();
        assertThat(isSignedIn(elsewhere)).isTrue();
    }

    @Test
    void who_knows_a_password_that_was_not_changed_in_time_is_told_whom_to_ask() {
        world.account("olaf", "login");
        api.put("/api/v1/account/olaf/password", "{\"newPassword\":\"brand-new-one\"}", api.as("admin"));
        world.clock.advance(Duration.ofDays(3));
        try {
            assertThat(signIn("olaf", "brand-new-one").told())
                    .isEqualTo(Api.error(
                            401,
                            16,
                            "The password of account olaf was set by somebody else and not changed in time; ask an"
                                    + " administrator for another"));
        } finally {
            world.clock.advance(Duration.ofDays(-3));
        }
    }

    private Reply signInShowing(String name, String credential) {
        return api.post(
                "/api/v1/session",
                "{\"username\":\"" + name + "\",\"password\":\"" + World.PASSWORD + "\"}",
                JSON,
                credential);
    }

    private boolean isSignedIn(String token) {
        return api.get("/api/v1/session/userinfo", "Authorization: Bearer " + token)
                .body()
                .contains("loggedIn");
    }

    @ParameterizedTest
    @CsvSource({"admin,wrong", "nobody,wrong", "na me/:,wrong"})
    void who_does_not_get_in_learns_nothing_about_the_name(String name, String password) {
        assertThat(signIn(name, password).told()).isEqualTo(BAD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", " ", "{\"username\":\"admin\"}", "{\"password\":\"x\"}", "{} trailing"})
    void without_name_or_password_nothing_is_looked_up(String body) {
        assertThat(api.post("/api/v1/session", body, JSON).told())
                .isEqualTo(Api.error(401, 16, "no credentials supplied"));
    }

    @Test
    void names_of_members_count_in_any_letter_case_and_unknown_ones_are_passed_over() {
        String body = "{\"UserName\":\"admin\",\"PASSWORD\":\"" + World.PASSWORD + "\",\"x\":{\"y\":[1]}}";
        assertThat(api.post("/api/v1/session", body, JSON).status()).isEqualTo(200);
    }

    @Test
    void a_token_is_no_password() {
        for (String body : List.of(
                "{\"token\":\"x\"}",
                "{\"token\":\"x\",\"username\":\"admin\",\"password\":\"" + World.PASSWORD + "\"}",
                "{\"token\":\"x\",\"username\":\"" + "a".repeat(33) + "\",\"password\":\"x\"}"))
            assertThat(api.post("/api/v1/session", body, JSON).told())
                    .isEqualTo(Api.error(
                            401,
                            16,
                            "token-based session creation no longer supported. please upgrade argocd cli to v0.7+"));
    }

    @Test
    void a_name_over_32_bytes_is_told_so() {
        String told = Api.error(400, 3, "Username is too long (32 bytes max)");
        assertThat(signIn("a".repeat(33), "x").told()).isEqualTo(told);
        assertThat(signIn("é".repeat(16) + "a", "x").told()).isEqualTo(told);
    }

    @Test
    void who_knows_the_password_learns_why_the_account_does_not_get_in() {
        world.account("robot", "apiKey");
        assertThat(signIn("robot", World.PASSWORD).told())
                .isEqualTo(Api.error(401, 16, "Account robot does not have login capability"));
        assertThat(signIn("robot", "wrong").told()).isEqualTo(BAD);
    }

    @Test
    void who_knows_the_password_learns_that_the_account_is_disabled() {
        world.managingAccounts.create(
                world.admin(),
                new ManagingAccounts.NewAccount(
                        "away", List.of("login"), false, "", Optional.of(new PlainPassword(World.PASSWORD))));
        assertThat(signIn("away", World.PASSWORD).told()).isEqualTo(Api.error(401, 16, "Account away is disabled"));
        assertThat(signIn("away", "wrong").told()).isEqualTo(BAD);
    }

    /** Argo CD contract 1.1, steps 6, 9 and 10: who is locked out learns nothing, and such a try counts for nothing. */
    @Test
    void a_lock_hides_what_the_password_would_show_and_a_right_password_neither_counts_nor_clears() {
        world.account("halfway", "apiKey");
        for (int i = 0; i < 4; i++)
            assertThat(signIn("halfway", "wrong").told()).isEqualTo(BAD);
        String told = Api.error(401, 16, "Account halfway does not have login capability");
        for (int i = 0; i < 3; i++)
            assertThat(signIn("halfway", World.PASSWORD).told()).isEqualTo(told);
        assertThat(signIn("halfway", "wrong").told()).isEqualTo(BAD);
        assertThat(signIn("halfway", World.PASSWORD).told()).isEqualTo(BAD);
        world.clock.advance(Duration.ofMinutes(5));
        assertThat(signIn("halfway", World.PASSWORD).told()).isEqualTo(told);
        world.clock.advance(Duration.ofMinutes(-5));
    }

    @Test
    void another_site_signs_nobody_in() {
        String body = "{\"username\":\"admin\",\"password\":\"" + World.PASSWORD + "\"}";
        assertThat(api.post("/api/v1/session", body, JSON, "Origin: https://evil.example")
                        .told())
                .isEqualTo(Api.error(
                        403,
                        7,
                        "cross-site request refused: sign in or out on a page of this server, or by a program that is"
                                + " no browser"));
    }

    @Test
    void signing_in_wants_json_whoever_asks() {
        String body = "{\"username\":\"admin\",\"password\":\"" + World.PASSWORD + "\"}";
        String token = world.sessionToken("admin").reveal();
        for (String shown : List.of("X-Nothing: x", "Authorization: Bearer " + token, "Grpc-Metadata-Token: " + token))
            for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"))
                assertThat(api.post("/api/v1/session", body, shown, "Content-Type: " + type)
                                .told())
                        .isEqualTo(Api.error(415, 3, "Invalid content type: send Content-Type: application/json"));
        assertThat(api.post("/api/v1/session", body).status()).isEqualTo(415);
        assertThat(api.post("/api/v1/session", body, "Content-Type: Application/JSON; charset=utf-8")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void signing_out_ends_the_session_and_takes_the_cookies_back() {
        String token = world.sessionToken("admin").reveal();
        String cookie = "Cookie: other=1; argocd.token=" + token + "; argocd.token-1=; argocd.tokens=x";
        Reply reply = api.delete("/api/v1/session", cookie, JSON);
        assertThat(reply.told()).isEqualTo("200 {}");
        assertThat(reply.all("Set-Cookie"))
                .containsExactly(
                        "argocd.token=; path=/; SameSite=lax; httpOnly; Max-Age=0;"
                                + " Expires=Thu, 01 Jan 1970 00:00:00 GMT",
                        "argocd.token-1=; path=/; SameSite=lax; httpOnly; Max-Age=0;"
                                + " Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(api.get("/api/v1/account", "Authorization: Bearer " + token).told())
                .isEqualTo(Api.error(401, 16, "invalid session: token is revoked, please re-login"));
    }

    @Test
    void signing_out_is_the_same_for_everybody() {
        assertThat(api.delete("/api/v1/session").told()).isEqualTo("200 {}");
        assertThat(api.delete("/api/v1/session", "Authorization: Bearer a.b.c").told())
                .isEqualTo("200 {}");
        assertThat(api.delete("/api/v1/session", "Cookie: argocd.token=abc", JSON)
                        .all("Set-Cookie"))
                .hasSize(1);
    }

    @Test
    void a_stranger_signs_out_whatever_the_content_type() {
        for (String type : List.of("X-Nothing: x", "Content-Type: text/plain", JSON))
            assertThat(api.delete("/api/v1/session", type).told()).as(type).isEqualTo("200 {}");
    }

    @Test
    void userinfo_is_empty_for_strangers_and_for_tokens_that_do_not_count() {
        assertThat(api.get("/api/v1/session/userinfo").told()).isEqualTo("200 {}");
        assertThat(api.get("/api/v1/session/userinfo", "Authorization: Bearer a.b.c")
                        .told())
                .isEqualTo("200 {}");
        assertThat(api.get("/api/v1/session/userinfo", "Accept: text/html", "Content-Type: text/plain")
                        .told())
                .isEqualTo("200 {}");
    }

    @Test
    void userinfo_is_empty_for_a_session_that_ended_and_for_one_that_was_ended() {
        String old = api.as("admin");
        world.clock.advance(Duration.ofHours(24));
        assertThat(api.get("/api/v1/session/userinfo", old).told()).isEqualTo("200 {}");
        world.clock.advance(Duration.ofHours(-24));
        String out = api.as("admin");
        api.delete("/api/v1/session", out);
        assertThat(api.get("/api/v1/session/userinfo", out).told()).isEqualTo("200 {}");
    }

    @Test
    void userinfo_names_the_account_of_a_token_without_its_kind() {
        world.account("bot", "apiKey");
        String token = tokenOf(api.post("/api/v1/account/bot/token", "{}", api.as("admin")));
        assertThat(api.get("/api/v1/session/userinfo", "Authorization: Bearer " + token)
                        .told())
                .isEqualTo("200 {\"loggedIn\":true,\"username\":\"bot\",\"iss\":\"argocd\"}");
    }

    @Test
    void the_cookie_signs_in_too() {
        String cookie = api.cookieOf("admin");
        assertThat(api.get("/api/v1/session/userinfo", cookie).body()).contains("\"username\":\"admin\"");
        assertThat(api.get("/api/v1/account/admin", cookie).status()).isEqualTo(200);
    }

    @Test
    void logging_out_of_a_browser_ends_the_session_and_goes_home() {
        String token = world.sessionToken("admin").reveal();
        Reply reply = api.get("/auth/logout", "Cookie: argocd.token=" + token);
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("Location")).isEqualTo("/");
        assertThat(reply.all("Set-Cookie")).hasSize(1).allMatch(each -> each.contains("Max-Age=0"));
        assertThat(api.get("/api/v1/account", "Authorization: Bearer " + token).status())
                .isEqualTo(401);
        Reply again = api.post("/auth/logout", "", "Cookie: argocd.token=" + token);
        assertThat(again.status()).isEqualTo(303);
    }

    /** RFC 9110 section 9.2.1. */
    @Test
    void head_shows_where_logging_out_leads_and_logs_nobody_out() {
        String token = world.sessionToken("admin").reveal();
        for (String shown : List.of("Cookie: argocd.token=" + token, "Authorization: Bearer " + token)) {
            Reply reply = api.send("HEAD", "/auth/logout", new byte[0], shown);
            assertThat(reply.told()).isEqualTo("303 ");
            assertThat(reply.header("Location")).isEqualTo("/");
            assertThat(reply.all("Set-Cookie")).isEmpty();
        }
        assertThat(api.get("/api/v1/account", "Authorization: Bearer " + token).status())
                .isEqualTo(200);
        assertThat(api.send("HEAD", "/auth/logout", new byte[0]).status()).isEqualTo(400);
    }

    @Test
    void the_command_line_logs_out_by_post_with_a_cookie_or_a_token() {
        String token = world.sessionToken("admin").reveal();
        assertThat(api.post("/auth/logout", "", "Authorization: Bearer " + token)
                        .status())
                .isEqualTo(303);
        assertThat(api.get("/api/v1/account", "Authorization: Bearer " + token).status())
                .isEqualTo(401);
    }

    @Test
    void logging_out_without_a_session_says_so() {
        assertThat(api.get("/auth/logout").told())
                .isEqualTo(Api.error(
                        400,
                        3,
                        "Failed to retrieve ArgoCD auth token: failed to retrieve cookie argocd.token; nobody is"
                                + " signed in"));
    }

    @Test
    void another_site_logs_nobody_out() {
        String cookie = api.cookieOf("admin");
        assertThat(api.get("/auth/logout", cookie, "Sec-Fetch-Site: cross-site").told())
                .isEqualTo(Api.error(403, 7, "cross-site request refused: sign out on a page of this server"));
        assertThat(api.get("/api/v1/account", cookie).status()).isEqualTo(200);
    }

    @Test
    void a_session_ends_by_itself() {
        String token = api.as("admin");
        world.clock.advance(Duration.ofHours(24));
        assertThat(api.get("/api/v1/account", token).told())
                .isEqualTo(Api.error(401, 16, "invalid session: token has invalid claims: token is expired"));
        world.clock.advance(Duration.ofHours(-24));
    }

    @Test
    void when_the_store_does_not_answer_nobody_is_let_in_on_a_guess() {
        String token = api.as("admin");
        world.store.cutOff();
        try {
            Reply reply = api.get("/api/v1/account", token);
            assertThat(reply.told()).isEqualTo(Api.error(503, 14, "database is unavailable; try again in a moment"));
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            assertThat(api.get("/api/v1/session/userinfo", token).status()).isEqualTo(503);
        } finally {
            world.store.reconnect();
        }
    }

    @Test
    void who_got_in_and_who_did_not_is_written_down() {
        signIn("admin", "wrong");
        assertThat(world.lastEntry().action()).isEqualTo(AuditAction.SESSION_REFUSED);
        Reply reply = signIn("admin", World.PASSWORD);
        assertThat(world.lastEntry().action()).isEqualTo(AuditAction.SESSION_CREATED);
        assertThat(world.lastEntry().from().address()).isEqualTo("127.0.0.1");
        assertThat(world.lastEntry().from().requestId()).isEqualTo(reply.header("X-Request-Id"));
    }
}
