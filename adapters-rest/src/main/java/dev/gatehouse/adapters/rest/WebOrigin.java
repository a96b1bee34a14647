package dev.gatehouse.adapters.rest;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a page of the web comes from (RFC 6454), in the one form in which two of them can be compared.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in small letters; an address of IPv6 in brackets
 * @param port also where it is the one that the scheme has by itself
 */
record WebOrigin(String scheme, String host, int port) {
    private static final String HOST_AND_PORT = "(\\[[0-9a-f:.]+]|[^\\s:/?#@\\[\\],]+)(?::(\\d{1,5}))?";
    private static final Pattern AUTHORITY = Pattern.compile(HOST_AND_PORT, Pattern.CASE_INSENSITIVE);
    private static final Pattern ORIGIN = Pattern.compile("(https?)://" + HOST_AND_PORT, Pattern.CASE_INSENSITIVE);

    /** The value of {@code Origin}; absent for {@code null} and for whatever else is none. */
    static Optional<WebOrigin> parse(String origin) {
        Matcher matcher = ORIGIN.matcher(origin);
        return matcher.matches()
                ? Optional.of(of(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /**
     * Of the pages that a host serves.
     *
     * @param authority host and, unless it is the one of the scheme, port, as in {@code Host}; absent for anything else
     */
    static Optional<WebOrigin> of(String scheme, String authority) {
        Matcher matcher = AUTHORITY.matcher(authority);
        return matcher.matches() ? Optional.of(of(scheme, matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    private static WebOrigin of(String anyScheme, String anyHost, @Nullable String port) {
        String scheme = anyScheme.toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        return new WebOrigin(scheme, canonical(anyHost), port == null ? usual : Integer.parseInt(port));
    }

    /** An address of IPv6 can be written in many ways. */
    private static String canonical(String host) {
        if (!host.startsWith("[")) return host.toLowerCase(Locale.ROOT);
        try {
            return "["
                    + InetAddress.ofLiteral(host.substring(1, host.length() - 1))
                            .getHostAddress() + "]";
        } catch (IllegalArgumentException e) {
            return host.toLowerCase(Locale.ROOT);
        }
    }
}
