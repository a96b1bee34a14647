package dev.gatehouse.adapters.rest.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@MicronautTest
class DocsTest {
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]*)\"");

    private final Api api;

    DocsTest(Api api) {
        this.api = api;
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
    void no_other_file_of_the_jar_is_served() {
        for (String path : List.of("/apidocs/index.html", "/apidocs/swagger-ui-standalone-preset.js", "/apidocs/x"))
            assertThat(api.get(path).told()).isEqualTo(Api.error(404, 5, "Not Found"));
    }
}
