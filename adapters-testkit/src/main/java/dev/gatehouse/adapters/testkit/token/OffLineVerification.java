package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.domain.token.PublishedKey;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Map;

/** Verifies a signature with nothing but a published key and the Java platform. */
final class OffLineVerification {
    private OffLineVerification() {}

    static boolean fits(byte[] signed, byte[] signature, PublishedKey key) {
        Map<String, String> members = key.members();
        try {
            Signature verifier = Signature.getInstance(
                    switch (member(members, "alg")) {
                        case "ES256" -> "SHA256withECDSAinP1363Format";
                        case "EdDSA" -> "Ed25519";
                        case "RS256" -> "SHA256withRSA";
                        default -> throw new AssertionError("no algorithm of ours: " + members.get("alg"));
                    });
            verifier.initVerify(publicKey(members));
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("this key or this signature is not of the form it claims", e);
        }
    }

    private static PublicKey publicKey(Map<String, String> members) throws GeneralSecurityException {
        return switch (member(members, "kty")) {
            case "EC" -> {
                AlgorithmParameters curve = AlgorithmParameters.getInstance("EC");
                curve.init(new ECGenParameterSpec("secp256r1"));
                yield KeyFactory.getInstance("EC")
                        .generatePublic(new ECPublicKeySpec(
                                new ECPoint(number(members, "x"), number(members, "y")),
                                curve.getParameterSpec(ECParameterSpec.class)));
            }
            case "OKP" -> {
                byte[] littleEndian = CompactForm.decode(member(members, "x"));
                byte[] y = new byte[littleEndian.length];
                for (int i = 0; i < y.length; i++) y[i] = littleEndian[y.length - 1 - i];
                boolean oddX = (y[0] & 0x80) != 0;
                y[0] &= 0x7f;
                yield KeyFactory.getInstance("Ed25519")
                        .generatePublic(new EdECPublicKeySpec(
                                NamedParameterSpec.ED25519, new EdECPoint(oddX, new BigInteger(1, y))));
            }
            case "RSA" ->
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(number(members, "n"), number(members, "e")));
            default -> throw new AssertionError("no key type of ours: " + members.get("kty"));
        };
    }

    private static BigInteger number(Map<String, String> members, String name) {
        return new BigInteger(1, CompactForm.decode(member(members, name)));
    }

    private static String member(Map<String, String> members, String name) {
        String value = members.get(name);
        if (value == null) throw new AssertionError("a published key has the member " + name);
        return value;
    }
}
