package dev.gatehouse.adapters.testkit.shared;

import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.shared.SecretSealer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Seals by a checksum alone: whoever sees the text can read the secret. For tests. */
public final class PlainSealer implements SecretSealer {
    private static final int CHECKSUM = 64;
    private final String masterKey;
    private final AtomicLong count = new AtomicLong();

    public PlainSealer(String masterKey) {
        this.masterKey = masterKey;
    }

    public PlainSealer() {
        this("master key");
    }

    @Override
    public SealedSecret seal(byte[] secret, String place) {
        String content = count.incrementAndGet() + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return new SealedSecret(checksum(content, place) + content);
    }

    @Override
    public byte[] open(SealedSecret secret, String place) {
        String text = secret.text();
        if (text.length() < CHECKSUM) throw broken();
        String content = text.substring(CHECKSUM);
        if (!text.substring(0, CHECKSUM).equals(checksum(content, place))) throw broken();
        return Base64.getUrlDecoder().decode(content.substring(content.indexOf('.') + 1));
    }

    @Override
    public String fingerprint(byte[] secret, String place) {
        return checksum("fingerprint." + HexFormat.of().formatHex(secret), place);
    }

    private static IllegalStateException broken() {
        return new IllegalStateException("not sealed with this master key for this place, or altered");
    }

    private String checksum(String content, String place) {
        String all = masterKey.length() + masterKey + place.length() + place + content;
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
