package dev.gatehouse.adapters.security.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** EdDSA on Ed25519 (RFC 8037). */
record Ed25519() implements SigningScheme {
    @Override
    public String word() {
        return "EdDSA";
    }

    @Override
    public JWK newKey() {
        Ed25519PrivateKeyParameters secret = new Ed25519PrivateKeyParameters(new SecureRandom());
        try {
            return new OctetKeyPair.Builder(
                            Curve.Ed25519,
                            Base64URL.encode(secret.generatePublicKey().getEncoded()))
                    .d(Base64URL.encode(secret.getEncoded()))
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.EdDSA)
                    .keyIDFromThumbprint()
                    .build();
        } catch (JOSEException e) {
            throw new IllegalStateException("an Ed25519 key cannot be made", e);
        }
    }

    @Override
    public SignatureMaker maker(JWK key) {
        OctetKeyPair pair = ed25519(key);
        if (!pair.isPrivate()) throw new IllegalArgumentException("not a private key");
        Ed25519PrivateKeyParameters secret = new Ed25519PrivateKeyParameters(pair.getDecodedD());
        return bytes -> {
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(true, secret);
            signer.update(bytes, 0, bytes.length);
            return signer.generateSignature();
        };
    }

    @Override
    public SignatureCheck check(JWK key) {
        Ed25519PublicKeyParameters open =
                new Ed25519PublicKeyParameters(ed25519(key).getDecodedX());
        return (signed, signature) -> {
            if (signature.length != Ed25519PrivateKeyParameters.SIGNATURE_SIZE) return false;
            Ed25519Signer signer = new Ed25519Signer();
            signer.init(false, open);
            signer.update(signed, 0, signed.length);
            return signer.verifySignature(signature);
        };
    }

    private static OctetKeyPair ed25519(JWK key) {
        if (key instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())) return pair;
        throw new IllegalArgumentException("not a key on Ed25519");
    }
}
