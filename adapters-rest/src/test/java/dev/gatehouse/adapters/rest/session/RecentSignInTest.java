package dev.gatehouse.adapters.rest.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a client is told that has to sign in again (RFC 9470, Gatehouse contract 4). */
@MicronautTest
@Property(name = "world.token-hours", value = "1")
class RecentSignInTest {
    private static final String ASKED = Api.error(
            401,
            16,
            "you signed in too long ago for this: the token policy asks for a sign-in within the last 300 seconds;"
                    + " sign in again, by POST /api/v1/session, and repeat the request with the new token");

    private final Api api;
    private final World world;

    RecentSignInTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(() -> {
            world.account("alice", "login", "apiKey");
            world.project("demo");
            Reply put = api.put(
                    "/api/v1/token-policy",
                    "{\"session\":{\"reauthenticateSeconds\":300},\"resourceVersion\":\"0\"}",
                    api.as("admin"));
            assertThat(put.body()).contains("\"reauthenticateSeconds\":300");
        });
    }

    @Test
    void the_reply_says_what_to_do_in_words_and_in_a_header_and_a_new_sign_in_is_enough() {
        String old = api.as("admin");
        world.clock.advance(Duration.ofSeconds(301));

        Reply refused = api.post("/api/v1/account/alice/token", "{\"expiresIn\":0}", old);

        assertThat(refused.told()).isEqualTo(ASKED);
        assertThat(refused.header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"insufficient_user_authentication\","
                        + " error_description=\"a more recent sign-in is required\", max_age=\"300\"");
        assertThat(refused.all("Set-Cookie")).isEmpty();
        assertThat(api.get("/api/v1/account/alice", old).status()).isEqualTo(200);
        assertThat(api.post("/api/v1/account/alice/token", "{\"expiresIn\":60}", old)
                        .status())
                .isEqualTo(200);
        assertThat(api.post("/api/v1/account/alice/token", "{\"expiresIn\":0}", api.as("admin"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void the_calls_that_argo_cds_clients_make_are_asked_the_same() {
        String old = api.cookieOf("admin");
        world.clock.advance(Duration.ofSeconds(301));

        assertThat(api.post("/api/v1/projects/demo/roles/ci/token", "{}", old, Api.JSON)
                        .told())
                .isEqualTo(ASKED);
        assertThat(api.delete("/api/v1/projects/demo", old, Api.JSON).told()).isEqualTo(ASKED);
        assertThat(api.put("/api/v1/account/alice/password", "{\"newPassword\":\"some other words\"}", old, Api.JSON)
                        .told())
                .isEqualTo(ASKED);
    }

    @Test
    void a_token_that_was_renewed_does_not_pass_for_a_recent_sign_in() {
        String cookie = api.cookieOf("admin");
        world.clock.advance(Duration.ofMinutes(56));
        String next = api.get("/api/v1/account/admin", cookie).header("Grpc-Metadata-Renew-Token");
        assertThat(next).isNotEmpty();

        assertThat(api.post("/api/v1/signing-keys/rotate", "{}", "Authorization: Bearer " + next)
                        .told())
                .isEqualTo(ASKED);
    }

    @Test
    void the_policy_on_tokens_is_rehearsed_without_signing_in_again() {
        String old = api.as("admin");
        world.clock.advance(Duration.ofSeconds(301));
        String body = "{\"resourceVersion\":\"1\"}";

        assertThat(api.put("/api/v1/token-policy?dryRun=true", body, old).status())
                .isEqualTo(200);
        assertThat(api.put("/api/v1/token-policy", body, old).told()).isEqualTo(ASKED);
    }
}
