package dev.gatehouse.adapters.testkit.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.token.PublishedKey;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What verifies as a stranger would has to be right itself. */
class OffLineVerificationTest {
    private static final byte[] SIGNED = "header.payload".getBytes(StandardCharsets.US_ASCII);

    @Test
    void es256() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        ECPublicKey key = (ECPublicKey) pair.getPublic();

        verifies(
                pair,
                "SHA256withECDSAinP1363Format",
                Map.of(
                        "kty",
                        "EC",
                        "alg",
                        "ES256",
                        "x",
                        number(key.getW().getAffineX()),
                        "y",
                        number(key.getW().getAffineY())));
    }

    @Test
    void eddsa() throws GeneralSecurityException {
        for (int i = 0; i < 8; i++) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            EdECPublicKey key = (EdECPublicKey) pair.getPublic();
            byte[] y = fixed(key.getPoint().getY());
            byte[] littleEndian = new byte[32];
            for (int at = 0; at < 32; at++) littleEndian[at] = y[31 - at];
            if (key.getPoint().isXOdd()) littleEndian[31] |= (byte) 0x80;

            verifies(pair, "Ed25519", Map.of("kty", "OKP", "alg", "EdDSA", "x", CompactForm.encode(littleEndian)));
        }
    }

    @Test
    void rs256() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();

        verifies(
                pair,
                "SHA256withRSA",
                Map.of(
                        "kty",
                        "RSA",
                        "alg",
                        "RS256",
                        "n",
                        CompactForm.encode(key.getModulus().toByteArray()),
                        "e",
                        CompactForm.encode(key.getPublicExponent().toByteArray())));
    }

    private static void verifies(KeyPair pair, String algorithm, Map<String, String> members)
            throws GeneralSecurityException {
        Signature signer = Signature.getInstance(algorithm);
        signer.initSign(pair.getPrivate());
        signer.update(SIGNED);
        byte[] signature = signer.sign();
        byte[] altered = SIGNED.clone();
        altered[0] ^= 1;

        assertThat(OffLineVerification.fits(SIGNED, signature, new PublishedKey(members)))
                .isTrue();
        assertThat(OffLineVerification.fits(altered, signature, new PublishedKey(members)))
                .isFalse();
    }

    private static String number(BigInteger number) {
        return CompactForm.encode(fixed(number));
    }

    private static byte[] fixed(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(Arrays.copyOfRange(bytes, bytes.length - length, bytes.length), 0, fixed, 32 - length, length);
        return fixed;
    }
}
