package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import dev.gatehouse.domain.account.SignInPlace;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
    private static final String WRONG = "{\"username\":\"somebody\",\"password\":\"wrong\"}";

    /** A token that counts from 203.0.113.0/24 and 2001:db8:5::/48 only, as a header. */
    private static String restricted(Api api, World world) {
        world.account("robot", "apiKey");
        Reply made = api.post(
                "/api/v1/tokens",
                "{\"subject\":\"robot\",\"restrictions\":{\"networks\":[\"203.0.113.0/24\",\"2001:db8:5::/48\"]}}",
                api.as("admin"));
        assertThat(made.status()).isEqualTo(200);
        return "Authorization: Bearer " + made.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    private static int shown(Api api, String... headers) {
        return api.get("/api/v1/account/can-i/applications/get/demo/web", headers)
                .status();
    }

    @Nested
    @MicronautTest
    @Property(name = "gatehouse.trusted-proxies", value = "127.0.0.0/8, 10.0.0.0/8,2001:db8:ffff::/48")
    class BehindAProxy {
        private final Api api;
        private final World world;

        BehindAProxy(Api api, World world) {
            this.api = api;
            this.world = world;
        }

        private String addressFor(String... headers) {
            String[] all = new String[headers.length + 1];
            all[0] = Api.JSON;
            System.arraycopy(headers, 0, all, 1, headers.length);
            api.post("/api/v1/session", WRONG, all);
            return world.lastEntry().from().address();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "203.0.113.7 | 203.0.113.7",
                    "198.51.100.1, 203.0.113.7 | 203.0.113.7",
                    "203.0.113.7, 10.1.2.3 | 203.0.113.7",
                    "198.51.100.1, 203.0.113.7, 10.1.2.3, 10.1.2.4 | 203.0.113.7",
                    "10.1.2.3 | 10.1.2.3",
                    "203.0.113.7:4711 | 203.0.113.7",
                    "2001:db8::7, 2001:db8:ffff::1 | 2001:db8:0:0:0:0:0:7",
                    "[2001:db8::7]:443 | 2001:db8:0:0:0:0:0:7",
                    "::ffff:203.0.113.7 | 203.0.113.7",
                    "203.0.113.7, unknown | 127.0.0.1",
                    "203.0.113.7, evil.example, 10.1.2.3 | 10.1.2.3",
                    "'' | 127.0.0.1"
                })
        void the_client_is_the_nearest_that_is_no_proxy_of_ours(String header, String address) {
            assertThat(addressFor("X-Forwarded-For: " + header)).isEqualTo(address);
        }

        @Test
        void what_the_client_sent_itself_stands_before_what_the_proxy_says_also_in_lines_of_their_own() {
            assertThat(addressFor("X-Forwarded-For: 198.51.100.1", "X-Forwarded-For: 203.0.113.7"))
                    .isEqualTo("203.0.113.7");
            assertThat(addressFor("X-Forwarded-For: 203.0.113.7", "X-Forwarded-For: 10.1.2.3"))
                    .isEqualTo("203.0.113.7");
            assertThat(addressFor("Forwarded: for=198.51.100.1", "Forwarded: for=203.0.113.7"))
                    .isEqualTo("203.0.113.7");
        }

        @Test
        void the_standard_header_says_the_same() {
            assertThat(addressFor("Forwarded: for=198.51.100.1, For=\"[2001:db8::7]:443\";proto=https"))
                    .isEqualTo("2001:db8:0:0:0:0:0:7");
            assertThat(addressFor("Forwarded: by=203.0.113.1")).isEqualTo("127.0.0.1");
        }

        @Test
        void where_two_headers_disagree_neither_is_believed() {
            assertThat(addressFor("X-Forwarded-For: 203.0.113.7", "Forwarded: for=203.0.113.8"))
                    .isEqualTo("127.0.0.1");
            assertThat(addressFor("X-Forwarded-For: 203.0.113.7", "Forwarded: for=203.0.113.7"))
                    .isEqualTo("203.0.113.7");
        }

        @Test
        void one_client_of_a_proxy_locks_no_other_out() {
            for (int i = 0; i < 6; i++)
                api.post(
                        "/api/v1/session",
                        WRONG.replace("somebody", "admin"),
                        Api.JSON,
                        "X-Forwarded-For: 203.0.113.66");
            String right = "{\"username\":\"admin\",\"password\":\"" + World.PASSWORD + "\"}";

            assertThat(api.post("/api/v1/session", right, Api.JSON, "X-Forwarded-For: 203.0.113.66")
                            .status())
                    .isEqualTo(401);
            assertThat(api.post("/api/v1/session", right, Api.JSON, "X-Forwarded-For: 203.0.113.67")
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void one_client_of_a_proxy_takes_no_other_the_room_to_wait_for_a_hash() {
            world.hasher.crowdedBy(SignInPlace.of("203.0.113.66"));
            String right = "{\"username\":\"admin\",\"password\":\"" + World.PASSWORD + "\"}";
            try {
                Reply crowd = api.post("/api/v1/session", right, Api.JSON, "X-Forwarded-For: 203.0.113.66");
                assertThat(crowd.status()).isEqualTo(503);
                assertThat(crowd.header("Retry-After")).isEqualTo("1");
                assertThat(api.post("/api/v1/session", right, Api.JSON, "X-Forwarded-For: 203.0.113.67")
                                .status())
                        .isEqualTo(200);
            } finally {
                world.hasher.busy(false);
            }
        }

        @Test
        void who_has_an_ipv6_network_tries_to_end_tokens_as_often_as_who_has_one_address() {
            String path = "/api/v1/tokens/revoke-by-value";
            String found = "{\"token\":\"x\"}";
            for (int i = 1; i <= 30; i++)
                assertThat(api.post(path, found, Api.JSON, "X-Forwarded-For: 2001:db8:0:1::" + Integer.toHexString(i))
                                .status())
                        .isEqualTo(200);

            assertThat(api.post(path, found, Api.JSON, "X-Forwarded-For: 2001:db8:0:1:ffff::1")
                            .status())
                    .isEqualTo(429);
            assertThat(api.post(path, found, Api.JSON, "X-Forwarded-For: 2001:db8:0:2::1")
                            .status())
                    .isEqualTo(200);
        }

        @Test
        void a_token_of_some_networks_counts_for_clients_in_them_whatever_they_say_of_themselves() {
            String token = restricted(api, world);
            for (String inside :
                    List.of("203.0.113.7", "2001:db8:5::1", "198.51.100.7, 203.0.113.7", "[2001:db8:5::1]:443"))
                assertThat(shown(api, token, "X-Forwarded-For: " + inside))
                        .as(inside)
                        .isEqualTo(200);
            for (String outside : List.of("198.51.100.7", "2001:db8:6::1", "203.0.113.7, 198.51.100.7", "10.1.2.3"))
                assertThat(shown(api, token, "X-Forwarded-For: " + outside))
                        .as(outside)
                        .isEqualTo(401);
            assertThat(shown(api, token)).as("of the proxy itself").isEqualTo(401);
        }

        @Test
        void the_cookie_is_secure_when_the_proxy_was_asked_by_https() {
            String right = "{\"username\":\"admin\",\"password\":\"" + World.PASSWORD + "\"}";
            Reply secure = api.post("/api/v1/session", right, Api.JSON, "X-Forwarded-Proto: https");
            assertThat(secure.header("Set-Cookie")).endsWith("; Secure");
            for (String each :
                    new String[] {"X-Forwarded-Proto: http", "X-Forwarded-Proto: https, http", "Accept: */*"})
                assertThat(api.post("/api/v1/session", right, Api.JSON, each).header("Set-Cookie"))
                        .doesNotContain("Secure");
            assertThat(api.post("/api/v1/session", right, Api.JSON, "Forwarded: for=203.0.113.7;proto=https")
                            .header("Set-Cookie"))
                    .endsWith("; Secure");
        }
    }

    @Nested
    @MicronautTest
    @Property(name = "gatehouse.trusted-proxies", value = "10.0.0.0/8")
    class WithoutAProxy {
        private final Api api;
        private final World world;

        WithoutAProxy(Api api, World world) {
            this.api = api;
            this.world = world;
        }

        @Test
        void a_token_of_some_networks_does_not_count_for_who_only_says_to_come_from_there() {
            String token = restricted(api, world);
            for (String header : List.of("X-Forwarded-For: 203.0.113.7", "Forwarded: for=203.0.113.7", "Accept: */*"))
                assertThat(shown(api, token, header)).as(header).isEqualTo(401);
        }

        @Test
        void what_anybody_else_says_of_itself_is_not_believed() {
            Reply reply = api.post(
                    "/api/v1/session",
                    "{\"username\":\"admin\",\"password\":\"" + World.PASSWORD + "\"}",
                    Api.JSON,
                    "X-Forwarded-For: 203.0.113.7",
                    "Forwarded: for=203.0.113.7;proto=https",
                    "X-Forwarded-Proto: https");
            assertThat(world.lastEntry().from().address()).isEqualTo("127.0.0.1");
            assertThat(reply.header("Set-Cookie")).doesNotContain("Secure");
        }
    }
}
