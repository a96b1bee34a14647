package dev.gatehouse.adapters.rest.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@MicronautTest
class ProjectTest {
    private static final long NOW = 1772360130;

    private final Api api;
    private final World world;
    private final String admin;

    ProjectTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(() -> world.account("carol", "login"));
        this.admin = api.as("admin");
    }

    private Reply create(String project) {
        return api.post("/api/v1/projects", "{\"project\":" + project + "}", admin);
    }

    private Reply created(String name, String spec) {
        Reply reply = create("{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":" + spec + "}");
        assertThat(reply.status()).isEqualTo(200);
        return reply;
    }

    private Reply update(String name, String project) {
        return api.put("/api/v1/projects/" + name, "{\"project\":" + project + "}", admin);
    }

    private String versionOf(String name) {
        return api.get("/api/v1/projects/" + name, admin)
                .body()
                .replaceAll("(?s).*?\"resourceVersion\":\"(\\d+)\".*", "$1");
    }

    /** With {@code {version}} in place of every resourceVersion. */
    private static String shown(Reply reply) {
        return reply.masked().replaceAll("\"resourceVersion\":\"\\d+\"", "\"resourceVersion\":\"{version}\"");
    }

    private static String metadata(String name, int generation, String more) {
        return "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"argocd\",\"uid\":\"{uuid}\","
                + "\"resourceVersion\":\"{version}\",\"generation\":" + generation
                + ",\"creationTimestamp\":\"2026-03-01T10:15:30Z\"" + more + "},";
    }

    @Test
    void what_was_made_is_found_where_the_reply_says() {
        Reply made = created("found", "{}");
        assertThat(made.header("Location")).isEqualTo("/api/v1/projects/found");
        assertThat(api.get(made.header("Location"), admin).status()).isEqualTo(200);
    }

    @Test
    void what_an_update_or_a_deletion_would_end_is_told_first_and_nothing_ends() {
        created("rehearsed", "{\"roles\":[{\"name\":\"ci\"},{\"name\":\"cd\"}]}");
        for (String role : new String[] {"ci", "ci", "cd"})
            api.post("/api/v1/projects/rehearsed/roles/" + role + "/token", "{}", admin);
        String version = versionOf("rehearsed");
        String body = "{\"project\":{\"metadata\":{\"resourceVersion\":\"" + version
                + "\"},\"spec\":{\"roles\":[{\"name\":\"cd\"}]}}}";

        Reply told = api.put("/api/v1/projects/rehearsed?dryRun=true", body, admin);
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.body()).endsWith(",\"ends\":{\"sessions\":0,\"tokens\":2},\"dryRun\":true}");
        assertThat(api.delete("/api/v1/projects/rehearsed?dryRun=true&cascade=true", admin)
                        .told())
                .isEqualTo("200 {\"ends\":{\"sessions\":0,\"tokens\":3},\"dryRun\":true}");
        assertThat(versionOf("rehearsed")).isEqualTo(version);

        Reply done = api.put("/api/v1/projects/rehearsed", body, admin);
        assertThat(told.body().replaceAll(",\"ends\".*", "}").replaceAll("\"resourceVersion\":\"\\d+\"", ""))
                .isEqualTo(done.body().replaceAll("\"resourceVersion\":\"\\d+\"", ""));
        assertThat(api.delete("/api/v1/projects/rehearsed?dryRun=true", admin).body())
                .contains("\"tokens\":1}");
        for (String slip : new String[] {"?dryRun=yes", "?dryRun=true&dryRun=false"})
            assertThat(api.delete("/api/v1/projects/rehearsed" + slip, admin).status())
                    .as(slip)
                    .isEqualTo(400);
        assertThat(api.delete("/api/v1/projects/default?dryRun=true", admin).status())
                .isEqualTo(400);
        assertThat(api.delete("/api/v1/projects/rehearsed", admin).told()).isEqualTo("200 {}");
    }

    @Test
    void the_same_key_and_body_make_one_project_and_replace_it_once() {
        String key = "Idempotency-Key: one-project";
        String body = "{\"project\":{\"metadata\":{\"name\":\"keyed\"},\"spec\":{\"description\":\"first\"}},"
                + "\"upsert\":true}";
        Reply made = api.post("/api/v1/projects", body, admin, key);
        assertThat(made.status()).isEqualTo(200);

        assertThat(api.post("/api/v1/projects", body, admin, key).told()).isEqualTo(made.told());
        assertThat(api.post("/api/v1/projects", body.replace("first", "third"), admin, key)
                        .status())
                .isEqualTo(422);
        update(
                "keyed",
                "{\"metadata\":{\"resourceVersion\":\"" + versionOf("keyed")
                        + "\"},\"spec\":{\"description\":\"second\"}}");
        assertThat(api.post("/api/v1/projects", body, admin, key).body()).contains("\"description\":\"second\"");

        api.delete("/api/v1/projects/keyed", admin);
        assertThat(api.post("/api/v1/projects", body, admin, key).told())
                .isEqualTo(Api.error(
                        409,
                        10,
                        "project 'keyed' was made by this Idempotency-Key and is gone since; use a new key to make"
                                + " another"));
    }

    @Test
    void the_smallest_project() {
        String wanted = "200 " + metadata("p1", 1, "") + "\"spec\":{},\"status\":{}}";
        assertThat(shown(create("{\"metadata\":{\"name\":\"p1\"}}"))).isEqualTo(wanted);
        assertThat(shown(api.get("/api/v1/projects/p1", admin))).isEqualTo(wanted);
    }

    @Test
    void a_full_project_comes_back_in_the_order_and_form_of_argo_cd() {
        String sent =
                "{\"kind\":\"AppProject\",\"apiVersion\":\"argoproj.io/v1alpha1\",\"metadata\":{\"name\":\"full\","
                        + "\"labels\":{\"b\":\"2\",\"a\":\"1\"},\"annotations\":{\"c\":\"<d>\"},\"finalizers\":[\"x/y\"],"
                        + "\"managedFields\":[{}],\"uid\":\"mine\",\"creationTimestamp\":null,\"generation\":7,"
                        + "\"generateName\":\"g-\",\"ownerReferences\":[{}],\"deletionTimestamp\":null},\"spec\":{"
                        + "\"description\":\"All fields\",\"destinationServiceAccounts\":[{\"server\":\"s\",\"namespace\":\"n\","
                        + "\"defaultServiceAccount\":\"sa\"}],\"permitOnlyProjectScopedClusters\":true,"
                        + "\"sourceIntegrity\":{\"git\":{\"policies\":[{\"gpg\":{\"keys\":[\"4AEE\"],\"mode\":\"strict\"},"
                        + "\"repos\":[{\"url\":\"https://git.example.com/*\"}]},{\"repos\":[],\"gpg\":{\"mode\":\"none\"}}]}},"
                        + "\"sourceNamespaces\":[\"team-*\"],\"signatureKeys\":[{\"keyID\":\"4AEE\"}],\"syncWindows\":[{"
                        + "\"kind\":\"allow\",\"schedule\":\"10 1 * * *\",\"duration\":\"1h\",\"applications\":[\"*\"],"
                        + "\"manualSync\":true,\"andOperator\":false,\"timeZone\":\"Europe/Berlin\"}],"
                        + "\"orphanedResources\":{\"ignore\":[{\"group\":\"\",\"kind\":\"ConfigMap\",\"name\":\"x\"}],"
                        + "\"warn\":false},\"namespaceResourceBlacklist\":[{\"kind\":\"Secret\",\"group\":\"\"}],"
                        + "\"namespaceResourceWhitelist\":[{\"group\":\"apps\",\"kind\":\"Deployment\"}],"
                        + "\"clusterResourceBlacklist\":[{\"group\":\"\",\"kind\":\"Node\"}],"
                        + "\"clusterResourceWhitelist\":[{\"name\":\"p1\",\"group\":\"*\",\"kind\":\"Namespace\"}],"
                        + "\"roles\":[{\"groups\":[\"devs\",\"\\\"a, b\\\"\"],\"policies\":["
                        + "\"p, proj:full:ci, applications, *, full/*, allow\","
                        + "\"p,proj:full:ci,applications,  delete,full/*,deny\"],\"description\":\"CI\",\"name\":\"ci\","
                        + "\"jwtTokens\":[{\"iat\":1,\"id\":\"forged\"}]}],"
                        + "\"destinations\":[{\"namespace\":\"p1-*\",\"server\":\"https://k\",\"name\":\"\"},"
                        + "{\"name\":\"in-cluster\",\"namespace\":\"x\"}],\"sourceRepos\":[\"https://git.example.com/*\"]},"
                        + "\"status\":{\"jwtTokensByRole\":{\"ci\":{\"items\":[{\"iat\":1,\"id\":\"forged\"}]}}}}";
        String spec = "\"spec\":{\"sourceRepos\":[\"https://git.example.com/*\"],"
                + "\"destinations\":[{\"server\":\"https://k\",\"namespace\":\"p1-*\"},"
                + "{\"namespace\":\"x\",\"name\":\"in-cluster\"}],\"description\":\"All fields\","
                + "\"roles\":[{\"name\":\"ci\",\"description\":\"CI\",\"policies\":["
                + "\"p, proj:full:ci, applications, *, full/*, allow\","
                + "\"p, proj:full:ci, applications, delete, full/*, deny\"],\"groups\":[\"devs\",\"\\\"a, b\\\"\"]}],"
                + "\"clusterResourceWhitelist\":[{\"group\":\"*\",\"kind\":\"Namespace\",\"name\":\"p1\"}],"
                + "\"namespaceResourceBlacklist\":[{\"group\":\"\",\"kind\":\"Secret\"}],"
                + "\"orphanedResources\":{\"warn\":false,\"ignore\":[{\"kind\":\"ConfigMap\",\"name\":\"x\"}]},"
                + "\"syncWindows\":[{\"kind\":\"allow\",\"schedule\":\"10 1 * * *\",\"duration\":\"1h\","
                + "\"applications\":[\"*\"],\"manualSync\":true,\"timeZone\":\"Europe/Berlin\"}],"
                + "\"namespaceResourceWhitelist\":[{\"group\":\"apps\",\"kind\":\"Deployment\"}],"
                + "\"signatureKeys\":[{\"keyID\":\"4AEE\"}],"
                + "\"clusterResourceBlacklist\":[{\"group\":\"\",\"kind\":\"Node\"}],"
                + "\"sourceNamespaces\":[\"team-*\"],\"permitOnlyProjectScopedClusters\":true,"
                + "\"destinationServiceAccounts\":[{\"server\":\"s\",\"namespace\":\"n\","
                + "\"defaultServiceAccount\":\"sa\"}],"
                + "\"sourceIntegrity\":{\"git\":{\"policies\":[{\"repos\":[{\"url\":\"https://git.example.com/*\"}],"
                + "\"gpg\":{\"mode\":\"strict\",\"keys\":[\"4AEE\"]}},{\"repos\":[],\"gpg\":{\"mode\":\"none\"}}]}}},";
        String about = metadata(
                "full",
                1,
                ",\"labels\":{\"a\":\"1\",\"b\":\"2\"},\"annotations\":{\"c\":\"\\u003cd\\u003e\"},"
                        + "\"finalizers\":[\"x/y\"]");
        assertThat(shown(create(sent))).isEqualTo("200 " + about + spec + "\"status\":{}}");
        assertThat(shown(api.get("/api/v1/projects/full", admin)))
                .isEqualTo("200 " + about + spec + "\"status\":{\"jwtTokensByRole\":{\"ci\":{}}}}");
        assertThat(shown(api.get("/api/v1/projects", admin))).contains(about + spec + "\"status\":{}}");
    }

    @Test
    void what_argo_cd_does_not_know_is_kept_to_the_letter() {
        created(
                "odd",
                "{\"zeta\":1e3,\"alpha\":[1.50,-0,12345678901234567890123,\"\\u00e4\",null,{}],\"empty\":{},\"no\":null,"
                        + "\"destinations\":[{\"server\":\"s\",\"extra\":{\"k\":0.10}}],\"SOURCEREPOS\":[\"*\"]}");
        assertThat(api.get("/api/v1/projects/odd", admin).body())
                .contains(
                        "\"spec\":{\"sourceRepos\":[\"*\"],\"destinations\":[{\"server\":\"s\",\"extra\":{\"k\":0.10}}],"
                                + "\"zeta\":1e3,\"alpha\":[1.50,-0,12345678901234567890123,\"ä\",null,{}],\"empty\":{}}");
    }

    @Test
    void what_argo_cd_does_not_know_of_a_role_is_kept_with_that_role() {
        String spec = "{\"roles\":[{\"name\":\"ci\",\"groups\":[\"g\"],\"Until\":1.50,\"nothing\":null},"
                + "{\"name\":\"cd\",\"limits\":{\"a\":[null]}},{\"name\":\"plain\"}]}";
        String shown = "\"spec\":{\"roles\":[{\"name\":\"ci\",\"groups\":[\"g\"],\"Until\":1.50},"
                + "{\"name\":\"cd\",\"limits\":{\"a\":[null]}},{\"name\":\"plain\"}]}";
        assertThat(created("newer", spec).body()).contains(shown);
        assertThat(api.get("/api/v1/projects/newer", admin).body()).contains(shown);

        assertThat(update(
                                "newer",
                                "{\"metadata\":{\"resourceVersion\":\"" + versionOf("newer")
                                        + "\"},\"spec\":{\"roles\":[{\"name\":\"cd\"},{\"name\":\"ci\",\"until\":2}]}}")
                        .body())
                .contains("\"spec\":{\"roles\":[{\"name\":\"cd\"},{\"name\":\"ci\",\"until\":2}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"git\":\"x\"} | project.spec.sourceIntegrity.git must be an object, not a text",
                "{\"git\":{\"policies\":{}}} | project.spec.sourceIntegrity.git.policies must be a list, not an object",
                "{\"git\":{\"policies\":[{\"repos\":[\"x\"]}]}} | project.spec.sourceIntegrity.git.policies[0].repos[0] must be an object, not a text",
                "{\"git\":{\"policies\":[{\"gpg\":{\"keys\":[7]}}]}} | project.spec.sourceIntegrity.git.policies[0].gpg.keys[0] must be a text, not a number"
            })
    void what_argo_cds_clients_could_not_read_again_is_refused(String sourceIntegrity, String told) {
        assertThat(create("{\"metadata\":{\"name\":\"x\"},\"spec\":{\"sourceIntegrity\":" + sourceIntegrity + "}}")
                        .told())
                .isEqualTo(Api.error(400, 3, told));
    }

    @Test
    void what_is_empty_is_left_out() {
        created(
                "bare",
                "{\"description\":\"\",\"roles\":[],\"sourceRepos\":[],\"destinations\":null,"
                        + "\"permitOnlyProjectScopedClusters\":false,\"orphanedResources\":{}}");
        assertThat(api.get("/api/v1/projects/bare", admin).body())
                .contains("\"spec\":{\"orphanedResources\":{}},\"status\":{}}");
    }

    @Test
    void making_the_same_again_gives_it_back_and_another_needs_to_be_asked_for() {
        Reply first = created("again", "{\"description\":\"d\",\"sourceRepos\":[\"*\"]}");
        assertThat(created("again", "{\"sourceRepos\":[\"*\"],\"roles\":[],\"description\":\"d\"}")
                        .body())
                .isEqualTo(first.body());
        assertThat(create("{\"metadata\":{\"name\":\"again\"},\"spec\":{}}").told())
                .isEqualTo(Api.error(400, 3, "existing project spec is different; use upsert flag to force update"));
        Reply upserted = api.post(
                "/api/v1/projects",
                "{\"project\":{\"metadata\":{\"name\":\"again\",\"labels\":{\"a\":\"b\"}},"
                        + "\"spec\":{\"description\":\"e\"}},\"upsert\":true}",
                admin);
        assertThat(shown(upserted))
                .isEqualTo("200 " + metadata("again", 2, "") + "\"spec\":{\"description\":\"e\"},\"status\":{}}");
    }

    @Test
    void an_update_is_made_over_the_version_that_was_read() {
        created("up", "{\"description\":\"d\"}");
        assertThat(update("up", "{\"metadata\":{\"name\":\"up\"},\"spec\":{}}").told())
                .isEqualTo(Api.error(
                        400,
                        3,
                        "appprojects.argoproj.io \"up\" is invalid: metadata.resourceVersion: Invalid value: 0: must be"
                                + " specified for an update"));
        assertThat(api.put("/api/v1/projects/up", "", admin).status()).isEqualTo(400);
        assertThat(update("up", "{\"metadata\":{\"resourceVersion\":\"7\"},\"spec\":{}}")
                        .told())
                .isEqualTo(Api.error(
                        409,
                        10,
                        "Operation cannot be fulfilled on appprojects.argoproj.io \"up\": the object has been modified;"
                                + " please apply your changes to the latest version and try again"));
        assertThat(update("up", "{\"metadata\":{\"resourceVersion\":\"abc\"},\"spec\":{}}")
                        .told())
                .isEqualTo(Api.error(
                        400,
                        3,
                        "metadata.resourceVersion 'abc' is none that was ever given out; send the one you read"));
        assertThat(shown(update(
                        "up",
                        "{\"metadata\":{\"name\":\"default\",\"resourceVersion\":\"" + versionOf("up")
                                + "\",\"labels\":{\"a\":\"b\"}},"
                                + "\"spec\":{\"description\":\"e\",\"roles\":[{\"name\":\"ci\"}]}}")))
                .isEqualTo("200 " + metadata("up", 2, ",\"labels\":{\"a\":\"b\"}")
                        + "\"spec\":{\"description\":\"e\",\"roles\":[{\"name\":\"ci\"}]},"
                        + "\"status\":{\"jwtTokensByRole\":{\"ci\":{}}}}");
        assertThat(update("nope", "{\"metadata\":{\"resourceVersion\":\"1\"}}").told())
                .isEqualTo(Api.error(404, 5, "appprojects.argoproj.io \"nope\" not found"));
    }

    @Test
    void tokens_are_shown_and_an_update_neither_adds_nor_removes_one() {
        created("tok", "{\"roles\":[{\"name\":\"ci\"},{\"name\":\"empty\"}]}");
        api.post("/api/v1/projects/tok/roles/ci/token", "{\"id\":\"b\",\"expiresIn\":60}", admin);
        String token = "{\"iat\":" + NOW + ",\"exp\":" + (NOW + 60) + ",\"id\":\"b\"}";
        String shown = "\"spec\":{\"roles\":[{\"name\":\"ci\",\"jwtTokens\":[" + token + "]},{\"name\":\"empty\"}]},"
                + "\"status\":{\"jwtTokensByRole\":{\"ci\":{\"items\":[" + token + "]},\"empty\":{}}}}";
        assertThat(shown(api.get("/api/v1/projects/tok", admin))).isEqualTo("200 " + metadata("tok", 2, "") + shown);
        assertThat(api.get("/api/v1/projects", admin).body()).contains(shown);
        assertThat(shown(update(
                        "tok",
                        "{\"metadata\":{\"resourceVersion\":\"" + versionOf("tok")
                                + "\"},\"spec\":{\"roles\":[{\"name\":\"ci\","
                                + "\"jwtTokens\":[{\"iat\":1,\"id\":\"forged\"}]},{\"name\":\"empty\"}]}}")))
                .isEqualTo("200 " + metadata("tok", 3, "") + shown);
    }

    /** Contract 4.5: whoever writes a project, by whichever call, changes no token of it, nor what is told of one. */
    @Test
    void no_way_to_write_a_project_drops_adds_prolongs_or_revives_a_token() {
        created("owned", "{\"roles\":[{\"name\":\"ci\"}]}");
        String tokens = "/api/v1/projects/owned/roles/ci/token";
        String live = bearer(api.post(tokens, "{\"id\":\"live\",\"expiresIn\":60}", admin));
        String ended = bearer(api.post(tokens, "{\"id\":\"ended\"}", admin));
        String both = api.get("/api/v1/projects/owned", admin).body();
        assertThat(both).contains("\"id\":\"live\"", "\"id\":\"ended\"");
        assertThat(api.delete(tokens + "/0?id=ended", admin).status()).isEqualTo(200);
        String one = listsIn(api.get("/api/v1/projects/owned", admin).body());
        assertThat(one).contains("\"id\":\"live\"").doesNotContain("ended");

        String more = "{\"iat\":2,\"id\":\"more\"},";
        String forged = both.replaceAll("\"exp\":\\d+", "\"exp\":4102444800")
                .replace("\"jwtTokens\":[", "\"jwtTokens\":[" + more)
                .replace("\"items\":[", "\"items\":[" + more);
        String none =
                "{\"metadata\":{\"name\":\"owned\"},\"spec\":{\"description\":\"%s\",\"roles\":[{\"name\":\"ci\"}]}}";
        List<Supplier<Reply>> writes = List.of(
                () -> update("owned", atPresent("owned", both)),
                () -> update("owned", atPresent("owned", forged)),
                () -> update("owned", atPresent("owned", none.formatted("updated"))),
                () -> create(none.formatted("updated")),
                () -> upsert(none.formatted("upserted")),
                () -> upsert(forged),
                () -> upsert(both));
        for (Supplier<Reply> each : writes) {
            Reply reply = each.get();
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
            assertThat(listsIn(reply.body())).isEqualTo(one);
            assertThat(listsIn(api.get("/api/v1/projects/owned", admin).body())).isEqualTo(one);
            assertThat(api.get("/api/v1/projects/owned", live).status()).isEqualTo(200);
            assertThat(api.get("/api/v1/projects/owned", ended).status()).isEqualTo(401);
        }

        update("owned", atPresent("owned", "{\"metadata\":{},\"spec\":{}}"));
        assertThat(api.get("/api/v1/projects/owned", live).status()).isEqualTo(401);
        for (Supplier<Reply> each :
                List.<Supplier<Reply>>of(() -> update("owned", atPresent("owned", both)), () -> upsert(both))) {
            assertThat(each.get().body()).doesNotContain("\"id\":");
            assertThat(api.get("/api/v1/projects/owned", live).status()).isEqualTo(401);
        }
    }

    @Test
    void a_role_that_an_upsert_leaves_out_takes_its_tokens_along() {
        created("shrunk", "{\"roles\":[{\"name\":\"ci\"},{\"name\":\"cd\"}]}");
        String gone = bearer(api.post("/api/v1/projects/shrunk/roles/ci/token", "{}", admin));
        String kept = bearer(api.post("/api/v1/projects/shrunk/roles/cd/token", "{}", admin));
        assertThat(api.get("/api/v1/projects/shrunk", gone).status()).isEqualTo(200);

        upsert("{\"metadata\":{\"name\":\"shrunk\"},\"spec\":{\"roles\":[{\"name\":\"cd\"}]}}");

        assertThat(api.get("/api/v1/projects/shrunk", gone).status()).isEqualTo(401);
        assertThat(api.get("/api/v1/projects/shrunk", kept).status()).isEqualTo(200);
    }

    private Reply upsert(String project) {
        return api.post("/api/v1/projects", "{\"project\":" + project + ",\"upsert\":true}", admin);
    }

    private static String bearer(Reply reply) {
        return "Authorization: Bearer " + reply.body().replaceAll("\\{\"token\":\"(.*)\"}", "$1");
    }

    /** The project, over the version that it has now. */
    private String atPresent(String name, String project) {
        String open = "\"metadata\":{";
        String from = open + "\"resourceVersion\":\"" + versionOf(name) + "\"";
        String bare = project.replaceAll("\"resourceVersion\":\"\\d+\",?", "");
        return bare.contains(open + "}") ? bare.replace(open, from) : bare.replace(open, from + ",");
    }

    /** Both lists of tokens. */
    private static String listsIn(String project) {
        return project.replaceAll(".*(\"jwtTokens\":\\[[^]]*]).*(\"status\":.*)", "$1 $2");
    }

    @Test
    void a_role_that_is_gone_takes_its_tokens_along() {
        created("lost", "{\"roles\":[{\"name\":\"ci\"},{\"name\":\"empty\"}]}");
        String token = "Authorization: Bearer "
                + api.post("/api/v1/projects/lost/roles/ci/token", "{}", admin)
                        .body()
                        .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        assertThat(api.get("/api/v1/projects/lost", token).status()).isEqualTo(200);
        assertThat(update(
                                "lost",
                                "{\"metadata\":{\"resourceVersion\":\"" + versionOf("lost")
                                        + "\"},\"spec\":{\"roles\":[{\"name\":\"empty\"}]}}")
                        .body())
                .endsWith("\"spec\":{\"roles\":[{\"name\":\"empty\"}]},"
                        + "\"status\":{\"jwtTokensByRole\":{\"empty\":{}}}}");
        assertThat(api.get("/api/v1/session/userinfo", token).told()).isEqualTo("200 {}");
        assertThat(api.get("/api/v1/projects/lost", token).told())
                .isEqualTo(Api.error(
                        401,
                        16,
                        "invalid session: JWT token for role 'ci' issued at '" + NOW
                                + "' does not exist in project 'lost'"));
    }

    @Test
    void the_list_holds_what_one_may_see() {
        assertThat(api.get("/api/v1/projects", api.as("carol")).told())
                .isEqualTo("200 {\"metadata\":{\"resourceVersion\":\"0\"},\"items\":null}");
        created("mine", "{\"roles\":[{\"name\":\"ci\"}]}");
        String token = api.post("/api/v1/projects/mine/roles/ci/token", "{}", admin)
                .body()
                .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        assertThat(shown(api.get("/api/v1/projects", "Authorization: Bearer " + token)))
                .startsWith(
                        "200 {\"metadata\":{\"resourceVersion\":\"{version}\"},\"items\":[" + metadata("mine", 2, ""))
                .doesNotContain("\"name\":\"default\"");
    }

    @Test
    void a_deleted_project_is_gone_with_its_tokens_and_the_default_stays() {
        created("gone", "{\"roles\":[{\"name\":\"ci\"}]}");
        String token = "Authorization: Bearer "
                + api.post("/api/v1/projects/gone/roles/ci/token", "{}", admin)
                        .body()
                        .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        assertThat(api.delete("/api/v1/projects/gone", token).told())
                .isEqualTo(Api.error(
                        403,
                        7,
                        "permission denied: projects, delete, gone, sub: proj:gone:ci, iat: 2026-03-01T10:15:30Z"));
        assertThat(api.delete("/api/v1/projects/gone", admin).told()).isEqualTo("200 {}");
        assertThat(api.get("/api/v1/projects/gone", token).told())
                .isEqualTo(Api.error(401, 16, "invalid session: appproject.argoproj.io \"gone\" not found"));
        assertThat(api.delete("/api/v1/projects/gone", admin).told())
                .isEqualTo(Api.error(404, 5, "appprojects.argoproj.io \"gone\" not found"));
        assertThat(api.delete("/api/v1/projects/default", admin).told())
                .isEqualTo(Api.error(400, 3, "name 'default' is reserved and cannot be deleted"));
    }

    @Test
    void who_may_not_learns_nothing() {
        String carol = api.as("carol");
        for (String name : new String[] {"default", "nope"}) {
            String told = "permission denied: projects, %s, " + name + ", sub: carol, iat: 2026-03-01T10:15:30Z";
            assertThat(api.get("/api/v1/projects/" + name, carol).told())
                    .isEqualTo(Api.error(403, 7, told.formatted("get")));
            assertThat(api.put("/api/v1/projects/" + name, "{}", carol).told())
                    .isEqualTo(Api.error(403, 7, told.formatted("update")));
        }
        assertThat(api.delete("/api/v1/projects/nope", carol).status()).isEqualTo(403);
        // That it is there is no secret, and clients know this text (contract 4.6).
        assertThat(api.delete("/api/v1/projects/default", carol).told())
                .isEqualTo(Api.error(400, 3, "name 'default' is reserved and cannot be deleted"));
        assertThat(api.post("/api/v1/projects", "{\"project\":{\"metadata\":{\"name\":\"x\"}}}", carol)
                        .told())
                .isEqualTo(Api.error(
                        403, 7, "permission denied: projects, create, x, sub: carol, iat: 2026-03-01T10:15:30Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bad_", "a:b", "a/b", "-a", "a-", "a..b", "ä"})
    void a_name_is_a_subdomain(String name) {
        assertThat(create("{\"metadata\":{\"name\":\"" + name + "\"}}").told())
                .isEqualTo(Api.error(
                        400,
                        3,
                        "AppProject.argoproj.io \"" + name + "\" is invalid: metadata.name: Invalid value: \"" + name
                                + "\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                                + " characters, '-' or '.', and must start and end with an alphanumeric character"
                                + " (e.g. 'example.com', regex used for validation is"
                                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"metadata\":{\"generateName\":\"x-\"}} | 400 | 3 | AppProject.argoproj.io \"\" is invalid: metadata.name: Required value: name or generateName is required",
                "{\"metadata\":{}} | 400 | 3 | AppProject.argoproj.io \"\" is invalid: metadata.name: Required value: name or generateName is required",
                "{\"metadata\":{\"name\":\"x\",\"namespace\":\"other\"}} | 400 | 9 | the namespace of the provided object does not match the namespace sent on the request",
                "{\"metadata\":{\"name\":\"x\",\"resourceVersion\":\"1\"}} | 400 | 3 | resourceVersion should not be set on objects to be created",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\"},{\"name\":\"r\"}]}} | 409 | 6 | role 'r' already exists",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"-a\"}]}} | 400 | 3 | invalid role name '-a'. Must consist of alphanumeric characters, '-' or '_', and must start and end with an alphanumeric character",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\",\"policies\":[\"p, proj:x:r, applications, get, x/*, allow\",\"p,proj:x:r,applications,get,x/*,allow\"]}]}} | 409 | 6 | policy 'p, proj:x:r, applications, get, x/*, allow' already exists for role 'r'",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\",\"policies\":[\"\"]}]}} | 400 | 3 | invalid policy rule '': must be of the form: 'p, sub, res, act, obj, eft'",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\",\"policies\":[\"p, admin, applications, get, x/*, allow\"]}]}} | 400 | 3 | invalid policy rule 'p, admin, applications, get, x/*, allow': policy subject must be: 'proj:x:r', not 'admin'",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\",\"policies\":[\"p, proj:x:r, projects, get, x/*, allow\"]}]}} | 400 | 3 | invalid policy rule 'p, proj:x:r, projects, get, x/*, allow': project resource must be: 'applications', 'applicationsets', 'repositories', 'exec', 'logs' or 'clusters', not 'projects'",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\",\"policies\":[\"p, proj:x:r, applications, foo, x/*, allow\"]}]}} | 400 | 3 | invalid policy rule 'p, proj:x:r, applications, foo, x/*, allow': invalid action 'foo'",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\",\"policies\":[\"p, proj:x:r, applications, get, *, allow\"]}]}} | 400 | 3 | invalid policy rule 'p, proj:x:r, applications, get, *, allow': object must be of form 'x/*', 'x[/<NAMESPACE>]/<APPNAME>' or 'x/<APPNAME>', not '*'",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\",\"policies\":[\"p, proj:x:r, applications, get, x/*, Deny\"]}]}} | 400 | 3 | invalid policy rule 'p, proj:x:r, applications, get, x/*, Deny': effect must be: 'allow' or 'deny'",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\",\"groups\":[\"g\",\"g\"]}]}} | 409 | 6 | group 'g' already exists for role 'r'",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\",\"groups\":[\"a,b\"]}]}} | 400 | 3 | group 'a,b' must be quoted",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\",\"groups\":[\" \"]}]}} | 400 | 3 | group '' is empty",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\",\"groups\":[\" a\"]}]}} | 400 | 3 | group 'a' contains a leading space",
                "{\"metadata\":{\"name\":\"x\"},\"spec\":{\"roles\":[{\"name\":\"r\",\"groups\":[\"a \"]}]}} | 400 | 3 | group 'a' contains a trailing space"
            })
    void each_rule_of_a_project_is_told(String project, int status, int code, String told) {
        String wanted = Api.error(status, code, told).replace("<", "\\u003c").replace(">", "\\u003e");
        assertThat(create(project).told()).isEqualTo(wanted);
    }
}
