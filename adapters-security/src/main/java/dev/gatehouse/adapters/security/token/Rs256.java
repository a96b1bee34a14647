package dev.gatehouse.adapters.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.math.BigInteger;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.signers.RSADigestSigner;

/** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3), keys of 2048 bits or more. */
record Rs256() implements SigningScheme {
    private static final int BITS = 2048;
    private static final BigInteger LEAST_EXPONENT = BigInteger.valueOf(65_537);

    @Override
    public String word() {
        return "RS256";
    }

    @Override
    public JWK newKey() {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("an RS256 key cannot be made", e);
        }
    }

    @Override
    public SignatureMaker maker(JWK key) {
        RSAKey rsa = sound(key);
        if (!rsa.isPrivate()) throw new IllegalArgumentException("not a private key");
        RSAPrivateCrtKeyParameters secret = new RSAPrivateCrtKeyParameters(
                rsa.getModulus().decodeToBigInteger(),
                rsa.getPublicExponent().decodeToBigInteger(),
                rsa.getPrivateExponent().decodeToBigInteger(),
                rsa.getFirstPrimeFactor().decodeToBigInteger(),
                rsa.getSecondPrimeFactor().decodeToBigInteger(),
                rsa.getFirstFactorCRTExponent().decodeToBigInteger(),
                rsa.getSecondFactorCRTExponent().decodeToBigInteger(),
                rsa.getFirstCRTCoefficient().decodeToBigInteger());
        return bytes -> {
            RSADigestSigner signer = new RSADigestSigner(new SHA256Digest());
            signer.init(true, secret);
            signer.update(bytes, 0, bytes.length);
            try {
                return signer.generateSignature();
            } catch (CryptoException e) {
                throw new IllegalStateException("the key does not sign", e);
            }
        };
    }

    @Override
    public SignatureCheck check(JWK key) {
        RSAKey rsa = sound(key);
        RSAKeyParameters open = new RSAKeyParameters(
                false,
                rsa.getModulus().decodeToBigInteger(),
                rsa.getPublicExponent().decodeToBigInteger());
        int length = (open.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE;
        return (signed, signature) -> {
            if (signature.length != length) return false;
            RSADigestSigner signer = new RSADigestSigner(new SHA256Digest());
            signer.init(false, open);
            signer.update(signed, 0, signed.length);
            return signer.verifySignature(signature);
        };
    }

    private static RSAKey sound(JWK key) {
        if (!(key instanceof RSAKey rsa)) throw new IllegalArgumentException("not an RSA key");
        if (rsa.getModulus().decodeToBigInteger().bitLength() < BITS)
            throw new IllegalArgumentException("an RSA key of fewer than 2048 bits");
        BigInteger exponent = rsa.getPublicExponent().decodeToBigInteger();
        if (exponent.compareTo(LEAST_EXPONENT) < 0 || !exponent.testBit(0))
            throw new IllegalArgumentException("an RSA key with a weak public exponent");
        return rsa;
    }
}
