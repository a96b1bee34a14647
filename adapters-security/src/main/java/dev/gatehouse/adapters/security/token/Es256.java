package dev.gatehouse.adapters.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.crypto.signers.PlainDSAEncoding;

/** ECDSA on P-256 with SHA-256 (RFC 7518 section 3.4), the nonce by RFC 6979. The signature is r and s, 32 bytes each. */
record Es256() implements SigningScheme {
    private static final int COORDINATE_BYTES = 32;
    private static final ECDomainParameters P256 = domain(CustomNamedCurves.getByName("P-256"));

    @Override
    public String word() {
        return "ES256";
    }

    @Override
    public JWK newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.ES256)
                    .keyIDFromThumbprint(true)
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("an ES256 key cannot be made", e);
        }
    }

    @Override
    public SignatureMaker maker(JWK key) {
        ECKey ec = p256(key);
        if (!ec.isPrivate()) throw new IllegalArgumentException("not a private key");
        ECPrivateKeyParameters secret = new ECPrivateKeyParameters(ec.getD().decodeToBigInteger(), P256);
        return bytes -> {
            ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
            signer.init(true, secret);
            BigInteger[] signature = signer.generateSignature(SigningScheme.sha256(bytes));
            return PlainDSAEncoding.INSTANCE.encode(P256.getN(), signature[0], signature[1]);
        };
    }

    @Override
    public SignatureCheck check(JWK key) {
        ECKey ec = p256(key);
        ECPublicKeyParameters open = new ECPublicKeyParameters(
                P256.getCurve()
                        .createPoint(ec.getX().decodeToBigInteger(), ec.getY().decodeToBigInteger()),
                P256);
        return (signed, signature) -> {
            if (signature.length != 2 * COORDINATE_BYTES) return false;
            BigInteger r = new BigInteger(1, signature, 0, COORDINATE_BYTES);
            BigInteger s = new BigInteger(1, signature, COORDINATE_BYTES, COORDINATE_BYTES);
            ECDSASigner signer = new ECDSASigner();
            signer.init(false, open);
            return signer.verifySignature(SigningScheme.sha256(signed), r, s);
        };
    }

    private static ECKey p256(JWK key) {
        if (key instanceof ECKey ec && Curve.P_256.equals(ec.getCurve())) return ec;
        throw new IllegalArgumentException("not a key on P-256");
    }

    private static ECDomainParameters domain(X9ECParameters curve) {
        return new ECDomainParameters(curve);
    }
}
