package dev.gatehouse.adapters.security.shared;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.adapters.security.Base64Url;
import dev.gatehouse.adapters.security.MasterKey;
import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.shared.SecretSealer;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM under a key derived from the master key. The sealed form is {@code v1.<key id>.<base64url>}; the last part
 * is the random nonce, the ciphertext and the tag. Form, key id and place are authenticated with it. A fingerprint is an
 * HMAC with SHA-256 under another such key, over the length of the place, the place and the secret.
 */
@Singleton
final class AesGcmSealer implements SecretSealer {
    private static final String FORM = "v1";
    private static final int KEY_BYTES = 32;
    private static final int KEY_ID_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private static final String MAC = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();
    private final SecretKey key;
    private final SecretKey fingerprintKey;
    private final String keyId;

    AesGcmSealer(MasterKey master) {
        key = new SecretKeySpec(master.derive("gatehouse/seal/v1/key", KEY_BYTES), "AES");
        fingerprintKey = new SecretKeySpec(master.derive("gatehouse/fingerprint/v1/key", KEY_BYTES), MAC);
        keyId = HexFormat.of().formatHex(master.derive("gatehouse/seal/v1/key-id", KEY_ID_BYTES));
    }

    @Override
    public SealedSecret seal(byte[] secret, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, place);
            byte[] sealed = new byte[NONCE_BYTES + cipher.getOutputSize(secret.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE_BYTES);
            cipher.doFinal(secret, 0, secret.length, sealed, NONCE_BYTES);
            return new SealedSecret(prefix() + Base64Url.encode(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the secret for " + place + " cannot be sealed", e);
        }
    }

    @Override
    public byte[] open(SealedSecret secret, String place) {
        String text = secret.text();
        if (!text.startsWith(FORM + "."))
            throw new IllegalStateException("the secret at " + place + " was not sealed by this service");
        if (!text.startsWith(prefix()))
            throw new IllegalStateException("the secret at " + place
                    + " was sealed with another master key than the one of now (key id " + keyId + ")");
        byte[] sealed = Base64Url.decode(text.substring(prefix().length()))
                .filter(bytes -> bytes.length >= NONCE_BYTES + TAG_BITS / Byte.SIZE)
                .orElseThrow(() -> altered(place));
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), place)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw altered(place);
        }
    }

    @Override
    public String fingerprint(byte[] secret, String place) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(fingerprintKey);
            byte[] where = place.getBytes(UTF_8);
            mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(where.length).array());
            mac.update(where);
            return HexFormat.of().formatHex(mac.doFinal(secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(prefix().getBytes(US_ASCII));
        cipher.updateAAD(place.getBytes(UTF_8));
        return cipher;
    }

    private String prefix() {
        return FORM + "." + keyId + ".";
    }

    private static IllegalStateException altered(String place) {
        return new IllegalStateException("the secret at " + place + " was altered or sealed for another place");
    }
}
