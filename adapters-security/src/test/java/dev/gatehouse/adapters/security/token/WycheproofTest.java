package dev.gatehouse.adapters.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The JOSE vectors of C2SP/wycheproof against the code that verifies tokens. They are not part of the project: the
 * folder that holds them is a parameter, and without it this class is not selected.
 */
@Tag("wycheproof")
class WycheproofTest {
    private static final String NO_SETS = "the set as a whole is at fault; the service reads no sets, its keys are rows"
            + " with the kid as primary key, and none is symmetric";
    private static final String NO_FOREIGN_RSA = "the key comes from a chip that makes weak ones (ROCA); the service"
            + " takes no RSA key that it has not made";

    private final Path folder = Path.of(Objects.requireNonNull(System.getProperty("wycheproof.vectors")));

    @Test
    void signatures_are_judged_as_labelled() {
        String otherThanKey = "the key says PS256 and the signature PS384; the algorithm is that of the key";
        String noAlgorithm = "the key says ES521, which is no algorithm (RFC 7518 section 3.1 has ES512)";
        String sameText = "mislabelled: the very text of 357, which is valid; the padding it is named after got lost";
        String notBase64 = "mislabelled: it holds a question mark, which is not base64url, and the MAC covers the text"
                + " without it";
        judge(
                "json_web_signature_test.json",
                401,
                Map.of(
                        346, otherThanKey,
                        347, noAlgorithm,
                        350, otherThanKey,
                        351, noAlgorithm,
                        367, sameText,
                        370, sameText,
                        372, notBase64,
                        373, notBase64));
    }

    @Test
    void keys_are_judged_as_labelled() {
        judge("json_web_key_test.json", 26, Map.of(1, NO_SETS, 4, NO_SETS, 7, NO_FOREIGN_RSA));
    }

    @Test
    void the_mixed_vectors_are_judged_as_labelled() {
        judge("json_web_crypto_test.json", 83, Map.of(46, NO_FOREIGN_RSA, 47, NO_SETS));
    }

    /** @param different what is answered differently from its label, and why that is right */
    private void judge(String file, int expected, Map<Integer, String> different) {
        Map<Integer, String> found = new TreeMap<>();
        int accepted = 0;
        int refused = 0;
        for (Vector each : vectors(file)) {
            boolean genuine = genuine(each);
            if (genuine) accepted++;
            else refused++;
            if (genuine != each.valid())
                found.put(each.id(), each.comment() + " is labelled " + (each.valid() ? "valid" : "invalid"));
        }
        System.out.printf(
                "wycheproof %s: %d vectors, %d accepted, %d refused, %d answered differently from their label%n",
                file, accepted + refused, accepted, refused, found.size());
        found.forEach((id, label) ->
                System.out.printf("  %d %s: %s%n", id, label, different.getOrDefault(id, "NOT EXPECTED")));

        assertThat(found.keySet()).isEqualTo(different.keySet());
        assertThat(accepted + refused).isEqualTo(expected);
    }

    private static boolean genuine(Vector vector) {
        return switch (CompactJws.read(vector.compact())) {
            case CompactJws.Reading.Unreadable unreadable -> false;
            case CompactJws.Reading.Read(CompactJws jws) -> {
                Optional<String> named = jws.text("kid");
                yield vector.keys().stream()
                        .filter(each -> vector.keys().size() == 1 || named.equals(Optional.ofNullable(each.get("kid"))))
                        .findFirst()
                        .flatMap(WycheproofTest::key)
                        .filter(key -> key.flawIn(jws).isEmpty())
                        .isPresent();
            }
        };
    }

    /** Absent when we would not take such a key. */
    private static Optional<VerificationKey> key(Map<String, Object> members) {
        try {
            JWK key = JWK.parse(members);
            return Optional.of(
                    othersAlgorithm(key).isPresent()
                            ? ofOthers(key, othersAlgorithm(key).get())
                            : VerificationKey.of(key));
        } catch (ParseException | JOSEException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** One that the service does not sign with. */
    private static Optional<String> othersAlgorithm(JWK key) {
        return Optional.ofNullable(key.getAlgorithm())
                .map(Algorithm::getName)
                .filter(
                        List.of(
                                "HS256", "HS384", "HS512", "ES384", "ES512", "RS384", "RS512", "PS256", "PS384",
                                "PS512")::contains);
    }

    /** Everything but the arithmetic is ours. */
    private static VerificationKey ofOthers(JWK key, String algorithm) throws JOSEException {
        VerificationKey.requireForSignatures(key);
        JWSHeader header = new JWSHeader(JWSAlgorithm.parse(algorithm));
        JWSVerifier verifier = switch (algorithm.substring(0, 2)) {
            case "HS" -> new MACVerifier(key.toOctetSequenceKey());
            case "ES" -> new ECDSAVerifier(key.toECKey());
            default -> new RSASSAVerifier(key.toRSAKey());
        };
        if (!verifier.supportedJWSAlgorithms().contains(header.getAlgorithm()))
            throw new IllegalArgumentException("a key of another size");
        return new VerificationKey(key.getKeyID(), algorithm, (signed, signature) -> {
            try {
                return verifier.verify(header, signed, Base64URL.encode(signature));
            } catch (JOSEException e) {
                return false;
            }
        });
    }

    /** @param keys one, or the members of a set */
    private record Vector(int id, String comment, boolean valid, String compact, List<Map<String, Object>> keys) {}

    /** The JSON serialisation is there as JSON. */
    private static String text(Object token) {
        return token instanceof String compact ? compact : String.valueOf(token);
    }

    private List<Vector> vectors(String file) {
        try {
            List<Vector> vectors = new ArrayList<>();
            Map<String, Object> all = JSONObjectUtils.parse(Files.readString(folder.resolve(file)));
            for (Map<String, Object> group : JSONObjectUtils.getJSONObjectArray(all, "testGroups")) {
                Map<String, Object> key =
                        JSONObjectUtils.getJSONObject(group, group.containsKey("public") ? "public" : "private");
                List<Map<String, Object>> keys = key.containsKey("keys")
                        ? List.of(JSONObjectUtils.getJSONObjectArray(key, "keys"))
                        : List.of(key);
                for (Map<String, Object> test : JSONObjectUtils.getJSONObjectArray(group, "tests")) {
                    // An encrypted one is something else that a verifier is shown, and must not take for a signed one.
                    boolean signed = test.containsKey("jws");
                    vectors.add(new Vector(
                            JSONObjectUtils.getInt(test, "tcId"),
                            JSONObjectUtils.getString(test, "comment"),
                            signed && "valid".equals(JSONObjectUtils.getString(test, "result")),
                            text(test.get(signed ? "jws" : "jwe")),
                            keys));
                }
            }
            return vectors;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException(file + " is not as expected", e);
        }
    }
}
