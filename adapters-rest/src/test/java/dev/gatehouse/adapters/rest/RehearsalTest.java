package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import dev.gatehouse.domain.audit.AuditAction;
import io.micronaut.http.HttpMethod;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.web.router.Router;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A question is never taken for an order (Gatehouse contract 1): a call with {@code ?dryRun=true} tells what it would come
 * to and writes nothing, or is refused.
 */
@MicronautTest
class RehearsalTest {
    /** Whoever adds a call that passes over parameters that nobody knows adds it here, and says why in the review. */
    private static final Set<String> PASSES_OVER = Set.of(
            // Argo's clients send what they like (Argo CD contract 0.2, Argo Workflows contract 4).
            "POST /api/v1/session",
            "DELETE /api/v1/session",
            "POST /auth/logout",
            "PUT /api/v1/account/password",
            "POST /api/v1/account/{name}/token",
            "DELETE /api/v1/account/{name}/token/{id}",
            "POST /api/v1/projects/{project}/roles/{role}/token",
            "DELETE /api/v1/projects/{project}/roles/{role}/token/{iat}",
            "POST /api/v1/projects",
            "POST /api/v1/events/{namespace}",
            "POST /api/v1/events/{namespace}/{discriminator}",
            // RFC 6749 3.2: unrecognized parameters are ignored.
            "POST /oauth2/introspect",
            "POST /oauth2/revoke",
            // Asked and answered: there is nothing to rehearse.
            "POST /api/v1/policy/validate",
            "POST /api/v1/policy/can",
            "POST /api/v1/policy/explain",
            "POST /api/v1/policy/who-can",
            "POST /api/v1/policy/diff");

    /** Stands for the version of the project. */
    private static final String VERSION = "?";

    /** What can be rehearsed, as it would be asked for in earnest. */
    private static final Map<String, Call> REHEARSED = Map.of(
            "PUT /api/v1/account/{name}/password",
            new Call("/api/v1/account/bob/password", "{\"revokeTokens\":true}"),
            "POST /api/v1/signing-keys/{kid}/revoke",
            new Call("/api/v1/signing-keys/key-1/revoke", ""),
            "PUT /api/v1/account/{name}",
            new Call("/api/v1/account/bob", "{\"capabilities\":[],\"enabled\":false,\"resourceVersion\":\"0\"}"),
            "DELETE /api/v1/account/{name}",
            new Call("/api/v1/account/bob", ""),
            "DELETE /api/v1/sessions",
            new Call("/api/v1/sessions?subject=bob", ""),
            "POST /api/v1/tokens/clean-up",
            new Call("/api/v1/tokens/clean-up", "{\"neverUsedForSeconds\":3600}"),
            "PUT /api/v1/token-policy",
            new Call("/api/v1/token-policy", "{\"account\":{\"maxSeconds\":60},\"resourceVersion\":\"0\"}"),
            "PUT /api/v1/projects/{project}/token-policy",
            new Call(
                    "/api/v1/projects/demo/token-policy",
                    "{\"project\":{\"maxSeconds\":60},\"resourceVersion\":\"0\"}"),
            "PUT /api/v1/projects/{name}",
            new Call(
                    "/api/v1/projects/demo",
                    "{\"project\":{\"metadata\":{\"resourceVersion\":\"" + VERSION + "\"},\"spec\":{}}}"),
            "DELETE /api/v1/projects/{name}",
            new Call("/api/v1/projects/demo", ""));

    private final Api api;
    private final World world;
    private final Router router;

    RehearsalTest(Api api, World world, Router router) {
        this.api = api;
        this.world = world;
        this.router = router;
    }

    private record Call(String path, String body) {
        String rehearsed() {
            return path + (path.contains("?") ? "&" : "?") + "dryRun=true";
        }

        byte[] body(String version) {
            return body.replace(VERSION, version).getBytes(StandardCharsets.UTF_8);
        }
    }

    @TestFactory
    Stream<DynamicTest> no_call_with_dryRun_does_it_for_real() {
        world.account("bob", "login", "apiKey");
        world.project("demo");
        world.sessionToken("bob");
        String admin = api.as("admin");
        for (String subject : List.of("bob", "proj:demo:ci"))
            assertThat(api.post("/api/v1/tokens", "{\"subject\":\"" + subject + "\"}", admin)
                            .status())
                    .isEqualTo(200);
        String version =
                api.get("/api/v1/projects/demo", admin).body().replaceAll(".*\"resourceVersion\":\"(\\d+)\".*", "$1");
        Set<String> writes = router.uriRoutes()
                .filter(each -> !Set.of(HttpMethod.GET, HttpMethod.HEAD).contains(each.getHttpMethod()))
                .map(each -> each.getHttpMethodName() + " " + each.getUriMatchTemplate())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(writes).containsAll(PASSES_OVER).containsAll(REHEARSED.keySet());

        writes.removeAll(PASSES_OVER);
        return writes.stream()
                .map(each -> DynamicTest.dynamicTest(each, () -> {
                    List<Object> before = everything(admin);
                    Call call = REHEARSED.getOrDefault(each, new Call(pathOf(each), ""));

                    Reply reply =
                            api.send(each.substring(0, each.indexOf(' ')), call.rehearsed(), call.body(version), admin);

                    if (REHEARSED.containsKey(each)) {
                        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
                        assertThat(reply.body()).contains("\"dryRun\":true");
                    } else {
                        assertThat(reply.status()).as(reply.body()).isEqualTo(400);
                        assertThat(reply.body()).contains("unknown query parameter 'dryRun'; ");
                    }
                    assertThat(everything(admin)).isEqualTo(before);
                }));
    }

    private static String pathOf(String route) {
        return route.substring(route.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "1");
    }

    /** But for the report of a rehearsed clean-up, and the entry that says who asked for it. */
    private List<Object> everything(String admin) {
        world.lastUses.write();
        Stream<Object> shown = Stream.of(
                        "account",
                        "sessions",
                        "tokens",
                        "signing-keys",
                        "projects",
                        "projects/demo/webhook-clients",
                        "policy",
                        "token-policy",
                        "projects/demo/token-policy")
                .map(each -> {
                    Reply reply = api.get("/api/v1/" + each, admin);
                    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
                    return reply.body();
                });
        Stream<Object> written = Arrays.stream(AuditAction.values())
                .filter(each -> each != AuditAction.CLEAN_UP_STARTED)
                .map(world::entries);
        return Stream.concat(shown, written).toList();
    }
}
