import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies the ES256 signature of a token off-line, with the published keys and the JDK alone:
 * {@code java VerifyToken.java keys.json TOKEN}. Whether the token still counts, only the service knows.
 */
public class VerifyToken {
    public static void main(String[] args) throws Exception {
        String keys = Files.readString(Path.of(args[0]));
        String[] token = args[1].split("\\.");
        String header = new String(decode(token[0]), StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(key(keys, member(header, "kid")));
        signature.update((token[0] + "." + token[1]).getBytes(StandardCharsets.US_ASCII));
        boolean valid = signature.verify(decode(token[2]));
        System.out.println(valid ? "the signature is valid" : "the signature is NOT valid");
        System.exit(valid ? 0 : 1);
    }

    private static PublicKey key(String keys, String kid) throws Exception {
        for (String jwk : keys.split("\\}"))
            if (jwk.contains("\"kid\":\"" + kid + "\"")) {
                AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
                curve.init(new ECGenParameterSpec("secp256r1"));
                ECPoint point = new ECPoint(
                        new BigInteger(1, decode(member(jwk, "x"))), new BigInteger(1, decode(member(jwk, "y"))));
                return KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(point, curve.getParameterSpec(ECParameterSpec.class)));
            }
        throw new IllegalArgumentException("no key " + kid + " among the published ones");
    }

    private static String member(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
        if (!matcher.find()) throw new IllegalArgumentException("no member " + name);
        return matcher.group(1);
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
