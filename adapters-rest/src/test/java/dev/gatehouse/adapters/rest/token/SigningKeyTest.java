package dev.gatehouse.adapters.rest.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@MicronautTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SigningKeyTest {
    private static final String KEYS = "/api/v1/signing-keys";
    private static final String NOW = "2026-03-01T10:15:30.123456Z";

    private final Api api;

    SigningKeyTest(Api api, World world) {
        this.api = api;
        api.once(() -> world.account("bob", "login"));
    }

    @Test
    @Order(1)
    void the_keys_are_listed_with_what_each_is_for() {
        assertThat(api.get(KEYS, api.as("admin")).told())
                .isEqualTo("200 {\"items\":[{\"kid\":\"key-1\",\"algorithm\":\"ES256\",\"state\":\"active\","
                        + "\"createdAt\":\"" + NOW + "\",\"activeFrom\":\"" + NOW
                        + "\",\"liveTokens\":0}],\"metadata\":{}}");
    }

    @Test
    @Order(2)
    void another_key_takes_over_when_everybody_can_know_it() {
        String once = "Idempotency-Key: turn-1";
        for (int i = 0; i < 2; i++)
            assertThat(api.post(KEYS + "/rotate", "{\"algorithm\":\"EdDSA\"}", api.as("admin"), once)
                            .told())
                    .isEqualTo("200 {\"kid\":\"key-2\",\"algorithm\":\"EdDSA\",\"state\":\"next\",\"createdAt\":\""
                            + NOW + "\",\"activeFrom\":\"2026-03-01T10:20:30.123456Z\",\"liveTokens\":0}");
        assertThat(api.post(KEYS + "/rotate", "", api.as("admin"), once).status())
                .isEqualTo(422);
        assertThat(api.post(KEYS + "/rotate", "", api.as("admin")).told())
                .isEqualTo(Api.error(
                        400,
                        9,
                        "signing key 'key-2' takes over at 2026-03-01T10:20:30.123456Z already; wait for that, or revoke the"
                                + " present key if somebody else has it"));
    }

    @Test
    @Order(3)
    void a_key_is_revoked_and_the_next_one_signs() {
        assertThat(api.post(KEYS + "/key-1/revoke", "", api.as("admin")).told())
                .isEqualTo("200 {\"kid\":\"key-1\",\"algorithm\":\"ES256\",\"state\":\"revoked\",\"createdAt\":\""
                        + NOW + "\",\"activeFrom\":\"" + NOW + "\",\"liveTokens\":0,\"revokedAt\":\"" + NOW
                        + "\",\"revokedBy\":\"admin\"}");
        assertThat(api.get(KEYS, api.as("admin")).body())
                .contains("\"kid\":\"key-2\",\"algorithm\":\"EdDSA\",\"state\":\"active\"");
    }

    @Test
    @Order(4)
    void what_cannot_be_is_said() {
        assertThat(api.post(KEYS + "/rotate", "{\"algorithm\":\"HS256\"}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(400, 3, "algorithm 'HS256' is none to sign with; use one of ES256, EdDSA, RS256"));
        assertThat(api.post(KEYS + "/rotate", "{\"algorith\":\"ES256\"}", api.as("admin"))
                        .status())
                .isEqualTo(400);
        assertThat(api.post(KEYS + "/none/revoke", "", api.as("admin")).told())
                .isEqualTo(Api.error(404, 5, "signing key 'none' does not exist"));
    }

    @Test
    @Order(5)
    void nobody_else_sees_or_touches_them() {
        assertThat(api.get(KEYS).status()).isEqualTo(401);
        for (String each : new String[] {"/rotate", "/key-1/revoke", "/none/revoke"})
            assertThat(api.post(KEYS + each, "", api.as("bob")).status()).isEqualTo(403);
        assertThat(api.get(KEYS, api.as("bob")).told())
                .isEqualTo(Api.error(
                        403, 7, "permission denied: signingkeys, get, *, sub: bob, iat: 2026-03-01T10:15:30Z"));
    }
}
