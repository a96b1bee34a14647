package dev.gatehouse.adapters.testkit.token;

import static dev.gatehouse.domain.token.TokenVerifier.Flaw.ALGORITHM_MISSING;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.ALGORITHM_UNEXPECTED;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.AUDIENCE;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.ENCODING;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.EXPIRES_AT_TYPE;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.HEADER_UNEXPECTED;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.ID_MISSING;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.ISSUED_AT_MISSING;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.ISSUED_AT_TYPE;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.ISSUER;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.KEY_UNKNOWN;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.NOT_BEFORE_TYPE;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.SEGMENTS;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.SIGNATURE;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.TOO_LONG;
import static dev.gatehouse.domain.token.TokenVerifier.Flaw.TYPE_UNEXPECTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenVerifier;
import dev.gatehouse.domain.token.TokenVerifier.Flaw;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What every {@link TokenVerifier} promises. */
public interface TokenVerifierContract {
    long IAT = 1_767_225_600L;
    long EXP = IAT + 3_600;
    String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /** The port under test. */
    TokenVerifier tokenVerifier();

    /** The keys it knows; the active one comes first. */
    PublishedKeys publishedKeys();

    /** A token over exactly these bytes, whatever they say, properly signed by the active key with its own algorithm. */
    String forge(String headerJson, String payloadJson);

    /** The name of the active key. */
    default String kid() {
        return publishedKeys().published().getFirst().members().getOrDefault("kid", "");
    }

    /** The {@code alg} of the active key. */
    default String algorithm() {
        return publishedKeys().published().getFirst().members().getOrDefault("alg", "");
    }

    /** The {@code iss} of genuine tokens. */
    default String issuer() {
        return "argocd";
    }

    // Genuine

    @Test
    default void a_token_of_ours_is_genuine() {
        assertThat(verify(genuine()))
                .isEqualTo(new TokenVerifier.Verdict.Genuine(new TokenClaims(
                        issuer(),
                        "alice:login",
                        "id-1",
                        Instant.ofEpochSecond(IAT),
                        Instant.ofEpochSecond(IAT),
                        Optional.of(Instant.ofEpochSecond(EXP)))));
    }

    @Test
    default void a_token_without_an_end_is_genuine() {
        assertThat(verify(forge(header(), payload("\"exp\":" + EXP, ""))))
                .isEqualTo(new TokenVerifier.Verdict.Genuine(new TokenClaims(
                        issuer(),
                        "alice:login",
                        "id-1",
                        Instant.ofEpochSecond(IAT),
                        Instant.ofEpochSecond(IAT),
                        Optional.empty())));
    }

    @Test
    default void whether_the_times_fit_is_not_asked() {
        isGenuine(forge(header(), payload("\"exp\":" + EXP, "\"exp\":1")));
        isGenuine(forge(header(), payload("\"nbf\":" + IAT, "\"nbf\":253402300799")));
    }

    @Test
    default void claims_of_no_meaning_here_are_passed_over() {
        isGenuine(forge(
                header(), payload("\"jti\":\"id-1\"", "\"jti\":\"id-1\",\"AUD\":[\"x\",{\"y\":null}],\"n\":-1.5e3")));
    }

    @Test
    default void blanks_and_escapes_of_json_are_as_good_as_none() {
        isGenuine(forge(" {\n\"\\u0061lg\" : \"" + algorithm() + "\",\t\"kid\":\"" + kid() + "\" }\r\n", payload()));
    }

    @Test
    default void a_type_is_not_needed() {
        isGenuine(forge("{\"alg\":\"" + algorithm() + "\",\"kid\":\"" + kid() + "\"}", payload()));
    }

    // Length and form

    @Test
    default void a_token_of_8192_characters_is_read_and_a_longer_one_is_not() {
        isGenuine(ofLength(8_192));
        refused(TOO_LONG, ofLength(8_193));
        refused(TOO_LONG, "a".repeat(8_193));
        refused(TOO_LONG, ".".repeat(10_000_000));
    }

    @Test
    default void a_token_has_three_parts() {
        CompactForm form = CompactForm.of(genuine());
        for (String each : List.of(
                "",
                "a",
                "a.b",
                ".",
                "...",
                "a.b.c.d",
                "a.b.c.d.e",
                form.header(),
                form.signed(),
                form.token() + ".",
                "." + form.token(),
                form.token() + "." + form.signature(),
                form.header() + form.payload() + form.signature())) refused(SEGMENTS, each);
    }

    @Test
    default void empty_parts_are_refused() {
        CompactForm form = CompactForm.of(genuine());
        refused(
                "..",
                form.withHeader("").token(),
                form.withPayload("").token(),
                form.withSignature("").token());
    }

    @Test
    default void a_signature_in_any_other_form_than_base64url_without_padding_is_refused() {
        CompactForm form = CompactForm.of(genuine());
        String signature = form.signature();
        for (String each : List.of(
                signature + "=",
                signature + "==",
                signature + " ",
                " " + signature,
                signature + "\n",
                signature + "\r\n",
                signature + "\u0000",
                signature + "%3D",
                signature.substring(0, 10) + "\n" + signature.substring(10),
                "+" + signature.substring(1),
                "/" + signature.substring(1),
                "\u00e4" + signature.substring(1),
                "\uFF21" + signature.substring(1),
                signature.substring(0, signature.length() - 1) + "*"))
            refused(ENCODING, form.withSignature(each).token());
    }

    @Test
    default void a_header_in_any_other_form_than_base64url_without_padding_is_refused() {
        CompactForm form = CompactForm.of(genuine());
        for (String each : List.of(form.header() + "=", form.header() + " ", " " + form.header(), "+" + form.header()))
            refused(ENCODING, form.withHeader(each).token());
    }

    @Test
    default void claims_in_any_other_form_than_base64url_without_padding_are_refused() {
        CompactForm form = CompactForm.of(genuine());
        for (String each :
                List.of(form.payload() + "=", form.payload() + " ", " " + form.payload(), "+" + form.payload()))
            refusedForOneOf(List.of(ENCODING, SIGNATURE), form.withPayload(each).token());
    }

    @Test
    default void a_length_that_base64url_does_not_have_is_refused() {
        CompactForm form = CompactForm.of(genuine());
        for (int more = 1; more <= 4; more++) {
            String part = form.signature() + "A".repeat(more);
            if (part.length() % 4 == 1)
                refused(ENCODING, form.withSignature(part).token());
            else refused(form.withSignature(part).token());
        }
    }

    @Test
    default void the_last_character_of_a_part_has_one_form_only() {
        int tried = 0;
        for (String blank : List.of("", " ", "  ")) {
            CompactForm form = CompactForm.of(forge(header() + blank, payload() + blank));
            for (String other : sameBytes(form.header())) {
                refused(ENCODING, form.withHeader(other).token());
                tried++;
            }
            for (String other : sameBytes(form.payload())) {
                refusedForOneOf(
                        List.of(ENCODING, SIGNATURE), form.withPayload(other).token());
                tried++;
            }
            for (String other : sameBytes(form.signature())) {
                refused(ENCODING, form.withSignature(other).token());
                tried++;
            }
        }
        assertThat(tried).isPositive();
    }

    @Test
    default void blanks_around_a_token_are_not_cut_away() {
        String token = genuine();
        refused(" " + token, token + " ", token + "\n", "\t" + token, "Bearer " + token, "\uFEFF" + token);
        refused(token.replace(".", " ."), token.replace(".", ". "), token.replace('.', '\u3002'));
    }

    // Signature

    @Test
    default void a_token_altered_in_any_one_character_is_refused() {
        String token = genuine();
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) == '.') continue;
            int value = BASE64URL.indexOf(token.charAt(i));
            for (int change : List.of(1, 32))
                refused(token.substring(0, i) + BASE64URL.charAt(value ^ change) + token.substring(i + 1));
        }
    }

    @Test
    default void a_token_with_one_character_more_or_less_is_refused() {
        String token = genuine();
        for (int i = 0; i < token.length(); i++) {
            refused(token.substring(0, i) + token.substring(i + 1));
            refused(token.substring(0, i) + "A" + token.substring(i));
        }
    }

    @Test
    default void a_signature_over_something_else_does_not_fit() {
        CompactForm form = CompactForm.of(genuine());
        CompactForm other = CompactForm.of(forge(header(), payload("alice:login", "admin:login")));

        refused(SIGNATURE, form.withPayload(other.payload()).token());
        refused(SIGNATURE, form.withSignature(other.signature()).token());
    }

    @Test
    default void a_signature_without_content_does_not_fit() {
        CompactForm form = CompactForm.of(genuine());
        int length = CompactForm.decode(form.signature()).length;
        for (int size : List.of(0, 1, 32, 63, 64, 65, length, length + 1, 512)) {
            byte[] zeros = new byte[size];
            byte[] ones = new byte[size];
            Arrays.fill(ones, (byte) 0xff);
            refused(form.withSignature(CompactForm.encode(zeros)).token());
            refused(form.withSignature(CompactForm.encode(ones)).token());
        }
    }

    @Test
    default void an_ecdsa_signature_in_der_or_of_the_group_order_does_not_fit() {
        CompactForm form = CompactForm.of(genuine());
        byte[] order = HexFormat.of().parseHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
        byte[] zero = new byte[32];
        byte[] der = HexFormat.of().parseHex("3006020101020101");
        refused(
                form.withSignature(CompactForm.encode(both(order, order))).token(),
                form.withSignature(CompactForm.encode(both(zero, order))).token(),
                form.withSignature(CompactForm.encode(both(order, zero))).token(),
                form.withSignature(CompactForm.encode(der)).token());
    }

    // Header

    @Test
    default void a_header_that_is_not_one_object_with_each_member_once_is_refused() {
        String inside = "\"alg\":\"" + algorithm() + "\",\"kid\":\"" + kid() + "\"";
        for (String each : List.of(
                "",
                " ",
                "null",
                "true",
                "1",
                "\"text\"",
                "[]",
                "[{" + inside + "}]",
                "{" + inside,
                inside + "}",
                "{" + inside + "}}",
                "{" + inside + "}{}",
                "{" + inside + "} x",
                "{" + inside + ",}",
                "{," + inside + "}",
                "{" + inside + ",\"a\"}",
                "{" + inside + ",\"a\":}",
                "{" + inside + ",a:1}",
                "{" + inside + ",'a':1}",
                "{" + inside + ",\"a\":'b'}",
                "{" + inside + ",\"a\":01}",
                "{" + inside + ",\"a\":+1}",
                "{" + inside + ",\"a\":1.}",
                "{" + inside + ",\"a\":.5}",
                "{" + inside + ",\"a\":0x1}",
                "{" + inside + ",\"a\":NaN}",
                "{" + inside + ",\"a\":Infinity}",
                "{" + inside + ",\"a\":tru}",
                "{" + inside + ",\"a\":\"\\x\"}",
                "{" + inside + ",\"a\":\"\\u12\"}",
                "{" + inside + ",\"a\":\"new\nline\"}",
                "{" + inside + ",\"a\":\"zero\u0000\"}",
                "{" + inside + "/* no comment */}",
                "{" + inside + "}//",
                "#{" + inside + "}",
                "\uFEFF{" + inside + "}",
                "{" + inside + ",\"alg\":\"" + algorithm() + "\"}",
                "{" + inside + ",\"alg\":\"none\"}",
                "{\"alg\":\"none\"," + inside + "}",
                "{" + inside + ",\"kid\":\"" + kid() + "\"}",
                "{" + inside + ",\"typ\":\"JWT\",\"typ\":\"JWT\"}",
                "{" + inside + ",\"\\u006bid\":\"" + kid() + "\"}",
                "{" + inside + ",\"\\u0061lg\":\"none\"}",
                "{" + inside + ",\"other\":1,\"other\":1}")) refused(Flaw.JSON, forge(each, payload()));
    }

    @Test
    default void a_header_without_an_algorithm_is_refused() {
        for (String each :
                List.of("", "\"alg\":null,", "\"alg\":256,", "\"alg\":[\"" + algorithm() + "\"],", "\"ALG\":\"x\","))
            refused(ALGORITHM_MISSING, forge("{" + each + "\"typ\":\"JWT\",\"kid\":\"" + kid() + "\"}", payload()));
    }

    @Test
    default void no_algorithm_but_that_of_the_key_is_believed() {
        for (String each : List.of(
                "none", "None", "NONE", "nOnE", "", " ", "HS256", "HS384", "HS512", "ES256", "ES384", "ES512", "ES256K",
                "EdDSA", "Ed25519", "RS256", "RS384", "RS512", "PS256", "RSA1_5", "dir", "A128GCM", "unknown")) {
            if (each.equals(algorithm())) continue;
            String named = "{\"alg\":\"" + each + "\",\"typ\":\"JWT\",\"kid\":\"" + kid() + "\"}";
            refused(ALGORITHM_UNEXPECTED, forge(named, payload()));
            refused(CompactForm.of(forge(named, payload())).signed() + ".");
        }
        for (String each : List.of(
                algorithm().toLowerCase(java.util.Locale.ROOT),
                " " + algorithm(),
                algorithm() + " ",
                algorithm() + "\\u0000"))
            if (!each.equals(algorithm()))
                refused(
                        ALGORITHM_UNEXPECTED,
                        forge("{\"alg\":\"" + each + "\",\"typ\":\"JWT\",\"kid\":\"" + kid() + "\"}", payload()));
    }

    @Test
    default void a_public_key_is_nobody_s_password() throws GeneralSecurityException {
        Map<String, String> key = publishedKeys().published().getFirst().members();
        List<byte[]> passwords = new ArrayList<>();
        for (String value : key.values()) passwords.add(value.getBytes(StandardCharsets.UTF_8));
        for (String name : List.of("x", "y", "n", "e"))
            if (key.containsKey(name)) passwords.add(CompactForm.decode(key.getOrDefault(name, "")));
        if (key.containsKey("y"))
            passwords.add(
                    both(CompactForm.decode(key.getOrDefault("x", "")), CompactForm.decode(key.getOrDefault("y", ""))));

        for (byte[] password : passwords) {
            CompactForm form = new CompactForm(
                    CompactForm.encode("{\"alg\":\"HS256\",\"typ\":\"JWT\",\"kid\":\"" + kid() + "\"}"),
                    CompactForm.encode(payload("alice:login", "admin:login")),
                    "");
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(password, "HmacSHA256"));
            byte[] signature = mac.doFinal(form.signed().getBytes(StandardCharsets.US_ASCII));
            refused(
                    ALGORITHM_UNEXPECTED,
                    form.withSignature(CompactForm.encode(signature)).token());
        }
    }

    @Test
    default void a_header_that_brings_its_own_key_or_rules_is_refused() {
        for (String each : List.of(
                "\"crit\":[\"exp\"]",
                "\"crit\":[]",
                "\"jku\":\"https://192.0.2.1/keys\"",
                "\"jwk\":{\"kty\":\"oct\",\"k\":\"AA\"}",
                "\"x5u\":\"https://192.0.2.1/chain\"",
                "\"x5c\":[\"AA\"]",
                "\"b64\":false",
                "\"b64\":true",
                "\"zip\":\"DEF\"",
                "\"enc\":\"A128GCM\"",
                "\"jku\":null")) refused(HEADER_UNEXPECTED, forge(headerWith(each), payload()));
    }

    @Test
    default void a_type_other_than_jwt_is_refused() {
        for (String each : List.of("\"JWS\"", "\"at+jwt\"", "\"JWE\"", "\"\"", "\"JWT \"", "null", "1", "[\"JWT\"]"))
            refused(
                    TYPE_UNEXPECTED,
                    forge(
                            "{\"alg\":\"" + algorithm() + "\",\"typ\":" + each + ",\"kid\":\"" + kid() + "\"}",
                            payload()));
    }

    @Test
    default void a_key_that_is_not_ours_or_not_named_is_refused() {
        for (String each : List.of(
                "",
                ",\"kid\":\"\"",
                ",\"kid\":\"another\"",
                ",\"kid\":\"" + kid() + " \"",
                ",\"kid\":\"" + kid() + "\\u0000\"",
                ",\"kid\":\"../../../../dev/null\"",
                ",\"kid\":\"' or 1=1 --\"",
                ",\"KID\":\"" + kid() + "\""))
            refused(KEY_UNKNOWN, forge("{\"alg\":\"" + algorithm() + "\",\"typ\":\"JWT\"" + each + "}", payload()));
        for (String each : List.of("null", "1", "[\"" + kid() + "\"]", "{}"))
            refused(forge("{\"alg\":\"" + algorithm() + "\",\"typ\":\"JWT\",\"kid\":" + each + "}", payload()));
    }

    // Claims

    @Test
    default void claims_that_are_not_one_object_with_each_member_once_are_refused() {
        String inside = payload().substring(1, payload().length() - 1);
        for (String each : List.of(
                "",
                "null",
                "[]",
                "\"text\"",
                "[{" + inside + "}]",
                "{" + inside,
                "{" + inside + "}{}",
                "{" + inside + "},",
                "{" + inside + ",}",
                "{" + inside + ",\"a\":NaN}",
                "{" + inside + ",\"a\":\"new\nline\"}",
                "{" + inside + "/**/}",
                "\uFEFF{" + inside + "}",
                "{" + inside + ",\"sub\":\"admin:login\"}",
                "{\"sub\":\"admin:login\"," + inside + "}",
                "{" + inside + ",\"exp\":" + EXP + "}",
                "{" + inside + ",\"exp\":253402300799}",
                "{" + inside + ",\"iss\":\"" + issuer() + "\"}",
                "{" + inside + ",\"jti\":\"id-2\"}",
                "{" + inside + ",\"\\u0065xp\":253402300799}",
                "{" + inside + ",\"other\":1,\"other\":1}")) refused(Flaw.JSON, forge(header(), each));
    }

    @Test
    default void nesting_as_deep_as_a_token_allows_is_refused() {
        int depth = 2_500;
        refused(
                forge(header(), payload("\"jti\"", "\"a\":" + "[".repeat(depth) + "]".repeat(depth) + ",\"jti\"")),
                forge(header(), payload("\"jti\"", "\"a\":" + "[".repeat(depth) + ",\"jti\"")),
                forge(headerWith("\"a\":" + "[".repeat(depth) + "]".repeat(depth)), payload()),
                forge(headerWith("\"a\":" + "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000)), payload()));
    }

    @Test
    default void an_issuer_that_is_not_ours_is_refused() {
        String ours = "\"iss\":\"" + issuer() + "\"";
        for (String each : List.of(
                "\"iss\":\"another\"",
                "\"iss\":\"\"",
                "\"iss\":\"" + issuer() + " \"",
                "\"iss\":null",
                "\"iss\":1",
                "\"iss\":[\"" + issuer() + "\"]",
                "\"ISS\":\"" + issuer() + "\"")) refused(ISSUER, forge(header(), payload(ours, each)));
        refused(ISSUER, forge(header(), payload(ours + ",", "")));
    }

    @Test
    default void a_token_about_nobody_is_refused() {
        String sub = "\"sub\":\"alice:login\"";
        for (String each :
                List.of("\"sub\":null", "\"sub\":1", "\"sub\":[\"alice:login\"]", "\"sub\":{}", "\"SUB\":\"a:b\""))
            refused(ISSUER, forge(header(), payload(sub, each)));
        refused(ISSUER, forge(header(), payload(sub + ",", "")));
    }

    @Test
    default void a_token_that_names_an_audience_is_refused_whichever_it_is() {
        for (String each : List.of(
                "\"another\"",
                "\"" + issuer() + "\"",
                "[\"another\",\"" + issuer() + "\"]",
                "\"\"",
                "[]",
                "null",
                "1",
                "{}")) refused(AUDIENCE, forge(header(), payload("\"jti\"", "\"aud\":" + each + ",\"jti\"")));
    }

    @Test
    default void a_token_without_the_time_of_its_issue_is_refused() {
        refused(ISSUED_AT_MISSING, forge(header(), payload("\"iat\":" + IAT + ",", "")));
        refused(ISSUED_AT_MISSING, forge(header(), payload("\"iat\"", "\"IAT\"")));
    }

    @Test
    default void times_that_are_no_whole_numbers_in_range_are_refused() {
        for (String each : List.of(
                "\"" + EXP + "\"",
                "\"\"",
                "\"2030-01-01T00:00:00Z\"",
                EXP + ".5",
                "-1",
                "-" + EXP,
                "1e400",
                "9223372036854775807",
                "9223372036854775808",
                "-9223372036854775809",
                "9".repeat(400),
                "true",
                "false",
                "[" + EXP + "]",
                "{}",
                "{\"value\":" + EXP + "}")) {
            refused(EXPIRES_AT_TYPE, forge(header(), payload("\"exp\":" + EXP, "\"exp\":" + each)));
            refused(NOT_BEFORE_TYPE, forge(header(), payload("\"nbf\":" + IAT, "\"nbf\":" + each)));
            refused(ISSUED_AT_TYPE, forge(header(), payload("\"iat\":" + IAT, "\"iat\":" + each)));
        }
        refused(EXPIRES_AT_TYPE, forge(header(), payload("\"exp\":" + EXP, "\"exp\":null")));
        refused(forge(header(), payload("\"iat\":" + IAT, "\"iat\":null")));
    }

    @Test
    default void a_token_without_a_name_is_refused() {
        refused(ID_MISSING, forge(header(), payload(",\"jti\":\"id-1\"", "")));
        for (String each : List.of("\"jti\":\"\"", "\"JTI\":\"id-1\""))
            refused(ID_MISSING, forge(header(), payload("\"jti\":\"id-1\"", each)));
        for (String each : List.of("\"jti\":null", "\"jti\":1", "\"jti\":[\"id-1\"]"))
            refused(forge(header(), payload("\"jti\":\"id-1\"", each)));
    }

    // Anything at all

    @Test
    default void garbage_is_refused_and_never_thrown_at_anybody() {
        String g = CompactForm.encode("{}");
        refused(
                "null",
                "undefined",
                "[object Object]",
                "\u0000",
                "\u0000.\u0000.\u0000",
                "\uD83D.\uDD11.\uD83D",
                "=.=.=",
                "a.b.c",
                "A.A.A",
                "AA.AA.AA",
                "AAAA.AAAA.AAAA",
                "_.-._",
                g + "." + g + "." + g,
                g + "." + g + ".",
                "eyJ.eyJ.eyJ",
                "/w.\u00ff.",
                CompactForm.encode(new byte[] {(byte) 0xc3, 0x28}) + "." + g + "." + g,
                CompactForm.encode(new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0}) + "." + g + "." + g,
                "{\"payload\":\"" + g + "\",\"signatures\":[]}",
                "%.%.%",
                "a".repeat(8_192),
                ".".repeat(8_192),
                "é".repeat(4_000) + "..");
        Random random = new Random(20_260_301);
        for (int i = 0; i < 500; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            refused(new String(bytes, StandardCharsets.ISO_8859_1));
            refused(CompactForm.encode(bytes) + "." + CompactForm.encode(bytes) + "." + CompactForm.encode(bytes));
        }
    }

    @Test
    default void parts_swapped_between_places_are_refused() {
        CompactForm form = CompactForm.of(genuine());
        refused(
                form.payload() + "." + form.header() + "." + form.signature(),
                form.header() + "." + form.signature() + "." + form.payload(),
                form.signature() + "." + form.payload() + "." + form.header(),
                form.header() + "." + form.header() + "." + form.signature());
    }

    // What the tests above are made of

    private String header() {
        return "{\"alg\":\"" + algorithm() + "\",\"typ\":\"JWT\",\"kid\":\"" + kid() + "\"}";
    }

    private String headerWith(String member) {
        return header().substring(0, header().length() - 1) + "," + member + "}";
    }

    private String payload() {
        return "{\"iss\":\"" + issuer() + "\",\"sub\":\"alice:login\",\"iat\":" + IAT + ",\"nbf\":" + IAT + ",\"exp\":"
                + EXP + ",\"jti\":\"id-1\"}";
    }

    private String payload(String part, String instead) {
        String payload = payload();
        assertThat(payload).contains(part);
        if (instead.isEmpty() && !part.startsWith(",") && !part.endsWith(",")) return payload.replace(part + ",", "");
        return payload.replace(part, instead);
    }

    private String genuine() {
        return forge(header(), payload());
    }

    /** A genuine token with a claim that fills it up. */
    private String ofLength(int length) {
        for (int blanks = 0; blanks < 4; blanks++) {
            String header = header() + " ".repeat(blanks);
            for (int fill = 5_000; fill < 6_200; fill++) {
                String payload = payload("\"jti\"", "\"fill\":\"" + "a".repeat(fill) + "\",\"jti\"");
                int rest = CompactForm.of(genuine()).signature().length() + 2;
                if (unpadded(header.length()) + unpadded(payload.length()) + rest == length)
                    return forge(header, payload);
            }
        }
        throw new AssertionError("no token has this length: " + length);
    }

    private static int unpadded(int bytes) {
        return (bytes * 4 + 2) / 3;
    }

    /** The same part with a last character that decodes to the same bytes. */
    private static List<String> sameBytes(String part) {
        List<String> others = new ArrayList<>();
        int spare = part.length() % 4 == 2 ? 4 : part.length() % 4 == 3 ? 2 : 0;
        int last = BASE64URL.indexOf(part.charAt(part.length() - 1));
        for (int bits = 1; bits < 1 << spare; bits++)
            others.add(part.substring(0, part.length() - 1) + BASE64URL.charAt(last ^ bits));
        return others;
    }

    private static byte[] both(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private TokenVerifier.Verdict verify(String token) {
        return tokenVerifier().verify(new PlainToken(token));
    }

    private void isGenuine(String token) {
        assertThat(verify(token)).as(token).isInstanceOf(TokenVerifier.Verdict.Genuine.class);
    }

    private void refused(String... tokens) {
        for (String token : tokens)
            assertThat(verify(token)).as(token).isInstanceOf(TokenVerifier.Verdict.Refused.class);
    }

    private void refused(Flaw flaw, String token) {
        assertThat(verify(token)).as(told(token)).isEqualTo(new TokenVerifier.Verdict.Refused(flaw));
    }

    private void refusedForOneOf(List<Flaw> flaws, String token) {
        assertThat(verify(token))
                .as(told(token))
                .isInstanceOfSatisfying(
                        TokenVerifier.Verdict.Refused.class,
                        refused -> assertThat(refused.flaw()).isIn(flaws));
    }

    private static String told(String token) {
        if (token.length() > 10_000) return token.length() + " characters";
        try {
            CompactForm form = CompactForm.of(token);
            return new String(CompactForm.decode(form.header()), StandardCharsets.UTF_8) + " "
                    + new String(CompactForm.decode(form.payload()), StandardCharsets.UTF_8);
        } catch (AssertionError | IllegalArgumentException e) {
            return token;
        }
    }
}
