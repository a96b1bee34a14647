package dev.gatehouse.adapters.rest.account;

import static dev.gatehouse.adapters.rest.Api.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import dev.gatehouse.domain.account.Username;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.List;
import org.junit.jupiter.api.Test;

@MicronautTest
class AccountTest {
    /** What every account of this world shows besides. */
    private static final String BORN = "\"createdAt\":\"2026-03-01T10:15:30.123456Z\",\"resourceVersion\":\"0\"";

    /** Of whoever has signed in; the clock of this world stands still. */
    private static final String SEEN = "\"createdAt\":\"2026-03-01T10:15:30.123456Z\","
            + "\"lastLoginAt\":\"2026-03-01T10:15:30.123456Z\",\"resourceVersion\":\"0\"";

    private final Api api;
    private final World world;

    AccountTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(this::begin);
    }

    private void begin() {
        world.account("alice", "login", "apiKey");
        world.account("carol", "login");
        for (String each : List.of("admin", "alice", "carol")) api.as(each);
    }

    @Test
    void the_administrator_sees_everybody_by_name() {
        assertThat(api.get("/api/v1/account", api.as("admin")).body())
                .startsWith("{\"items\":[{\"name\":\"admin\",\"enabled\":true,\"capabilities\":[\"login\"]," + SEEN
                        + "},{\"name\":\"alice\",\"enabled\":true,\"capabilities\":[\"login\",\"apiKey\"]," + SEEN
                        + "},{\"name\":\"carol\",");
    }

    @Test
    void everybody_sees_themselves_and_no_other() {
        assertThat(api.get("/api/v1/account", api.as("carol")).told())
                .isEqualTo("200 {\"items\":[{\"name\":\"carol\",\"enabled\":true,\"capabilities\":[\"login\"]," + SEEN
                        + "}]}");
        assertThat(api.get("/api/v1/account/carol", api.as("carol")).told())
                .isEqualTo("200 {\"name\":\"carol\",\"enabled\":true,\"capabilities\":[\"login\"]," + SEEN + "}");
        String told = "permission denied: accounts, get, alice, sub: carol, iat: 2026-03-01T10:15:30Z";
        assertThat(api.get("/api/v1/account/alice", api.as("carol")).told()).isEqualTo(Api.error(403, 7, told));
    }

    @Test
    void who_may_see_nobody_sees_an_empty_list() {
        world.project("onlooker");
        String token = "Authorization: Bearer "
                + api.post("/api/v1/projects/onlooker/roles/ci/token", "{}", api.as("admin"))
                        .body()
                        .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        assertThat(api.get("/api/v1/account", token).told()).isEqualTo("200 {}");
        assertThat(api.get("/api/v1/account").told()).isEqualTo(Api.error(401, 16, "no session information"));
    }

    @Test
    void only_who_may_know_learns_that_an_account_does_not_exist() {
        assertThat(api.get("/api/v1/account/nobody", api.as("admin")).told())
                .isEqualTo(Api.error(404, 5, "account 'nobody' does not exist"));
        assertThat(api.get("/api/v1/account/nobody", api.as("carol")).told())
                .isEqualTo(Api.error(
                        403, 7, "permission denied: accounts, get, nobody, sub: carol, iat: 2026-03-01T10:15:30Z"));
    }

    @Test
    void a_name_in_an_error_is_harmless_wherever_it_is_pasted() {
        String told = "account '\\u003cb\\u003e\\u0026\\u2028\\u2029' does not exist";
        assertThat(api.get("/api/v1/account/%3Cb%3E%26%E2%80%A8%E2%80%A9", api.as("admin"))
                        .told())
                .isEqualTo("404 {\"error\":\"" + told + "\",\"code\":5,\"message\":\"" + told + "\"}");
    }

    @Test
    void the_same_key_and_body_make_one_account() {
        String key = "Idempotency-Key: one-account";
        String body = "{\"name\":\"keyed\",\"capabilities\":[\"login\"],\"password\":\"keyed long words\"}";
        Reply made = api.post("/api/v1/account", body, api.as("admin"), key);
        assertThat(made.status()).isEqualTo(200);

        Reply again = api.post("/api/v1/account", body.replace(",", ", "), api.as("admin"), key);
        assertThat(again.told()).isEqualTo(made.told());
        assertThat(again.header("Location")).isEqualTo("/api/v1/account/keyed");
        assertThat(api.post("/api/v1/account", body.replace("keyed", "other"), api.as("admin"), key)
                        .status())
                .isEqualTo(422);
        assertThat(api.post("/api/v1/account", body.replaceAll(",\"password.*", "}"), api.as("admin"), key)
                        .status())
                .isEqualTo(422);
        assertThat(api.post("/api/v1/account", body, api.as("admin")).told())
                .isEqualTo(Api.error(409, 6, "account 'keyed' already exists"));

        api.delete("/api/v1/account/keyed", api.as("admin"));
        assertThat(api.post("/api/v1/account", body, api.as("admin"), key).told())
                .isEqualTo(Api.error(
                        409,
                        10,
                        "account 'keyed' was made by this Idempotency-Key and is gone since; use a new key to make"
                                + " another"));
    }

    @Test
    void nothing_that_is_made_of_a_password_is_kept_with_the_key() {
        String body = "{\"name\":\"masked\",\"capabilities\":[\"login\"],\"password\":\"%s\"}";
        api.post("/api/v1/account", body.formatted("first long words"), api.as("admin"), "Idempotency-Key: masked");

        assertThat(api.post(
                                "/api/v1/account",
                                body.formatted("other long words"),
                                api.as("admin"),
                                "Idempotency-Key: masked")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void what_a_change_or_a_deletion_would_end_is_told_first_and_nothing_ends() {
        world.account("rita", "login", "apiKey");
        String session = api.as("rita");
        api.as("rita");
        api.post("/api/v1/account/rita/token", "{\"id\":\"rita-1\"}", api.as("admin"));
        String without = "{\"capabilities\":[\"apiKey\"],\"enabled\":true,\"resourceVersion\":\"0\"}";
        String disabled = without.replace("true", "false");

        Reply told = api.put("/api/v1/account/rita?dryRun=true", without, api.as("admin"));
        assertThat(told.told())
                .startsWith("200 {\"name\":\"rita\",\"enabled\":true,\"capabilities\":[\"apiKey\"],\"tokens\":[{")
                .endsWith("\"resourceVersion\":\"1\",\"ends\":{\"sessions\":2,\"tokens\":0},\"dryRun\":true}");
        Reply off = api.put("/api/v1/account/rita?dryRun=true", disabled, api.as("admin"));
        assertThat(off.body())
                .doesNotContain("rita-1")
                .endsWith("\"ends\":{\"sessions\":2,\"tokens\":1},\"dryRun\":true}");
        assertThat(api.delete("/api/v1/account/rita?dryRun=true", api.as("admin"))
                        .told())
                .isEqualTo("200 {\"ends\":{\"sessions\":2,\"tokens\":1},\"dryRun\":true}");

        assertThat(api.get("/api/v1/account/rita", session).body())
                .contains("\"capabilities\":[\"login\",\"apiKey\"]")
                .contains("rita-1")
                .contains("\"resourceVersion\":\"0\"");
        assertThat(api.put("/api/v1/account/rita?dryRun=false", disabled, api.as("admin"))
                        .body())
                .endsWith("\"resourceVersion\":\"1\"}");
        assertThat(api.get("/api/v1/account/rita", session).status()).isEqualTo(401);
        assertThat(api.delete("/api/v1/account/rita", api.as("admin")).told()).isEqualTo("200 {}");
    }

    @Test
    void what_a_reset_would_end_is_told_first_and_nothing_ends() {
        world.account("rosa", "login", "apiKey");
        String session = api.as("rosa");
        String path = "/api/v1/account/rosa/password";
        api.post("/api/v1/account/rosa/token", "{}", api.as("admin"));

        assertThat(api.put(path + "?dryRun=true", "{}", api.as("admin")).told())
                .isEqualTo("200 {\"ends\":{\"sessions\":1,\"tokens\":0},\"dryRun\":true}");
        assertThat(api.put(path + "?dryRun=true", "{\"revokeTokens\":true}", api.as("admin"))
                        .told())
                .isEqualTo("200 {\"ends\":{\"sessions\":1,\"tokens\":1},\"dryRun\":true}");

        assertThat(api.put(path + "?dryRun=true", "{\"newPassword\":\"password\"}", api.as("admin"))
                        .status())
                .as("refused as in earnest")
                .isEqualTo(400);
        assertThat(api.put("/api/v1/account/admin/password?dryRun=true", "{}", api.as("admin"))
                        .status())
                .isEqualTo(400);
        assertThat(api.put(path + "?dryRun=true", "{}", session).status()).isEqualTo(403);
        assertThat(api.put("/api/v1/account/nobody/password?dryRun=true", "{}", api.as("admin"))
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/api/v1/account/rosa", session).body()).doesNotContain("passwordChangeRequired");
        assertThat(api.put(path, "{}", api.as("admin")).body()).contains("\"secret\":");
        assertThat(api.get("/api/v1/account/rosa", session).status()).isEqualTo(401);
    }

    @Test
    void a_rehearsal_refuses_as_the_act_does() {
        world.account("sam", "login");
        String change = "{\"capabilities\":[],\"enabled\":false,\"resourceVersion\":\"7\"}";
        assertThat(api.put("/api/v1/account/sam?dryRun=true", change, api.as("admin"))
                        .status())
                .isEqualTo(409);
        assertThat(api.put("/api/v1/account/sam?dryRun=true", change, api.as("carol"))
                        .status())
                .isEqualTo(403);
        assertThat(api.delete("/api/v1/account/sam?dryRun=true", api.as("carol"))
                        .status())
                .isEqualTo(403);
        assertThat(api.delete("/api/v1/account/nobody?dryRun=true", api.as("admin"))
                        .status())
                .isEqualTo(404);
        for (String slip : new String[] {"?dryRun=yes", "?dryrun=true", "?dryRun=true&dryRun=false"}) {
            assertThat(api.delete("/api/v1/account/sam" + slip, api.as("admin")).status())
                    .as(slip)
                    .isEqualTo(400);
        }
        assertThat(api.get("/api/v1/account/sam", api.as("admin")).status()).isEqualTo(200);
    }

    @Test
    void an_account_is_made_with_a_password_or_without() {
        Reply made = api.post(
                "/api/v1/account",
                "{\"name\":\"dave\",\"capabilities\":[\"apiKey\",\"login\"],\"enabled\":true,"
                        + "\"description\":\"ünï <x>\",\"password\":\"dave-Passw0rd\"}",
                api.as("admin"));
        assertThat(made.told())
                .isEqualTo("200 {\"name\":\"dave\",\"enabled\":true,\"capabilities\":[\"login\",\"apiKey\"],"
                        + "\"description\":\"ünï \\u003cx\\u003e\"," + BORN + "}");
        assertThat(made.header("Location")).isEqualTo("/api/v1/account/dave");
        assertThat(api.post("/api/v1/session", "{\"username\":\"dave\",\"password\":\"dave-Passw0rd\"}", JSON)
                        .status())
                .isEqualTo(200);

        assertThat(api.post("/api/v1/account", "{\"name\":\"off\",\"enabled\":false}", api.as("admin"))
                        .told())
                .isEqualTo("200 {\"name\":\"off\"," + BORN + "}");
    }

    @Test
    void a_name_is_taken_once() {
        assertThat(api.post("/api/v1/account", "{\"name\":\"alice\"}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(409, 6, "account 'alice' already exists"));
    }

    @Test
    void making_accounts_takes_the_right_to() {
        assertThat(api.post("/api/v1/account", "{\"name\":\"eve\"}", api.as("carol"))
                        .told())
                .isEqualTo(Api.error(
                        403, 7, "permission denied: accounts, create, eve, sub: carol, iat: 2026-03-01T10:15:30Z"));
    }

    @Test
    void a_password_change_takes_the_callers_own_and_ends_sessions() {
        world.account("erin", "login", "apiKey");
        String old = api.as("erin");
        String change = "{\"newPassword\":\"new-Passw0rd\",\"currentPassword\":\"%s\"}";
        assertThat(api.put("/api/v1/account/password", change.formatted("wrong"), old)
                        .told())
                .isEqualTo(Api.error(400, 3, "current password does not match"));
        assertThat(api.put("/api/v1/account/password", "{}", old).told())
                .isEqualTo(Api.error(400, 3, "current password does not match"));
        assertThat(api.put("/api/v1/account/password", change.formatted(World.PASSWORD), old)
                        .told())
                .isEqualTo("200 {}");
        assertThat(api.get("/api/v1/account", old).told())
                .isEqualTo(Api.error(401, 16, "invalid session: account password has changed since token issued"));
        assertThat(api.post("/api/v1/session", "{\"username\":\"erin\",\"password\":\"new-Passw0rd\"}", JSON)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_new_password_has_a_shape() {
        String told = "the new password does not fit: it must have 8 to 256 characters and no control characters";
        for (String password : new String[] {"short", "", "new\\nline-x", "x".repeat(257)})
            assertThat(api.put(
                                    "/api/v1/account/password",
                                    "{\"newPassword\":\"" + password + "\",\"currentPassword\":\"" + World.PASSWORD
                                            + "\"}",
                                    api.as("alice"))
                            .told())
                    .isEqualTo(Api.error(400, 3, told));
    }

    /** Argo CD contract 3.6, in this order: the caller's own password, the new one, whose it is. */
    @Test
    void of_several_faults_of_a_password_change_the_first_is_told() {
        String change = "{\"newPassword\":\"%s\",\"currentPassword\":\"%s\",\"name\":\"nobody\"}";
        assertThat(api.put("/api/v1/account/password", change.formatted("x", "wrong"), api.as("admin"))
                        .told())
                .isEqualTo(Api.error(400, 3, "current password does not match"));
        assertThat(api.put("/api/v1/account/password", change.formatted("x", World.PASSWORD), api.as("admin"))
                        .told())
                .isEqualTo(Api.error(
                        400,
                        3,
                        "the new password does not fit: it must have 8 to 256 characters and no control characters"));
        assertThat(api.put(
                                "/api/v1/account/password",
                                change.formatted("new-Passw0rd", World.PASSWORD),
                                api.as("admin"))
                        .told())
                .isEqualTo(Api.error(404, 5, "account 'nobody' does not exist"));
    }

    @Test
    void the_length_of_a_password_is_that_of_its_characters() {
        world.account("olaf", "login");
        String change = "{\"newPassword\":\"%s\",\"currentPassword\":\"" + World.PASSWORD + "\"}";
        assertThat(api.put("/api/v1/account/password", change.formatted("é".repeat(7)), api.as("olaf"))
                        .status())
                .isEqualTo(400);
        String password = "é".repeat(32);
        assertThat(api.put("/api/v1/account/password", change.formatted(password), api.as("olaf"))
                        .told())
                .isEqualTo("200 {}");
        assertThat(api.post("/api/v1/session", "{\"username\":\"olaf\",\"password\":\"" + password + "\"}", JSON)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_wrong_current_password_counts_as_one_at_signing_in() {
        world.account("peggy", "login");
        String peggy = api.as("peggy");
        String change = "{\"newPassword\":\"new-Passw0rd\",\"currentPassword\":\"%s\"}";
        String told = Api.error(400, 3, "current password does not match");
        for (int i = 0; i < 5; i++)
            assertThat(api.put("/api/v1/account/password", change.formatted("wrong"), peggy)
                            .told())
                    .isEqualTo(told);
        assertThat(api.put("/api/v1/account/password", change.formatted(World.PASSWORD), peggy)
                        .told())
                .isEqualTo(told);
        assertThat(api.post("/api/v1/session", "{\"username\":\"peggy\",\"password\":\"" + World.PASSWORD + "\"}", JSON)
                        .told())
                .isEqualTo(Api.error(401, 16, "Invalid username or password"));
    }

    /** The caller's own password has to be good for signing in. */
    @Test
    void whoever_cannot_sign_in_cannot_change_a_password_either() {
        world.account("quiet", "apiKey");
        String quiet = "Authorization: Bearer "
                + api.post("/api/v1/account/quiet/token", "{}", api.as("admin"))
                        .body()
                        .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        assertThat(api.put(
                                "/api/v1/account/password",
                                "{\"newPassword\":\"new-Passw0rd\",\"currentPassword\":\"" + World.PASSWORD + "\"}",
                                quiet)
                        .told())
                .isEqualTo(Api.error(400, 3, "current password does not match"));
    }

    @Test
    void a_keeper_sets_anothers_password_with_their_own() {
        world.account("frank", "login");
        String change =
                "{\"name\":\"frank\",\"newPassword\":\"new-Passw0rd\",\"currentPassword\":\"" + World.PASSWORD + "\"}";
        assertThat(api.put("/api/v1/account/password", change, api.as("carol")).told())
                .isEqualTo(Api.error(
                        403, 7, "permission denied: accounts, update, frank, sub: carol, iat: 2026-03-01T10:15:30Z"));
        assertThat(api.put("/api/v1/account/password", change, api.as("admin")).told())
                .isEqualTo("200 {}");
        assertThat(api.put("/api/v1/account/password", change.replace("frank", "nobody"), api.as("admin"))
                        .told())
                .isEqualTo(Api.error(404, 5, "account 'nobody' does not exist"));
    }

    @Test
    void a_project_token_has_no_password_to_change() {
        world.project("shop");
        String token = api.post("/api/v1/projects/shop/roles/ci/token", "{}", api.as("admin"))
                .body()
                .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        assertThat(api.put("/api/v1/account/password", "{}", "Authorization: Bearer " + token)
                        .told())
                .isEqualTo(
                        Api.error(400, 3, "password can only be changed for local users, not user \"proj:shop:ci\""));
    }

    @Test
    void a_change_says_all_that_the_account_has_from_then_on() {
        world.account("grace", "login", "apiKey");
        String token = "Authorization: Bearer "
                + api.post("/api/v1/account/grace/token", "{\"id\":\"k\"}", api.as("grace"))
                        .body()
                        .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        String session = api.as("grace");
        int version = world.accounts.find(new Username("grace")).orElseThrow().version();
        String body = "{\"capabilities\":[\"login\"],\"enabled\":true,\"description\":\"only by password\"%s}";
        assertThat(api.put("/api/v1/account/grace", body.formatted(""), api.as("admin"))
                        .told())
                .isEqualTo(Api.error(
                        428, 9, "resourceVersion is missing; send the one you read, in the body or as If-Match"));
        assertThat(api.put("/api/v1/account/grace", body.formatted(",\"resourceVersion\":\"99\""), api.as("admin"))
                        .told())
                .isEqualTo(
                        Api.error(409, 10, "account 'grace' has been modified meanwhile; read it again and try again"));
        assertThat(api.put(
                                "/api/v1/account/grace",
                                body.formatted(""),
                                api.as("admin"),
                                "If-Match: \"" + version + "\"")
                        .body())
                .startsWith("{\"name\":\"grace\",\"enabled\":true,\"capabilities\":[\"login\"],"
                        + "\"description\":\"only by password\",");
        assertThat(api.get("/api/v1/account/grace", token).told())
                .isEqualTo(Api.error(401, 16, "invalid session: account grace does not have 'apiKey' capability"));
        assertThat(api.get("/api/v1/account/grace", session).status()).isEqualTo(200);
    }

    @Test
    void an_account_that_is_disabled_is_told_so_and_one_that_is_deleted_is_gone() {
        world.account("heidi", "login");
        String session = api.as("heidi");
        String version = Integer.toString(
                world.accounts.find(new Username("heidi")).orElseThrow().version());
        assertThat(api.put(
                                "/api/v1/account/heidi",
                                "{\"capabilities\":[\"login\"],\"enabled\":false,\"resourceVersion\":\"" + version
                                        + "\"}",
                                api.as("admin"))
                        .status())
                .isEqualTo(200);
        assertThat(api.get("/api/v1/account/heidi", session).told())
                .isEqualTo(Api.error(401, 16, "invalid session: account heidi is disabled"));
        assertThat(api.delete("/api/v1/account/heidi", api.as("carol")).status())
                .isEqualTo(403);
        assertThat(api.delete("/api/v1/account/heidi", api.as("admin")).told()).isEqualTo("200 {}");
        assertThat(api.get("/api/v1/account/heidi", session).told())
                .isEqualTo(Api.error(
                        401, 16, "invalid session: rpc error: code = NotFound desc = account 'heidi' does not exist"));
        assertThat(api.delete("/api/v1/account/heidi", api.as("admin")).told())
                .isEqualTo(Api.error(404, 5, "account 'heidi' does not exist"));
    }

    @Test
    void the_last_administrator_stays() {
        assertThat(api.delete("/api/v1/account/admin", api.as("admin")).told())
                .isEqualTo(Api.error(
                        400,
                        9,
                        "account 'admin' is the last one that can sign in and change the policy; make another"
                                + " administrator first"));
    }

    @Test
    void an_administrator_resets_a_password_without_any_other() {
        world.account("ivan", "login");
        String session = api.as("ivan");
        assertThat(api.put("/api/v1/account/ivan/password", "{\"newPassword\":\"short\"}", api.as("admin"))
                        .status())
                .isEqualTo(400);
        assertThat(api.put("/api/v1/account/ivan/password", "{\"newPassword\":\"brand-new-one\"}", api.as("carol"))
                        .status())
                .isEqualTo(403);
        assertThat(api.put("/api/v1/account/ivan/password", "{\"newPassword\":\"brand-new-one\"}", api.as("admin"))
                        .told())
                .isEqualTo("200 {}");
        assertThat(api.get("/api/v1/account/ivan", session).status()).isEqualTo(401);
        assertThat(api.post("/api/v1/session", "{\"username\":\"ivan\",\"password\":\"brand-new-one\"}", JSON)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_administrator_resets_any_password_but_their_own() {
        assertThat(api.put("/api/v1/account/admin/password", "{\"newPassword\":\"brand-new-one\"}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(
                        400,
                        9,
                        "account 'admin' is your own: its password is changed with the current one; send both by PUT"
                                + " /api/v1/account/password"));
        assertThat(api.get("/api/v1/session/userinfo", api.as("admin")).body()).contains("\"loggedIn\":true");
    }

    @Test
    void a_password_change_ends_tokens_when_that_is_asked() {
        world.account("noor", "login", "apiKey");
        String token = "Authorization: Bearer "
                + api.post("/api/v1/account/noor/token", "{}", api.as("noor"))
                        .body()
                        .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        String change = "{\"newPassword\":\"%s\",\"currentPassword\":\"%s\",\"name\":\"noor\",\"revokeTokens\":%s}";
        assertThat(api.put(
                                "/api/v1/account/password",
                                change.formatted("new-Passw0rd", World.PASSWORD, false),
                                api.as("noor"))
                        .told())
                .isEqualTo("200 {}");
        assertThat(api.get("/api/v1/account/noor", token).status()).isEqualTo(200);

        String noor = "Authorization: Bearer "
                + api.post("/api/v1/session", "{\"username\":\"noor\",\"password\":\"new-Passw0rd\"}", JSON)
                        .body()
                        .replaceAll("\\{\"token\":\"(.*)\"}", "$1");
        assertThat(api.put("/api/v1/account/password", change.formatted("newer-Passw0rd", "new-Passw0rd", true), noor)
                        .told())
                .isEqualTo("200 {}");
        assertThat(api.get("/api/v1/account/noor", token).status()).isEqualTo(401);
    }

    @Test
    void an_administrator_has_a_password_made_and_sees_it_once() {
        world.account("lea", "login");
        String session = api.as("lea");

        Reply reset = api.put("/api/v1/account/lea/password", "{}", api.as("admin"));

        assertThat(reset.told())
                .matches("200 \\{\"secret\":\"[^\"]{43,}\",\"endsAt\":\"2026-03-04T10:15:30.123456Z\"}");
        assertThat(reset.header("Cache-Control")).isEqualTo("no-store");
        assertThat(api.get("/api/v1/account/lea", session).status()).isEqualTo(401);
        String secret = reset.body().replaceAll("\\{\"secret\":\"([^\"]*)\".*", "$1");
        String signIn = "{\"username\":\"lea\",\"password\":\"" + secret + "\"}";
        assertThat(api.post("/api/v1/session", signIn, JSON).status()).isEqualTo(200);
        assertThat(api.get("/api/v1/audit?target=lea", api.as("admin")).body())
                .contains("password.reset")
                .doesNotContain(secret);
        assertThat(api.put("/api/v1/account/lea/password", "{\"newPassword\":\"\"}", api.as("admin"))
                        .status())
                .as("an empty password is none, and no wish for one")
                .isEqualTo(400);
    }

    @Test
    void an_account_shows_when_its_holder_last_signed_in() {
        world.account("judy", "login");
        assertThat(api.get("/api/v1/account/judy", api.as("admin")).body()).endsWith(BORN + "}");
        api.as("judy");
        assertThat(api.get("/api/v1/account/judy", api.as("admin")).body()).endsWith(SEEN + "}");
    }

    @Test
    void after_a_reset_a_session_is_good_for_another_password_and_nothing_else() {
        world.account("kim", "login", "apiKey");
        api.put("/api/v1/account/kim/password", "{\"newPassword\":\"brand-new-one\"}", api.as("admin"));
        assertThat(api.get("/api/v1/account/kim", api.as("admin")).body()).contains("\"passwordChangeRequired\":true,");
        Reply signedIn = api.post("/api/v1/session", "{\"username\":\"kim\",\"password\":\"brand-new-one\"}", JSON);
        assertThat(signedIn.status()).isEqualTo(200);
        String kim = "Authorization: Bearer " + signedIn.body().replaceAll("\\{\"token\":\"([^\"]*)\".*", "$1");

        String told = Api.error(
                403, 7, "the password of account 'kim' has to be changed first, by PUT /api/v1/account/password");
        assertThat(api.get("/api/v1/account", kim).told()).isEqualTo(told);
        assertThat(api.get("/api/v1/account/kim", kim).told()).isEqualTo(told);
        assertThat(api.get("/api/v1/account/can-i/projects/get/x", kim).told()).isEqualTo(told);
        assertThat(api.post("/api/v1/account/kim/token", "{}", kim).told()).isEqualTo(told);
        assertThat(api.put("/api/v1/account/kim/password", "{\"newPassword\":\"x\"}", kim)
                        .told())
                .isEqualTo(told);
        assertThat(api.get("/api/v1/projects", kim).told()).isEqualTo(told);
        assertThat(api.get("/api/v1/session/userinfo", kim).told())
                .isEqualTo("200 {\"loggedIn\":true,\"username\":\"kim\",\"iss\":\"argocd\"}");
        assertThat(api.put(
                                "/api/v1/account/password",
                                "{\"newPassword\":\"brand-new-one\",\"currentPassword\":\"brand-new-one\"}",
                                kim)
                        .told())
                .isEqualTo(Api.error(400, 3, "the new password is the one to be changed; choose another"));
        assertThat(api.put(
                                "/api/v1/account/password",
                                "{\"newPassword\":\"of-my-own-choice\",\"currentPassword\":\"brand-new-one\"}",
                                kim)
                        .told())
                .isEqualTo("200 {}");
        assertThat(api.get("/api/v1/account/kim", api.as("admin")).body()).doesNotContain("passwordChangeRequired");
    }

    @Test
    void a_session_that_is_good_for_a_password_alone_can_be_ended() {
        world.account("leo", "login");
        api.put("/api/v1/account/leo/password", "{\"newPassword\":\"brand-new-one\"}", api.as("admin"));
        String leo = "Authorization: Bearer "
                + api.post("/api/v1/session", "{\"username\":\"leo\",\"password\":\"brand-new-one\"}", JSON)
                        .body()
                        .replaceAll("\\{\"token\":\"([^\"]*)\".*", "$1");

        assertThat(api.send("DELETE", "/api/v1/session", new byte[0], leo, JSON).told())
                .isEqualTo("200 {}");

        assertThat(api.get("/api/v1/account", leo).told())
                .isEqualTo(Api.error(401, 16, "invalid session: token is revoked, please re-login"));
    }

    @Test
    void a_password_that_anybody_would_try_is_refused() {
        String change = "{\"newPassword\":\"%s\",\"currentPassword\":\"" + World.PASSWORD + "\"}";
        assertThat(api.put("/api/v1/account/password", change.formatted("IloveYou"), api.as("alice"))
                        .told())
                .isEqualTo(
                        Api.error(
                                400,
                                3,
                                "the new password is among the first that anybody would try; choose another, longer is better"));
        assertThat(api.put("/api/v1/account/password", change.formatted("alice-2026"), api.as("alice"))
                        .told())
                .isEqualTo(Api.error(
                        400,
                        3,
                        "the new password is made of names that anybody would try; choose another, longer is better"));
    }

    @Test
    void a_name_like_another_or_with_rights_waiting_for_it_is_refused() {
        assertThat(api.post("/api/v1/account", "{\"name\":\"ALICE\"}", api.as("admin"))
                        .told())
                .isEqualTo(Api.error(
                        409, 6, "account 'ALICE' differs from 'alice' by letter case only; choose another name"));
        for (String name : List.of("role:admin", "proj:demo:ci", "alice:apiKey", "a/b", "a.b", "-a", "a_", "", "é"))
            assertThat(api.post("/api/v1/account", "{\"name\":\"" + name + "\"}", api.as("admin"))
                            .told())
                    .isEqualTo(Api.error(
                            400,
                            3,
                            "invalid account name '" + name
                                    + "': use 1 to 32 letters, digits, '-' and '_', with a letter or digit at both"
                                    + " ends"));
        for (String name : List.of("password", "can-i"))
            assertThat(api.post("/api/v1/account", "{\"name\":\"" + name + "\"}", api.as("admin"))
                            .told())
                    .isEqualTo(Api.error(400, 3, "the account name '" + name + "' is reserved; choose another"));
    }

    @Test
    void too_many_passwords_at_once_are_asked_to_come_back() {
        world.account("mallory", "login");
        String mallory = api.as("mallory");
        world.hasher.busy(true);
        try {
            Reply reply = api.post("/api/v1/session", "{\"username\":\"x\",\"password\":\"y\"}", JSON);
            assertThat(reply.told())
                    .isEqualTo(Api.error(503, 14, "too many are signing in at once; try again in a moment"));
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            assertThat(api.get("/api/v1/account/mallory", mallory).status()).isEqualTo(200);
        } finally {
            world.hasher.busy(false);
        }
    }
}
