package dev.gatehouse.domain.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How a provider proves that a message is its own (Argo Workflows contract section 10). */
public enum SignatureScheme {
    /** {@code X-Hub-Signature-256: sha256=<hex>}: HMAC-SHA256 over the raw body. */
    GITHUB("github", "x-hub-signature-256", "x-github-delivery") {
        @Override
        boolean fits(Delivery delivery, WebhookSecret secret, String proof) {
            String hex = proof.startsWith("sha256=") ? proof.substring("sha256=".length()) : proof;
            return sameHex(hex, hmac("HmacSHA256", secret, delivery.signed()));
        }
    },
    /** {@code X-Gitlab-Token}: the secret itself. */
    GITLAB("gitlab", "x-gitlab-token", "x-gitlab-event-uuid") {
        @Override
        boolean fits(Delivery delivery, WebhookSecret secret, String proof) {
            return MessageDigest.isEqual(proof.getBytes(StandardCharsets.UTF_8), secret.bytes());
        }
    },
    /** {@code X-Hub-Signature: sha256=<hex>}: HMAC-SHA256 over the raw body, as Bitbucket's servers send it. */
    BITBUCKET_SERVER("bitbucketserver", "x-hub-signature", "x-request-id") {
        @Override
        boolean fits(Delivery delivery, WebhookSecret secret, String proof) {
            return proof.startsWith("sha256=")
                    && sameHex(proof.substring("sha256=".length()), hmac("HmacSHA256", secret, delivery.signed()));
        }
    };

    private final String word;
    private final String proofHeader;
    private final String deliveryHeader;

    SignatureScheme(String word, String proofHeader, String deliveryHeader) {
        this.word = word;
        this.proofHeader = proofHeader;
        this.deliveryHeader = deliveryHeader;
    }

    /** The word for it in JSON. */
    public String word() {
        return word;
    }

    /** The scheme with this word. */
    public static Optional<SignatureScheme> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /** What proves the message; absent: it does not claim to be of this scheme. */
    Optional<String> proof(Delivery delivery) {
        return delivery.header(proofHeader).filter(each -> !each.isEmpty());
    }

    /** The provider's own name for this message, the same in every repetition; absent when it sends none. */
    Optional<String> deliveryId(Delivery delivery) {
        return delivery.header(deliveryHeader).filter(each -> !each.isEmpty() && each.length() <= 128);
    }

    abstract boolean fits(Delivery delivery, WebhookSecret secret, String proof);

    private static byte[] hmac(String algorithm, WebhookSecret secret, byte[] signed) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.bytes(), algorithm));
            return mac.doFinal(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static boolean sameHex(String hex, byte[] expected) {
        try {
            return MessageDigest.isEqual(HexFormat.of().parseHex(hex), expected);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
