package dev.gatehouse.adapters.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import dev.gatehouse.domain.audit.AuditAction;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the keepers of a policy ask it, to the letter. */
@MicronautTest
class PolicyAdviceTest {
    private static final String POLICY = "/api/v1/policy/";
    private static final String NOT_YOURS =
            Api.error(403, 7, "permission denied: policies, get, *, sub: carol, iat: 2026-03-01T10:15:30Z");

    private final Api api;
    private final World world;

    PolicyAdviceTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(this::begin);
    }

    private void begin() {
        world.account("carol", "login");
        world.account("dora", "login");
        world.project("demo");
        put("g, dora, role:dev\\np, role:dev, logs, get, demo/*, allow\\n"
                + "p, role:dev, logs, get, demo/secret, deny\\ng, devs, role:dev");
    }

    private void put(String csv) {
        String version = api.get("/api/v1/policy", api.as("admin")).header("ETag");
        assertThat(api.put("/api/v1/policy", "{\"policyCsv\":\"" + csv + "\"}", api.as("admin"), "If-Match: " + version)
                        .status())
                .isEqualTo(200);
    }

    private Reply ask(String what, String body) {
        return api.post(POLICY + what, body, api.as("admin"));
    }

    private String can(String subject, String object) {
        return ask(
                        "can",
                        "{\"subject\":\"" + subject + "\",\"resource\":\"logs\",\"action\":\"get\",\"object\":\""
                                + object + "\"}")
                .told();
    }

    @Test
    void one_question_has_one_answer() {
        assertThat(can("dora", "demo/web")).isEqualTo("200 {\"allowed\":true}");
        assertThat(can("dora", "demo/secret")).isEqualTo("200 {\"allowed\":false}");
        assertThat(can("carol", "demo/web")).isEqualTo("200 {\"allowed\":false}");
        assertThat(can("", "demo/web")).isEqualTo("200 {\"allowed\":false}");
        assertThat(can("role:dev", "demo/web")).isEqualTo("200 {\"allowed\":true}");
        assertThat(can("role:devv", "demo/web")).isEqualTo("200 {\"allowed\":false,\"message\":\"no such role\"}");
        assertThat(can("proj:demo:none", "demo/web")).isEqualTo("200 {\"allowed\":false,\"message\":\"no such role\"}");
        assertThat(ask(
                                "can",
                                "{\"subject\":\"x\",\"groups\":[\"devs\"],\"resource\":\"logs\",\"action\":\"get\","
                                        + "\"object\":\"demo/web\"}")
                        .told())
                .isEqualTo("200 {\"allowed\":true}");
        assertThat(ask("can", "{\"subject\":\"admin\",\"resource\":\"certificates\",\"action\":\"get\"}")
                        .told())
                .as("no object is the empty one")
                .isEqualTo("200 {\"allowed\":true}");
    }

    @Test
    void many_questions_have_as_many_answers_in_their_order() {
        assertThat(ask("can", """
                        {"questions":[
                          {"subject":"dora","resource":"logs","action":"get","object":"demo/web"},
                          {"subject":"role:devv","resource":"logs","action":"get","object":"demo/web"},
                          {"claims":{"sub":"x","groups":["devs",1,null],"n":1e999999999999},
                           "resource":"logs","action":"get","object":"demo/web"},
                          {"claims":{"sub":"dora"},"resource":"logs","action":"get","object":"demo/web"}]}""").told())
                .isEqualTo("200 {\"answers\":[{\"allowed\":true},{\"allowed\":false,\"message\":\"no such role\"},"
                        + "{\"allowed\":true},{\"allowed\":false}]}");
    }

    @Test
    void a_draft_takes_nothing_from_the_policy_in_force() {
        String about = "\"subject\":\"dora\",\"resource\":\"logs\",\"action\":\"get\",\"object\":\"demo/web\"";
        assertThat(ask("can", "{" + about + ",\"draft\":{}}").told()).isEqualTo("200 {\"allowed\":false}");
        assertThat(ask("can", "{" + about + ",\"draft\":{\"policyDefault\":\"role:readonly\"}}")
                        .told())
                .isEqualTo("200 {\"allowed\":true}");
        assertThat(ask(
                                "can",
                                "{" + about + ",\"draft\":{\"policyCsv\":\"g, dora, role:x\",\"extra\":"
                                        + "{\"policy.a.csv\":\"p, role:x, logs, get, demo/w.b$, allow\"},"
                                        + "\"matchMode\":\"regex\"}}")
                        .told())
                .isEqualTo("200 {\"allowed\":true}");
        String project = "\"draft\":{\"scopes\":[\"teams\"],\"projects\":[{\"name\":\"demo\",\"roles\":[{\"name\":"
                + "\"ops\",\"policies\":[\"p, proj:demo:ops, logs, get, demo/*, allow\"],\"groups\":[\"ops\"]}]}]}";
        assertThat(ask(
                                "can",
                                "{\"claims\":{\"sub\":\"x\",\"teams\":\"ops\"},\"resource\":\"logs\",\"action\":\"get\","
                                        + "\"object\":\"demo/web\"," + project + "}")
                        .told())
                .isEqualTo("200 {\"allowed\":true}");
        assertThat(ask(
                                "can",
                                "{\"subject\":\"proj:demo:ops\",\"resource\":\"logs\",\"action\":\"get\","
                                        + "\"object\":\"demo/web\"," + project + "}")
                        .told())
                .isEqualTo("200 {\"allowed\":true}");
        assertThat(ask("can", "{" + about + ",\"draft\":{\"policyCsv\":\"p, a\"}}")
                        .told())
                .isEqualTo(Api.error(400, 3, "policyCsv, line 1, column 4: a 'p' line has 6 fields, this one has 2"));
    }

    @Test
    void a_draft_without_scopes_has_those_of_a_policy_without_them() {
        String question = "{\"claims\":{\"sub\":\"x\",\"groups\":[\"devs\"]},\"resource\":\"logs\",\"action\":\"get\","
                + "\"object\":\"demo/web\",\"draft\":{\"policyCsv\":"
                + "\"g, devs, role:x\\np, role:x, logs, get, *, allow\"";
        assertThat(ask("can", question + "}}").told()).isEqualTo("200 {\"allowed\":true}");
        assertThat(ask("can", question + ",\"scopes\":[]}}").told()).isEqualTo("200 {\"allowed\":false}");
    }

    @Test
    void an_explanation_names_the_rule_that_decides_and_where_it_stands() {
        assertThat(ask(
                                "explain",
                                "{\"subject\":\"dora\",\"resource\":\"logs\",\"action\":\"get\",\"object\":"
                                        + "\"demo/web\"}")
                        .told())
                .isEqualTo("200 {\"allowed\":true,\"decidedBy\":{\"rule\":\"p, role:dev, logs, get, demo/*, allow\","
                        + "\"source\":\"global\",\"line\":2},\"matched\":[{\"rule\":"
                        + "\"p, role:dev, logs, get, demo/*, allow\",\"source\":\"global\",\"line\":2}],"
                        + "\"nearest\":[],\"roles\":[\"dora\",\"role:dev\"]}");
        assertThat(ask(
                                "explain",
                                "{\"subject\":\"dora\",\"resource\":\"logs\",\"action\":\"get\",\"object\":"
                                        + "\"demo/secret\"}")
                        .told())
                .isEqualTo("200 {\"allowed\":false,\"decidedBy\":{\"rule\":"
                        + "\"p, role:dev, logs, get, demo/secret, deny\",\"source\":\"global\",\"line\":3},"
                        + "\"matched\":[{\"rule\":\"p, role:dev, logs, get, demo/*, allow\",\"source\":\"global\","
                        + "\"line\":2},{\"rule\":\"p, role:dev, logs, get, demo/secret, deny\",\"source\":\"global\","
                        + "\"line\":3}],\"nearest\":[],\"roles\":[\"dora\",\"role:dev\"]}");
        assertThat(ask(
                                "explain",
                                "{\"subject\":\"proj:demo:ci\",\"resource\":\"projects\",\"action\":\"get\","
                                        + "\"object\":\"demo\"}")
                        .body())
                .as("nobody wrote that line")
                .startsWith("{\"allowed\":true,\"decidedBy\":{\"rule\":\"p, proj:demo:ci, projects, get, demo, allow\","
                        + "\"source\":\"implied:demo\"},");
    }

    @Test
    void a_no_without_a_rule_shows_what_would_have_allowed_it() {
        assertThat(ask(
                                "explain",
                                "{\"subject\":\"dora\",\"resource\":\"logs\",\"action\":\"delete\",\"object\":"
                                        + "\"demo/web\",\"draft\":{\"policyCsv\":"
                                        + "\"p, dora, logs, get, demo/*, allow\\np, eve, logs, delete, *, allow\"}}")
                        .told())
                .isEqualTo("200 {\"allowed\":false,\"matched\":[],\"nearest\":[{\"rule\":"
                        + "\"p, dora, logs, get, demo/*, allow\",\"source\":\"global\",\"line\":1,"
                        + "\"differsIn\":[\"action\"]},{\"rule\":\"p, eve, logs, delete, *, allow\",\"source\":"
                        + "\"global\",\"line\":2,\"differsIn\":[\"subject\"]}],\"roles\":[\"dora\"]}");
        assertThat(ask(
                                "explain",
                                "{\"subject\":\"role:devv\",\"resource\":\"logs\",\"action\":\"get\",\"object\":"
                                        + "\"demo/web\"}")
                        .told())
                .isEqualTo("200 {\"allowed\":false,\"message\":\"no such role\",\"matched\":[],\"nearest\":[],"
                        + "\"roles\":[]}");
    }

    @Test
    void who_can_lists_everybody_whom_the_policy_names() {
        assertThat(ask("who-can", "{\"resource\":\"logs\",\"action\":\"get\",\"object\":\"demo/web\"}")
                        .told())
                .isEqualTo(
                        "200 {\"items\":[{\"subject\":\"admin\",\"via\":[\"role:admin\",\"role:readonly\"]},"
                                + "{\"subject\":\"devs\",\"via\":[\"role:dev\"]},{\"subject\":\"dora\",\"via\":[\"role:dev\"]}]}");
        assertThat(ask("who-can", "{\"resource\":\"none\",\"action\":\"get\"}").told())
                .isEqualTo("200 {\"items\":[]}");
    }

    @Test
    void a_difference_says_who_gains_and_who_loses_what() {
        assertThat(ask(
                                "diff",
                                "{\"policyCsv\":\"g, devs, role:dev\\np, role:dev, logs, get, demo/*, allow\\n"
                                        + "p, role:dev, logs, get, demo/secret, deny\\np, role:dev, exec, create, demo/x, allow\\n"
                                        + "g, dora, role:none\"}")
                        .told())
                .isEqualTo(
                        "200 {\"gained\":[{\"subject\":\"devs\",\"resource\":\"exec\",\"action\":\"create\",\"object\":"
                                + "\"demo/x\"},{\"subject\":\"role:dev\",\"resource\":\"exec\",\"action\":\"create\",\"object\":"
                                + "\"demo/x\"}],\"lost\":[{\"subject\":\"dora\",\"resource\":\"logs\",\"action\":\"get\",\"object\":"
                                + "\"demo/*\"}],\"complete\":true}");
        assertThat(ask("diff", "{\"policyCsv\":\"\"}").body())
                .contains("\"gained\":[],\"lost\":[{\"subject\":\"devs\"");
    }

    @Test
    void a_valid_policy_has_no_problems() {
        assertThat(ask("validate", "{\"policyCsv\":\"\"}").told()).isEqualTo("200 {\"valid\":true,\"problems\":[]}");
        assertThat(ask(
                                "validate",
                                "{\"policyCsv\":\"g, a, role:b\\np, role:b, a, b, c, allow\",\"policyDefault\":\"role:b\","
                                        + "\"scopes\":[],\"matchMode\":\"regex\",\"extra\":{\"policy.csv\":\"\"}}")
                        .told())
                .isEqualTo("200 {\"valid\":true,\"problems\":[]}");
    }

    @Test
    void each_problem_has_its_document_line_and_column() {
        assertThat(ask("validate", """
                        {"policyCsv":"p, a, b\\n\\np, a, b, c, d, Deny","extra":{"policy.x.csv":"q, x","other":""},
                         "matchMode":"globb","scopes":[""],
                         "projects":[{"name":"demo","roles":[{"name":"ci","policies":["p, a"]}]}]}""").told())
                .isEqualTo("200 {\"valid\":false,\"problems\":["
                        + "{\"field\":\"matchMode\",\"message\":\"matchMode must be 'glob' or 'regex', not 'globb'\"},"
                        + "{\"field\":\"scopes\",\"message\":\"scopes must be names of claims; none of them may be"
                        + " blank\"},"
                        + "{\"line\":1,\"column\":7,\"message\":\"a 'p' line has 6 fields, this one has 3\"},"
                        + "{\"line\":3,\"column\":16,\"message\":\"the effect is 'allow' or 'deny', not 'Deny'\"},"
                        + "{\"document\":\"policy.x.csv\",\"line\":1,\"column\":1,\"message\":\"a line begins with 'p'"
                        + " or 'g', not with 'q'; comments begin with '#'\"},"
                        + "{\"field\":\"extra.other\",\"message\":\"extra 'other' must have a name as policy.x.csv\"},"
                        + "{\"document\":\"projects.demo.roles.ci\",\"line\":1,\"column\":4,\"message\":\"a 'p' line has"
                        + " 6 fields, this one has 2\"}]}");
        assertThat(ask("validate", "{\"policyCsv\":\"\",\"policyDefault\":\"role:none\"}")
                        .told())
                .isEqualTo("200 {\"valid\":false,\"problems\":[{\"field\":\"policyDefault\",\"message\":\"policyDefault"
                        + " 'role:none' is no role of this policy; define it or name another\"}]}");
        assertThat(ask("validate", "{\"policyCsv\":\"p, admin, *, *, *, deny\"}")
                        .body())
                .contains(
                        "{\"field\":\"policyCsv\",\"message\":\"with this policy nobody who can sign in could change");
    }

    @Test
    void the_permissions_of_a_role_are_listed_with_where_they_come_from() {
        assertThat(api.get("/api/v1/projects/demo/roles/ci/permissions", api.as("admin"))
                        .told())
                .isEqualTo("200 {\"items\":["
                        + "{\"resource\":\"projects\",\"action\":\"get\",\"object\":\"demo\",\"effect\":\"allow\",\"rule\":"
                        + "\"p, proj:demo:ci, projects, get, demo, allow\",\"source\":\"implied:demo\"},"
                        + "{\"resource\":\"applications\",\"action\":\"get\",\"object\":\"demo/*\",\"effect\":\"allow\","
                        + "\"rule\":\"p, proj:demo:ci, applications, get, demo/*, allow\",\"source\":\"project:demo\"},"
                        + "{\"resource\":\"events\",\"action\":\"create\",\"object\":\"demo/*\",\"effect\":\"allow\","
                        + "\"rule\":\"p, proj:demo:ci, events, create, demo/*, allow\",\"source\":\"project:demo\"}]}");
    }

    @Test
    void permissions_are_for_who_may_see_the_project_and_say_nothing_of_what_is_not_there() {
        String carol = api.as("carol");
        for (String project : List.of("demo", "none"))
            assertThat(api.get("/api/v1/projects/" + project + "/roles/ci/permissions", carol)
                            .told())
                    .isEqualTo(Api.error(
                            403,
                            7,
                            "permission denied: projects, get, " + project
                                    + ", sub: carol, iat: 2026-03-01T10:15:30Z"));
        String admin = api.as("admin");
        assertThat(api.get("/api/v1/projects/none/roles/ci/permissions", admin).told())
                .isEqualTo(Api.error(404, 5, "appprojects.argoproj.io \"none\" not found"));
        assertThat(api.get("/api/v1/projects/demo/roles/none/permissions", admin)
                        .told())
                .isEqualTo(Api.error(404, 5, "project 'demo' does not have role 'none'"));
        String ci = "Authorization: Bearer "
                + world.managingProjectTokens
                        .issue(
                                world.admin(),
                                "demo",
                                "ci",
                                new dev.gatehouse.application.token.NewToken(java.util.Optional.empty(), "", 60))
                        .secret()
                        .reveal();
        assertThat(api.get("/api/v1/projects/demo/roles/ci/permissions", ci).status())
                .as("a role sees its own")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "can", "explain", "who-can", "diff"})
    void the_policy_is_asked_by_its_keepers_alone(String what) {
        String body = switch (what) {
            case "validate", "diff" -> "{\"policyCsv\":\"\"}";
            case "who-can" -> "{\"resource\":\"logs\",\"action\":\"get\"}";
            default -> "{\"subject\":\"carol\",\"resource\":\"logs\",\"action\":\"get\"}";
        };
        assertThat(api.post(POLICY + what, body).told()).isEqualTo(Api.error(401, 16, "no session information"));
        assertThat(api.post(POLICY + what, body, api.as("carol")).told()).isEqualTo(NOT_YOURS);
        assertThat(world.lastEntry().action()).isEqualTo(AuditAction.ACCESS_DENIED);
        assertThat(ask(what, body).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "can|{}|subject is missing; send \"\" for somebody anonymous, or claims",
                "can|{'subject':'a'}|resource is missing",
                "can|{'subject':'a','resource':'logs'}|action is missing",
                "can|{'subject':1,'resource':'logs','action':'get'}|subject must be a text, not a number",
                "can|{'subject':'a','claims':{},'resource':'logs','action':'get'}"
                        + "|claims stands in place of subject and groups; send one or the other",
                "can|{'groups':[],'claims':{},'resource':'logs','action':'get'}"
                        + "|claims stands in place of subject and groups; send one or the other",
                "can|{'claims':[],'resource':'logs','action':'get'}|claims must be an object, not a list",
                "can|{'subject':'a','questions':[]}|subject stands beside questions; send one question, or questions",
                "can|{'questions':[]}|questions has 0 items; send 1 to 1000",
                "can|{'questions':{}}|questions must be a list, not an object",
                "can|{'questions':[1]}|questions[0] must be an object, not a number",
                "can|{'questions':[{'subject':'a','resource':'logs','action':'get','objekt':'x'}]}"
                        + "|unknown member 'questions[0].objekt'; there is: subject, groups, claims, resource, action,"
                        + " object",
                "can|{'questions':[{'subject':'a','resource':'logs','action':'get'},{'subject':'a'}]}"
                        + "|questions[1].resource is missing",
                "can|{'subject':'a','resource':'logs','action':'get','draft':{'policy':''}}"
                        + "|unknown member 'draft.policy'; there is: policyCsv, extra, policyDefault, scopes, matchMode,"
                        + " projects",
                "can|{'subject':'a','resource':'logs','action':'get','draft':{'extra':{'policy.x.csv':1}}}"
                        + "|draft.extra.policy.x.csv must be a text, not a number",
                "can|{'subject':'a','resource':'logs','action':'get','draft':{'projects':[{}]}}"
                        + "|draft.projects[0].name is missing",
                "can|{'subject':'a','resource':'logs','action':'get','draft':{'projects':[{'name':'x','role':[]}]}}"
                        + "|unknown member 'draft.projects[0].role'; there is: name, roles",
                "can|{'subject':'a','resource':'logs','action':'get','draft':{'projects':[{'name':'x','roles':"
                        + "[{'name':'r','policy':[]}]}]}}"
                        + "|unknown member 'draft.projects[0].roles[0].policy'; there is: name, policies, groups",
                "explain|{'questions':[]}"
                        + "|unknown member 'questions'; there is: subject, groups, claims, resource, action, object, draft",
                "who-can|{}|resource is missing",
                "who-can|{'resource':'logs','action':'get','subject':'x'}"
                        + "|unknown member 'subject'; there is: resource, action, object",
                "diff|{}|policyCsv is missing; send the whole policy, \"\" for none",
                "validate|{}|policyCsv is missing; send the whole policy, \"\" for none",
                "validate|{'policyCsv':'','scopes':'groups'}|scopes must be a list, not a text"
            })
    void a_question_that_does_not_read_is_refused_by_the_name_of_the_member(String what, String body, String message) {
        assertThat(ask(what, body.replace('\'', '"')).told()).isEqualTo(Api.error(400, 3, message));
    }

    @Test
    void there_are_bounds_and_they_are_named() {
        String question = "{\"subject\":\"a\",\"resource\":\"logs\",\"action\":\"get\"}";
        String many = IntStream.range(0, 1000).mapToObj(any -> question).collect(Collectors.joining(","));
        assertThat(ask("can", "{\"questions\":[" + many + "]}").status()).isEqualTo(200);
        assertThat(ask("can", "{\"questions\":[" + many + "," + question + "]}").told())
                .isEqualTo(Api.error(400, 3, "questions has 1001 items; send 1 to 1000"));
        String most = "x".repeat(1024);
        String about = ",\"resource\":\"logs\",\"action\":\"get\"}";
        assertThat(ask("can", "{\"subject\":\"" + most + "\"" + about).status()).isEqualTo(200);
        assertThat(ask("can", "{\"subject\":\"" + most + "x\"" + about).told())
                .isEqualTo(Api.error(400, 3, "subject is too long; use at most 1024 characters"));
        assertThat(ask("can", "{\"subject\":\"a\",\"groups\":[\"" + most + "x\"]" + about)
                        .told())
                .isEqualTo(Api.error(400, 3, "groups is too long; use at most 1024 characters"));
        String groups =
                IntStream.range(0, 1001).mapToObj(each -> "\"g" + each + "\"").collect(Collectors.joining(","));
        assertThat(ask("can", "{\"subject\":\"a\",\"groups\":[" + groups + "]" + about)
                        .told())
                .isEqualTo(Api.error(400, 3, "groups has more than 1000 groups; send fewer"));
        assertThat(ask("who-can", "{\"resource\":\"logs\",\"action\":\"get\",\"object\":\"" + most + "x\"}")
                        .told())
                .isEqualTo(Api.error(400, 3, "object is too long; use at most 1024 characters"));
    }

    @Test
    void further_documents_are_part_of_the_policy() {
        String admin = api.as("admin");
        String read = api.get("/api/v1/policy", admin).body();
        String version = read.replaceAll(".*\"resourceVersion\":\"(\\d+)\".*", "$1");
        String csv = read.replaceAll(".*\"policyCsv\":\"(.*?)\",\"policyDefault.*", "$1");
        Reply put = api.put(
                "/api/v1/policy",
                "{\"policyCsv\":\"" + csv
                        + "\",\"extra\":{\"policy.b.csv\":\"p, role:more, exec, create, demo/x, allow\","
                        + "\"policy.a.csv\":\"g, carol, role:more\"},\"resourceVersion\":\"" + version + "\"}",
                admin);
        assertThat(put.body())
                .contains("\",\"extra\":{\"policy.a.csv\":\"g, carol, role:more\",\"policy.b.csv\":"
                        + "\"p, role:more, exec, create, demo/x, allow\"},\"policyDefault\":\"\"");
        assertThat(api.get("/api/v1/policy", admin).body()).isEqualTo(put.body());
        assertThat(ask(
                                "explain",
                                "{\"subject\":\"carol\",\"resource\":\"exec\",\"action\":\"create\",\"object\":"
                                        + "\"demo/x\"}")
                        .body())
                .startsWith("{\"allowed\":true,\"decidedBy\":{\"rule\":\"p, role:more, exec, create, demo/x, allow\","
                        + "\"source\":\"global:policy.b.csv\",\"line\":1},");
        String next = put.header("ETag");
        assertThat(api.put(
                                "/api/v1/policy",
                                "{\"policyCsv\":\"\",\"extra\":{\"policy.a.csv\":\"\\np, x\"}}",
                                admin,
                                "If-Match: " + next)
                        .told())
                .isEqualTo(Api.error(
                        400, 3, "extra.policy.a.csv, line 2, column 4: a 'p' line has 6 fields, this one has 2"));
        assertThat(api.put(
                                "/api/v1/policy",
                                "{\"policyCsv\":\"\",\"extra\":{\"a.csv\":\"\"}}",
                                admin,
                                "If-Match: " + next)
                        .told())
                .isEqualTo(Api.error(400, 3, "extra 'a.csv' must have a name as policy.x.csv"));
        assertThat(api.get("/api/v1/policy", admin).body())
                .as("the last good one stays")
                .isEqualTo(put.body());
        assertThat(api.put("/api/v1/policy", "{\"policyCsv\":\"" + csv + "\"}", admin, "If-Match: " + next)
                        .body())
                .as("what is left out of a whole policy is gone")
                .doesNotContain("extra");
    }
}
