package dev.gatehouse.adapters.rest.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The life of tokens over HTTP. */
@MicronautTest
class TokensTest {
    private static final Pattern SECRET = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final String TOKENS = "/api/v1/tokens";
    private static final Pattern FILTERED = Pattern.compile("\"id\":\"(f-[a-z]+)\"");

    private final Api api;
    private final World world;

    TokensTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(this::begin);
    }

    private void begin() {
        world.account("alice", "login", "apiKey");
        world.project("demo");
        world.project("paged");
        world.project("aged");
    }

    private static String bearer(Reply reply) {
        Matcher found = SECRET.matcher(reply.body());
        assertThat(found.find()).as(reply.told()).isTrue();
        return "Authorization: Bearer " + found.group(1);
    }

    private Reply issue(String body, String... headers) {
        String[] all = new String[headers.length + 1];
        System.arraycopy(headers, 0, all, 0, headers.length);
        all[headers.length] = api.as("admin");
        return api.post(TOKENS, body, all);
    }

    @Test
    void the_full_form_gives_out_a_token_with_everything_that_was_asked_for() {
        Reply made = issue("""
                {"subject":"proj:demo:ci","id":"full","description":"nightly","expiresIn":7200,
                 "notBefore":"2026-03-01T11:00:00Z",
                 "restrictions":{"networks":["127.0.0.0/8"],"permissions":["applications, sync, demo/*"],"maxUses":10}}""");

        assertThat(made.status()).as(made.told()).isEqualTo(200);
        assertThat(made.header("Location")).isEqualTo(TOKENS + "/full");
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(made.body())
                .startsWith("{\"id\":\"full\",\"name\":\"full\",\"kind\":\"project\",\"subject\":\"proj:demo:ci\","
                        + "\"project\":\"demo\",\"role\":\"ci\",\"description\":\"nightly\",\"state\":\"")
                .contains("\"createdBy\":\"admin\"")
                .contains("\"restrictions\":{\"networks\":[\"127.0.0.0/8\"],"
                        + "\"permissions\":[\"applications, sync, demo/*\"],\"maxUses\":10},\"uses\":0")
                .doesNotContain("null");
        Reply item = api.get(TOKENS + "/full", api.as("admin"));
        assertThat(item.status()).isEqualTo(200);
        assertThat(item.body()).doesNotContain("\"token\"").contains("\"family\":\"full\"");
    }

    @Test
    void a_slip_in_a_restriction_widens_nothing() {
        assertThat(issue("{\"subject\":\"alice\",\"restriction\":{}}").told())
                .isEqualTo(Api.error(
                        400,
                        3,
                        "unknown member 'restriction'; there is: subject, id, description, expiresIn, notBefore,"
                                + " restrictions"));
        assertThat(issue("{\"subject\":\"alice\",\"restrictions\":{\"network\":[]}}")
                        .told())
                .isEqualTo(Api.error(
                        400, 3, "unknown member 'restrictions.network'; there is: networks, permissions, maxUses"));
        assertThat(issue("{\"subject\":\"alice\",\"restrictions\":{\"networks\":[]}}")
                        .told())
                .isEqualTo(Api.error(
                        400,
                        3,
                        "restrictions.networks is empty; name at least one, or leave it out for no restriction"));
        assertThat(issue("{\"subject\":\"alice\",\"restrictions\":{\"networks\":[\"192.0.2.7/24\"]}}")
                        .told())
                .isEqualTo(Api.error(
                        400,
                        3,
                        "restrictions.networks '192.0.2.7/24' has bits set behind its prefix; write 192.0.2.0/24, or a"
                                + " longer prefix"));
        assertThat(issue("{\"subject\":\"alice\",\"restrictions\":{\"permissions\":[\"applications\"]}}")
                        .status())
                .isEqualTo(400);
        for (String uses : new String[] {"0", "-1", "2147483648", "1.5", "\"3\""})
            assertThat(issue("{\"subject\":\"alice\",\"restrictions\":{\"maxUses\":" + uses + "}}")
                            .status())
                    .isEqualTo(400);
        assertThat(issue("{\"subject\":\"a:b\"}").status()).isEqualTo(400);
        assertThat(issue("{}").status()).isEqualTo(400);
    }

    @Test
    void the_same_key_and_body_give_the_same_token_until_it_is_used() {
        String body = "{\"subject\":\"alice\",\"description\":\"once\"}";
        Reply first = issue(body, "Idempotency-Key: k-1");
        Reply again = issue("{\"subject\":\"alice\", \"description\":\"once\"}", "Idempotency-Key: k-1");

        assertThat(again.body().replaceAll("\"token\":.*", ""))
                .isEqualTo(first.body().replaceAll("\"token\":.*", ""));
        assertThat(api.get("/api/v1/session/userinfo", bearer(again)).body()).contains("alice");
        assertThat(issue(body, "Idempotency-Key: k-1").status()).isEqualTo(409);
        assertThat(issue(body.replace("once", "other"), "Idempotency-Key: k-1").told())
                .isEqualTo(Api.error(
                        422,
                        3,
                        "this Idempotency-Key was used for another request within the last 24 hours; use a new key"));
        assertThat(issue(body, "Idempotency-Key: " + "k".repeat(256)).status()).isEqualTo(400);
    }

    @Test
    void an_id_that_was_taken_is_told_in_words_that_fit_a_role_as_well_as_an_account() {
        for (String subject : new String[] {"alice", "proj:demo:ci"}) {
            String body = "{\"subject\":\"" + subject + "\",\"id\":\"taken\"}";
            issue(body);
            assertThat(issue(body).told())
                    .isEqualTo(Api.error(
                            409,
                            6,
                            "a token of this account or role was called 'taken' before, and none ever is again; choose"
                                    + " another id, or leave it out to have one made up"));
        }
    }

    @Test
    void a_token_is_rotated_with_an_overlap() {
        Reply old = issue("{\"subject\":\"proj:demo:ci\",\"id\":\"turn\",\"expiresIn\":86400}");
        Reply next = api.post(
                TOKENS + "/turn/rotate",
                "{\"overlapSeconds\":3600,\"id\":\"turn-2\"}",
                api.as("admin"),
                "Idempotency-Key: r-1");

        assertThat(next.status()).as(next.told()).isEqualTo(200);
        assertThat(next.body())
                .contains("\"id\":\"turn-2\"")
                .contains("\"predecessor\":\"turn\"")
                .contains("\"predecessorEndsAt\":\"")
                .contains("\"family\":\"turn\"");
        assertThat(next.header("Location")).isEqualTo(TOKENS + "/turn-2");
        assertThat(next.header("Cache-Control")).isEqualTo("no-store");
        assertThat(api.post(
                                TOKENS + "/turn/rotate",
                                "{\"overlapSeconds\":3600,\"id\":\"turn-2\"}",
                                api.as("admin"),
                                "Idempotency-Key: r-1")
                        .body())
                .as("the very same token, made again")
                .isEqualTo(next.body());
        assertThat(api.get(TOKENS + "/turn", api.as("admin")).body())
                .contains("\"state\":\"superseded\"")
                .contains("\"successor\":\"turn-2\"")
                .contains("\"overlapEndsAt\"");
        assertThat(api.get("/api/v1/session/userinfo", bearer(old)).body()).contains("proj:demo:ci");
        assertThat(api.get("/api/v1/session/userinfo", bearer(next)).body()).contains("proj:demo:ci");
        assertThat(api.post(
                                TOKENS + "/turn/rotate",
                                "{\"overlapSeconds\":3600,\"id\":\"turn-2\"}",
                                api.as("admin"),
                                "Idempotency-Key: r-1")
                        .status())
                .as("its secret is not shown any more")
                .isEqualTo(409);
        assertThat(api.get("/api/v1/session/userinfo", bearer(old)).body()).isEqualTo("{}");
        assertThat(api.post(TOKENS + "/turn/rotate", "", api.as("admin")).told())
                .isEqualTo(Api.error(
                        409,
                        10,
                        "token 'turn' was rotated, ended or has expired; read it again and go on with its successor"));
        assertThat(api.post(TOKENS + "/turn-2/rotate", "{\"overlapSeconds\":-1}", api.as("admin"))
                        .status())
                .isEqualTo(400);
        assertThat(api.post(TOKENS + "/turn-2/rotate", "{\"overlap\":1}", api.as("admin"))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void a_token_is_ended_for_a_reason_and_repeating_it_changes_nothing() {
        issue("{\"subject\":\"alice\",\"id\":\"gone\"}");

        assertThat(api.delete(TOKENS + "/gone?reason=left", api.as("alice")).told())
                .isEqualTo("200 {}");
        assertThat(api.delete(TOKENS + "/gone?reason=again", api.as("admin")).told())
                .isEqualTo("200 {}");

        assertThat(api.get(TOKENS + "/gone", api.as("alice")).body())
                .contains("\"state\":\"revoked\"")
                .contains("\"revokedBy\":\"alice\",\"reason\":\"left\"");
        assertThat(api.delete(TOKENS + "/no-such", api.as("admin")).told())
                .isEqualTo(Api.error(404, 5, "token with id 'no-such' does not exist"));
        assertThat(api.delete(TOKENS + "/no-such", api.as("alice")).status()).isEqualTo(403);
    }

    @Test
    void a_reason_that_a_terminal_would_obey_is_refused() {
        issue("{\"subject\":\"alice\",\"id\":\"stays\"}");

        assertThat(api.delete(TOKENS + "/stays?reason=%1b%5b2J", api.as("alice"))
                        .told())
                .isEqualTo(Api.error(
                        400,
                        3,
                        "reason holds the control character U+001B; leave it out: of these, line feeds and tabs alone are"
                                + " taken"));
        assertThat(api.delete(TOKENS + "/stays?reason=two%0alines", api.as("alice"))
                        .told())
                .isEqualTo("200 {}");
    }

    @Test
    void the_list_is_read_page_by_page_and_tells_how_many_are_left() {
        for (int i = 0; i < 5; i++) issue("{\"subject\":\"proj:paged:ci\",\"id\":\"p" + i + "\"}");

        Reply first = api.get(TOKENS + "?project=paged&limit=2", api.as("admin"));
        assertThat(first.body())
                .contains("\"id\":\"p0\"")
                .contains("\"id\":\"p1\"")
                .contains("\"remainingItemCount\":3");
        Matcher place = Pattern.compile("\"continue\":\"([^\"]+)\"").matcher(first.body());
        assertThat(place.find()).isTrue();
        Reply rest = api.get(TOKENS + "?project=paged&limit=9&continue=" + place.group(1), api.as("admin"));
        assertThat(rest.body())
                .contains("\"id\":\"p2\"")
                .contains("\"id\":\"p4\"")
                .doesNotContain("\"id\":\"p1\"")
                .endsWith("\"metadata\":{}}");
    }

    @Test
    void every_filter_is_understood_and_every_other_word_refused() {
        for (String query : new String[] {
            "kind=account",
            "kind=project",
            "project=demo",
            "project=-no-name-",
            "role=ci",
            "account=alice",
            "state=active",
            "state=superseded",
            "state=revoked",
            "state=expired",
            "state=pending",
            "createdBy=admin",
            "expiresBefore=2026-08-22T10:00:00Z",
            "unusedSince=2026-08-22T10:00:00Z",
            "neverUsed=true",
            "neverUsed=false"
        })
            assertThat(api.get(TOKENS + "?" + query, api.as("admin")).body())
                    .as(query)
                    .startsWith("{\"items\":[");
        for (String query : new String[] {
            "kind=x",
            "state=live",
            "neverUsed=yes",
            "expiresBefore=now",
            "unusedSince=1",
            "limit=0",
            "limit=1001",
            "continue=x",
            "continue=1.x",
            "foo=1"
        })
            assertThat(api.get(TOKENS + "?" + query, api.as("admin")).status())
                    .as(query)
                    .isEqualTo(400);
        assertThat(api.get(TOKENS + "?account=-&state=active", api.as("admin")).told())
                .isEqualTo("200 {\"items\":[],\"metadata\":{}}");
    }

    private void finds(String query, String... ids) {
        String found = api.get(TOKENS + "?limit=1000&" + query, api.as("admin")).body();
        assertThat(FILTERED.matcher(found).results().map(each -> each.group(1)))
                .as(query)
                .containsExactlyInAnyOrder(ids);
    }

    @Test
    void each_filter_finds_just_the_tokens_that_fit() {
        world.account("fay", "login", "apiKey");
        world.project("filtered");
        Instant now = world.clock.instant();
        Reply used = issue("{\"subject\":\"proj:filtered:ci\",\"id\":\"f-used\",\"expiresIn\":3600}");
        issue("{\"subject\":\"proj:filtered:ci\",\"id\":\"f-pending\",\"notBefore\":\"" + now.plus(Duration.ofDays(1))
                + "\"}");
        issue("{\"subject\":\"proj:filtered:ci\",\"id\":\"f-gone\"}");
        api.delete(TOKENS + "/f-gone", api.as("admin"));
        issue("{\"subject\":\"proj:filtered:ci\",\"id\":\"f-old\",\"expiresIn\":86400}");
        api.post(TOKENS + "/f-old/rotate", "{\"id\":\"f-new\"}", api.as("admin"));
        api.post(TOKENS, "{\"subject\":\"fay\",\"id\":\"f-own\"}", api.as("fay"));
        api.get("/api/v1/session/userinfo", bearer(used));
        world.lastUses.write();

        finds("kind=account", "f-own");
        finds("kind=project", "f-used", "f-pending", "f-gone", "f-old", "f-new");
        finds("project=filtered", "f-used", "f-pending", "f-gone", "f-old", "f-new");
        finds("project=filtered&role=cd");
        finds("account=fay", "f-own");
        finds("state=active", "f-used", "f-new", "f-own");
        finds("state=pending", "f-pending");
        finds("state=revoked", "f-gone");
        finds("state=superseded", "f-old");
        finds("state=expired");
        finds("createdBy=fay", "f-own");
        finds("expiresBefore=" + now.plusSeconds(7200), "f-used");
        finds("unusedSince=" + now.minusSeconds(7200));
        finds("unusedSince=" + now.plusSeconds(7200), "f-used", "f-pending", "f-gone", "f-old", "f-new", "f-own");
        finds("neverUsed=true", "f-pending", "f-gone", "f-old", "f-new", "f-own");
        finds("neverUsed=false", "f-used");
    }

    @Test
    void whoever_finds_a_token_ends_it_and_learns_nothing() {
        Reply found = issue("{\"subject\":\"alice\",\"id\":\"leaked\"}");
        Matcher secret = SECRET.matcher(found.body());
        assertThat(secret.find()).isTrue();

        for (String each : new String[] {secret.group(1), secret.group(1), "x", "a.b.c", ""}) {
            Reply reply = api.post(TOKENS + "/revoke-by-value", "{\"token\":\"" + each + "\"}");
            assertThat(reply.told()).isEqualTo("200 {}");
            assertThat(reply.header("RateLimit-Policy")).isEqualTo("\"default\";q=30;w=60");
        }
        assertThat(api.get("/api/v1/session/userinfo", bearer(found)).body()).isEqualTo("{}");
        assertThat(api.get(TOKENS + "/leaked", api.as("admin")).body()).contains("\"reason\":\"revoked by value\"");
        Reply copied = issue("{\"subject\":\"alice\",\"id\":\"leaked-line\"}");
        Matcher line = SECRET.matcher(copied.body());
        assertThat(line.find()).isTrue();
        api.post(TOKENS + "/revoke-by-value", "{\"token\":\" " + line.group(1) + "\\r\\n\"}");
        assertThat(api.get("/api/v1/session/userinfo", bearer(copied)).body()).isEqualTo("{}");
        assertThat(api.post(TOKENS + "/revoke-by-value", "{}").status()).isEqualTo(400);
        assertThat(api.post(TOKENS + "/revoke-by-value", "{\"tokens\":\"x\"}").status())
                .isEqualTo(400);

        Reply last = null;
        for (int i = 0; i < 40; i++) last = api.post(TOKENS + "/revoke-by-value", "{\"token\":\"x\"}");
        assertThat(last.told())
                .isEqualTo(Api.error(429, 8, "too many requests from this address; send at most 30 in 60 seconds"));
        assertThat(last.header("Retry-After")).isNotEmpty();
        assertThat(last.header("RateLimit")).isEqualTo("\"default\";r=0;t=60");
        assertThat(last.header("RateLimit-Policy")).isEqualTo("\"default\";q=30;w=60");
    }

    @Test
    void the_policy_on_tokens_is_read_rehearsed_and_replaced() {
        Reply first = api.get("/api/v1/projects/paged/token-policy", api.as("admin"));
        assertThat(first.told())
                .isEqualTo("200 {\"account\":{\"allowNoExpiry\":true},\"project\":{\"allowNoExpiry\":true},"
                        + "\"resourceVersion\":\"0\"}");
        assertThat(first.header("ETag")).isEqualTo("\"0\"");
        String body = "{\"project\":{\"maxSeconds\":3600,\"allowNoExpiry\":false,\"maxLive\":1000}}";
        assertThat(api.put("/api/v1/projects/paged/token-policy", body, api.as("admin"))
                        .status())
                .isEqualTo(428);
        Reply told =
                api.put("/api/v1/projects/paged/token-policy?dryRun=true", body, api.as("admin"), "If-Match: \"0\"");
        assertThat(told.body())
                .contains("\"ends\":{\"count\":0,\"tokens\":0,\"sessions\":0,\"items\":[]}")
                .contains("\"dryRun\":true");
        Reply put = api.put("/api/v1/projects/paged/token-policy", body, api.as("admin"), "If-Match: \"0\"");
        assertThat(put.body())
                .contains("\"project\":{\"maxSeconds\":3600,\"allowNoExpiry\":false,\"maxLive\":1000}")
                .contains("\"resourceVersion\":\"1\"");
        assertThat(api.put("/api/v1/projects/paged/token-policy", body, api.as("admin"), "If-Match: \"0\"")
                        .status())
                .isEqualTo(409);
        for (String bad : new String[] {
            "{\"project\":{\"maxSecond\":1}}",
            "{\"session\":{\"idleSecond\":60},\"resourceVersion\":\"0\"}",
            "{\"session\":{\"idleSeconds\":-1},\"resourceVersion\":\"0\"}",
            "{\"session\":{\"reauthenticateSeconds\":0},\"resourceVersion\":\"0\"}",
            "{\"account\":{\"maxLive\":0},\"resourceVersion\":\"0\"}",
            "{\"account\":{\"allowNoExpiry\":false},\"resourceVersion\":\"0\"}",
            "{\"account\":{\"maxSeconds\":-1},\"resourceVersion\":\"0\"}"
        })
            assertThat(api.put("/api/v1/token-policy", bad, api.as("admin")).status())
                    .as(bad)
                    .isEqualTo(400);
        assertThat(api.get("/api/v1/token-policy", api.as("alice")).status()).isEqualTo(403);
    }

    @Test
    void what_the_policy_on_tokens_is_to_end_is_told_before_and_has_expired_after_in_every_view() {
        String token = bearer(issue("{\"subject\":\"proj:aged:ci\",\"id\":\"idle\"}"));
        String list = TOKENS + "?project=aged&state=";
        String policy = "{\"project\":{\"unusedForSeconds\":3600,\"warnBeforeSeconds\":600},\"resourceVersion\":\"0\"}";
        Reply put = api.put("/api/v1/projects/aged/token-policy", policy, api.as("admin"));
        assertThat(put.status()).as(put.told()).isEqualTo(200);

        assertThat(api.get(list + "active", api.as("admin")).body()).contains("\"id\":\"idle\"");
        assertThat(api.get(TOKENS + "/idle", api.as("admin")).body())
                .contains("\"state\":\"active\"")
                .contains("\"endsBy\":\"inactivity\"")
                .doesNotContain("expiresAt");

        String soon = TOKENS + "?project=aged&endsSoon=";
        assertThat(api.get(soon + "false", api.as("admin")).body())
                .contains("\"id\":\"idle\"")
                .doesNotContain("\"endsSoon\"");

        world.clock.advance(Duration.ofSeconds(3_030));

        assertThat(api.get(soon + "true", api.as("admin")).body())
                .contains("\"id\":\"idle\"")
                .contains("\"endsSoon\":true");
        assertThat(api.get(TOKENS + "/idle", api.as("admin")).body()).contains("\"endsSoon\":true");
        assertThat(api.get(soon + "yes", api.as("admin")).told())
                .isEqualTo(Api.error(400, 3, "query parameter endsSoon must be true or false, not 'yes'"));

        world.clock.advance(Duration.ofSeconds(600));

        assertThat(api.get(soon + "true", api.as("admin")).body()).contains("\"items\":[]");

        assertThat(api.get("/api/v1/session/userinfo", token).body()).isEqualTo("{}");
        assertThat(api.get(list + "active", api.as("admin")).body()).contains("\"items\":[]");
        assertThat(api.get(list + "expired", api.as("admin")).body())
                .contains("\"id\":\"idle\"")
                .contains("\"state\":\"expired\"");
        assertThat(api.get(TOKENS + "/idle", api.as("admin")).body()).contains("\"state\":\"expired\"");
    }

    @Test
    void what_the_policy_says_of_sessions_is_shown_rehearsed_and_no_matter_of_a_project() {
        String inForce = "\"session\":{\"idleSeconds\":28800,\"absoluteSeconds\":86400,\"maxPerAccount\":100}";
        assertThat(api.get("/api/v1/token-policy", api.as("admin")).body()).contains(inForce);
        assertThat(api.put(
                                "/api/v1/projects/demo/token-policy",
                                "{\"session\":{\"idleSeconds\":60},\"resourceVersion\":\"0\"}",
                                api.as("admin"))
                        .told())
                .isEqualTo(Api.error(400, 3, "session is not for a project to say; send project alone"));

        String token = api.as("alice");
        world.clock.advance(Duration.ofMinutes(2));
        Reply told = api.put(
                "/api/v1/token-policy?dryRun=true",
                "{\"session\":{\"idleSeconds\":0,\"absoluteSeconds\":60,\"maxPerAccount\":0,"
                        + "\"reauthenticateSeconds\":300},\"resourceVersion\":\"0\"}",
                api.as("admin"));

        assertThat(told.body())
                .contains("\"session\":{\"idleSeconds\":0,\"absoluteSeconds\":60,\"maxPerAccount\":0,"
                        + "\"reauthenticateSeconds\":300}")
                .contains("\"tokens\":0")
                .contains("{\"kind\":\"session\",")
                .contains("\"subject\":\"alice\"");
        assertThat(api.get("/api/v1/session/userinfo", token).body()).contains("alice");
        assertThat(api.get("/api/v1/token-policy", api.as("admin")).body()).contains(inForce);
    }
}
