package dev.gatehouse.domain.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Refused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With the vectors of section 10.1 of the Argo Workflows contract. */
class WebhookClientTest {
    private static final String SECRET = "It's a Secret to Everybody";
    private static final String GITHUB = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    private static final String BITBUCKET = "a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";
    private static final String OWN = "710775a12318d437bee91e410e168d3908e352c81b60e230b904401be5761069";
    private static final String ARGO = "926ceeb8dcd67d5979fd7d726e3905af6d220f7fd6b2d8cce946906f7cf35963";

    @Test
    void githubs_own_vector_is_genuine() {
        assertThat(judge(SignatureScheme.GITHUB, SECRET, "Hello, World!", "x-hub-signature-256", "sha256=" + GITHUB))
                .isEqualTo(genuine());
    }

    @Test
    void bitbuckets_own_vector_is_genuine() {
        assertThat(judge(
                        SignatureScheme.BITBUCKET_SERVER,
                        SECRET,
                        "Hello World!",
                        "x-hub-signature",
                        "sha256=" + BITBUCKET))
                .isEqualTo(genuine());
    }

    @Test
    void the_vectors_of_argo_and_our_own_are_genuine() {
        assertThat(judge(SignatureScheme.GITHUB, "sh!", "{}", "x-hub-signature-256", ARGO))
                .isEqualTo(genuine());
        assertThat(judge(SignatureScheme.BITBUCKET_SERVER, "sh!", "{}", "x-hub-signature", "sha256=" + ARGO))
                .isEqualTo(genuine());
        assertThat(judge(
                        SignatureScheme.GITHUB,
                        "test-signing-key",
                        "{\"hello\":\"world\"}",
                        "x-hub-signature-256",
                        "sha256=" + OWN))
                .isEqualTo(genuine());
    }

    @Test
    void anything_else_in_the_place_of_the_signature_is_a_bad_one() {
        for (String each : List.of(
                "x",
                "sha256=",
                "sha256=" + BITBUCKET,
                "sha256=" + GITHUB.substring(1),
                "sha256=" + GITHUB + "00",
                "sha256= " + GITHUB,
                "sha256=" + GITHUB + " ",
                "SHA256=" + GITHUB,
                "sha1=" + GITHUB,
                "sha256=sha256=" + GITHUB,
                "0000000" + GITHUB,
                "sha256=" + "g".repeat(64),
                "sha256=" + "\uFF10".repeat(64),
                "sha256=" + "0".repeat(100_000)))
            assertThat(judge(SignatureScheme.GITHUB, SECRET, "Hello, World!", "x-hub-signature-256", each))
                    .as(each)
                    .isEqualTo(new Verdict.BadSignature());
    }

    @Test
    void a_bitbucket_signature_names_its_algorithm() {
        for (String each : List.of(BITBUCKET, "0000000" + BITBUCKET, "sha1=" + BITBUCKET, "sha256", "s", "sha256=x"))
            assertThat(judge(SignatureScheme.BITBUCKET_SERVER, SECRET, "Hello World!", "x-hub-signature", each))
                    .as(each)
                    .isEqualTo(new Verdict.BadSignature());
    }

    @Test
    void an_altered_body_or_another_secret_is_a_bad_signature() {
        for (String body : List.of("", "hello, World!", "Hello, World! ", "Hello, World!\n"))
            assertThat(judge(SignatureScheme.GITHUB, SECRET, body, "x-hub-signature-256", "sha256=" + GITHUB))
                    .isEqualTo(new Verdict.BadSignature());
        for (String secret : List.of(SECRET + "\n", SECRET.toUpperCase(Locale.ROOT), "x"))
            assertThat(judge(
                            SignatureScheme.GITHUB, secret, "Hello, World!", "x-hub-signature-256", "sha256=" + GITHUB))
                    .isEqualTo(new Verdict.BadSignature());
    }

    @Test
    void a_gitlab_token_is_the_secret_itself() {
        for (String secret : List.of("shh!", "Grüße \uD83D\uDD11", "a".repeat(1_024)))
            assertThat(judge(SignatureScheme.GITLAB, secret, "{}", "x-gitlab-token", secret))
                    .isEqualTo(genuine());
        for (String each : List.of("shh", "shh! ", "SHH!", "shh!!", "a".repeat(100_000)))
            assertThat(judge(SignatureScheme.GITLAB, "shh!", "{}", "x-gitlab-token", each))
                    .as(each)
                    .isEqualTo(new Verdict.BadSignature());
    }

    @Test
    void a_message_without_the_proof_of_this_scheme_is_not_addressed() {
        for (SignatureScheme scheme : SignatureScheme.values()) {
            assertThat(client(scheme, SECRET, true).judge(delivery("{}", Map.of())))
                    .isEqualTo(new Verdict.NotAddressed());
            assertThat(client(scheme, SECRET, true)
                            .judge(delivery(
                                    "{}",
                                    Map.of("x-hub-signature-256", "", "x-hub-signature", "", "x-gitlab-token", ""))))
                    .isEqualTo(new Verdict.NotAddressed());
        }
        assertThat(judge(SignatureScheme.GITHUB, SECRET, "Hello, World!", "x-hub-signature", "sha256=" + GITHUB))
                .isEqualTo(new Verdict.NotAddressed());
    }

    @Test
    void a_disabled_client_believes_nothing() {
        assertThat(client(SignatureScheme.GITHUB, SECRET, false)
                        .judge(delivery("Hello, World!", Map.of("x-hub-signature-256", "sha256=" + GITHUB))))
                .isEqualTo(new Verdict.NotAddressed());
    }

    @Test
    void the_provider_names_the_message() {
        Map<String, String> headers = new HashMap<>(Map.of("x-hub-signature-256", "sha256=" + GITHUB));
        for (String id : List.of("72d3162e-cc78-11e3-81ab-4c9367dc0958", "a".repeat(128))) {
            headers.put("x-github-delivery", id);
            assertThat(client(SignatureScheme.GITHUB, SECRET, true).judge(delivery("Hello, World!", headers)))
                    .isEqualTo(new Verdict.Genuine(Optional.of(id)));
        }
        for (String none : List.of("", "a".repeat(129))) {
            headers.put("x-github-delivery", none);
            assertThat(client(SignatureScheme.GITHUB, SECRET, true).judge(delivery("Hello, World!", headers)))
                    .isEqualTo(genuine());
        }
    }

    @Test
    void the_raw_bytes_are_signed_and_not_a_text() {
        byte[] body = {(byte) 0xff, 0, (byte) 0xfe};
        Delivery delivery = new Delivery(Map.of("x-hub-signature-256", "sha256=" + GITHUB), body);
        body[0] = 0;

        assertThat(delivery.signed()).containsExactly(0xff, 0, 0xfe);
        assertThat(delivery.toString()).isEqualTo("Delivery[3 bytes]");
    }

    @Test
    void a_secret_is_1_to_1024_characters_and_does_not_show() {
        for (String each : List.of("", "a".repeat(1_025)))
            assertThat(Refused.faultOf(() -> new WebhookSecret(each)).rule()).isEqualTo(WebhookRule.SECRET_LENGTH);
        assertThat(client(SignatureScheme.GITHUB, SECRET, true).toString()).doesNotContain(SECRET);
        assertThat(new WebhookSecret("a")).isEqualTo(new WebhookSecret("a")).isNotEqualTo(new WebhookSecret("b"));
    }

    @Test
    void a_client_name_is_lower_case_with_a_letter_or_digit_at_both_ends() {
        for (String each : List.of("a", "0", "github.com", "a-b", "a".repeat(63)))
            assertThat(WebhookClientName.ifValid(each)).contains(new WebhookClientName(each));
        for (String each : List.of("", "A", "-a", "a-", ".a", "a.", "a_b", "a/b", "a b", "é", "a\n", "a".repeat(64))) {
            assertThat(WebhookClientName.ifValid(each)).isEmpty();
            assertThat(Refused.faultOf(() -> new WebhookClientName(each)).rule())
                    .isEqualTo(WebhookRule.NAME_SHAPE);
        }
    }

    @Test
    void a_scheme_is_known_by_its_word() {
        for (SignatureScheme scheme : SignatureScheme.values())
            assertThat(SignatureScheme.of(scheme.word())).contains(scheme);
        assertThat(SignatureScheme.of("GITHUB")).isEmpty();
    }

    private static Verdict judge(SignatureScheme scheme, String secret, String body, String header, String proof) {
        return client(scheme, secret, true).judge(delivery(body, Map.of(header, proof)));
    }

    private static Verdict genuine() {
        return new Verdict.Genuine(Optional.empty());
    }

    private static Delivery delivery(String body, Map<String, String> headers) {
        return new Delivery(headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static WebhookClient client(SignatureScheme scheme, String secret, boolean enabled) {
        return new WebhookClient(
                new ProjectId("1"),
                new ProjectName("demo"),
                new WebhookClientName("github.com"),
                scheme,
                new WebhookSecret(secret),
                new RoleName("ci"),
                enabled,
                Instant.EPOCH,
                Optional.empty());
    }
}
