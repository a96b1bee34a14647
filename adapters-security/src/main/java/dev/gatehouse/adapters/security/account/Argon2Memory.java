package dev.gatehouse.adapters.security.account;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * The memory that Argon2id (RFC 9106, version 0x13) with one lane fills, kept from one hash to the next. Bouncy Castle
 * makes twenty thousand new objects for each; collecting them stopped the whole service for 10 to 200 ms at a time while
 * many signed in. The digest is Bouncy Castle's, and the tests compare every result with its. For one thread at a time.
 *
 * <p>What a hash leaves behind stays until the next one, and says about a password what its stored hash says, too.
 */
final class Argon2Memory {
    private static final int VERSION = 0x13;
    private static final int TYPE = 2;
    private static final int SLICES = 4;
    private static final int DIGEST_BYTES = 64;
    /** A block is 1 KiB. */
    private static final int WORDS = 128;

    private static final int BYTES = WORDS * Long.BYTES;

    private static final long LOW = 0xFFFF_FFFFL;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final int kib;
    private final int blocks;
    private final int segment;
    private final long[] memory;
    private final long[] mixed = new long[WORDS];
    private final long[] addresses = new long[WORDS];
    private final long[] seed = new long[WORDS];
    private final long[] zero = new long[WORDS];

    /** @param kib at least 8 */
    Argon2Memory(int kib) {
        this.kib = kib;
        segment = kib / SLICES;
        blocks = segment * SLICES;
        memory = new long[blocks * WORDS];
    }

    /** How much memory a hash made here has filled; what the parameters of the hash say. */
    int kib() {
        return kib;
    }

    /** The first {@code length} bytes that Argon2id makes of these, at most 64 of them. */
    byte[] hash(byte[] password, byte[] salt, int passes, int length) {
        begin(password, salt, passes, length);
        for (int pass = 0; pass < passes; pass++)
            for (int slice = 0; slice < SLICES; slice++) fill(pass, slice, passes);
        byte[] last = new byte[BYTES];
        for (int i = 0; i < WORDS; i++) LONG.set(last, i * Long.BYTES, memory[(blocks - 1) * WORDS + i]);
        return digest(length, littleEndian(length), last);
    }

    private void begin(byte[] password, byte[] salt, int passes, int length) {
        byte[] first = digest(
                DIGEST_BYTES,
                littleEndian(1, length, kib, passes, VERSION, TYPE, password.length),
                password,
                littleEndian(salt.length),
                salt,
                // No secret and no associated data.
                littleEndian(0, 0));
        for (int block = 0; block < 2; block++) {
            byte[] bytes = stretched(first, littleEndian(block, 0));
            for (int i = 0; i < WORDS; i++) memory[block * WORDS + i] = (long) LONG.get(bytes, i * Long.BYTES);
        }
    }

    /** The long form of the digest (RFC 9106, 3.3): half of each link of a chain, the last whole. */
    private static byte[] stretched(byte[] seed, byte[] place) {
        byte[] all = new byte[BYTES];
        byte[] link = digest(DIGEST_BYTES, littleEndian(BYTES), seed, place);
        int at = 0;
        for (; at + DIGEST_BYTES < BYTES; at += DIGEST_BYTES / 2) {
            System.arraycopy(link, 0, all, at, DIGEST_BYTES / 2);
            link = digest(DIGEST_BYTES, link);
        }
        System.arraycopy(link, 0, all, at, DIGEST_BYTES);
        return all;
    }

    private void fill(int pass, int slice, int passes) {
        boolean independent = pass == 0 && slice < SLICES / 2;
        if (independent) {
            Arrays.fill(seed, 0);
            seed[0] = pass;
            seed[2] = slice;
            seed[3] = blocks;
            seed[4] = passes;
            seed[5] = TYPE;
        }
        int begin = pass == 0 && slice == 0 ? 2 : 0;
        if (independent && begin > 0) nextAddresses();
        for (int index = begin; index < segment; index++) {
            int current = slice * segment + index;
            int previous = current == 0 ? blocks - 1 : current - 1;
            if (independent && index % WORDS == 0) nextAddresses();
            long random = independent ? addresses[index % WORDS] : memory[previous * WORDS];
            int other = reference(pass, slice, index, random & LOW);
            mix(memory, previous * WORDS, memory, other * WORDS, memory, current * WORDS, pass > 0);
        }
    }

    /** Which block is mixed in: one that is there already, those of late more often (RFC 9106, 3.4.2). */
    private int reference(int pass, int slice, int index, long random) {
        long there = pass == 0 ? slice * segment + index - 1L : blocks - segment + index - 1L;
        long back = (there * ((random * random) >>> 32)) >>> 32;
        long start = pass == 0 || slice == SLICES - 1 ? 0 : (slice + 1L) * segment;
        return (int) ((start + there - 1 - back) % blocks);
    }

    private void nextAddresses() {
        seed[6]++;
        mix(zero, 0, seed, 0, addresses, 0, false);
        mix(zero, 0, addresses, 0, addresses, 0, false);
    }

    /** The compression G (RFC 9106, 3.5). */
    private void mix(long[] a, int atA, long[] b, int atB, long[] target, int at, boolean over) {
        long[] z = mixed;
        for (int i = 0; i < WORDS; i++) z[i] = a[atA + i] ^ b[atB + i];
        for (int row = 0; row < 8; row++) permute(z, 16 * row, 2);
        for (int column = 0; column < 8; column++) permute(z, 2 * column, 16);
        if (over) for (int i = 0; i < WORDS; i++) target[at + i] ^= z[i] ^ a[atA + i] ^ b[atB + i];
        else for (int i = 0; i < WORDS; i++) target[at + i] = z[i] ^ a[atA + i] ^ b[atB + i];
    }

    /** The permutation P on eight pairs of words, each {@code step} words behind the one before. */
    private static void permute(long[] z, int at, int step) {
        int at1 = at + step;
        int at2 = at1 + step;
        int at3 = at2 + step;
        int at4 = at3 + step;
        int at5 = at4 + step;
        int at6 = at5 + step;
        int at7 = at6 + step;
        long v0 = z[at];
        long v1 = z[at + 1];
        long v2 = z[at1];
        long v3 = z[at1 + 1];
        long v4 = z[at2];
        long v5 = z[at2 + 1];
        long v6 = z[at3];
        long v7 = z[at3 + 1];
        long v8 = z[at4];
        long v9 = z[at4 + 1];
        long v10 = z[at5];
        long v11 = z[at5 + 1];
        long v12 = z[at6];
        long v13 = z[at6 + 1];
        long v14 = z[at7];
        long v15 = z[at7 + 1];
        v0 = product(v0, v4);
        v12 = Long.rotateRight(v12 ^ v0, 32);
        v8 = product(v8, v12);
        v4 = Long.rotateRight(v4 ^ v8, 24);
        v0 = product(v0, v4);
        v12 = Long.rotateRight(v12 ^ v0, 16);
        v8 = product(v8, v12);
        v4 = Long.rotateRight(v4 ^ v8, 63);
        v1 = product(v1, v5);
        v13 = Long.rotateRight(v13 ^ v1, 32);
        v9 = product(v9, v13);
        v5 = Long.rotateRight(v5 ^ v9, 24);
        v1 = product(v1, v5);
        v13 = Long.rotateRight(v13 ^ v1, 16);
        v9 = product(v9, v13);
        v5 = Long.rotateRight(v5 ^ v9, 63);
        v2 = product(v2, v6);
        v14 = Long.rotateRight(v14 ^ v2, 32);
        v10 = product(v10, v14);
        v6 = Long.rotateRight(v6 ^ v10, 24);
        v2 = product(v2, v6);
        v14 = Long.rotateRight(v14 ^ v2, 16);
        v10 = product(v10, v14);
        v6 = Long.rotateRight(v6 ^ v10, 63);
        v3 = product(v3, v7);
        v15 = Long.rotateRight(v15 ^ v3, 32);
        v11 = product(v11, v15);
        v7 = Long.rotateRight(v7 ^ v11, 24);
        v3 = product(v3, v7);
        v15 = Long.rotateRight(v15 ^ v3, 16);
        v11 = product(v11, v15);
        v7 = Long.rotateRight(v7 ^ v11, 63);
        v0 = product(v0, v5);
        v15 = Long.rotateRight(v15 ^ v0, 32);
        v10 = product(v10, v15);
        v5 = Long.rotateRight(v5 ^ v10, 24);
        v0 = product(v0, v5);
        v15 = Long.rotateRight(v15 ^ v0, 16);
        v10 = product(v10, v15);
        v5 = Long.rotateRight(v5 ^ v10, 63);
        v1 = product(v1, v6);
        v12 = Long.rotateRight(v12 ^ v1, 32);
        v11 = product(v11, v12);
        v6 = Long.rotateRight(v6 ^ v11, 24);
        v1 = product(v1, v6);
        v12 = Long.rotateRight(v12 ^ v1, 16);
        v11 = product(v11, v12);
        v6 = Long.rotateRight(v6 ^ v11, 63);
        v2 = product(v2, v7);
        v13 = Long.rotateRight(v13 ^ v2, 32);
        v8 = product(v8, v13);
        v7 = Long.rotateRight(v7 ^ v8, 24);
        v2 = product(v2, v7);
        v13 = Long.rotateRight(v13 ^ v2, 16);
        v8 = product(v8, v13);
        v7 = Long.rotateRight(v7 ^ v8, 63);
        v3 = product(v3, v4);
        v14 = Long.rotateRight(v14 ^ v3, 32);
        v9 = product(v9, v14);
        v4 = Long.rotateRight(v4 ^ v9, 24);
        v3 = product(v3, v4);
        v14 = Long.rotateRight(v14 ^ v3, 16);
        v9 = product(v9, v14);
        v4 = Long.rotateRight(v4 ^ v9, 63);
        z[at] = v0;
        z[at + 1] = v1;
        z[at1] = v2;
        z[at1 + 1] = v3;
        z[at2] = v4;
        z[at2 + 1] = v5;
        z[at3] = v6;
        z[at3 + 1] = v7;
        z[at4] = v8;
        z[at4 + 1] = v9;
        z[at5] = v10;
        z[at5 + 1] = v11;
        z[at6] = v12;
        z[at6 + 1] = v13;
        z[at7] = v14;
        z[at7 + 1] = v15;
    }

    private static long product(long a, long b) {
        return a + b + 2 * (a & LOW) * (b & LOW);
    }

    private static byte[] digest(int length, byte[]... parts) {
        Blake2bDigest digest = new Blake2bDigest(length * Byte.SIZE);
        for (byte[] part : parts) digest.update(part, 0, part.length);
        byte[] result = new byte[length];
        digest.doFinal(result, 0);
        return result;
    }

    private static byte[] littleEndian(int... numbers) {
        byte[] bytes = new byte[numbers.length * Integer.BYTES];
        for (int i = 0; i < numbers.length; i++) INT.set(bytes, i * Integer.BYTES, numbers[i]);
        return bytes;
    }
}
