package dev.gatehouse.adapters.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.exceptions.ConfigurationException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one secret that all stored secrets hang on: 32 bytes from the setting or, where that is allowed, from a file in
 * the data folder that is made at the first start. Only keys derived from it are used (HKDF, RFC 5869).
 */
@Singleton
public final class MasterKey {
    private static final Logger LOG = LoggerFactory.getLogger(MasterKey.class);
    private static final int BYTES = 32;
    private static final String SHAPE =
            "must be 32 bytes in base64, 44 characters, as this makes them: openssl rand -base64 32";

    private final SecretKey secret;

    @Inject
    public MasterKey(SecuritySettings settings) {
        this(settings.masterKey()
                .map(text -> decode(text, "gatehouse.master-key (GATEHOUSE_MASTER_KEY) " + SHAPE))
                .orElseGet(() -> kept(settings)));
    }

    private MasterKey(byte[] bytes) {
        this.secret = new SecretKeySpec(bytes, "HKDF");
    }

    /**
     * Bytes that only the holder of the master key can know.
     *
     * @param purpose a text that no other use has
     */
    public byte[] derive(String purpose, int length) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(
                            HKDFParameterSpec.ofExtract().addIKM(secret).thenExpand(purpose.getBytes(UTF_8), length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 25 has HKDF-SHA256", e);
        }
    }

    @Override
    public String toString() {
        return "MasterKey[…]";
    }

    private static byte[] kept(SecuritySettings settings) {
        if (!settings.generateMasterKey())
            throw new ConfigurationException("gatehouse.master-key (GATEHOUSE_MASTER_KEY) is not set; it " + SHAPE
                    + "; it is generated only on the embedded database");
        PrivateFile file = new PrivateFile(settings.home().resolve(SecuritySettings.MASTER_KEY_FILE));
        try {
            Optional<String> found = file.read();
            if (found.isEmpty()) {
                // Whoever creates it first wins; everybody uses what lies there afterwards.
                if (file.create(generated() + "\n")) LOG.info("made a master key: {}", file.path());
                found = file.read();
            }
            String text = found.orElseThrow(() -> new IOException(file.path() + " vanished"));
            return decode(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text, file.path() + " " + SHAPE);
        } catch (IOException e) {
            throw new ConfigurationException("The master key cannot be used: " + e.getMessage(), e);
        }
    }

    private static String generated() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] decode(String text, String otherwise) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            // Encoded again: the decoder forgives missing padding and stray bits.
            if (bytes.length == BYTES
                    && Base64.getEncoder().encodeToString(bytes).equals(text)) return bytes;
        } catch (IllegalArgumentException e) {
            // The message would quote the key.
        }
        throw new ConfigurationException(otherwise);
    }
}
