package dev.gatehouse.adapters.security.token;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.gatehouse.adapters.security.Base64Url;
import dev.gatehouse.domain.token.SigningKey.Algorithm;
import dev.gatehouse.domain.token.TokenVerifier.Flaw;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What has been tried against verifiers of JWTs elsewhere, one test each, for every algorithm that we sign with. */
@ParameterizedClass
@EnumSource(Algorithm.class)
class TokenAttackTest {
    /** The order of the group of P-256. */
    private static final BigInteger N =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private final Workshop workshop;

    TokenAttackTest(Algorithm algorithm) {
        workshop = Workshop.of(algorithm);
    }

    @Test
    void the_token_that_all_attacks_start_from_is_genuine() {
        assertThat(workshop.flaw(workshop.signed(workshop.header(), Workshop.CLAIMS)))
                .isEmpty();
    }

    @Test
    void alg_none_is_refused_in_every_letter_case() {
        for (int bits = 0; bits < 16; bits++) {
            StringBuilder none = new StringBuilder("none");
            for (int i = 0; i < 4; i++)
                if ((bits >> i & 1) == 1) none.setCharAt(i, Character.toUpperCase(none.charAt(i)));
            for (String kid : List.of(",\"kid\":\"" + workshop.kid() + "\"", ",\"kid\":\"none\"", "")) {
                String token = workshop.signed("{\"alg\":\"" + none + "\"" + kid + "}", Workshop.CLAIMS);
                assertRefused(Flaw.ALGORITHM_UNEXPECTED, token);
                assertRefused(Flaw.ALGORITHM_UNEXPECTED, token.substring(0, token.lastIndexOf('.') + 1));
            }
        }
    }

    @Test
    void alg_missing_or_of_another_type_is_refused() {
        for (String alg : List.of("", "\"alg\":null,", "\"alg\":256,", "\"alg\":[\"ES256\"],", "\"alg\":{},"))
            assertRefused(
                    Flaw.ALGORITHM_MISSING,
                    workshop.signed("{" + alg + "\"kid\":\"" + workshop.kid() + "\"}", Workshop.CLAIMS));
    }

    @Test
    void hs256_with_the_public_key_as_its_secret_is_refused() throws Exception {
        JWK open = publicKey();
        List<byte[]> secrets = new ArrayList<>(List.of(
                open.toJSONString().getBytes(UTF_8), open.computeThumbprint().decode()));
        workshop.ring().active().published().members().values().forEach(value -> {
            secrets.add(value.getBytes(UTF_8));
            Base64Url.decode(value).filter(bytes -> bytes.length > 0).ifPresent(secrets::add);
        });
        byte[] der = der(open);
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PUBLIC KEY-----";
        secrets.addAll(List.of(der, pem.getBytes(UTF_8), (pem + "\n").getBytes(UTF_8)));
        for (String alg : List.of("HS256", "HS384", "HS512"))
            for (byte[] secret : secrets) {
                String content = Base64Url.encode(
                                ("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\",\"kid\":\"" + workshop.kid() + "\"}")
                                        .getBytes(UTF_8))
                        + "." + Base64Url.encode(Workshop.CLAIMS.getBytes(UTF_8));
                Mac mac = Mac.getInstance("HmacSHA" + alg.substring(2));
                mac.init(new SecretKeySpec(secret, "HMAC"));
                assertRefused(
                        Flaw.ALGORITHM_UNEXPECTED,
                        content + "." + Base64Url.encode(mac.doFinal(content.getBytes(UTF_8))));
            }
    }

    @Test
    void an_algorithm_other_than_that_of_the_key_is_refused_however_close() {
        List<String> words = new ArrayList<>(List.of(
                "ES256",
                "EdDSA",
                "RS256",
                "Ed25519",
                "ES256K",
                "ES384",
                "ES512",
                "RS384",
                "RS512",
                "PS256",
                "es256",
                "eddsa",
                "rs256",
                "RS256 ",
                " ES256",
                "ES256\\u0000",
                ""));
        words.remove(workshop.algorithm().word());
        for (String word : words)
            assertRefused(
                    Flaw.ALGORITHM_UNEXPECTED,
                    workshop.signed("{\"alg\":\"" + word + "\",\"kid\":\"" + workshop.kid() + "\"}", Workshop.CLAIMS));
    }

    @Test
    void a_signature_by_a_stranger_s_key_is_refused() {
        Workshop stranger = Workshop.anew(workshop.algorithm());
        assertRefused(Flaw.SIGNATURE, stranger.signed(workshop.header(), Workshop.CLAIMS));
        assertRefused(Flaw.KEY_UNKNOWN, stranger.signed(stranger.header(), Workshop.CLAIMS));
    }

    @Test
    void a_signature_by_another_kind_of_key_is_refused() {
        for (Algorithm other : Algorithm.values()) {
            if (other == workshop.algorithm()) continue;
            Workshop stranger = Workshop.of(other);
            byte[] signature =
                    stranger.ring().active().secret().sign(workshop.content().getBytes(UTF_8));
            assertRefused(Flaw.SIGNATURE, workshop.with(signature));
        }
    }

    @Test
    void a_key_of_the_attacker_in_the_header_is_refused() {
        Workshop attacker = Workshop.anew(workshop.algorithm());
        String jwk = attacker.ring().active().published().members().entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":\"" + member.getValue() + "\"")
                .reduce((left, right) -> left + "," + right)
                .orElseThrow();
        assertRefused(
                Flaw.HEADER_UNEXPECTED, attacker.signed(workshop.header("\"jwk\":{" + jwk + "},"), Workshop.CLAIMS));
        assertRefused(
                Flaw.HEADER_UNEXPECTED, attacker.signed(attacker.header("\"jwk\":{" + jwk + "},"), Workshop.CLAIMS));
        assertRefused(Flaw.HEADER_UNEXPECTED, workshop.signed(workshop.header("\"jwk\":null,"), Workshop.CLAIMS));
    }

    @Test
    void a_place_to_fetch_keys_from_is_refused() {
        for (String member : List.of("jku", "x5u"))
            assertRefused(
                    Flaw.HEADER_UNEXPECTED,
                    workshop.signed(
                            workshop.header("\"" + member + "\":\"https://attacker.example/keys\","), Workshop.CLAIMS));
    }

    @Test
    void a_certificate_in_the_header_is_refused() {
        assertRefused(Flaw.HEADER_UNEXPECTED, workshop.signed(workshop.header("\"x5c\":[\"MIIB\"],"), Workshop.CLAIMS));
    }

    @Test
    void a_kid_that_is_a_path_is_no_key() {
        for (String kid : List.of(
                "../../../../dev/null", "/etc/passwd", "file:///dev/null", "https://attacker.example/key", "..", "/"))
            assertNoKey("\"" + kid + "\"");
    }

    @Test
    void a_kid_that_is_sql_is_no_key() {
        for (String kid : List.of("' OR '1'='1", "x' UNION SELECT 'secret' --", "'; DROP TABLE signing_key; --", "%"))
            assertNoKey("\"" + kid + "\"");
    }

    @Test
    void a_very_long_kid_is_no_key() {
        assertNoKey("\"" + "k".repeat(5_000) + "\"");
        assertNoKey("\"" + workshop.kid() + "k".repeat(5_000) + "\"");
    }

    @Test
    void a_kid_with_control_characters_is_no_key() {
        for (String extra : List.of("\\u0000", "\\n", "\\r\\n", "\\u0007", "\\u202e", "\\ud800", " "))
            assertNoKey("\"" + workshop.kid() + extra + "\"");
    }

    @Test
    void a_kid_of_another_case_or_type_or_none_is_no_key() {
        assertNoKey("\"" + workshop.kid().toUpperCase(java.util.Locale.ROOT) + "\"");
        for (String kid : List.of("\"\"", "null", "0", "true", "[\"" + workshop.kid() + "\"]", "{}")) assertNoKey(kid);
        assertRefused(
                Flaw.KEY_UNKNOWN,
                workshop.signed("{\"alg\":\"" + workshop.algorithm().word() + "\"}", Workshop.CLAIMS));
    }

    @Test
    void a_signature_of_r_and_s_zero_is_refused() {
        int length = workshop.ring().active().secret().sign(new byte[0]).length;
        assertRefused(Flaw.SIGNATURE, workshop.with(pair(BigInteger.ZERO, BigInteger.ZERO)));
        assertRefused(Flaw.SIGNATURE, workshop.with(new byte[length]));
    }

    @Test
    void a_signature_of_edge_values_is_refused() {
        int length = workshop.ring().active().secret().sign(new byte[0]).length;
        for (int fill : List.of(0x00, 0x01, 0x7f, 0x80, 0xff)) {
            byte[] signature = new byte[length];
            Arrays.fill(signature, (byte) fill);
            assertRefused(Flaw.SIGNATURE, workshop.with(signature));
        }
        byte[] one = new byte[length];
        one[length - 1] = 1;
        assertRefused(Flaw.SIGNATURE, workshop.with(one));
        // r and s of ECDSA from everything that must not pass for a number between 1 and n - 1, and its neighbours.
        List<BigInteger> edges =
                List.of(BigInteger.ZERO, BigInteger.ONE, N.subtract(BigInteger.ONE), N, N.add(BigInteger.ONE));
        for (BigInteger r : edges) for (BigInteger s : edges) assertRefused(Flaw.SIGNATURE, workshop.with(pair(r, s)));
    }

    @Test
    void a_signature_without_bytes_is_refused() {
        assertRefused(Flaw.SIGNATURE, workshop.with(new byte[0]));
    }

    @Test
    void a_signature_that_is_too_short_or_too_long_is_refused() {
        byte[] genuine = genuineSignature();
        for (int length : List.of(1, genuine.length / 2, genuine.length - 1, genuine.length + 1, 2 * genuine.length))
            assertRefused(Flaw.SIGNATURE, workshop.with(Arrays.copyOf(genuine, length)));
        byte[] shifted = new byte[genuine.length + 1];
        System.arraycopy(genuine, 0, shifted, 1, genuine.length);
        assertRefused(Flaw.SIGNATURE, workshop.with(shifted));
    }

    @Test
    void a_signature_in_der_is_refused() throws Exception {
        byte[] genuine = genuineSignature();
        byte[] der = genuine.length == 64 ? ECDSA.transcodeSignatureToDER(genuine) : derOctets(genuine);
        assertRefused(Flaw.SIGNATURE, workshop.with(der));
    }

    @Test
    void a_critical_extension_is_refused() {
        for (String crit : List.of("[\"exp\"]", "[\"b64\"]", "[\"http://example.com/unknown\"]", "[]", "null", "\"\""))
            assertRefused(
                    Flaw.HEADER_UNEXPECTED,
                    workshop.signed(workshop.header("\"crit\":" + crit + ","), Workshop.CLAIMS));
    }

    @Test
    void an_unencoded_payload_is_refused() {
        for (String b64 : List.of("\"b64\":false,", "\"b64\":true,", "\"b64\":false,\"crit\":[\"b64\"],"))
            assertRefused(Flaw.HEADER_UNEXPECTED, workshop.signed(workshop.header(b64), Workshop.CLAIMS));
        // As RFC 7797 has it: the claims stand there, and are signed, as they are.
        for (String claims : List.of(Workshop.CLAIMS, "eyJ9")) {
            String content = Base64Url.encode(
                            workshop.header("\"b64\":false,\"crit\":[\"b64\"],").getBytes(UTF_8))
                    + "." + claims;
            String token = content + "."
                    + Base64Url.encode(workshop.ring().active().secret().sign(content.getBytes(UTF_8)));
            assertThat(workshop.flaw(token)).isPresent();
        }
    }

    @Test
    void a_compressed_or_encrypted_one_is_refused() throws IOException {
        byte[] header = workshop.header().getBytes(UTF_8);
        byte[] zipped = workshop.header("\"zip\":\"DEF\",").getBytes(UTF_8);
        byte[] claims = deflated(Workshop.CLAIMS.getBytes(UTF_8));
        assertThat(workshop.flaw(workshop.signed(zipped, claims))).isPresent();
        assertRefused(Flaw.JSON, workshop.signed(header, claims));
        for (String member : List.of("\"zip\":\"DEF\",", "\"enc\":\"A256GCM\","))
            assertRefused(Flaw.HEADER_UNEXPECTED, workshop.signed(workshop.header(member), Workshop.CLAIMS));
        assertRefused(
                Flaw.SEGMENTS,
                Base64Url.encode("{\"alg\":\"dir\",\"enc\":\"A256GCM\"}".getBytes(UTF_8)) + "..AA.AA.AA");
    }

    @Test
    void another_type_is_refused() {
        for (String typ : List.of(
                "\"at+jwt\"", "\"jwt\"", "\"JWS\"", "\"JOSE\"", "\"dpop+jwt\"", "\"\"", "null", "1", "[\"JWT\"]"))
            assertRefused(
                    Flaw.TYPE_UNEXPECTED,
                    workshop.signed(
                            "{\"alg\":\"" + workshop.algorithm().word() + "\",\"typ\":" + typ + ",\"kid\":\""
                                    + workshop.kid() + "\"}",
                            Workshop.CLAIMS));
        assertThat(workshop.flaw(workshop.signed(
                        "{\"alg\":\"" + workshop.algorithm().word() + "\",\"kid\":\"" + workshop.kid() + "\"}",
                        Workshop.CLAIMS)))
                .isEmpty();
    }

    @Test
    void a_token_inside_a_token_is_refused() {
        String inner = workshop.signed(workshop.header(), Workshop.CLAIMS);
        assertRefused(Flaw.JSON, workshop.signed(workshop.header("\"cty\":\"JWT\","), inner));
        assertRefused(Flaw.JSON, workshop.signed(workshop.header("\"cty\":\"JWT\","), "\"" + inner + "\""));
        assertRefused(Flaw.SEGMENTS, inner + "." + inner);
    }

    @Test
    void a_member_given_twice_is_refused() {
        for (String twice :
                List.of("\"alg\":\"none\",", "\"kid\":\"x\",", "\"typ\":\"JWT\",", "\"\\u0061lg\":\"none\","))
            assertRefused(Flaw.JSON, workshop.signed(workshop.header(twice), Workshop.CLAIMS));
        assertRefused(Flaw.JSON, workshop.signed(workshop.header("\"x\":{\"a\":1,\"a\":2},"), Workshop.CLAIMS));
        for (String twice : List.of(
                "\"sub\":\"admin:login\"",
                "\"exp\":1",
                "\"iss\":\"argocd\"",
                "\"jti\":\"b\"",
                "\"\\u0073ub\":\"x\"",
                "\"x\":1,\"x\":1",
                "\"x\":[{\"a\":1,\"a\":1}]"))
            assertRefused(Flaw.JSON, workshop.signed(workshop.header(), claimsAnd(twice)));
    }

    @Test
    void an_end_or_a_beginning_given_as_text_is_refused() {
        assertTimes("\"1900000000\"", "\"\"", "\"never\"");
    }

    @Test
    void an_end_or_a_beginning_that_is_a_float_is_refused() {
        assertTimes("1900000000.0", "1900000000.5", "1.9e9", "1E2");
    }

    @Test
    void a_negative_end_or_beginning_is_refused() {
        assertTimes("-1", "-1900000000", "-9223372036854775809");
    }

    @Test
    void a_huge_end_or_beginning_is_refused() {
        assertTimes("253402300800", "9223372036854775807", "9223372036854775808", "1" + "0".repeat(300), "1e400");
    }

    @Test
    void an_end_or_a_beginning_of_another_type_is_refused() {
        assertTimes("null", "true", "false", "[1900000000]", "{}");
    }

    @Test
    void a_token_without_a_time_of_issue_is_refused() {
        assertRefused(Flaw.ISSUED_AT_MISSING, workshop.signed(workshop.header(), without("iat")));
    }

    @Test
    void an_end_far_off_is_no_flaw_and_none_is_none() {
        assertThat(workshop.flaw(workshop.signed(workshop.header(), replacing("exp", "253402300799"))))
                .isEmpty();
        assertThat(workshop.flaw(workshop.signed(workshop.header(), without("exp"))))
                .isEmpty();
        assertThat(workshop.flaw(workshop.signed(workshop.header(), replacing("exp", "0"))))
                .isEmpty();
    }

    @Test
    void another_issuer_or_no_subject_is_refused() {
        for (String issuer : List.of(
                "\"https://accounts.example.com\"", "\"Argocd\"", "\"argocd \"", "\"\"", "null", "1", "[\"argocd\"]"))
            assertRefused(Flaw.ISSUER, workshop.signed(workshop.header(), replacing("iss", issuer)));
        for (String subject : List.of("null", "1", "{}", "[\"admin\"]"))
            assertRefused(Flaw.ISSUER, workshop.signed(workshop.header(), replacing("sub", subject)));
        for (String member : List.of("iss", "sub"))
            assertRefused(Flaw.ISSUER, workshop.signed(workshop.header(), without(member)));
    }

    @Test
    void no_id_is_refused() {
        for (String id : List.of("\"\"", "null", "1", "[\"a\"]", "{}"))
            assertRefused(Flaw.ID_MISSING, workshop.signed(workshop.header(), replacing("jti", id)));
        assertRefused(Flaw.ID_MISSING, workshop.signed(workshop.header(), without("jti")));
    }

    @Test
    void anything_but_one_json_object_is_refused() {
        for (String text : List.of(
                "",
                " ",
                "null",
                "1",
                "\"x\"",
                "[]",
                "[{}]",
                "{",
                "}",
                "{}{}",
                "{} x",
                "{}\u0000",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":0x1}",
                "{/**/}",
                "{}//",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\ud8\"}",
                "\ufeff{}",
                "{\"a\" 1}",
                "{\"a\":tru}",
                "{,}",
                "{\"a\":1 \"b\":2}")) {
            assertRefused(Flaw.JSON, workshop.signed(workshop.header(), text));
            assertRefused(Flaw.JSON, workshop.signed(text, Workshop.CLAIMS));
        }
    }

    @Test
    void deep_nesting_is_refused() {
        for (int depth : List.of(9, 100, 1_000)) {
            String deep = "[".repeat(depth) + "]".repeat(depth);
            assertRefused(Flaw.JSON, workshop.signed(workshop.header(), claimsAnd("\"x\":" + deep)));
            assertRefused(Flaw.JSON, workshop.signed(workshop.header("\"x\":" + deep + ","), Workshop.CLAIMS));
        }
        assertRefused(Flaw.JSON, workshop.signed(workshop.header(), "{\"a\":".repeat(1_000)));
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused() {
        for (String bad :
                List.of("\u00ff", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f4\u0090\u0080\u0080", "\u00e2\u0082")) {
            byte[] claims = claimsAnd("\"x\":\"" + bad + "\"").getBytes(ISO_8859_1);
            assertRefused(Flaw.JSON, workshop.signed(workshop.header().getBytes(UTF_8), claims));
            byte[] header = workshop.header("\"x\":\"" + bad + "\",").getBytes(ISO_8859_1);
            assertRefused(Flaw.JSON, workshop.signed(header, Workshop.CLAIMS.getBytes(UTF_8)));
        }
        assertRefused(
                Flaw.JSON,
                workshop.signed(
                        workshop.header().getBytes(UTF_8),
                        Workshop.CLAIMS.getBytes(java.nio.charset.StandardCharsets.UTF_16)));
    }

    @Test
    void another_number_of_parts_is_refused() {
        String token = workshop.signed(workshop.header(), Workshop.CLAIMS);
        for (String text : List.of(
                "",
                ".",
                "...",
                "x",
                "a.b",
                token + ".",
                "." + token,
                token.replace('.', ' '),
                token.substring(0, token.lastIndexOf('.')),
                token.substring(token.indexOf('.') + 1),
                "{\"payload\":\"\",\"signatures\":[]}")) assertRefused(Flaw.SEGMENTS, text);
    }

    @Test
    void another_encoding_of_the_same_bytes_is_refused() {
        String token = workshop.signed(workshop.header(), Workshop.CLAIMS);
        String[] parts = token.split("\\.");
        for (int part = 0; part < 3; part++)
            for (Function<String, String> change : List.<Function<String, String>>of(
                    text -> text + "=",
                    text -> text + "==",
                    text -> text + " ",
                    text -> " " + text,
                    text -> text + "\n",
                    text -> text + "\u0000",
                    text -> text.substring(0, 4) + "\n" + text.substring(4),
                    text -> text + "+",
                    text -> text + "/",
                    text -> text + "%3D",
                    text -> text + "\u0131",
                    text -> text + "A".repeat(text.length() % 4 == 1 ? 4 : (5 - text.length() % 4) % 4))) {
                String[] changed = parts.clone();
                changed[part] = change.apply(parts[part]);
                assertRefused(Flaw.ENCODING, String.join(".", changed));
            }
    }

    @Test
    void stray_bits_at_the_end_of_a_part_are_refused() {
        String token = workshop.signed(workshop.header("\"x\":\"\","), claimsAnd("\"x\":\"\""));
        String[] parts = token.split("\\.");
        int tried = 0;
        for (int part = 0; part < 3; part++) {
            if (parts[part].length() % 4 == 0) continue;
            tried++;
            String[] changed = parts.clone();
            String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
            int end = parts[part].length() - 1;
            changed[part] = parts[part].substring(0, end) + digits.charAt(digits.indexOf(parts[part].charAt(end)) + 1);
            assertRefused(Flaw.ENCODING, String.join(".", changed));
        }
        assertThat(tried).isPositive();
    }

    @Test
    void more_than_8192_characters_are_not_read() {
        int room = 8192
                - workshop.signed(workshop.header(), claimsAnd("\"x\":\"\"")).length();
        String filler = "x".repeat(room * 3 / 4);
        String longest = workshop.signed(workshop.header(), claimsAnd("\"x\":\"" + filler + "\""));
        assertThat(longest).hasSizeBetween(8189, 8192);
        assertThat(workshop.flaw(longest)).isEmpty();
        assertRefused(Flaw.TOO_LONG, workshop.signed(workshop.header(), claimsAnd("\"x\":\"" + filler + "xxxx\"")));
        assertRefused(Flaw.TOO_LONG, ".".repeat(8193));
        assertRefused(Flaw.TOO_LONG, "a".repeat(50_000_000));
        assertRefused(Flaw.SEGMENTS, ".".repeat(8192));
    }

    @Test
    void unknown_members_change_nothing() {
        String token = workshop.signed(
                workshop.header("\"x\":[{\"a\":[1]},null,1e400],\"x5t\":\"AA\","),
                claimsAnd("\"azp\":[\"x\"],\"groups\":[\"admin\"],\"x\":{\"y\":{\"z\":null}}"));
        assertThat(workshop.flaw(token)).isEmpty();
    }

    /** Of each time that there is. */
    private void assertTimes(String... values) {
        Map<String, Flaw> times =
                Map.of("exp", Flaw.EXPIRES_AT_TYPE, "nbf", Flaw.NOT_BEFORE_TYPE, "iat", Flaw.ISSUED_AT_TYPE);
        times.forEach((member, flaw) -> {
            for (String value : values)
                assertRefused(flaw, workshop.signed(workshop.header(), replacing(member, value)));
        });
    }

    private void assertNoKey(String kid) {
        assertRefused(
                Flaw.KEY_UNKNOWN,
                workshop.signed(
                        "{\"alg\":\"" + workshop.algorithm().word() + "\",\"typ\":\"JWT\",\"kid\":" + kid + "}",
                        Workshop.CLAIMS));
    }

    private void assertRefused(Flaw flaw, String token) {
        assertThat(workshop.flaw(token))
                .as(() -> token.substring(0, Math.min(300, token.length())))
                .contains(flaw);
    }

    private static String claimsAnd(String more) {
        return Workshop.CLAIMS.substring(0, Workshop.CLAIMS.length() - 1) + "," + more + "}";
    }

    private static String replacing(String member, String value) {
        String changed =
                Workshop.CLAIMS.replaceFirst("\"" + member + "\":(\"[^\"]*\"|[0-9]+)", "\"" + member + "\":" + value);
        assertThat(changed).isNotEqualTo(Workshop.CLAIMS);
        return changed;
    }

    private static String without(String member) {
        return replacing(member, "0").replaceFirst("\"" + member + "\":0,?", "").replace(",}", "}");
    }

    /** RFC 1951, as {@code zip} has it. */
    private static byte[] deflated(byte[] plain) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out =
                new DeflaterOutputStream(deflated, new Deflater(Deflater.DEFAULT_COMPRESSION, true))) {
            out.write(plain);
        }
        return deflated.toByteArray();
    }

    private byte[] genuineSignature() {
        return workshop.ring().active().secret().sign(workshop.content().getBytes(UTF_8));
    }

    private static byte[] pair(BigInteger r, BigInteger s) {
        byte[] both = new byte[64];
        for (Map.Entry<Integer, BigInteger> each : Map.of(32, r, 64, s).entrySet()) {
            byte[] bytes = each.getValue().toByteArray();
            int length = Math.min(32, bytes.length);
            System.arraycopy(bytes, bytes.length - length, both, each.getKey() - length, length);
        }
        return both;
    }

    private static byte[] derOctets(byte[] bytes) {
        byte[] der = new byte[bytes.length + 4];
        der[0] = 4;
        der[1] = (byte) 0x82;
        der[2] = (byte) (bytes.length >> 8);
        der[3] = (byte) bytes.length;
        System.arraycopy(bytes, 0, der, 4, bytes.length);
        return der;
    }

    /** SubjectPublicKeyInfo, which is what most programs hold a public key in. */
    private static byte[] der(JWK open) throws JOSEException {
        return switch (open) {
            case RSAKey rsa -> rsa.toPublicKey().getEncoded();
            case ECKey ec -> ec.toPublicKey().getEncoded();
            // RFC 8410 section 10.1: what stands before the 32 bytes is the same for every Ed25519 key.
            case OctetKeyPair pair ->
                HexFormat.of()
                        .parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(pair.getDecodedX()));
            default -> throw new AssertionError("no such key is ours: " + open.getKeyType());
        };
    }

    private JWK publicKey() throws ParseException, GeneralSecurityException {
        return JWK.parse(Map.copyOf(workshop.ring().active().published().members()));
    }
}
