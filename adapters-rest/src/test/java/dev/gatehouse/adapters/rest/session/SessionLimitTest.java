package dev.gatehouse.adapters.rest.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import org.junit.jupiter.api.Test;

/** Where an account may have so many sessions and no session gives way. */
@MicronautTest
@Property(name = "world.sessions-and-no-more", value = "2")
class SessionLimitTest {
    private final Api api;
    private final World world;

    SessionLimitTest(Api api, World world) {
        this.api = api;
        this.world = world;
    }

    private Reply signIn() {
        return api.post("/api/v1/session", "{\"username\":\"tom\",\"password\":\"" + World.PASSWORD + "\"}", Api.JSON);
    }

    @Test
    void a_sign_in_beyond_them_is_told_what_makes_room_and_sets_no_cookie() {
        world.account("tom", "login");
        String first = "Authorization: Bearer " + world.sessionToken("tom").reveal();
        assertThat(signIn().status()).isEqualTo(200);

        Reply refused = signIn();

        assertThat(refused.told())
                .isEqualTo(Api.error(
                        400,
                        9,
                        "account 'tom' has 2 live sessions already; sign out somewhere, or ask an administrator to end"
                                + " one"));
        assertThat(refused.header("Set-Cookie")).isEmpty();
        api.delete("/api/v1/session", first);
        assertThat(signIn().status()).isEqualTo(200);
    }
}
