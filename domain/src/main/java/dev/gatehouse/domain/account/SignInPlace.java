package dev.gatehouse.domain.account;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * What counts as one place when wrong passwords are counted: an IPv4 address, or the 64 bits of an IPv6 address that one
 * customer has at least, so that the rest of it makes nobody a crowd.
 *
 * @param text the address, or the network with {@code /64} behind; what is no address stands for itself
 */
public record SignInPlace(String text) {
    private static final int PREFIX_BYTES = 8;

    /** @param address as a request came from it; may be anything */
    public static SignInPlace of(String address) {
        if (address.indexOf(':') < 0) return new SignInPlace(address);
        try {
            // An IPv4 address in the form of an IPv6 one comes out as what it is.
            InetAddress parsed = InetAddress.ofLiteral(address);
            if (!(parsed instanceof Inet6Address six)) return new SignInPlace(parsed.getHostAddress());
            byte[] bytes = six.getAddress();
            Arrays.fill(bytes, PREFIX_BYTES, bytes.length, (byte) 0);
            return new SignInPlace(InetAddress.getByAddress(bytes).getHostAddress() + "/64");
        } catch (IllegalArgumentException | java.net.UnknownHostException e) {
            return new SignInPlace(address);
        }
    }
}
