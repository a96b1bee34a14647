package dev.gatehouse.adapters.rest.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

@MicronautTest
class DocsTest {
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

    private static final String GZIP = "Accept-Encoding: gzip";

    private final Api api;
    private final EmbeddedServer server;

    DocsTest(Api api, EmbeddedServer server) {
        this.api = api;
        this.server = server;
    }

    private List<String> loaded() {
        return LOADED.matcher(api.get("/apidocs").body())
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }

    @Test
    void the_page_loads_its_own_files_and_no_others() {
        assertThat(loaded()).isNotEmpty().allMatch(each -> each.startsWith("/") && !each.startsWith("//"));
        for (String each : loaded()) assertThat(api.get(each).status()).isEqualTo(200);
        String ours = api.get("/apidocs").body()
                + api.get("/apidocs/start.js").body()
                + api.get("/apidocs/page.css").body();
        assertThat(ours).doesNotContain("http:", "https:", "\"//");
        assertThat(api.get("/apidocs/swagger-ui.css").body()).doesNotContain("url(http", "url(//", "@import");
    }

    @Test
    void nothing_runs_on_the_page_but_its_files() {
        Reply page = api.get("/apidocs");
        assertThat(page.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.header("Content-Security-Policy"))
                .isEqualTo("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                        + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
        assertThat(page.body())
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContain("<style", "style=");
    }

    @Test
    void the_page_takes_a_token_with_and_without_the_word_in_front() {
        assertThat(api.get("/apidocs/start.js").body())
                .contains("requestInterceptor: withOneBearer", "validatorUrl: null", "url: \"/swagger.json\"");
    }

    @Test
    void the_description_is_for_everybody_and_names_its_shapes() {
        Reply reply = api.get("/swagger.json");
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body())
                .startsWith("{\"openapi\":\"3.0.1\"")
                .contains(
                        "\"#/components/schemas/Error\"",
                        "\"#/components/schemas/AppProject\"",
                        "\"scheme\":\"bearer\"",
                        "\"/api/v1/account/can-i/{resource}/{action}/{object}\"")
                .doesNotContain("*/*", "Visitor", "Caller\"");
    }

    @Test
    void each_file_comes_packed_for_who_unpacks_it_and_is_the_same() throws IOException {
        List<String> paths = new ArrayList<>(loaded());
        paths.addAll(List.of("/apidocs", "/swagger.json"));
        for (String path : paths) {
            Reply plain = api.get(path);
            Reply packed = api.get(path, GZIP);
            assertThat(plain.header("Content-Encoding")).isEmpty();
            assertThat(packed.header("Content-Encoding")).isEqualTo("gzip");
            for (Reply each : List.of(plain, packed)) {
                assertThat(each.header("Vary")).isEqualTo("Accept-Encoding");
                assertThat(each.header("Cache-Control")).isEqualTo("no-cache");
            }
            assertThat(packed.header("Content-Type")).isEqualTo(plain.header("Content-Type"));
            assertThat(unpacked(path)).as(path).isEqualTo(bytes(path));
        }
    }

    @Test
    void head_has_the_headers_of_get_and_no_body() {
        Reply head = api.send("HEAD", "/apidocs/swagger-ui-bundle.js", new byte[0], GZIP);

        assertThat(head.told()).isEqualTo("200 ");
        assertThat(head.header("Content-Encoding")).isEqualTo("gzip");
    }

    private byte[] bytes(String path, String... headers) throws IOException {
        URLConnection connection = URI.create(server.getURI() + path).toURL().openConnection();
        for (String each : headers) {
            String[] parts = each.split(": ", 2);
            connection.setRequestProperty(parts[0], parts[1]);
        }
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private byte[] unpacked(String path) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes(path, GZIP)))) {
            return in.readAllBytes();
        }
    }

    /** RFC 9110 section 12.5.3. */
    @Test
    void a_weight_of_nothing_is_a_no() {
        for (String taken : List.of(
                "gzip",
                "deflate, GZIP;q=0.1",
                "x-gzip",
                "*",
                "gzip ; q=1.0",
                "br;q=0, gzip",
                "gzip;q=0.001",
                "gzip;q=0.5,*;q=0")) assertThat(encodingFor(taken)).as(taken).isEqualTo("gzip");
        for (String refused : List.of(
                "identity",
                "gzip;q=0",
                "gzip; q=0.000",
                "*;q=0",
                "gzipped",
                "not-gzip",
                "gzip;q=0,identity",
                "*, gzip;q=0")) assertThat(encodingFor(refused)).as(refused).isEmpty();
    }

    private String encodingFor(String accepted) {
        return api.get("/apidocs/page.css", "Accept-Encoding: " + accepted).header("Content-Encoding");
    }

    @Test
    void no_other_file_of_the_jar_is_served() {
        for (String path : List.of("/apidocs/index.html", "/apidocs/swagger-ui-standalone-preset.js", "/apidocs/x"))
            assertThat(api.get(path).told()).isEqualTo(Api.error(404, 5, "Not Found"));
    }
}
