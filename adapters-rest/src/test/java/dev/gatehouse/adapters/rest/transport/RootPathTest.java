package dev.gatehouse.adapters.rest.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything lies under {@code /tools/gate}. */
@MicronautTest
@Property(name = "gatehouse.root-path", value = "/tools/gate")
@Property(name = "gatehouse.public-url", value = "https://gate.example.com/tools/gate")
class RootPathTest {
    private static final String ROOT = "/tools/gate";
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

    private final Api api;

    RootPathTest(Api api, World world) {
        this.api = api;
        api.once(() -> world.account("alice", "login"));
    }

    @Test
    void what_lies_under_it_answers() {
        assertThat(api.get(ROOT + "/api/version").status()).isEqualTo(200);
        assertThat(api.get(ROOT + "/api/v1/account", api.as("admin")).status()).isEqualTo(200);
        assertThat(api.get(ROOT + "/api/v1/account?x=1").told())
                .isEqualTo(Api.error(401, 16, "no session information"));
        assertThat(api.get(ROOT + "/healthz").told()).isEqualTo("200 ok\n");
        assertThat(api.raw("GET http://elsewhere.example" + ROOT + "/healthz HTTP/1.1", "Host: x")
                        .orElseThrow()
                        .told())
                .isEqualTo("200 ok\n");
    }

    @Test
    void the_sign_of_life_is_at_the_very_root_too() {
        assertThat(api.get("/healthz").told()).isEqualTo("200 ok\n");
        assertThat(api.get("/healthz?full=1").told()).isEqualTo("200 ok\n");
    }

    @Test
    void the_metadata_is_under_it_and_where_rfc_8414_looks_for_that_of_an_issuer_with_a_path() {
        String metadata =
                api.get(ROOT + "/.well-known/oauth-authorization-server").told();
        assertThat(metadata).contains("there is no metadata, since the issuer of tokens, 'argocd', is no address");
        assertThat(api.get("/.well-known/oauth-authorization-server" + ROOT).told())
                .isEqualTo(metadata);
        assertThat(api.get("/.well-known/oauth-authorization-server/tools").told())
                .isEqualTo(Api.error(404, 5, "Not Found"));
        assertThat(api.get("/.well-known/oauth-authorization-server").told()).isEqualTo(Api.error(404, 5, "Not Found"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/api/version",
                "/api/v1/account",
                "/health",
                "/apidocs",
                "/tools",
                "/tools/gate",
                "/tools/gate/",
                "/tools/gate?x",
                "/tools/gateway/api/version",
                "/tools//gate/api/version",
                "/tools/gate/../../api/version",
                "/TOOLS/GATE/api/version",
                "/tools/gate/tools/gate/api/version",
                "/healthz/x",
                "//tools/gate/api/version"
            })
    void nothing_else_is_there(String path) {
        assertThat(api.raw("GET " + path + " HTTP/1.1", "Host: x", api.as("admin"))
                        .orElseThrow()
                        .told())
                .isEqualTo(Api.error(404, 5, "Not Found"));
    }

    @Test
    void the_cookie_is_for_what_lies_under_it() {
        Reply in = api.post(
                ROOT + "/api/v1/session", "{\"username\":\"alice\",\"password\":\"" + World.PASSWORD + "\"}", Api.JSON);
        assertThat(in.header("Set-Cookie")).endsWith("; path=/tools/gate; SameSite=lax; httpOnly; Secure");
        Reply out = api.send("DELETE", ROOT + "/api/v1/session", new byte[0], "Cookie: argocd.token=x", Api.JSON);
        assertThat(out.header("Set-Cookie")).startsWith("argocd.token=; path=/tools/gate; ");
    }

    @Test
    void signing_out_leads_back_to_it() {
        Reply reply = api.get(ROOT + "/auth/logout", api.cookieOf("alice"));
        assertThat(reply.status()).isEqualTo(303);
        assertThat(reply.header("Location")).isEqualTo("/tools/gate/");
        assertThat(reply.header("Set-Cookie")).startsWith("argocd.token=; path=/tools/gate; ");
    }

    @Test
    void what_was_made_is_found_where_the_reply_says() {
        String admin = api.as("admin");
        Reply account = api.post(ROOT + "/api/v1/account", "{\"name\":\"pia\",\"capabilities\":[\"apiKey\"]}", admin);
        assertThat(account.header("Location")).isEqualTo("/tools/gate/api/v1/account/pia");
        assertThat(api.get(account.header("Location"), admin).status()).isEqualTo(200);
        Reply project = api.post(ROOT + "/api/v1/projects", "{\"project\":{\"metadata\":{\"name\":\"pear\"}}}", admin);
        assertThat(project.header("Location")).isEqualTo("/tools/gate/api/v1/projects/pear");
        assertThat(api.get(project.header("Location"), admin).status()).isEqualTo(200);
        Reply token = api.post(ROOT + "/api/v1/tokens", "{\"subject\":\"pia\"}", admin);
        assertThat(token.header("Location")).startsWith("/tools/gate/api/v1/tokens/");
        assertThat(api.get(token.header("Location"), admin).status()).isEqualTo(200);
    }

    @Test
    void a_cookie_is_guarded_under_it_as_well() {
        assertThat(api.post(
                                ROOT + "/api/v1/account/alice/token",
                                "{}",
                                api.cookieOf("alice"),
                                "Content-Type: text/plain")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void the_page_of_the_api_loads_what_lies_under_it() {
        String page = api.get(ROOT + "/apidocs").body();
        assertThat(LOADED.matcher(page).results().map(each -> each.group(1)).toList())
                .isNotEmpty()
                .allMatch(each -> each.startsWith(ROOT + "/"))
                .allMatch(each -> api.get(each).status() == 200);
        assertThat(api.get(ROOT + "/apidocs/start.js").body()).contains("url: \"/tools/gate/swagger.json\"");
        assertThat(api.get(ROOT + "/swagger.json").body())
                .startsWith("{\"openapi\":\"3.0.1\",\"servers\":[{\"url\":\"/tools/gate\"}],");
    }

    @Test
    void behind_a_proxy_with_tls_browsers_are_told_to_stay_with_tls() {
        assertThat(api.get("/healthz").header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    }
}
