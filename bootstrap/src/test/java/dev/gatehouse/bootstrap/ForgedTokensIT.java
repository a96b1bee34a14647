package dev.gatehouse.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Attacks on a running process by who holds a token that counts and the published keys, and no private key: what is made of
 * them is true to that token but for the one thing that is tried, and the token is remembered as verified. What takes our
 * own signature is tried on the verifier that this process uses, in {@code TokenAttackTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedTokensIT {
    private static final String QUESTION = "/api/v1/account/can-i/accounts/get/robot";
    private static final String MALFORMED =
            "token is malformed: header or claims are not a JSON object with each member once";
    private static final String ALGORITHM = "token is unverifiable: unexpected signing method";
    private static final String HEADER = "token is unverifiable: the header asks for what is not done here";
    private static final String TYPE = "token is unverifiable: typ is not JWT";
    private static final String KEY = "token is unverifiable: it names no signing key of ours";
    private static final String SIGNATURE = "token signature is invalid: signature is invalid";

    private RunningServer server;
    private Api admin;
    private Token genuine;
    private String jwks;
    private String kid;

    /** The three parts of a token, the first two as JSON. */
    private record Token(String header, String claims, String signature) {
        static Token of(String text) {
            String[] parts = text.split("\\.", -1);
            return new Token(
                    new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8),
                    new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8),
                    parts[2]);
        }

        String content() {
            return encoded(header.getBytes(UTF_8)) + "." + encoded(claims.getBytes(UTF_8));
        }

        String text() {
            return content() + "." + signature;
        }

        Token withHeader(String other) {
            return new Token(other, claims, signature);
        }

        /** The same with one more member in front of the others. */
        Token withHeaderMember(String member) {
            return withHeader("{" + member + "," + header.substring(1));
        }

        Token withClaims(String other) {
            return new Token(header, other, signature);
        }

        Token withSignature(byte[] other) {
            return new Token(header, claims, encoded(other));
        }
    }

    /** @param why behind {@code invalid session: } */
    private record Attack(String name, Token token, String why) {}

    @BeforeAll
    void start(@TempDir Path home) {
        server = RunningServer.start(home, Map.of("GATEHOUSE_ADMIN_PASSWORD", RunningServer.ADMIN_PASSWORD));
        admin = server.api().signIn("admin", RunningServer.ADMIN_PASSWORD);
        admin.post("/api/v1/account", "{\"name\":\"robot\",\"capabilities\":[\"apiKey\"]}")
                .is(200);
        genuine = Token.of(admin.post("/api/v1/account/robot/token", "{\"id\":\"t\",\"expiresIn\":3600}")
                .is(200)
                .text("token"));
        for (int i = 0; i < 3; i++)
            server.api().as(genuine.text()).get(QUESTION).is(200);
        jwks = server.api().get("/.well-known/jwks.json").is(200).body();
        kid = member("kid", genuine.header());
        assertThat(member("kid", jwks)).isNotEmpty();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> what_is_forged_is_refused_at_every_door_for_just_what_is_wrong_with_it()
            throws GeneralSecurityException {
        return attacks().stream().map(each -> DynamicTest.dynamicTest(each.name(), () -> refused(each)));
    }

    @Test
    void to_end_a_token_by_a_forged_one_ends_nothing() throws GeneralSecurityException {
        List<Attack> attacks = attacks();
        for (Attack each : List.of(
                named("alg none", attacks),
                named("no signature", attacks),
                named("hs256 by a published key", attacks),
                named("a key in the header", attacks),
                named("r and s of zero", attacks)))
            server.api()
                    .post(
                            "/api/v1/tokens/revoke-by-value",
                            "{\"token\":\"" + each.token().text() + "\"}")
                    .is(200);

        server.api().as(genuine.text()).get(QUESTION).is(200);
    }

    private static Attack named(String name, List<Attack> attacks) {
        return attacks.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void refused(Attack attack) {
        String forged = attack.token().text();
        Api.Reply byHeader = server.api().as(forged).get(QUESTION).is(401);
        assertThat(byHeader.text("message")).isEqualTo("invalid session: " + attack.why());
        server.api()
                .send("GET", QUESTION, "", "Cookie", "argocd.token=" + forged)
                .is(401);
        assertThat(introspected(forged)).isEqualTo("{\"active\":false}");

        server.api().as(genuine.text()).get(QUESTION).is(200);
        assertThat(introspected(genuine.text())).startsWith("{\"active\":true,");
    }

    private String introspected(String token) {
        return admin.form("/oauth2/introspect", "token=" + URLEncoder.encode(token, UTF_8))
                .is(200)
                .body();
    }

    private List<Attack> attacks() throws GeneralSecurityException {
        List<Attack> all = new ArrayList<>();
        String claims = genuine.claims();
        String header = genuine.header();
        for (String none : List.of("none", "None", "NONE", "nOnE")) {
            String name = none.equals("none") ? "alg none" : "alg none as " + none;
            Token unsigned = genuine.withHeader(header.replace("\"ES256\"", "\"" + none + "\""));
            all.add(new Attack(name, unsigned.withSignature(new byte[0]), ALGORITHM));
            all.add(new Attack(name + ", signature kept", unsigned, ALGORITHM));
        }
        all.add(new Attack("no signature", genuine.withSignature(new byte[0]), SIGNATURE));
        all.add(new Attack("hs256 by a published key", byHmac(member("x", jwks)), ALGORITHM));
        all.add(new Attack("hs256 by all published keys", byHmac(jwks), ALGORITHM));
        for (String other : List.of("RS256", "PS256", "EdDSA", "ES384", "ES256K", "es256"))
            all.add(new Attack(
                    "alg " + other, genuine.withHeader(header.replace("\"ES256\"", "\"" + other + "\"")), ALGORITHM));

        KeyPair stranger = stranger();
        String jwk = "\"jwk\":" + published(stranger);
        all.add(new Attack("a stranger's key under our kid", signed(genuine, stranger), SIGNATURE));
        all.add(new Attack("a key in the header", signed(genuine.withHeaderMember(jwk), stranger), HEADER));
        all.add(new Attack(
                "a key in the header and no kid",
                signed(genuine.withHeader("{\"alg\":\"ES256\",\"typ\":\"JWT\"," + jwk + "}"), stranger),
                HEADER));
        for (String place : List.of("jku", "x5u"))
            all.add(new Attack(
                    "keys to be fetched by " + place,
                    signed(genuine.withHeaderMember("\"" + place + "\":\"https://attacker.example/keys\""), stranger),
                    HEADER));
        all.add(new Attack(
                "a certificate in the header",
                signed(genuine.withHeaderMember("\"x5c\":[\"MIIB\"]"), stranger),
                HEADER));
        for (String each : List.of("../../../../dev/null", "' OR '1'='1", "https://attacker.example/key"))
            all.add(new Attack("kid " + each, signed(genuine.withHeader(header.replace(kid, each)), stranger), KEY));

        all.add(new Attack("r and s of zero", genuine.withSignature(new byte[64]), SIGNATURE));
        for (String member : List.of("\"crit\":[\"exp\"]", "\"b64\":false", "\"zip\":\"DEF\"", "\"enc\":\"A256GCM\""))
            all.add(new Attack(member, genuine.withHeaderMember(member), HEADER));
        all.add(new Attack("typ at+jwt", genuine.withHeader(header.replace("\"JWT\"", "\"at+jwt\"")), TYPE));
        all.add(new Attack("a token inside", genuine.withClaims("\"" + genuine.text() + "\""), MALFORMED));
        all.add(new Attack("alg given twice", genuine.withHeaderMember("\"alg\":\"none\""), MALFORMED));
        all.add(new Attack(
                "sub given twice", genuine.withClaims("{\"sub\":\"admin:login\"," + claims.substring(1)), MALFORMED));
        all.add(new Attack("another subject", genuine.withClaims(claims.replace("robot:", "admin:")), SIGNATURE));
        all.add(new Attack("another id", genuine.withClaims(claims.replace("\"t\"", "\"u\"")), SIGNATURE));
        all.add(new Attack("a later end", genuine.withClaims(laterEnd(claims)), SIGNATURE));
        return all;
    }

    private static String laterEnd(String claims) {
        String later = claims.replaceAll("\"exp\":\\d+", "\"exp\":4102444800");
        assertThat(later).isNotEqualTo(claims);
        return later;
    }

    private Token byHmac(String secret) throws GeneralSecurityException {
        Token content = genuine.withHeader(genuine.header().replace("\"ES256\"", "\"HS256\""));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HMAC"));
        return content.withSignature(mac.doFinal(content.content().getBytes(UTF_8)));
    }

    private static KeyPair stranger() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static Token signed(Token token, KeyPair key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(key.getPrivate());
        signature.update(token.content().getBytes(UTF_8));
        return token.withSignature(signature.sign());
    }

    private static String published(KeyPair key) {
        ECPublicKey open = (ECPublicKey) key.getPublic();
        return "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\""
                + coordinate(open.getW().getAffineX().toByteArray()) + "\",\"y\":\""
                + coordinate(open.getW().getAffineY().toByteArray()) + "\"}";
    }

    private static String coordinate(byte[] number) {
        byte[] fixed = new byte[32];
        int length = Math.min(number.length, fixed.length);
        System.arraycopy(number, number.length - length, fixed, fixed.length - length, length);
        return encoded(fixed);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String member(String name, String json) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        return Optional.of(matcher).filter(Matcher::find).orElseThrow().group(1);
    }
}
