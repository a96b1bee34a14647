package dev.gatehouse.adapters.rest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

/**
 * The number by which Argo CD's refusal names a sync window that is there twice: XXH64 of the window in Go's own encoding of
 * structs (gob), which begins with a description of the struct.
 */
final class WindowHash {
    private static final byte[] TYPES = HexFormat.of()
            .parseHex("ffb97f0301010a53796e6357696e646f7701ff8000010b01044b696e64010c0001085363686564756c65010c00"
                    + "01084475726174696f6e010c00010c4170706c69636174696f6e7301ff8200010a4e616d6573706163657301ff"
                    + "82000108436c75737465727301ff8200010a4d616e75616c53796e63010200010854696d655a6f6e65010c0001"
                    + "0e557365416e644f70657261746f72010200010b4465736372697074696f6e010c00010b53796e634f76657272"
                    + "756e010200000016ff81020101085b5d737472696e6701ff8200010c0000");

    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P1_PLUS_P2 = 0x60EA27EEADC0B5D6L;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    /** The number of the last field that was written. */
    private int last;

    private WindowHash() {}

    /** @param spelled as the domain spells the identity of a window; what is missing is empty */
    static String of(List<String> spelled) {
        Iterator<String> next = spelled.iterator();
        WindowHash window = new WindowHash();
        window.bytes.writeBytes(new byte[] {(byte) 0xff, (byte) 0x80});
        window.text(1, next);
        window.text(2, next);
        window.text(3, next);
        String timeZone = next.hasNext() ? next.next() : "";
        boolean and = next.hasNext() && Boolean.parseBoolean(next.next());
        for (int field = 4; field <= 6; field++) window.texts(field, next);
        window.text(8, List.of(timeZone).iterator());
        if (and) {
            window.field(9);
            window.number(1);
        }
        window.number(0);
        WindowHash whole = new WindowHash();
        whole.bytes.writeBytes(TYPES);
        whole.number(window.bytes.size());
        whole.bytes.writeBytes(window.bytes.toByteArray());
        return Long.toUnsignedString(xxh64(whole.bytes.toByteArray()));
    }

    private void field(int number) {
        number(number - last);
        last = number;
    }

    private void text(int field, Iterator<String> next) {
        String text = next.hasNext() ? next.next() : "";
        if (text.isEmpty()) return;
        field(field);
        text(text);
    }

    private void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        bytes.writeBytes(utf8);
    }

    private void texts(int field, Iterator<String> next) {
        int count = next.hasNext() ? Integer.parseInt(next.next()) : 0;
        if (count == 0) return;
        field(field);
        number(count);
        for (int i = 0; i < count; i++) text(next.next());
    }

    /** Below 128 in one byte; else the number of bytes, negated, and those, the highest first. */
    private void number(int value) {
        if (value < 0x80) {
            bytes.write(value);
            return;
        }
        int length = (Integer.SIZE - Integer.numberOfLeadingZeros(value) + 7) / 8;
        bytes.write(-length);
        for (int i = length - 1; i >= 0; i--) bytes.write(value >>> (8 * i));
    }

    /** With seed 0, as the specification of xxHash has it. */
    static long xxh64(byte[] input) {
        ByteBuffer in = ByteBuffer.wrap(input).order(ByteOrder.LITTLE_ENDIAN);
        long hash;
        if (input.length >= 32) {
            long[] lanes = {P1_PLUS_P2, P2, 0, -P1};
            while (in.remaining() >= 32) for (int i = 0; i < 4; i++) lanes[i] = round(lanes[i], in.getLong());
            hash = Long.rotateLeft(lanes[0], 1)
                    + Long.rotateLeft(lanes[1], 7)
                    + Long.rotateLeft(lanes[2], 12)
                    + Long.rotateLeft(lanes[3], 18);
            for (long each : lanes) hash = (hash ^ round(0, each)) * P1 + P4;
        } else hash = P5;
        hash += input.length;
        while (in.remaining() >= 8) hash = Long.rotateLeft(hash ^ round(0, in.getLong()), 27) * P1 + P4;
        if (in.remaining() >= 4)
            hash = Long.rotateLeft(hash ^ (Integer.toUnsignedLong(in.getInt()) * P1), 23) * P2 + P3;
        while (in.hasRemaining()) hash = Long.rotateLeft(hash ^ (Byte.toUnsignedLong(in.get()) * P5), 11) * P1;
        hash = (hash ^ (hash >>> 33)) * P2;
        hash = (hash ^ (hash >>> 29)) * P3;
        return hash ^ (hash >>> 32);
    }

    private static long round(long lane, long input) {
        return Long.rotateLeft(lane + input * P2, 31) * P1;
    }
}
