package dev.gatehouse.adapters.rest.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.application.World;
import dev.gatehouse.application.account.ManagingAccounts;
import dev.gatehouse.application.token.NewToken;
import dev.gatehouse.domain.account.PlainPassword;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What a token that is shown is checked for, and in which words it is refused (Argo CD contract 2.2 and 2.3): each case that
 * was put to Argo CD, with tokens signed by the key of this world.
 */
@MicronautTest
class VerificationTest {
    private static final long NOW = 1772360130;
    private static final String HEADER = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"test-key\"}";
    private static final String CLAIMS = "{\"iss\":\"argocd\",\"sub\":\"alice:login\",\"nbf\":" + NOW + ",\"iat\":"
            + NOW + ",\"exp\":" + (NOW + 60) + ",\"jti\":\"none-of-ours\"}";
    private static final String QUESTION = "/api/v1/account/can-i/applications/get/demo/x";

    private final Api api;
    private final World world;

    VerificationTest(Api api, World world) {
        this.api = api;
        this.world = world;
        api.once(this::begin);
    }

    private void begin() {
        world.project("demo");
        world.account("alice", "login", "apiKey");
        world.account("carol", "login");
        world.account("robot", "apiKey");
        world.managingAccounts.create(
                world.admin(),
                new ManagingAccounts.NewAccount("off", List.of("login", "apiKey"), false, "", Optional.empty()));
        world.managingAccounts.create(
                world.admin(),
                new ManagingAccounts.NewAccount(
                        "dan", List.of("login"), true, "", Optional.of(new PlainPassword(World.PASSWORD))));
        api.put(
                "/api/v1/account/password",
                "{\"newPassword\":\"another-one\",\"currentPassword\":\"" + World.PASSWORD + "\"}",
                api.as("dan"));
    }

    /** @param why behind {@code invalid session: } */
    private record Refused(String name, String token, String why) {}

    @TestFactory
    Stream<DynamicTest> each_token_that_does_not_count_is_told_why() {
        String genuine = world.keys.forge(HEADER, CLAIMS);
        String bad = genuine.substring(0, genuine.lastIndexOf('.') + 1) + "A".repeat(86);
        String expired = with("\"exp\":" + (NOW + 60), "\"exp\":" + NOW);
        String malformed = "token is malformed: ";
        String unverifiable = "token is unverifiable: ";
        String claims = "token has invalid claims: ";
        String type = claims + "invalid type for claim: ";
        String signature = "token signature is invalid: signature is invalid";
        String listed = "account alice does not have token with id none-of-ours";
        String notHere = "account 'bob' does not exist";
        return Stream.of(
                        new Refused("alg-none", by("none"), unverifiable + "unexpected signing method"),
                        new Refused("alg-rs256", by("RS256"), unverifiable + "unexpected signing method"),
                        new Refused("hs256", by("HS256"), unverifiable + "unexpected signing method"),
                        new Refused("alg-unknown", by("FOO"), unverifiable + "unexpected signing method"),
                        new Refused(
                                "alg-missing",
                                world.keys.forge("{\"typ\":\"JWT\",\"kid\":\"test-key\"}", CLAIMS),
                                unverifiable + "signing method (alg) is unspecified"),
                        new Refused("bad-signature", bad, signature),
                        new Refused("expired", expired, claims + "token is expired"),
                        new Refused(
                                "not-yet-valid",
                                with("\"nbf\":" + NOW, "\"nbf\":" + (NOW + 1)),
                                claims + "token is not valid yet"),
                        new Refused(
                                "expired-and-not-yet-valid",
                                world.keys.forge(
                                        HEADER,
                                        CLAIMS.replace("\"exp\":" + (NOW + 60), "\"exp\":" + NOW)
                                                .replace("\"nbf\":" + NOW, "\"nbf\":" + (NOW + 1))),
                                claims + "token is expired"),
                        new Refused(
                                "expired-with-bad-signature",
                                expired.substring(0, expired.lastIndexOf('.') + 1) + "A".repeat(86),
                                signature),
                        new Refused("no-iat", with("\"iat\":" + NOW + ",", ""), "token does not have iat claim"),
                        new Refused(
                                "iat-not-a-number", with("\"iat\":" + NOW, "\"iat\":\"x\""), type + "iat is invalid"),
                        new Refused(
                                "exp-not-a-number",
                                with("\"exp\":" + (NOW + 60), "\"exp\":\"x\""),
                                type + "exp is invalid"),
                        new Refused(
                                "no-jti",
                                with(",\"jti\":\"none-of-ours\"", ""),
                                "token does not have a unique identifier (jti claim) and cannot be validated"),
                        new Refused(
                                "foreign-issuer",
                                with("\"argocd\"", "\"https://idp.example.com\""),
                                claims + "issuer or subject is not ours"),
                        new Refused(
                                "no-issuer", with("\"iss\":\"argocd\",", ""), claims + "issuer or subject is not ours"),
                        new Refused("account-gone", of("bob:login"), "rpc error: code = NotFound desc = " + notHere),
                        new Refused(
                                "key-of-account-gone",
                                of("bob:apiKey"),
                                "rpc error: code = NotFound desc = " + notHere),
                        new Refused("account-disabled", of("off:login"), "account off is disabled"),
                        new Refused("key-of-account-disabled", of("off:apiKey"), "account off is disabled"),
                        new Refused(
                                "capability-missing-apikey",
                                of("carol:apiKey"),
                                "account carol does not have 'apiKey' capability"),
                        new Refused(
                                "capability-missing-login",
                                of("robot:login"),
                                "account robot does not have 'login' capability"),
                        new Refused(
                                "session-not-recorded",
                                with("\"iat\":" + NOW, "\"iat\":" + (NOW + 1)),
                                "token is revoked, please re-login"),
                        new Refused("apikey-not-listed", of("alice:apiKey"), listed),
                        new Refused("bare-subject", of("alice"), claims + "the subject is unknown here"),
                        new Refused("unknown-suffix", of("alice:foo"), claims + "the subject is unknown here"),
                        new Refused("four-parts", of("proj:demo:ci:x"), claims + "the subject is unknown here"),
                        new Refused(
                                "issued-before-password-change",
                                world.keys.forge(
                                        HEADER,
                                        CLAIMS.replace("alice", "dan").replace("\"iat\":" + NOW, "\"iat\":1500000000")),
                                "account password has changed since token issued"),
                        new Refused(
                                "project-token-not-recorded",
                                of("proj:demo:ci"),
                                "JWT token for role 'ci' issued at '" + NOW + "' does not exist in project 'demo'"),
                        new Refused(
                                "project-token-role-gone",
                                of("proj:demo:nope"),
                                "JWT token for role 'nope' issued at '" + NOW + "' does not exist in project 'demo'"),
                        new Refused(
                                "project-token-project-gone",
                                of("proj:nope:ci"),
                                "appproject.argoproj.io \"nope\" not found"),
                        new Refused("malformed-header", "a.b.c", malformed + "a part is not base64url"),
                        new Refused(
                                "malformed-four-segments",
                                "a.b.c.d",
                                malformed + "token contains an invalid number of segments"),
                        new Refused(
                                "malformed-claims-not-json",
                                world.keys.forge(HEADER, "abc"),
                                malformed + "header or claims are not a JSON object with each member once"),
                        new Refused(
                                "malformed-empty-segments",
                                "..",
                                malformed + "header or claims are not a JSON object with each member once"))
                .map(each -> DynamicTest.dynamicTest(each.name(), () -> {
                    String bearer = "Authorization: Bearer " + each.token();
                    assertThat(api.get(QUESTION, bearer).told())
                            .isEqualTo(Api.error(401, 16, "invalid session: " + each.why()));
                    assertThat(api.get("/api/v1/session/userinfo", bearer).told())
                            .isEqualTo("200 {}");
                }));
    }

    @Test
    void neither_a_time_of_issue_to_come_nor_the_lack_of_an_end_makes_a_token_bad() {
        String claims = claimsOf(world.sessionToken("alice").reveal());
        for (String each : List.of(
                claims.replace("\"iat\":" + NOW, "\"iat\":" + (NOW + 3600)),
                claims.replaceAll(",\"exp\":\\d+", ""),
                claims.replaceAll(",\"nbf\":\\d+", "")))
            assertThat(api.get("/api/v1/session/userinfo", "Authorization: Bearer " + world.keys.forge(HEADER, each))
                            .told())
                    .as(each)
                    .isEqualTo("200 {\"loggedIn\":true,\"username\":\"alice\",\"iss\":\"argocd\"}");
    }

    /** A token of ours names nobody but its subject, whatever else it holds. */
    @Test
    void groups_and_other_names_in_a_token_of_ours_count_for_nothing() {
        String claims = claimsOf(world.sessionToken("carol").reveal());
        for (String more : List.of(
                ",\"groups\":[\"admin\",\"role:admin\",\"demo-devs\"]}",
                ",\"federated_claims\":{\"user_id\":\"admin\"}}",
                ",\"email\":\"admin\",\"preferred_username\":\"admin\"}")) {
            String bearer = "Authorization: Bearer " + world.keys.forge(HEADER, claims.replaceAll("}$", more));
            assertThat(api.get("/api/v1/session/userinfo", bearer).told())
                    .isEqualTo("200 {\"loggedIn\":true,\"username\":\"carol\",\"iss\":\"argocd\"}");
            assertThat(api.get("/api/v1/account/can-i/projects/delete/demo", bearer)
                            .told())
                    .isEqualTo("200 {\"value\":\"no\"}");
        }
    }

    /** Only the kind is another: signature, issuer, times and id are those of a token that counts. */
    @Test
    void rfc_8725_section_3_12_a_token_of_one_kind_passes_for_none_of_another() {
        Map<String, String> genuine = Map.of(
                "alice:login",
                world.sessionToken("alice").reveal(),
                "alice:apiKey",
                world.managingAccountTokens
                        .issue(world.admin(), "alice", new NewToken(Optional.of("of-alice"), "", 3600))
                        .secret()
                        .reveal(),
                "proj:demo:ci",
                world.managingProjectTokens
                        .issue(world.admin(), "demo", "ci", new NewToken(Optional.of("of-ci"), "", 3600))
                        .secret()
                        .reveal());
        genuine.forEach((subject, token) -> {
            String claims = claimsOf(token);
            assertThat(claims).contains("\"" + subject + "\"");
            assertThat(world.keys.forge(HEADER, claims)).isEqualTo(token);
            for (String other : genuine.keySet()) {
                if (other.equals(subject)) continue;
                String forged = world.keys.forge(HEADER, claims.replace(subject, other));
                assertThat(api.get(QUESTION, "Authorization: Bearer " + forged).status())
                        .as("%s as %s", subject, other)
                        .isEqualTo(401);
                api.post("/api/v1/tokens/revoke-by-value", "{\"token\":\"" + forged + "\"}");
            }
            assertThat(api.get(QUESTION, "Authorization: Bearer " + token).status())
                    .as(subject)
                    .isEqualTo(200);
        });
        genuine.forEach((subject, token) -> assertThat(
                        api.get(QUESTION, "Authorization: Bearer " + token).status())
                .as("%s, after all", subject)
                .isEqualTo(200));
    }

    private String with(String part, String instead) {
        assertThat(CLAIMS).contains(part);
        return world.keys.forge(HEADER, CLAIMS.replace(part, instead));
    }

    private String of(String subject) {
        return with("alice:login", subject);
    }

    private String by(String algorithm) {
        return world.keys.forge(HEADER.replace("ES256", algorithm), CLAIMS);
    }

    private static String claimsOf(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
    }
}
