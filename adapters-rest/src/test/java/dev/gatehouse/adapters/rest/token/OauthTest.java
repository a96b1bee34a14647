package dev.gatehouse.adapters.rest.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import dev.gatehouse.application.access.ManagingPolicy;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.token.TokenId;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
class OauthTest {
    private static final long NOW = 1772360130;
    private static final String INTROSPECT = "/oauth2/introspect";
    private static final String REVOKE = "/oauth2/revoke";
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    /** What is asked for where no bearer token came, so that nothing is said of one (RFC 6750 section 3.1). */
    private static final String UNSAID = "Bearer realm=\"gatehouse\", Basic realm=\"gatehouse\"";

    private final Api api;
    private final World world;

    OauthTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(this::begin);
    }

    private void begin() {
        world.account("gateway", "login", "apiKey");
        world.account("bob", "login", "apiKey");
        world.project("demo");
        ManagingPolicy.Draft draft = new ManagingPolicy.Draft(
                "p, gateway, tokens, introspect, *, allow",
                "",
                List.of("groups"),
                "glob",
                Optional.of(world.managingPolicy.read(world.admin()).version()));
        PolicyDocument saved = world.managingPolicy.replace(world.admin(), draft);
        assertThat(saved.csv()).contains("introspect");
    }

    private String token(String path, String body) {
        Reply reply = api.post(path, body, api.as("admin"));
        assertThat(reply.status()).isEqualTo(200);
        return reply.body().replaceAll("\\{\"token\":\"(.*)\"}", "$1");
    }

    private String accountToken(String name, String id) {
        return token("/api/v1/account/" + name + "/token", "{\"id\":\"" + id + "\",\"expiresIn\":3600}");
    }

    private static String form(String token) {
        return "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    private static String basic(String name, String secret) {
        String pair = URLEncoder.encode(name, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String error(int status, String word, int code, String message) {
        return status + " {\"error\":\"" + word + "\",\"error_description\":\"" + message + "\",\"code\":" + code
                + ",\"message\":\"" + message + "\"}";
    }

    @Test
    void a_token_of_an_account_that_counts_is_told_about() {
        Reply reply = api.post(INTROSPECT, form(accountToken("bob", "told")), FORM, api.as("gateway"));
        assertThat(reply.told())
                .isEqualTo("200 {\"active\":true,\"token_type\":\"Bearer\",\"iss\":\"argocd\",\"sub\":\"bob:apiKey\","
                        + "\"username\":\"bob\",\"exp\":" + (NOW + 3600) + ",\"iat\":" + NOW + ",\"nbf\":" + NOW
                        + ",\"jti\":\"told\",\"method\":\"accountToken\"}");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void a_token_of_a_role_and_one_of_a_session_are_told_about_too() {
        String ofRole = token("/api/v1/projects/demo/roles/ci/token", "{\"id\":\"endless-ci\"}");
        assertThat(api.post(INTROSPECT, form(ofRole), FORM, api.as("gateway")).told())
                .isEqualTo("200 {\"active\":true,\"token_type\":\"Bearer\",\"iss\":\"argocd\",\"sub\":\"proj:demo:ci\","
                        + "\"username\":\"proj:demo:ci\",\"iat\":" + NOW + ",\"nbf\":" + NOW
                        + ",\"jti\":\"endless-ci\",\"method\":\"projectToken\"}");
        assertThat(api.post(INTROSPECT, form(world.sessionToken("bob").reveal()), FORM, api.as("gateway"))
                        .body())
                .contains("\"active\":true", "\"sub\":\"bob:login\"", "\"method\":\"session\"");
    }

    @Test
    void of_a_token_that_does_not_count_nothing_is_told() {
        String ended = accountToken("bob", "ended");
        assertThat(api.post(INTROSPECT, form(ended), FORM, api.as("gateway")).body())
                .contains("\"active\":true");
        api.delete("/api/v1/account/bob/token/ended", api.as("admin"));
        for (String each : List.of(ended, "a.b.c", "no token", "x".repeat(9_000)))
            assertThat(api.post(INTROSPECT, form(each), FORM, api.as("gateway")).told())
                    .isEqualTo("200 {\"active\":false}");
        assertThat(world.entries(AuditAction.ACCESS_DENIED))
                .anyMatch(each -> each.target().name().equals("ended"));
    }

    @Test
    void what_a_gateway_was_shown_was_used_from_where_it_says() {
        String token = accountToken("bob", "shown");
        assertThat(api.post(INTROSPECT, form(token) + "&client_ip=192.0.2.99", FORM, api.as("gateway"))
                        .body())
                .contains("\"active\":true");
        world.lastUses.write();
        assertThat(world.tokens.find(new TokenId("shown")).orElseThrow().uses().last())
                .hasValueSatisfying(each -> assertThat(each.address()).isEqualTo("192.0.2.99"));
        assertThat(api.post(INTROSPECT, form(token) + "&client_ip=localhost", FORM, api.as("gateway"))
                        .told())
                .isEqualTo(error(
                        400,
                        "invalid_request",
                        3,
                        "client_ip is no address; send an IPv4 or IPv6 address, or leave it out"));
    }

    @Test
    void a_client_library_says_who_it_is_with_basic() {
        String secret = accountToken("gateway", "client");
        String shown = form(accountToken("bob", "by-basic"));
        assertThat(api.post(INTROSPECT, shown, FORM, basic("gateway", secret)).body())
                .contains("\"active\":true");
        for (String wrong : List.of(
                basic("bob", secret),
                basic("gateway", "wrong"),
                basic("gateway", ""),
                "Authorization: Basic %%%",
                "Authorization: Basic "
                        + Base64.getEncoder().encodeToString("colonless".getBytes(StandardCharsets.UTF_8)))) {
            Reply reply = api.post(INTROSPECT, shown, FORM, wrong);
            assertThat(reply.told())
                    .isEqualTo(error(
                            401,
                            "invalid_client",
                            16,
                            "the name and the token in Authorization: Basic do not belong together, or do not count"));
            assertThat(reply.header("WWW-Authenticate")).isEqualTo(UNSAID);
        }
    }

    @Test
    void a_subject_with_colons_can_be_a_client() {
        String secret = token("/api/v1/projects/demo/roles/ci/token", "{\"id\":\"ci-client\"}");
        Reply reply = api.post(INTROSPECT, form("any"), FORM, basic("proj:demo:ci", secret));
        assertThat(reply.told())
                .startsWith("403 {\"error\":\"insufficient_scope\"")
                .contains("permission denied: tokens, introspect, *, sub: proj:demo:ci");
    }

    @Test
    void who_asks_says_who_it_is_and_never_by_a_cookie() {
        String told = error(
                401,
                "invalid_client",
                16,
                "say who you are with Authorization: Bearer and a token, or Basic with a name and a token of it");
        assertThat(api.post(INTROSPECT, form("a.b.c"), FORM).told()).isEqualTo(told);
        assertThat(api.post(INTROSPECT, form("a.b.c"), FORM, api.cookieOf("gateway"))
                        .told())
                .isEqualTo(told);
        assertThat(api.post(INTROSPECT, form("a.b.c"), FORM, "Authorization: Bearer a.b.c")
                        .told())
                .startsWith("401 {\"error\":\"invalid_token\"");
    }

    @Test
    void who_may_not_is_told_so() {
        Reply reply = api.post(INTROSPECT, form("a.b.c"), FORM, api.as("bob"));
        assertThat(reply.told())
                .isEqualTo(error(
                        403,
                        "insufficient_scope",
                        7,
                        "permission denied: tokens, introspect, *, sub: bob, iat: 2026-03-01T10:15:30Z"));
        assertThat(reply.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"gatehouse\", error=\"insufficient_scope\", Basic realm=\"gatehouse\"");
    }

    /** RFC 7662 section 2.3 and 4: the right is asked for first, so that nobody fishes for tokens with the answers. */
    @Test
    void who_may_not_ask_learns_nothing_of_the_token_and_uses_none_up() {
        String token = accountToken("bob", "fished");
        for (String each : List.of(api.as("bob"), basic("bob", accountToken("bob", "fisher")))) {
            Reply counts = api.post(INTROSPECT, form(token), FORM, each);
            Reply counted = api.post(INTROSPECT, form("a.b.c"), FORM, each);
            assertThat(counts.status()).isEqualTo(403);
            assertThat(counts.told()).isEqualTo(counted.told());
        }
        world.lastUses.write();
        assertThat(world.tokens.find(new TokenId("fished")).orElseThrow().uses().last())
                .isEmpty();
    }

    /** RFC 6750 section 3 and 3.1, RFC 6749 section 5.2: the word stands in the header where it is about a bearer token. */
    @ParameterizedTest
    @ValueSource(strings = {INTROSPECT, REVOKE})
    void a_bearer_token_that_does_not_count_is_named_in_the_header_and_where_none_came_nothing_is(String path) {
        String form = form("a.b.c");
        for (String[] each : new String[][] {
            {}, {api.cookieOf("gateway")}, {basic("gateway", "wrong")}, {"Authorization: Digest username=\"gateway\""}
        }) {
            Reply reply = api.post(path, form, headers(each));
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("WWW-Authenticate")).isEqualTo(UNSAID);
        }
        Reply wrong = api.post(path, form, FORM, "Authorization: Bearer a.b.c");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.header("WWW-Authenticate"))
                .isEqualTo("Bearer realm=\"gatehouse\", error=\"invalid_token\", Basic realm=\"gatehouse\"");
        Reply twice = api.post(path, form, FORM, api.as("bob"), basic("bob", "wrong"));
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.header("WWW-Authenticate")).isEmpty();
    }

    @Test
    void a_token_that_has_not_begun_to_count_and_one_past_its_end_are_as_little_active_as_one_of_a_stranger() {
        String header = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"test-key\"}";
        String claims =
                "{\"iss\":\"argocd\",\"sub\":\"bob:apiKey\",\"nbf\":%d,\"iat\":%d,\"exp\":%d,\"jti\":\"timed\"}";
        accountToken("bob", "timed");
        assertThat(introspected(world.keys.forge(header, claims.formatted(NOW, NOW, NOW + 3600))))
                .startsWith("{\"active\":true,");
        for (String each : List.of(
                world.keys.forge(header, claims.formatted(NOW + 1, NOW, NOW + 3600)),
                world.keys.forge(header, claims.formatted(NOW, NOW, NOW)),
                world.keys.forge(header, claims.formatted(NOW, NOW, NOW + 3600).replace("argocd", "elsewhere"))))
            assertThat(introspected(each)).isEqualTo("{\"active\":false}");
        Reply later = api.post(
                "/api/v1/tokens",
                "{\"subject\":\"bob\",\"id\":\"later\",\"notBefore\":\"2026-03-01T10:16:00Z\"}",
                api.as("admin"));
        assertThat(introspected(later.body().replaceAll(".*\"token\":\"([^\"]+)\".*", "$1")))
                .isEqualTo("{\"active\":false}");
    }

    private String introspected(String token) {
        Reply reply = api.post(INTROSPECT, form(token), FORM, api.as("gateway"));
        assertThat(reply.status()).isEqualTo(200);
        return reply.body();
    }

    /** RFC 7009 section 2.2.1; of introspection a no would be as wrong. */
    @Test
    void when_nobody_can_know_neither_yes_nor_no_is_said_and_nothing_is_taken_for_ended() {
        String token = accountToken("bob", "unknowable");
        String gateway = api.as("gateway");
        world.store.cutOff();
        try {
            for (String path : List.of(INTROSPECT, REVOKE)) {
                Reply reply = api.post(path, form(token), FORM, gateway);
                assertThat(reply.status()).as(path).isEqualTo(503);
                assertThat(reply.header("Retry-After")).isNotEmpty();
                assertThat(reply.body()).doesNotContain("active");
            }
        } finally {
            world.store.reconnect();
        }
        assertThat(introspected(token)).startsWith("{\"active\":true,");
    }

    /** RFC 7662 section 2.1 and RFC 7009 section 2.1: in the body, since addresses are written to logs. */
    @Test
    void a_token_in_the_address_is_not_looked_at() {
        String token = accountToken("bob", "in-address");
        for (String path : List.of(INTROSPECT, REVOKE)) {
            assertThat(api.post(path + "?" + form(token), "", FORM, api.as("gateway"))
                            .told())
                    .startsWith("400 {\"error\":\"invalid_request\"");
            assertThat(api.get(path + "?" + form(token), api.as("gateway")).status())
                    .isIn(404, 405);
        }
        assertThat(introspected(token)).startsWith("{\"active\":true,");
    }

    @ParameterizedTest
    @ValueSource(strings = {INTROSPECT, REVOKE})
    void who_does_not_truly_say_who_it_is_is_told_so_by_the_words_of_rfc_6749_and_changes_nothing(String path) {
        String token = accountToken("bob", "untouched" + path.replace('/', '-'));
        String secret = accountToken("gateway", "ended" + path.replace('/', '-'));
        api.delete("/api/v1/tokens/ended" + path.replace('/', '-'), api.as("admin"));
        String bearer = "Authorization: Bearer ";
        for (String[] each : new String[][] {
            {},
            {api.cookieOf("gateway")},
            {basic("gateway", secret)},
            {basic("gateway", "")},
            {basic("", "")},
            {"Authorization: Basic "},
            {"Authorization: Digest username=\"gateway\""}
        }) {
            Reply reply = api.post(path, form(token), headers(each));
            assertThat(reply.told()).as(List.of(each).toString()).startsWith("401 {\"error\":\"invalid_client\"");
            assertThat(reply.header("WWW-Authenticate"))
                    .contains("Basic realm=")
                    .contains("Bearer realm=");
        }
        for (String each : List.of(bearer + secret, bearer + "a.b.c", bearer))
            assertThat(api.post(path, form(token), FORM, each).told())
                    .as(each)
                    .startsWith("401 {\"error\":\"invalid_token\"");
        assertThat(api.post(path, form(token), FORM, bearer + secret, basic("gateway", secret))
                        .told())
                .startsWith("400 {\"error\":\"invalid_request\"");
        assertThat(introspected(token)).startsWith("{\"active\":true,");
    }

    private static String[] headers(String... more) {
        List<String> all = new ArrayList<>(List.of(FORM));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "token=", "token_type_hint=access_token", "token=a&token=b", "Token=a"})
    void a_form_without_one_token_is_refused(String form) {
        assertThat(api.post(INTROSPECT, form, FORM, api.as("gateway")).told())
                .startsWith("400 {\"error\":\"invalid_request\"");
    }

    @Test
    void a_body_that_is_no_form_is_refused() {
        assertThat(api.post(INTROSPECT, "{\"token\":\"a.b.c\"}", Api.JSON, api.as("gateway"))
                        .told())
                .isEqualTo(error(
                        400, "invalid_request", 3, "send a form: Content-Type: application/x-www-form-urlencoded"));
    }

    @Test
    void a_form_is_at_most_64_kib() {
        String rest = "token=";
        assertThat(api.post(INTROSPECT, rest + "x".repeat(65_536 - rest.length()), FORM, api.as("gateway"))
                        .told())
                .isEqualTo("200 {\"active\":false}");
        assertThat(api.post(INTROSPECT, rest + "x".repeat(65_537 - rest.length()), FORM, api.as("gateway"))
                        .told())
                .isEqualTo(error(413, "invalid_request", 3, "the body is too large; send at most 65536 bytes"));
    }

    @Test
    void whoever_holds_a_token_and_says_who_it_is_ends_it() {
        String token = accountToken("bob", "leaked");
        String headline = "Authorization: Bearer " + token;
        assertThat(api.get("/api/v1/account/bob", headline).status()).isEqualTo(200);
        assertThat(api.post("/oauth2/revoke", form(token), FORM).status()).isEqualTo(401);
        assertThat(api.get("/api/v1/account/bob", headline).status()).isEqualTo(200);

        assertThat(api.post("/oauth2/revoke", form(token) + "&token_type_hint=refresh_token", FORM, api.as("bob"))
                        .told())
                .isEqualTo("200 {}");

        assertThat(api.get("/api/v1/account/bob", headline).status()).isEqualTo(401);
        assertThat(api.post("/oauth2/introspect", form(token), FORM, api.as("gateway"))
                        .told())
                .isEqualTo("200 {\"active\":false}");
        assertThat(api.post(REVOKE, form(token), FORM, api.as("bob")).told()).isEqualTo("200 {}");
    }

    @Test
    void the_audit_and_the_record_name_who_ended_a_token_and_not_its_holder() {
        String token = accountToken("bob", "named");
        String session = world.sessionToken("bob").reveal();

        for (String each : List.of(token, session))
            assertThat(api.post(REVOKE, form(each), FORM, api.as("gateway")).told())
                    .isEqualTo("200 {}");

        assertThat(introspected(session)).isEqualTo("{\"active\":false}");
        assertThat(api.get("/api/v1/tokens/named", api.as("admin")).body())
                .contains("\"revokedBy\":\"gateway\",\"reason\":\"revoked by value\"");
        for (AuditAction each : List.of(AuditAction.TOKEN_REVOKED, AuditAction.SESSION_ENDED))
            assertThat(world.entries(each).getFirst().actor().subject()).isEqualTo("gateway");
    }

    @Test
    void to_end_what_is_no_token_is_no_error_and_to_send_none_is_one() {
        assertThat(api.post("/oauth2/revoke", form("a.b.c"), FORM, api.as("bob"))
                        .told())
                .isEqualTo("200 {}");
        assertThat(api.post("/oauth2/revoke", "", FORM, api.as("bob")).told())
                .startsWith("400 {\"error\":\"invalid_request\"");
    }

    @Test
    void there_is_no_metadata_of_an_issuer_that_is_no_address() {
        for (String each : List.of("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"))
            assertThat(api.get(each).told())
                    .isEqualTo(Api.error(
                            404,
                            5,
                            "there is no metadata, since the issuer of tokens, 'argocd', is no address; set"
                                    + " GATEHOUSE_ISSUER to the https address of this service to have it. The keys are at"
                                    + " /.well-known/jwks.json in any case"));
    }
}
