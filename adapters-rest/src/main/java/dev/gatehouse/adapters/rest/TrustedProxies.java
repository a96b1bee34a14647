package dev.gatehouse.adapters.rest;

import dev.gatehouse.domain.access.SourceNetwork;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who asks, where proxies stand between: what these say of the way behind them is believed, what anybody else says is
 * not. Setting {@code gatehouse.trusted-proxies}: addresses and CIDR networks, separated by commas.
 */
@Singleton
final class TrustedProxies {
    private static final String FOR = "X-Forwarded-For";
    private static final String PROTO = "X-Forwarded-Proto";
    private static final String HOST = "X-Forwarded-Host";
    /** RFC 7239. */
    private static final String FORWARDED = "Forwarded";

    private static final int MOST_HOPS = 50;
    private static final Pattern PAIR =
            Pattern.compile("(?:^|;)\\s*(for|proto|host)\\s*=\\s*(?:\"([^\"]*)\"|([^;\"\\s]*))");
    /** An address with a port, or one of IPv6 in brackets. */
    private static final Pattern WITH_PORT =
            Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::\\d{1,5})?|([0-9]{1,3}(?:\\.[0-9]{1,3}){3}):\\d{1,5}");

    private final List<SourceNetwork> networks;

    TrustedProxies(@Value("${gatehouse.trusted-proxies:}") String networks) {
        this.networks = Arrays.stream(networks.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .map(each -> SourceNetwork.parse("trusted-proxies", each))
                .toList();
    }

    /**
     * The address that a request comes from: that of the connection, unless it is a trusted proxy; then the nearest one
     * before it that is none. Where the proxies say nothing, or two different things, the address is the proxy's.
     */
    String clientOf(HttpRequest<?> request) {
        String peer = peerOf(request);
        if (!isTrusted(peer)) return peer;
        Optional<String> old = client(peer, hops(request, FOR));
        Optional<String> standard = client(
                peer,
                hops(request, FORWARDED).stream().map(each -> pair(each, "for")).toList());
        if (old.isPresent() && standard.isPresent() && !old.equals(standard)) return peer;
        return old.or(() -> standard).orElse(peer);
    }

    /** Whether a trusted proxy says that it was asked by https. */
    boolean sayHttps(HttpRequest<?> request) {
        if (!isTrusted(peerOf(request))) return false;
        List<String> old = hops(request, PROTO);
        List<String> standard = hops(request, FORWARDED);
        if (!old.isEmpty()) return old.getLast().equalsIgnoreCase("https");
        return !standard.isEmpty() && pair(standard.getLast(), "proto").equalsIgnoreCase("https");
    }

    /** Host and port that a trusted proxy says it was asked under; absent when none says so, or two say different things. */
    Optional<String> hostOf(HttpRequest<?> request) {
        if (!isTrusted(peerOf(request))) return Optional.empty();
        List<String> told = Stream.of(
                        hops(request, HOST),
                        hops(request, FORWARDED).stream()
                                .map(each -> pair(each, "host"))
                                .toList())
                .filter(each -> !each.isEmpty())
                .map(List::getLast)
                .filter(each -> !each.isEmpty())
                .distinct()
                .toList();
        return told.size() == 1 ? Optional.of(told.getFirst()) : Optional.empty();
    }

    /** Absent when nothing was said. */
    private Optional<String> client(String peer, List<String> hops) {
        if (hops.isEmpty()) return Optional.empty();
        String nearest = peer;
        for (String each : hops.reversed()) {
            Optional<String> address = address(each);
            // Whoever stands there is unknown: the one that reported it is the last that can be named.
            if (address.isEmpty()) return Optional.of(nearest);
            nearest = address.get();
            if (!isTrusted(nearest)) return Optional.of(nearest);
        }
        return Optional.of(nearest);
    }

    private boolean isTrusted(String address) {
        return !networks.isEmpty() && networks.stream().anyMatch(each -> each.contains(address));
    }

    private static String peerOf(HttpRequest<?> request) {
        InetAddress address = request.getRemoteAddress().getAddress();
        String text = address == null ? "" : address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    /** The last of them, the nearest at the end; those further away were told by somebody who was told. */
    private static List<String> hops(HttpRequest<?> request, String header) {
        List<String> hops = new ArrayList<>();
        for (String line : request.getHeaders().getAll(header))
            for (String each : line.split(",", -1)) hops.add(each.strip());
        return hops.size() <= MOST_HOPS ? hops : hops.subList(hops.size() - MOST_HOPS, hops.size());
    }

    private static String pair(String element, String name) {
        Matcher matcher = PAIR.matcher(element.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) return matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
        }
        return "";
    }

    private static Optional<String> address(String text) {
        Matcher matcher = WITH_PORT.matcher(text);
        String bare = text;
        if (matcher.matches()) bare = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        try {
            return bare.isEmpty() || bare.indexOf('%') >= 0
                    ? Optional.empty()
                    : Optional.of(InetAddress.ofLiteral(bare).getHostAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
