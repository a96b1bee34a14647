package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.http.HttpMethod;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/**
 * A member without a value is left out, and no reply holds {@code null} (Gatehouse contract 1). Every route is asked about
 * what has everything that it can have and about what has as little as it may.
 */
@MicronautTest
class AbsentMembersTest {
    private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
    private static final String SECRET = "a secret of two";

    /** What clients of Argo CD are used to (Argo CD contract 4.1 and 8.1), and nothing of our own. */
    private static final Set<String> OF_ARGO_CD = Set.of(
            "GET /api/v1/projects/{name}/events: /items/*/eventTime",
            "GET /api/v1/settings: /kustomizeOptions/Versions");

    /** There only where tokens are issued by an address: {@code MetadataControllerTest} compares them to the letter. */
    private static final Set<String> WITH_AN_ISSUER =
            Set.of("GET /.well-known/oauth-authorization-server", "GET /.well-known/openid-configuration");

    private final Api api;
    private final World world;
    private final Router router;
    private final Set<String> asked = new TreeSet<>();

    AbsentMembersTest(Api api, World world, Router router) {
        this.api = api;
        this.world = world;
        this.router = router;
    }

    @Test
    void no_reply_of_any_route_holds_null() {
        accounts();
        projects();
        tokens();
        leakedAndIntrospected();
        keys();
        sessions();
        policies();
        events();
        whatIsThere();
        endings();

        Set<String> served = router.uriRoutes()
                .filter(each -> each.getHttpMethod() != HttpMethod.HEAD)
                .map(each -> each.getHttpMethodName() + " " + each.getUriMatchTemplate())
                .collect(Collectors.toCollection(TreeSet::new));
        served.removeAll(WITH_AN_ISSUER);
        assertThat(asked).as("every route was asked").containsExactlyElementsOf(served);
    }

    /** Refusals leave out {@code details} where there is one fault, and words of OAuth stand at two routes alone. */
    @Test
    void no_refusal_of_any_route_holds_null() {
        router.uriRoutes()
                .filter(each -> each.getHttpMethod() != HttpMethod.HEAD)
                .forEach(route -> {
                    String name = route.getHttpMethodName() + " " + route.getUriMatchTemplate();
                    String path = VARIABLE.matcher(route.getUriMatchTemplate().toString())
                            .replaceAll("1");
                    byte[] broken = "{\"name\":[],\"no such member\":1}".getBytes(StandardCharsets.UTF_8);
                    for (Reply each : List.of(
                            api.send(route.getHttpMethodName(), path, new byte[0]),
                            api.send(route.getHttpMethodName(), path, broken, Api.JSON, api.as("admin"))))
                        assertNoNull(name, each);
                });
    }

    private void accounts() {
        asked("POST /api/v1/account", "{\"name\":\"bare\"}");
        asked(
                "POST /api/v1/account",
                "{\"name\":\"full\",\"capabilities\":[\"login\",\"apiKey\"],\"enabled\":true,\"description\":\"of all\","
                        + "\"password\":\"" + World.PASSWORD + "\"}");
        Reply in = askedWith(
                "POST /api/v1/session",
                "{\"username\":\"full\",\"password\":\"" + World.PASSWORD + "\"}",
                new String[] {Api.JSON});
        askedWith(
                "PUT /api/v1/account/password",
                "{\"currentPassword\":\"" + World.PASSWORD + "\",\"newPassword\":\"another long one\"}",
                new String[] {"Authorization: Bearer " + text(in, "token")});
        asked(
                "PUT /api/v1/account/{name}",
                "{\"capabilities\":[],\"enabled\":false,\"resourceVersion\":\"0\"}",
                "bare");
        asked("PUT /api/v1/account/{name}/password", "{}", "bare");
        asked("PUT /api/v1/account/{name}/password", "{\"newPassword\":\"" + World.PASSWORD + "\"}", "full");
        asked("GET /api/v1/account", "");
        asked("GET /api/v1/account/{name}", "", "bare");
        asked("GET /api/v1/account/{name}", "", "full");
        asked("GET /api/v1/account/can-i/{resource}/{action}", "", "projects", "get");
        asked("GET /api/v1/account/can-i/{resource}/{action}/{object:.*}", "", "projects", "get", "demo");
    }

    private void projects() {
        asked("POST /api/v1/projects", "{\"project\":{\"metadata\":{\"name\":\"bare\"},\"spec\":{}}}");
        asked("POST /api/v1/projects", """
                {"project":{"metadata":{"name":"demo","labels":{"a":"b"}},"spec":{"description":"of all","roles":[
                  {"name":"ci","description":"builds","groups":["devs"],"policies":[
                    "p, proj:demo:ci, applications, get, demo/*, allow",
                    "p, proj:demo:ci, events, create, demo/*, allow"]}]}}}""");
        Reply stored = asked("GET /api/v1/projects/{name}", "", "bare");
        asked(
                "PUT /api/v1/projects/{name}",
                "{\"project\":{\"metadata\":{\"name\":\"bare\",\"resourceVersion\":\""
                        + text(stored, "metadata", "resourceVersion") + "\"},\"spec\":{\"description\":\"now\"}}}",
                "bare");
        for (String name : List.of("bare", "demo")) {
            asked("GET /api/v1/projects/{name}", "", name);
            asked("GET /api/v1/projects/{name}/detailed", "", name);
            asked("GET /api/v1/projects/{name}/globalprojects", "", name);
            asked("GET /api/v1/projects/{name}/links", "", name);
            asked("GET /api/v1/projects/{name}/syncwindows", "", name);
            asked("GET /api/v1/projects/{name}/events", "", name);
        }
        asked("GET /api/v1/projects", "");
        asked("GET /api/v1/projects/{project}/roles/{role}/permissions", "", "demo", "ci");
    }

    private void tokens() {
        asked("POST /api/v1/tokens", "{\"subject\":\"proj:demo:ci\"}");
        asked("POST /api/v1/tokens", """
                {"subject":"proj:demo:ci","id":"full-1","description":"nightly","expiresIn":7200,
                 "notBefore":"2026-03-01T11:00:00Z",
                 "restrictions":{"networks":["127.0.0.0/8"],"permissions":["applications, get, demo/*"],"maxUses":10}}""");
        Reply ofAccount = asked("POST /api/v1/account/{name}/token", "{\"id\":\"key\"}", "full");
        Reply ofRole = asked("POST /api/v1/projects/{project}/roles/{role}/token", "{\"id\":\"ci-1\"}", "demo", "ci");
        api.get("/api/v1/projects/demo", "Authorization: Bearer " + text(ofAccount, "token"));
        api.get("/api/v1/projects/demo", "Authorization: Bearer " + text(ofRole, "token"));
        world.lastUses.write();
        world.rightsInUse.write();
        asked("POST /api/v1/tokens/{id}/rotate", "", "ci-1");
        asked("POST /api/v1/tokens/{id}/rotate", "{\"id\":\"full-2\",\"overlapSeconds\":0}", "full-1");
        asked("GET /api/v1/tokens", "");
        for (String id : List.of("full-1", "full-2", "key", "ci-1")) {
            asked("GET /api/v1/tokens/{id}", "", id);
            asked("GET /api/v1/tokens/{id}/usage", "", id);
            if (!id.equals("key")) asked("GET /api/v1/tokens/{id}/permissions", "", id);
        }
        asked("DELETE /api/v1/tokens/{id}?reason=over", "", "full-2");
        asked("GET /api/v1/tokens/{id}", "", "full-2");
        asked("GET /api/v1/token-policy", "");
        asked("GET /api/v1/projects/{project}/token-policy", "", "demo");
        for (String how : List.of("?dryRun=true", "")) {
            asked(
                    "PUT /api/v1/projects/{project}/token-policy" + how,
                    "{\"project\":{\"maxSeconds\":60},\"resourceVersion\":\"0\"}",
                    "demo");
            asked("PUT /api/v1/token-policy" + how, """
                    {"account":{"allowNoExpiry":false,"maxSeconds":60,"defaultSeconds":60,"unusedForSeconds":600,
                     "maxLive":1000,"warnBeforeSeconds":60},"session":{"maxPerAccount":1000},"resourceVersion":"0"}""");
        }
        asked("GET /api/v1/token-policy", "");
        asked("GET /api/v1/projects/{project}/token-policy", "", "demo");
        world.clock.advance(Duration.ofHours(3));
        asked("GET /api/v1/tokens", "");
        asked("GET /api/v1/account", "");
        asked("GET /api/v1/projects/{name}", "", "demo");
        asked("POST /api/v1/tokens/clean-up?dryRun=true", "{\"expiredForSeconds\":60}");
        Reply cleaned = asked("POST /api/v1/tokens/clean-up", "{\"expiredForSeconds\":60,\"kinds\":[\"project\"]}");
        asked("GET /api/v1/tokens/clean-up/{id}", "", text(cleaned, "id"));
        asked("DELETE /api/v1/tokens/clean-up/{id}", "", text(cleaned, "id"));
    }

    private void leakedAndIntrospected() {
        Reply made = asked("POST /api/v1/account/{name}/token", "{\"id\":\"shown\",\"expiresIn\":60}", "full");
        String form = "token=" + text(made, "token");
        askedWith("POST /oauth2/introspect", form, new String[] {FORM, api.as("admin")});
        askedWith("POST /oauth2/introspect", "token=a.b.c", new String[] {FORM, api.as("admin")});
        askedWith("POST /oauth2/revoke", form, new String[] {FORM, api.as("admin")});
        askedWith("POST /api/v1/tokens/revoke-by-value", "{\"token\":\"" + text(made, "token") + "\"}", new String[] {
            Api.JSON
        });
        asked(
                "DELETE /api/v1/account/{name}/token/{id}",
                "",
                "full",
                made(asked("POST /api/v1/tokens", "{\"subject\":\"full\"}")));
        asked("POST /api/v1/projects/{project}/roles/{role}/token", "{\"id\":\"last\"}", "demo", "ci");
        asked("DELETE /api/v1/projects/{project}/roles/{role}/token/{iat}?id=last", "", "demo", "ci", "0");
    }

    private void keys() {
        asked("GET /api/v1/signing-keys", "");
        asked("POST /api/v1/signing-keys/rotate", "");
        asked("GET /api/v1/signing-keys", "");
        asked("POST /api/v1/signing-keys/{kid}/revoke", "", "key-1");
        asked("GET /api/v1/signing-keys", "");
        asked("GET /.well-known/jwks.json", "");
    }

    private void sessions() {
        world.account("kim", "login");
        for (int i = 0; i < 3; i++) world.sessionToken("kim");
        Reply list = asked("GET /api/v1/sessions?subject=kim", "");
        String id = text(items(list).getFirst(), "id");
        asked("GET /api/v1/sessions/{id}", "", id);
        asked("DELETE /api/v1/sessions/{id}", "", id);
        asked("GET /api/v1/sessions/{id}", "", id);
        asked("DELETE /api/v1/sessions?subject=kim&dryRun=true", "");
        asked("DELETE /api/v1/sessions?subject=kim", "");
        world.sessionToken("kim");
        String ofKim = "Authorization: Bearer " + world.sessionToken("kim").reveal();
        askedWith("GET /api/v1/session/userinfo", "", new String[] {ofKim});
        askedWith("GET /api/v1/session/userinfo", "", new String[0]);
        askedWith("GET /api/v1/sessions", "", new String[] {ofKim});
        askedWith("DELETE /api/v1/session", "", new String[] {ofKim});
        askedWith("DELETE /api/v1/session", "", new String[0]);
        for (String how : List.of("GET", "POST")) askedWith(how + " /auth/logout", "", new String[] {api.as("kim")});
    }

    private void policies() {
        Reply first = asked("GET /api/v1/policy", "");
        asked("PUT /api/v1/policy", """
                {"policyCsv":"p, role:dev, logs, get, demo/*, allow\\ng, kim, role:dev","policyDefault":"role:readonly",
                 "scopes":["groups"],"matchMode":"glob","resourceVersion":"%s"}""".formatted(text(first, "resourceVersion")));
        asked("GET /api/v1/policy", "");
        asked("POST /api/v1/policy/validate", "{\"policyCsv\":\"\"}");
        asked(
                "POST /api/v1/policy/validate",
                "{\"policyCsv\":\"p, a\",\"extra\":{\"policy.a.csv\":\"x\"},\"matchMode\":\"x\"}");
        String question = "\"resource\":\"logs\",\"action\":\"get\",\"object\":\"demo/web\"";
        for (String subject : List.of("kim", "role:none", "proj:demo:ci", "")) {
            asked("POST /api/v1/policy/can", "{\"subject\":\"" + subject + "\"," + question + "}");
            asked("POST /api/v1/policy/explain", "{\"subject\":\"" + subject + "\"," + question + "}");
        }
        asked(
                "POST /api/v1/policy/explain",
                "{\"subject\":\"kim\",\"resource\":\"logs\",\"action\":\"delete\",\"object\":\"x/y\"}");
        asked("POST /api/v1/policy/can", "{\"questions\":[{\"claims\":{\"sub\":\"x\"}," + question + "}]}");
        asked("POST /api/v1/policy/who-can", "{" + question + "}");
        asked("POST /api/v1/policy/diff", "{\"policyCsv\":\"p, jo, logs, get, demo/*, allow\"}");
    }

    private void events() {
        String clients = " /api/v1/projects/{project}/webhook-clients";
        asked("POST" + clients, "{\"name\":\"bare\",\"type\":\"gitlab\",\"role\":\"ci\"}", "demo");
        asked(
                "POST" + clients,
                "{\"name\":\"full\",\"type\":\"github\",\"role\":\"ci\",\"secret\":\"" + SECRET
                        + "\",\"enabled\":true}",
                "demo");
        asked("GET" + clients, "", "demo");
        asked("GET" + clients + "/{name}", "", "demo", "full");
        askedWith("POST /api/v1/events/{namespace}/", "{}", new String[] {signature("{}")}, "demo");
        askedWith(
                "POST /api/v1/events/{namespace}/{discriminator}",
                "{}",
                new String[] {signature("{}")},
                "demo",
                "push");
        asked("GET /api/v1/projects/{name}/events", "", "demo");
        asked("DELETE" + clients + "/{name}", "", "demo", "bare");
    }

    private void whatIsThere() {
        for (String path : List.of(
                "/api/version",
                "/api/v1/settings",
                "/api/v1/settings/plugins",
                "/healthz",
                "/health",
                "/prometheus",
                "/swagger.json",
                "/apidocs",
                "/apidocs/start.js")) asked("GET " + path, "");
        asked("GET /health/{selector}", "", "readiness");
        asked("GET /apidocs/{file}", "", "page.css");
        askedWith("GET /api/version", "", new String[0]);
        askedWith("GET /api/v1/settings", "", new String[0]);
    }

    private void endings() {
        asked("DELETE /api/v1/account/{name}?dryRun=true", "", "full");
        asked("DELETE /api/v1/account/{name}", "", "full");
        asked("DELETE /api/v1/projects/{name}", "", "demo");
        asked("GET /api/v1/audit?limit=1000", "");
    }

    private Reply asked(String call, String body, String... values) {
        return askedWith(call, body, new String[] {api.as("admin"), Api.JSON}, values);
    }

    /**
     * Asks, as somebody for whom there is an answer.
     *
     * @param call method and route, and possibly a query
     * @param values of the variables of the route, in their order
     */
    private Reply askedWith(String call, String body, String[] headers, String... values) {
        int query = call.indexOf('?');
        String route = (query < 0 ? call : call.substring(0, query)).replaceAll("/$", "");
        List<String> left = new ArrayList<>(List.of(values));
        String path = VARIABLE.matcher(call.substring(call.indexOf(' ') + 1))
                .replaceAll(each -> Matcher.quoteReplacement(left.removeFirst()));
        Reply reply =
                api.send(call.substring(0, call.indexOf(' ')), path, body.getBytes(StandardCharsets.UTF_8), headers);
        assertThat(reply.status()).as("%s: %s", path, reply.body()).isBetween(200, 399);
        if (call.startsWith("GET") && reply.body().startsWith("{\"items\""))
            assertThat(items(reply)).as("%s shows something", path).isNotEmpty();
        asked.add(route);
        assertNoNull(route, reply);
        return reply;
    }

    private static void assertNoNull(String route, Reply reply) {
        if (!reply.header("Content-Type").contains("json")) {
            assertThat(reply.body()).as(route).doesNotStartWith("{");
            return;
        }
        Json read = JsonText.reread(reply.body());
        assertThat(nulls(read, "").map(each -> route + ": " + each))
                .as(reply.body())
                .allMatch(each -> OF_ARGO_CD.contains(each.replaceAll("/\\d+/", "/*/")));
    }

    private static Stream<String> nulls(Json value, String at) {
        return switch (value) {
            case Json.Nothing nothing -> Stream.of(at);
            case Json.Members members ->
                members.all().entrySet().stream().flatMap(each -> nulls(each.getValue(), at + "/" + each.getKey()));
            case Json.Items items ->
                IntStream.range(0, items.all().size())
                        .boxed()
                        .flatMap(each -> nulls(items.all().get(each), at + "/" + each));
            case Json.Text text -> Stream.empty();
            case Json.Numeral number -> Stream.empty();
            case Json.Flag flag -> Stream.empty();
        };
    }

    private static String made(Reply token) {
        return text(token, "id");
    }

    private static List<Json> items(Reply list) {
        return ((Json.Items) member(JsonText.reread(list.body()), "items")).all();
    }

    private static String text(Reply reply, String... names) {
        return text(JsonText.reread(reply.body()), names);
    }

    private static String text(Json value, String... names) {
        return ((Json.Text) Arrays.stream(names).reduce(value, AbsentMembersTest::member, (a, b) -> b)).value();
    }

    private static Json member(Json value, String name) {
        return ((Json.Members) value).member(name).orElseThrow();
    }

    private static String signature(String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "X-Hub-Signature-256: sha256="
                    + HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
