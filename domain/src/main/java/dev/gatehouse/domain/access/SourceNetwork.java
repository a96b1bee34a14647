package dev.gatehouse.domain.access;

import dev.gatehouse.domain.shared.Refusal;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses, as CIDR writes it (RFC 4632, RFC 4291 section 2.3). An IPv4 address inside IPv6
 * ({@code ::ffff:192.0.2.7}) is that IPv4 address.
 *
 * @param high the upper 64 bits of its first address; 0 in IPv4
 * @param low the lower 64 bits of its first address; those of IPv4 in the lower half
 * @param prefix how many leading bits of an address count: at most 32 in IPv4, 128 in IPv6
 */
public record SourceNetwork(boolean sixth, long high, long low, int prefix) {
    /** Without a leading zero: some read {@code 010} as ten, others as eight (RFC 6943 section 3.1.1). */
    private static final String NUMBER = "(?:0|[1-9][0-9]{0,2})";

    private static final String FOURTH = NUMBER + "(?:\\." + NUMBER + "){3}";
    /** Neither parts of fewer than four numbers, as old as they are, nor zones and brackets. */
    private static final Pattern PLAIN = Pattern.compile(FOURTH + "|[0-9A-Fa-f:]*:(?:[0-9A-Fa-f:]*|" + FOURTH + ")");

    private static final int BITS_4 = 32;
    private static final int BITS_6 = 128;
    private static final int HALF = 64;
    private static final long LOWER_32 = 0xFFFF_FFFFL;

    public SourceNetwork {
        if (prefix < 0
                || prefix > (sixth ? BITS_6 : BITS_4)
                || (high & ~highMask(sixth, prefix)) != 0
                || (low & ~lowMask(sixth, prefix)) != 0) throw new IllegalArgumentException("no network begins there");
    }

    /**
     * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or a single address.
     *
     * @param field what the fault calls it
     * @throws Refusal.Invalid when it is none, or has bits set behind its prefix, which is hardly ever meant
     */
    public static SourceNetwork parse(String field, String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) throw new Refusal.Invalid(field, AccessRule.NETWORK_SHAPE, text);
        boolean sixth = !(address.get() instanceof Inet4Address);
        int most = sixth ? BITS_6 : BITS_4;
        int prefix = slash < 0 ? most : prefix(text.substring(slash + 1));
        if (prefix < 0 || prefix > most) throw new Refusal.Invalid(field, AccessRule.NETWORK_SHAPE, text);
        long high = high(address.get());
        long low = low(address.get());
        SourceNetwork network =
                new SourceNetwork(sixth, high & highMask(sixth, prefix), low & lowMask(sixth, prefix), prefix);
        if (network.high != high || network.low != low)
            throw new Refusal.Invalid(field, AccessRule.NETWORK_BITS, text, network.text());
        return network;
    }

    private static int prefix(String text) {
        boolean digits =
                !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(each -> each >= '0' && each <= '9');
        return digits && (text.length() == 1 || text.charAt(0) != '0') ? Integer.parseInt(text) : -1;
    }

    /** Never asks a name server. */
    private static Optional<InetAddress> address(String text) {
        if (!PLAIN.matcher(text).matches()) return Optional.empty();
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether this address lies in it; what is no address lies nowhere. */
    public boolean contains(String text) {
        return address(text)
                .filter(each -> each instanceof Inet4Address != sixth
                        && (high(each) & highMask(sixth, prefix)) == high
                        && (low(each) & lowMask(sixth, prefix)) == low)
                .isPresent();
    }

    /** Whether every address of the other lies in this one. */
    public boolean covers(SourceNetwork other) {
        return sixth == other.sixth
                && prefix <= other.prefix
                && (other.high & highMask(sixth, prefix)) == high
                && (other.low & lowMask(sixth, prefix)) == low;
    }

    /** As CIDR writes it, always with the length of its prefix. */
    public String text() {
        try {
            byte[] bytes = sixth
                    ? ByteBuffer.allocate(BITS_6 / Byte.SIZE)
                            .putLong(high)
                            .putLong(low)
                            .array()
                    : ByteBuffer.allocate(BITS_4 / Byte.SIZE).putInt((int) low).array();
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + prefix;
        } catch (java.net.UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are always an address", e);
        }
    }

    private static long high(InetAddress address) {
        return address instanceof Inet4Address
                ? 0
                : ByteBuffer.wrap(address.getAddress()).getLong();
    }

    private static long low(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address ? bytes.getInt() & LOWER_32 : bytes.getLong(HALF / Byte.SIZE);
    }

    private static long highMask(boolean sixth, int prefix) {
        return sixth ? leading(Math.min(prefix, HALF)) : 0;
    }

    private static long lowMask(boolean sixth, int prefix) {
        return sixth ? leading(Math.max(prefix - HALF, 0)) : leading(HALF - BITS_4 + prefix) & LOWER_32;
    }

    private static long leading(int bits) {
        return bits == 0 ? 0 : -1L << (HALF - bits);
    }

    @Override
    public String toString() {
        return text();
    }
}
