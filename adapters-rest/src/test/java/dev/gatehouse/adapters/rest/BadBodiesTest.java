package dev.gatehouse.adapters.rest;

import static dev.gatehouse.adapters.rest.Api.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent, the answer says what to change, and the server goes on. */
@MicronautTest
class BadBodiesTest {
    private final Api api;
    private final String admin;

    private final World world;
    private final Router router;

    BadBodiesTest(Api api, World world, Router router) {
        this.router = router;
        this.api = api;
        this.admin = api.as("admin");
        this.world = world;
        api.once(() -> world.project("demo"));
    }

    /** @param most bytes of a body */
    private record Endpoint(String method, String path, boolean own, int most) {
        Endpoint(String method, String path, boolean own) {
            this(method, path, own, Body.MOST_BYTES);
        }
    }

    private static final int MOST_OF_A_POLICY = 16 * 1024 * 1024;
    private static final int MOST_OF_STRANGERS = 16 * 1024;

    private static final List<Endpoint> ENDPOINTS = List.of(
            new Endpoint("POST", "/api/v1/session", false, MOST_OF_STRANGERS),
            new Endpoint("PUT", "/api/v1/account/password", false),
            new Endpoint("POST", "/api/v1/account/admin/token", false),
            new Endpoint("POST", "/api/v1/projects", false),
            new Endpoint("PUT", "/api/v1/projects/default", false),
            new Endpoint("POST", "/api/v1/projects/default/roles/ci/token", false),
            new Endpoint("POST", "/api/v1/account", true),
            new Endpoint("PUT", "/api/v1/account/admin", true),
            new Endpoint("PUT", "/api/v1/account/admin/password", true),
            new Endpoint("PUT", "/api/v1/policy", true, MOST_OF_A_POLICY),
            new Endpoint("POST", "/api/v1/policy/validate", true, MOST_OF_A_POLICY),
            new Endpoint("POST", "/api/v1/policy/can", true, MOST_OF_A_POLICY),
            new Endpoint("POST", "/api/v1/policy/explain", true, MOST_OF_A_POLICY),
            new Endpoint("POST", "/api/v1/policy/who-can", true),
            new Endpoint("POST", "/api/v1/policy/diff", true, MOST_OF_A_POLICY),
            new Endpoint("POST", "/api/v1/tokens", true),
            new Endpoint("POST", "/api/v1/tokens/any/rotate", true),
            new Endpoint("POST", "/api/v1/tokens/clean-up", true),
            new Endpoint("POST", "/api/v1/tokens/revoke-by-value", true, MOST_OF_STRANGERS),
            new Endpoint("PUT", "/api/v1/token-policy", true),
            new Endpoint("PUT", "/api/v1/projects/default/token-policy", true),
            new Endpoint("POST", "/api/v1/signing-keys/rotate", true),
            new Endpoint("POST", "/api/v1/projects/default/webhook-clients", true));

    /** What no endpoint takes, and a part of what each says. */
    private static final Map<String, String> BAD = Map.ofEntries(
            Map.entry("{", "ends too early"),
            Map.entry("{\"a\":", "ends too early"),
            Map.entry("\"", "ends too early"),
            Map.entry("abc", "is not JSON: see line 1, column"),
            Map.entry("{a:1}", "is not JSON: see line 1, column"),
            Map.entry("{'a':1}", "is not JSON"),
            Map.entry("{\"a\":1,}", "is not JSON"),
            Map.entry("{\"a\":01}", "is not JSON"),
            Map.entry("{\"a\":NaN}", "is not JSON"),
            Map.entry("{\"a\":\"\t\"}", "is not JSON"),
            Map.entry("{\"a\":\"\\x\"}", "is not JSON"),
            Map.entry("// {}", "is not JSON"),
            Map.entry("\u0001", "is not JSON"),
            Map.entry("[]", "must be a JSON object, not a list"),
            Map.entry("\"x\"", "must be a JSON object, not a text"),
            Map.entry("5", "must be a JSON object, not a number"),
            Map.entry("true", "must be a JSON object, not a truth value"),
            Map.entry("{\"a\":1,\"a\":2}", "a is given twice"),
            Map.entry("{\"a\":{\"b\":[{\"c\":1,\"c\":2}]}}", "a.b[0].c is given twice"),
            Map.entry("{\"a\":\"x\\u0000y\"}", "a holds the character U+0000"),
            Map.entry("{\"a\":\"\\ud800\"}", "a holds half of a surrogate pair"),
            Map.entry("{\"a\":\"\\udc00\\ud800\"}", "a holds half of a surrogate pair"),
            Map.entry("{\"\\ud800\":1}", "the body holds half of a surrogate pair"),
            Map.entry("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}", "nested more than 64 levels"),
            Map.entry("[".repeat(10_000), "nested more than 64 levels"),
            Map.entry("{\"a\":" + "9".repeat(5_000) + "}", "a number in it is longer than"));

    /** Whoever adds a call that takes JSON adds it above. An event is believed for its signature before it is read. */
    @Test
    void every_call_that_takes_json_is_asked() {
        List<UriRouteInfo<?, ?>> routes = router.uriRoutes()
                .<UriRouteInfo<?, ?>>map(each -> each)
                .filter(each -> Arrays.stream(each.getTargetMethod().getArguments())
                        .anyMatch(argument -> argument.getType() == Sent.class))
                .filter(each -> each.getUriMatchTemplate().toString().startsWith("/api/"))
                .filter(each -> !each.getUriMatchTemplate().toString().startsWith("/api/v1/events/"))
                .toList();
        assertThat(routes).hasSizeGreaterThan(20);
        assertThat(routes)
                .filteredOn(route -> ENDPOINTS.stream()
                        .noneMatch(each -> each.method().equals(route.getHttpMethodName())
                                && route.match(each.path()).isPresent()))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> no_endpoint_takes_what_is_not_json() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Endpoint endpoint : ENDPOINTS)
            BAD.forEach((body, told) -> tests.add(DynamicTest.dynamicTest(
                    endpoint.path() + " " + body.substring(0, Math.min(body.length(), 30)),
                    () -> refused(send(endpoint, body.getBytes(StandardCharsets.UTF_8)), told))));
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> no_endpoint_takes_what_is_not_utf8() {
        List<byte[]> bad = List.of(
                bytes(0xff),
                bytes('{', '"', 'a', '"', ':', '"', 0xc3, '"', '}'),
                bytes('{', '"', 'a', '"', ':', '"', 0xc0, 0x80, '"', '}'),
                bytes('{', '"', 'a', '"', ':', '"', 0xed, 0xa0, 0x80, '"', '}'),
                bytes('{', '"', 'a', '"', ':', '"', 0xf4, 0x90, 0x80, 0x80, '"', '}'),
                "{\"a\":1}".getBytes(StandardCharsets.UTF_16));
        return ENDPOINTS.stream()
                .map(endpoint -> DynamicTest.dynamicTest(
                        endpoint.path(), () -> bad.forEach(body -> refused(send(endpoint, body), "is not UTF-8"))));
    }

    @TestFactory
    Stream<DynamicTest> no_endpoint_takes_more_than_it_needs() {
        return ENDPOINTS.stream()
                .map(endpoint -> DynamicTest.dynamicTest(
                        endpoint.path(),
                        () -> assertThat(send(endpoint, ofBytes(endpoint.most() + 1))
                                        .told())
                                .isEqualTo(Api.error(
                                        413, 3, "the body is too large; send at most " + endpoint.most() + " bytes"))));
    }

    private static byte[] ofBytes(int count) {
        return ("{\"a\":\"" + "x".repeat(count - 8) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void exactly_sixteen_mebibytes_of_a_policy_are_read() {
        assertThat(api.send("PUT", "/api/v1/policy", ofBytes(MOST_OF_A_POLICY), admin, JSON)
                        .body())
                .contains("unknown member 'a'");
    }

    @Test
    void exactly_a_mebibyte_is_read() {
        assertThat(ofBytes(Body.MOST_BYTES)).hasSize(1024 * 1024);
        assertThat(api.send("POST", "/api/v1/tokens", ofBytes(Body.MOST_BYTES), admin, JSON)
                        .body())
                .contains("unknown member 'a'");
    }

    @Test
    void exactly_sixteen_kibibytes_of_a_stranger_are_read() {
        assertThat(api.send("POST", "/api/v1/session", ofBytes(MOST_OF_STRANGERS), JSON)
                        .told())
                .isEqualTo(Api.error(401, 16, "no credentials supplied"));
        assertThat(api.send("POST", "/api/v1/tokens/revoke-by-value", ofBytes(MOST_OF_STRANGERS), JSON)
                        .body())
                .contains("unknown member 'a'");
    }

    /** Not read as JSON: it is none. */
    @Test
    void what_strangers_send_packed_is_unpacked_up_to_the_same_limit() throws IOException {
        for (String path : List.of("/api/v1/session", "/api/v1/tokens/revoke-by-value"))
            assertThat(api.send("POST", path, gzip("[".repeat(1_000_000)), JSON, "Content-Encoding: gzip")
                            .told())
                    .isEqualTo(Api.error(413, 3, "the body is too large; send at most 16384 bytes"));
    }

    @Test
    void the_longest_password_there_may_be_fits_into_a_sign_in_however_it_is_escaped() {
        String password = "\\ud83d\\udd11".repeat(1024);
        assertThat(api.post(
                                "/api/v1/session",
                                "{\"username\":\"" + "a".repeat(32) + "\",\"password\":\"" + password + "\"}",
                                JSON)
                        .told())
                .isEqualTo(Api.error(401, 16, "Invalid username or password"));
    }

    @TestFactory
    Stream<DynamicTest> argo_endpoints_pass_over_what_they_do_not_know_and_own_ones_name_it() {
        return ENDPOINTS.stream()
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.path(), () -> {
                    Reply reply = send(endpoint, "{\"unheardOf\":1}".getBytes(StandardCharsets.UTF_8));
                    if (endpoint.own()) refused(reply, "unknown member 'unheardOf'; there is: ");
                    else assertThat(reply.body()).doesNotContain("unheardOf");
                }));
    }

    @TestFactory
    Stream<DynamicTest> own_endpoints_want_one_object_and_nothing_else() {
        return ENDPOINTS.stream()
                .filter(Endpoint::own)
                .map(endpoint -> DynamicTest.dynamicTest(endpoint.path(), () -> {
                    // A rotation may leave everything as it is, and so all of its body out.
                    if (!endpoint.path().endsWith("/rotate"))
                        refused(send(endpoint, new byte[0]), "the body is empty; send a JSON object with ");
                    refused(send(endpoint, bytes('n', 'u', 'l', 'l')), "must be a JSON object, not null");
                    refused(send(endpoint, "{} {}".getBytes(StandardCharsets.UTF_8)), "goes on behind its JSON value");
                    refused(send(endpoint, "{} x".getBytes(StandardCharsets.UTF_8)), "is not JSON");
                }));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /api/v1/session | {\"username\":1} | username must be a text, not a number",
                "POST | /api/v1/session | {\"username\":[\"a\"]} | username must be a text, not a list",
                "POST | /api/v1/session | {\"username\":{\"a\":1}} | username must be a text, not an object",
                "POST | /api/v1/session | {\"username\":true} | username must be a text, not a truth value",
                "POST | /api/v1/session | {\"username\":\"a\",\"Username\":\"b\"} | username is given twice; give it once",
                "PUT | /api/v1/account/password | {\"newPassword\":5} | newPassword must be a text, not a number",
                "POST | /api/v1/account/admin/token | {\"expiresIn\":\"5\"} | json: cannot unmarshal string into Go struct field CreateTokenRequest.expiresIn of type int64",
                "POST | /api/v1/account/admin/token | {\"expiresIn\":1.5} | json: cannot unmarshal number 1.5 into Go struct field CreateTokenRequest.expiresIn of type int64",
                "POST | /api/v1/account/admin/token | {\"expiresIn\":1e3} | json: cannot unmarshal number 1e3 into Go struct field CreateTokenRequest.expiresIn of type int64",
                "POST | /api/v1/account/admin/token | {\"expiresIn\":9223372036854775808} | json: cannot unmarshal number 9223372036854775808 into Go struct field CreateTokenRequest.expiresIn of type int64",
                "POST | /api/v1/account/admin/token | {\"id\":7} | id must be a text, not a number",
                "POST | /api/v1/projects | {} | missing payload 'project' in request",
                "POST | /api/v1/projects | {\"project\":null} | missing payload 'project' in request",
                "POST | /api/v1/projects | {\"project\":[]} | project must be an object, not a list",
                "POST | /api/v1/projects | {\"project\":{},\"upsert\":\"yes\"} | upsert must be true or false, not a text",
                "POST | /api/v1/projects | {\"project\":{\"metadata\":\"x\"}} | project.metadata must be an object, not a text",
                "POST | /api/v1/projects | {\"project\":{\"metadata\":{\"name\":5}}} | project.metadata.name must be a text, not a number",
                "POST | /api/v1/projects | {\"project\":{\"metadata\":{\"labels\":{\"a\":1}}}} | project.metadata.labels.a must be a text, not a number",
                "POST | /api/v1/projects | {\"project\":{\"metadata\":{\"finalizers\":\"x\"}}} | project.metadata.finalizers must be a list, not a text",
                "POST | /api/v1/projects | {\"project\":{\"spec\":{\"description\":{}}}} | project.spec.description must be a text, not an object",
                "POST | /api/v1/projects | {\"project\":{\"spec\":{\"roles\":{}}}} | project.spec.roles must be a list, not an object",
                "POST | /api/v1/projects | {\"project\":{\"spec\":{\"roles\":[null]}}} | project.spec.roles[0] must be an object, not null",
                "POST | /api/v1/projects | {\"project\":{\"spec\":{\"roles\":[{\"policies\":[\"a\",\"b\",3]}]}}} | project.spec.roles[0].policies[2] must be a text, not a number",
                "POST | /api/v1/projects | {\"project\":{\"spec\":{\"sourceRepos\":\"*\"}}} | project.spec.sourceRepos must be a list, not a text",
                "POST | /api/v1/projects | {\"project\":{\"spec\":{\"destinations\":[{\"server\":1}]}}} | project.spec.destinations[0].server must be a text, not a number",
                "POST | /api/v1/projects | {\"project\":{\"spec\":{\"syncWindows\":[{},{\"manualSync\":\"x\"}]}}} | project.spec.syncWindows[1].manualSync must be true or false, not a text",
                "POST | /api/v1/projects | {\"project\":{\"spec\":{\"orphanedResources\":[]}}} | project.spec.orphanedResources must be an object, not a list",
                "PUT | /api/v1/projects/default | {\"project\":{\"metadata\":{\"resourceVersion\":1}}} | project.metadata.resourceVersion must be a text, not a number",
                "POST | /api/v1/account | {\"name\":\"x\",\"capabilities\":\"login\"} | capabilities must be a list, not a text",
                "POST | /api/v1/account | {\"name\":\"x\",\"capabilities\":[\"fly\"]} | unknown capability 'fly'; there is: login, apiKey",
                "POST | /api/v1/account | {\"name\":\"x\",\"enabled\":1} | enabled must be true or false, not a number",
                "POST | /api/v1/account | {\"Name\":\"x\"} | unknown member 'Name'; there is: name, capabilities, enabled, description, password, passwordChangeRequired",
                "POST | /api/v1/account | {\"name\":\"a b\"} | invalid account name 'a b': use 1 to 32 letters, digits, '-' and '_', with a letter or digit at both ends",
                "POST | /api/v1/account | {\"name\":\"can-i\"} | the account name 'can-i' is reserved; choose another",
                "POST | /api/v1/account | {\"name\":\"x\",\"password\":\"short\"} | the new password does not fit: it must have 8 to 256 characters and no control characters",
                "POST | /api/v1/account | {\"name\":\"x\",\"description\":\"\\u001b[2J\"} | description holds the control character U+001B; leave it out: of these, line feeds and tabs alone are taken",
                "POST | /api/v1/projects/demo/roles/ci/token | {\"description\":\"\\u009b2J\"} | description holds the control character U+009B; leave it out: of these, line feeds and tabs alone are taken",
                "PUT | /api/v1/account/admin | {\"enabled\":true,\"resourceVersion\":\"0\"} | capabilities is missing; send all that the account has from then on, [] for none",
                "PUT | /api/v1/account/admin | {\"capabilities\":[\"login\"],\"resourceVersion\":\"0\"} | enabled is missing; send true or false",
                "PUT | /api/v1/account/admin | {\"capabilities\":[],\"enabled\":true,\"resourceVersion\":\"x\"} | resourceVersion 'x' is none that was ever given out; send the one you read",
                "PUT | /api/v1/policy | {\"resourceVersion\":\"1\"} | policyCsv is missing; send the whole policy, \"\" for none",
                "PUT | /api/v1/policy | {\"policyCsv\":\"\",\"resourceVersion\":1} | resourceVersion must be a text, not a number",
                "PUT | /api/v1/policy | {\"policyCsv\":\"\",\"resourceVersion\":\"x\"} | resourceVersion 'x' is none that was ever given out; send the one you read",
                "PUT | /api/v1/policy | {\"policyCsv\":\"\",\"scopes\":[1],\"resourceVersion\":\"1\"} | scopes[0] must be a text, not a number",
                "PUT | /api/v1/policy | {\"policyCsv\":\"\",\"matchMode\":\"regexp\",\"resourceVersion\":\"1\"} | matchMode must be 'glob' or 'regex', not 'regexp'",
                "PUT | /api/v1/policy | {\"policyCsv\":\"\",\"policyDefault\":\"role:x\",\"resourceVersion\":\"1\"} | policyDefault 'role:x' is no role of this policy; define it or name another",
                "POST | /api/v1/projects/default/webhook-clients | {\"name\":5} | name must be a text, not a number",
                "POST | /api/v1/projects/default/webhook-clients | {\"name\":\"x\",\"type\":\"github\"} | role is missing; name the role of the project that the client acts as",
                "POST | /api/v1/projects/default/webhook-clients | {\"settings\":{}} | unknown member 'settings'; there is: name, type, role, enabled, secret",
            })
    void each_fault_is_named(String method, String path, String body, String told) {
        assertThat(api.send(method, path, body.getBytes(StandardCharsets.UTF_8), admin, JSON)
                        .told())
                .isEqualTo(Api.error(400, 3, told));
    }

    @Test
    void a_body_in_chunks_has_the_same_limit() {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        chunks.writeBytes(
                ascii("POST /api/v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding:"
                        + " chunked\r\n\r\n"));
        for (int i = 0; i < 40; i++) chunks.writeBytes(ascii("10000\r\n" + "x".repeat(65_536) + "\r\n"));
        chunks.writeBytes(ascii("0\r\n\r\n"));
        assertThat(api.raw(chunks.toByteArray()).orElseThrow().told())
                .isEqualTo(Api.error(413, 3, "the body is too large; send at most 16384 bytes"));
        alive();
    }

    @Test
    void a_body_that_only_says_it_is_large_is_not_waited_for() {
        for (String path : List.of("/api/v1/session", "/api/v1/events/default/x"))
            assertThat(api.raw("POST " + path + " HTTP/1.1", "Host: x", JSON, "Content-Length: 1073741824")
                            .orElseThrow()
                            .status())
                    .isEqualTo(413);
        alive();
    }

    @Test
    void a_body_that_breaks_off_harms_nobody() {
        assertThat(api.raw("POST /api/v1/session HTTP/1.1", "Host: x", JSON, "Transfer-Encoding: chunked", "", "zz")
                        .map(Reply::status))
                .hasValueSatisfying(status -> assertThat(status).isBetween(400, 499));
        alive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ZZ\r\n",
                "2\r\n{}\r\nZZ\r\n",
                "2\r\n{}XX\r\n0\r\n\r\n",
                "10\r\n{\"expiresIn\":60}\r\n-1\r\n\r\n",
                "FFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
            })
    void a_broken_chunk_is_no_end_of_a_body(String chunks) {
        String before = project();
        List<Reply> replies = api.untilClosed(request("Transfer-Encoding: chunked", chunks));
        assertThat(replies).map(Reply::told).containsExactly(NOT_WHOLE);
        assertThat(replies.getFirst().all("Connection")).containsExactly("close");
        assertThat(project()).isEqualTo(before);
        alive();
    }

    @Test
    void a_chunk_that_breaks_while_the_body_is_read_is_no_end_of_it_either() {
        String before = project();
        List<Reply> replies = api.untilClosed(
                request("Transfer-Encoding: chunked\r\nExpect: 100-continue", ""), ascii("2\r\n{}\r\nZZ\r\n"));
        assertThat(replies).map(Reply::told).containsExactly("100 ", NOT_WHOLE);
        assertThat(project()).isEqualTo(before);
    }

    @Test
    void what_was_asked_before_a_broken_chunk_on_the_same_connection_is_answered() {
        String before = project();
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(ascii("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"));
        both.writeBytes(request("Transfer-Encoding: chunked", "2\r\n{}\r\nZZ\r\n"));
        assertThat(api.untilClosed(both.toByteArray())).map(Reply::told).containsExactly("200 ok\n", NOT_WHOLE);
        assertThat(project()).isEqualTo(before);
    }

    @Test
    void a_body_without_its_last_chunk_gives_out_nothing() {
        String before = project();
        assertThat(api.cutOff(request("Transfer-Encoding: chunked", "2\r\n{}\r\n")))
                .map(Reply::status)
                .allMatch(status -> status == 400);
        assertThat(project()).isEqualTo(before);
        alive();
    }

    @Test
    void a_packed_body_that_stops_too_early_is_refused() throws IOException {
        String before = project();
        byte[] whole = gzip("{\"expiresIn\":60}");
        for (int length = 0; length < whole.length; length++)
            assertThat(packed("gzip", Arrays.copyOf(whole, length)).told()).isEqualTo(NOT_UNPACKED);
        assertThat(project()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "br", "snappy", "zstd", "gzip, gzip", "compress", "x"})
    void a_body_packed_in_any_other_way_is_refused(String encoding) {
        String before = project();
        assertThat(packed(encoding, ascii("{}")).told()).isEqualTo(NOT_UNPACKED);
        assertThat(project()).isEqualTo(before);
    }

    @Test
    void a_packed_body_that_is_whole_is_read_up_to_the_same_limit() throws IOException {
        String before = project();
        assertThat(packed("gzip", gzip("{\"expiresIn\":60}")).status()).isEqualTo(200);
        assertThat(project()).isNotEqualTo(before);
        assertThat(packed("GZip", gzip("{\"a\":\"" + "x".repeat(Body.MOST_BYTES) + "\"}"))
                        .told())
                .isEqualTo(Api.error(413, 3, "the body is too large; send at most 1048576 bytes"));
        assertThat(packed("identity", ascii("{\"expiresIn\":\"x\"}")).body()).contains("of type int64");
    }

    private static final String CI = "/api/v1/projects/demo/roles/ci/token";

    private static final String NOT_WHOLE = Api.error(400, 3, "the body did not arrive whole; send it again");

    private static final String NOT_UNPACKED =
            Api.error(415, 3, "the body does not unpack; send the body without Content-Encoding");

    private byte[] request(String headers, String body) {
        return ascii(String.join("\r\n", "POST " + CI + " HTTP/1.1", "Host: x", admin, JSON, headers, "", body));
    }

    private Reply packed(String encoding, byte[] body) {
        return api.send("POST", CI, body, admin, JSON, "Content-Encoding: " + encoding);
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }

    /** All that is shown of the project, its tokens too. */
    private String project() {
        String project = api.get("/api/v1/projects/demo", admin).told();
        assertThat(project).startsWith("200 ");
        return project;
    }

    private void alive() {
        assertThat(api.get("/healthz").told()).isEqualTo("200 ok\n");
    }

    private Reply send(Endpoint endpoint, byte[] body) {
        return api.send(endpoint.method(), endpoint.path(), body, admin, JSON);
    }

    private static void refused(Reply reply, String told) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body()).contains(told).contains("\"code\":3").doesNotContain("jackson", "java.", "Exception");
    }

    private static byte[] bytes(int... all) {
        byte[] bytes = new byte[all.length];
        for (int i = 0; i < all.length; i++) bytes[i] = (byte) all[i];
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
