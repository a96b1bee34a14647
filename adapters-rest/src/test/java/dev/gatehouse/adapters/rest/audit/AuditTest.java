package dev.gatehouse.adapters.rest.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MicronautTest
class AuditTest {
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");

    private final Api api;
    private final World world;

    AuditTest(Api api, World world) {
        this.api = api;
        this.world = world;
    }

    private static List<Long> sequences(Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        return SEQUENCE.matcher(reply.body())
                .results()
                .map(MatchResult::group)
                .map(each -> Long.valueOf(each.substring(11)))
                .toList();
    }

    @Test
    void an_entry_says_who_did_what_from_where() {
        String admin = api.as("admin");
        api.post(
                "/api/v1/account",
                "{\"name\":\"alice\"}",
                admin,
                "X-Request-Id: made-by-a-test",
                "User-Agent: curl/8.5");
        assertThat(api.get("/api/v1/audit?action=account.created&limit=1", admin)
                        .masked())
                .isEqualTo("200 {\"items\":[{\"sequence\":" + last() + ",\"at\":\"2026-03-01T10:15:30.123456Z\","
                        + "\"actor\":{\"subject\":\"admin\",\"tokenId\":\"{uuid}\",\"method\":\"session\"},"
                        + "\"from\":\"127.0.0.1\",\"userAgent\":\"curl/8.5\",\"action\":\"account.created\","
                        + "\"target\":{\"kind\":\"account\",\"name\":\"alice\"},\"outcome\":\"done\","
                        + "\"requestId\":\"made-by-a-test\"}],\"metadata\":"
                        + (sequences(api.get("/api/v1/audit?action=account.created", admin))
                                                .size()
                                        > 1
                                ? "{\"continue\":\"" + last() + "\"}"
                                : "{}")
                        + "}");
    }

    private long last() {
        return sequences(api.get("/api/v1/audit?action=account.created&limit=1", api.as("admin")))
                .getFirst();
    }

    @Test
    void pages_follow_each_other_without_gap_and_repetition() {
        String admin = api.as("admin");
        for (int i = 0; i < 5; i++) api.post("/api/v1/session", "{\"username\":\"x\",\"password\":\"y\"}", Api.JSON);
        List<Long> all = sequences(api.get("/api/v1/audit?limit=1000", admin));
        List<Long> paged = new ArrayList<>();
        String next = "";
        do {
            Reply page = api.get("/api/v1/audit?limit=2" + (next.isEmpty() ? "" : "&continue=" + next), admin);
            paged.addAll(sequences(page));
            next = page.body().contains("continue")
                    ? page.body().replaceAll(".*\"continue\":\"([^\"]*)\".*", "$1")
                    : "";
        } while (!next.isEmpty());
        assertThat(paged).containsExactlyElementsOf(all);
        assertThat(all).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @Test
    void what_is_not_there_is_an_empty_list() {
        assertThat(api.get("/api/v1/audit?actor=nobody-ever", api.as("admin")).told())
                .isEqualTo("200 {\"items\":[],\"metadata\":{}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x=1 | unknown query parameter 'x'; there is: from, to, actor, action, target, outcome, project, limit, continue",
                "Limit=1 | unknown query parameter 'Limit'; there is: from, to, actor, action, target, outcome, project, limit, continue",
                "limit=1&limit=2 | query parameter limit is given twice; give it once",
                "limit=0 | limit must be 1 to 1000, not 0",
                "limit=1001 | limit must be 1 to 1000, not 1001",
                "limit=many | limit must be 1 to 1000, not 'many'",
                "continue=%00 | continue is none that this list gave out; start again without it",
                "continue=abc | continue is none that this list gave out; start again without it",
                "from=yesterday | query parameter from must be a time as 2026-08-22T10:00:00Z, not 'yesterday'",
                "outcome=maybe | unknown outcome 'maybe'; there is: done, refused, failed"
            })
    void a_query_that_does_not_fit_is_told_why(String query, String told) {
        assertThat(api.get("/api/v1/audit?" + query, api.as("admin")).told()).isEqualTo(Api.error(400, 3, told));
    }

    @Test
    void an_unknown_action_is_told_which_there_are() {
        assertThat(api.get("/api/v1/audit?action=x", api.as("admin")).body())
                .contains("unknown action 'x'; there is: session.created, session.refused,");
    }

    @Test
    void the_audit_is_for_auditors() {
        world.account("carol", "login");
        assertThat(api.get("/api/v1/audit", api.as("carol")).told())
                .isEqualTo(
                        Api.error(403, 7, "permission denied: audit, get, *, sub: carol, iat: 2026-03-01T10:15:30Z"));
    }
}
