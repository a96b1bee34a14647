package dev.gatehouse.adapters.rest.session;

import static dev.gatehouse.adapters.rest.Api.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A browser that is in use stays signed in until its session ends (Argo CD contract 2.5). */
@MicronautTest
@Property(name = "world.token-hours", value = "1")
class RenewalTest {
    private static final Duration NEAR = Duration.ofMinutes(56);
    private static final String HEADER = "Grpc-Metadata-Renew-Token";

    private final Api api;
    private final World world;

    RenewalTest(Api api, World world) {
        this.api = api;
        this.world = world;
    }

    /** A token with four minutes left. */
    private String nearItsEnd() {
        String token = world.sessionToken("admin").reveal();
        world.clock.advance(NEAR);
        return token;
    }

    private static void assertNotRenewed(Reply reply) {
        assertThat(reply.all("Set-Cookie")).noneMatch(each -> each.startsWith("argocd.token=ey"));
        assertThat(reply.header(HEADER)).isEmpty();
    }

    @Test
    void in_the_last_five_minutes_a_reply_brings_the_next_token_and_its_cookie() {
        String token = nearItsEnd();
        Reply reply = api.get("/api/v1/account/admin", "Cookie: argocd.token=" + token);
        assertThat(reply.status()).isEqualTo(200);
        String next = reply.header(HEADER);
        assertThat(reply.all("Set-Cookie"))
                .containsExactly("argocd.token=" + next + "; path=/; SameSite=lax; httpOnly");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        assertThat(next).isNotEqualTo(token);

        world.clock.advance(Duration.ofMinutes(5));
        assertThat(api.get("/api/v1/account/admin", "Cookie: argocd.token=" + token)
                        .told())
                .isEqualTo(Api.error(401, 16, "invalid session: token has invalid claims: token is expired"));
        assertThat(api.get("/api/v1/session/userinfo", "Cookie: argocd.token=" + next)
                        .told())
                .isEqualTo("200 {\"loggedIn\":true,\"username\":\"admin\",\"iss\":\"argocd\"}");
    }

    @Test
    void a_bearer_of_a_sessions_token_gets_the_next_one_too() {
        assertThat(api.get("/api/v1/session/userinfo", "Authorization: Bearer " + nearItsEnd())
                        .header(HEADER))
                .isNotEmpty();
    }

    @Test
    void before_that_nothing_is_renewed() {
        assertNotRenewed(api.get("/api/v1/account/admin", api.cookieOf("admin")));
    }

    @Test
    void a_reply_that_refuses_renews_nothing() {
        String cookie = "Cookie: argocd.token=" + nearItsEnd();
        assertNotRenewed(api.get("/api/v1/account/missing", cookie));
        assertNotRenewed(api.get("/nowhere", cookie));
        assertNotRenewed(api.post("/api/v1/projects", "{", cookie, JSON));
    }

    /** Argo CD contract 10, last row: the signature is looked at before anything is renewed. */
    @Test
    void a_token_with_another_s_signature_is_not_renewed_near_its_end_nor_after_it() {
        String other = world.sessionToken("admin").reveal();
        world.clock.advance(Duration.ofSeconds(1));
        String token = nearItsEnd();
        String forged = token.substring(0, token.lastIndexOf('.')) + other.substring(other.lastIndexOf('.'));
        for (Duration later : new Duration[] {Duration.ZERO, Duration.ofMinutes(5)}) {
            world.clock.advance(later);
            for (String credential :
                    new String[] {"Cookie: argocd.token=" + forged, "Authorization: Bearer " + forged}) {
                Reply reply = api.get("/api/v1/account/admin", credential);
                assertThat(reply.status()).isEqualTo(401);
                assertNotRenewed(reply);
            }
        }
    }

    @Test
    void who_signs_out_gets_no_next_token() {
        assertNotRenewed(api.delete("/api/v1/session", "Authorization: Bearer " + nearItsEnd()));
        assertNotRenewed(api.delete("/api/v1/session", "Cookie: argocd.token=" + nearItsEnd(), JSON));
        assertNotRenewed(api.post("/auth/logout", "", "Cookie: argocd.token=" + nearItsEnd()));
        String token = nearItsEnd();
        String id = world.caller(new dev.gatehouse.domain.token.PlainToken(token))
                .credential()
                .orElseThrow();
        assertNotRenewed(api.delete("/api/v1/sessions/" + id, "Authorization: Bearer " + token));
    }

    @Test
    void who_signs_in_anew_gets_that_token_alone() {
        String body = "{\"username\":\"admin\",\"password\":\"" + World.PASSWORD + "\"}";
        Reply reply = api.post("/api/v1/session", body, JSON, "Cookie: argocd.token=" + nearItsEnd());
        assertThat(reply.all("Set-Cookie")).hasSize(1);
        assertThat(reply.header(HEADER)).isEmpty();
    }

    @Test
    void other_tokens_are_never_renewed() {
        world.account("alice", "login", "apiKey");
        String token = api.post("/api/v1/account/alice/token", "{\"expiresIn\":60}", api.as("alice"))
                .body()
                .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        assertNotRenewed(api.get("/api/v1/account/alice", "Authorization: Bearer " + token));
    }

    @Test
    void nothing_outlives_the_session() {
        String cookie = "Cookie: argocd.token=" + world.sessionToken("admin").reveal();
        for (int i = 0; i < 25; i++) {
            world.clock.advance(NEAR);
            Reply reply = api.get("/api/v1/account/admin", cookie);
            if (!reply.header(HEADER).isEmpty()) cookie = "Cookie: argocd.token=" + reply.header(HEADER);
        }
        world.clock.advance(Duration.ofHours(24).minus(NEAR.multipliedBy(25)).minusSeconds(1));
        Reply last = api.get("/api/v1/account/admin", cookie);
        assertThat(last.status()).isEqualTo(200);
        assertNotRenewed(last);
        world.clock.advance(Duration.ofSeconds(1));
        assertThat(api.get("/api/v1/account/admin", cookie).status()).isEqualTo(401);
    }
}
