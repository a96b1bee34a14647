package dev.gatehouse.adapters.security.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.domain.account.PasswordForm;
import dev.gatehouse.domain.account.PasswordHash;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A hash by Argon2id (RFC 9106), version 0x13, in the PHC text form. What a stored hash may ask for is bounded, so that
 * a row somebody else wrote cannot take the memory or the time of the service.
 */
final class Argon2id {
    /** In KiB. */
    static final int MEMORY = 19 * 1024;

    static final int PASSES = 2;
    static final int LANES = 1;
    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;

    static final int MOST_MEMORY = 64 * 1024;
    static final int MOST_PASSES = 8;
    static final int MOST_LANES = 4;

    private static final int LEAST_MEMORY_PER_LANE = 8;
    private static final Pattern FORM = Pattern.compile("\\$argon2id\\$v=19\\$m=([1-9][0-9]{0,5}),t=([1-9]),p=([1-9])"
            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{22,86})");

    /** Of each hashing thread, as long as it lives. */
    private static final ThreadLocal<Argon2Memory> KEPT = ThreadLocal.withInitial(() -> new Argon2Memory(MEMORY));

    private final int memory;
    private final int passes;
    private final int lanes;
    private final byte[] salt;
    private final byte[] hash;

    private Argon2id(int memory, int passes, int lanes, byte[] salt, byte[] hash) {
        this.memory = memory;
        this.passes = passes;
        this.lanes = lanes;
        this.salt = salt;
        this.hash = hash;
    }

    /** Of today's parameters, made from nothing: no password matches it, and finding that out takes as long as ever. */
    static Argon2id ofNothing() {
        return new Argon2id(MEMORY, PASSES, LANES, new byte[SALT_BYTES], new byte[HASH_BYTES]);
    }

    /** A hash of this form that no password matches; absent when the form is no such one or asks for too much. */
    static Optional<PasswordHash> ofNothing(PasswordForm form) {
        String salted = ofNothing().encoded();
        String end = salted.substring(new PasswordHash(salted).form().text().length());
        return parse(form.text() + end).map(each -> new PasswordHash(each.encoded()));
    }

    /** Of today's parameters. */
    static Argon2id of(String password, byte[] salt) {
        return new Argon2id(MEMORY, PASSES, LANES, salt, derived(password, MEMORY, PASSES, LANES, salt, HASH_BYTES));
    }

    /** What the text says; absent when it is no such hash or asks for too much. */
    static Optional<Argon2id> parse(String encoded) {
        Matcher parts = FORM.matcher(encoded);
        if (!parts.matches()) return Optional.empty();
        int memory = Integer.parseInt(parts.group(1));
        int passes = Integer.parseInt(parts.group(2));
        int lanes = Integer.parseInt(parts.group(3));
        if (memory > MOST_MEMORY
                || passes > MOST_PASSES
                || lanes > MOST_LANES
                || memory < LEAST_MEMORY_PER_LANE * lanes) return Optional.empty();
        try {
            byte[] salt = Base64.getDecoder().decode(parts.group(4));
            byte[] hash = Base64.getDecoder().decode(parts.group(5));
            return Optional.of(new Argon2id(memory, passes, lanes, salt, hash));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean matches(String password) {
        return MessageDigest.isEqual(hash, derived(password, memory, passes, lanes, salt, hash.length));
    }

    /** Whether a new hash would have the same parameters. */
    boolean isOfToday() {
        return memory == MEMORY
                && passes == PASSES
                && lanes == LANES
                && salt.length == SALT_BYTES
                && hash.length == HASH_BYTES;
    }

    String encoded() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=" + memory + ",t=" + passes + ",p=" + lanes + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash);
    }

    private static byte[] derived(String password, int memory, int passes, int lanes, byte[] salt, int length) {
        if (lanes == 1 && memory == MEMORY) return KEPT.get().hash(password.getBytes(UTF_8), salt, passes, length);
        return byBouncyCastle(password, memory, passes, lanes, salt, length);
    }

    /** For what others made with parameters of theirs. */
    static byte[] byBouncyCastle(String password, int memory, int passes, int lanes, byte[] salt, int length) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory)
                .withIterations(passes)
                .withParallelism(lanes)
                .withSalt(salt)
                .build());
        byte[] derived = new byte[length];
        generator.generateBytes(password.getBytes(UTF_8), derived);
        return derived;
    }

    @Override
    public String toString() {
        return "Argon2id[…]";
    }
}
