package dev.gatehouse.adapters.rest.access;

import static dev.gatehouse.adapters.rest.Api.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A policy of 110,000 rules, far over what other bodies hold. */
@MicronautTest
class LargePolicyTest {
    private static final int RULES = 110_000;
    private static final String POLICY = "/api/v1/policy";
    private static final String CSV = IntStream.range(0, RULES)
            .mapToObj(each -> "p, role:r" + each + ", applications, get, project-" + each + "/web, allow\\n")
            .collect(Collectors.joining("", "g, carol, role:r" + (RULES - 1) + "\\n", ""));
    private static final String ABOUT_CAROL =
            "\"subject\":\"carol\",\"resource\":\"applications\",\"action\":\"get\",\"object\":\"project-109999/web\"";

    private final Api api;

    LargePolicyTest(Api api, World world) {
        this.api = api;
        api.once(() -> {
            world.account("carol", "login");
            world.account("keeper", "login");
        });
    }

    private Reply put(String csv, String as) {
        String version = api.get(POLICY, api.as("admin")).header("ETag");
        return api.put(POLICY, "{\"policyCsv\":\"" + csv + "\"}", api.as(as), JSON, "If-Match: " + version);
    }

    private String canCarol(String object) {
        return api.get("/api/v1/account/can-i/applications/get/" + object, api.as("carol"))
                .told();
    }

    @Test
    void it_is_stored_and_in_force() {
        assertThat(put(CSV, "admin").status()).isEqualTo(200);

        assertThat(api.get(POLICY, api.as("admin")).body()).contains("\"policyCsv\":\"" + CSV + "\"");
        assertThat(canCarol("project-109999/web")).isEqualTo("200 {\"value\":\"yes\"}");
        assertThat(canCarol("project-109998/web")).isEqualTo("200 {\"value\":\"no\"}");

        assertThat(api.post(POLICY + "/diff", "{\"policyCsv\":\"" + CSV + "g, dora, role:r7\"}", api.as("admin"))
                        .told())
                .isEqualTo("200 {\"gained\":[{\"subject\":\"dora\",\"resource\":\"applications\",\"action\":\"get\","
                        + "\"object\":\"project-7/web\"}],\"lost\":[],\"complete\":true}");
        assertThat(put("", "admin").status()).isEqualTo(200);
    }

    @Test
    void it_is_asked_as_a_draft() {
        String draft = "\"draft\":{\"policyCsv\":\"" + CSV + "\"}";
        String admin = api.as("admin");
        assertThat(api.post(POLICY + "/validate", "{\"policyCsv\":\"" + CSV + "\"}", admin)
                        .told())
                .isEqualTo("200 {\"valid\":true,\"problems\":[]}");
        assertThat(api.post(POLICY + "/can", "{" + ABOUT_CAROL + "," + draft + "}", admin)
                        .told())
                .isEqualTo("200 {\"allowed\":true}");
        assertThat(api.post(POLICY + "/explain", "{" + ABOUT_CAROL + "," + draft + "}", admin)
                        .body())
                .startsWith("{\"allowed\":true,\"decidedBy\":{\"rule\":\"p, role:r109999, applications, get,"
                        + " project-109999/web, allow\",\"source\":\"global\",\"line\":110001}");
    }

    @Test
    void a_fault_at_its_end_is_found() {
        assertThat(put(CSV + "p, x", "admin").told())
                .isEqualTo(
                        Api.error(400, 3, "policyCsv, line 110002, column 4: a 'p' line has 6 fields, this one has 2"));
    }

    @ParameterizedTest
    @CsvSource({"PUT, ''", "POST, /validate", "POST, /can", "POST, /explain", "POST, /diff"})
    void who_may_not_deal_with_policies_sends_what_any_call_takes(String method, String call) {
        byte[] large = ("{\"policyCsv\":\"" + CSV + "\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(api.send(method, POLICY + call, large, api.as("carol"), JSON).told())
                .isEqualTo(Api.error(413, 3, "the body is too large; send at most 1048576 bytes"));
        assertThat(api.send(method, POLICY + call, large, JSON).told())
                .isEqualTo(Api.error(401, 16, "no session information"));
    }

    @Test
    void who_may_only_read_the_policy_drafts_a_large_one_and_does_not_put_it() {
        assertThat(put("p, keeper, policies, get, *, allow", "admin").status()).isEqualTo(200);
        assertThat(api.post(POLICY + "/validate", "{\"policyCsv\":\"" + CSV + "\"}", api.as("keeper"))
                        .status())
                .isEqualTo(200);
        assertThat(put(CSV, "keeper").told())
                .isEqualTo(Api.error(413, 3, "the body is too large; send at most 1048576 bytes"));
        assertThat(put("", "admin").status()).isEqualTo(200);
    }
}
