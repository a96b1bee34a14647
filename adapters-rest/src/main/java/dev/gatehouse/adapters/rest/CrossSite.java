package dev.gatehouse.adapters.rest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Keeps other sites from acting in the name of whoever is signed in here (D4; GHSA-92mw-q256-5vwg).
 *
 * <p>Own pages are those of the public URL, and those of the host that a request was sent to: as {@code Host} says, or a
 * trusted proxy that was asked under another name. A browser lets no page choose any of these.
 */
@Singleton
public final class CrossSite {
    /** Of Fetch Metadata: from a page of ours, or from nobody's, as what is typed or bookmarked. */
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private final Optional<WebOrigin> known;
    private final TrustedProxies proxies;

    CrossSite(PublicAddress address, TrustedProxies proxies) {
        this.known = address.origin().flatMap(WebOrigin::parse);
        this.proxies = proxies;
    }

    /** Demands JSON, which no form and no plain link of another site can send. */
    public static void requireJson(HttpRequest<?> request) {
        List<String> types = request.getHeaders().getAll(HttpHeaders.CONTENT_TYPE);
        String type = types.size() == 1 ? types.getFirst() : "";
        int parameters = type.indexOf(';');
        String bare = (parameters < 0 ? type : type.substring(0, parameters)).strip();
        if (!bare.toLowerCase(Locale.ROOT).equals("application/json"))
            throw new ProblemRaised(new Problem(
                    415,
                    Code.INVALID_ARGUMENT,
                    "Invalid content type: send Content-Type: application/json",
                    List.of(),
                    Optional.empty()));
    }

    /** Refuses what a browser says comes from another site; others do not say, and are not asked. */
    public void requireSameSite(HttpRequest<?> request) {
        List<String> sites = request.getHeaders().getAll("Sec-Fetch-Site");
        List<String> origins = request.getHeaders().getAll(HttpHeaders.ORIGIN);
        boolean ours = OURS.containsAll(sites)
                && origins.size() <= 1
                && origins.stream()
                        .allMatch(each -> WebOrigin.parse(each)
                                .filter(page -> isOurs(page, request))
                                .isPresent());
        if (!ours)
            throw new ProblemRaised(
                    Problem.of(Code.PERMISSION_DENIED, "cross-site request refused: " + advice(request.getPath())));
    }

    private static String advice(String path) {
        return switch (path) {
            case "/api/v1/session" -> "sign in or out on a page of this server, or by a program that is no browser";
            case "/auth/logout" -> "sign out on a page of this server";
            default -> "a session cookie acts only for pages of this server; use a token in the Authorization header";
        };
    }

    private boolean isOurs(WebOrigin page, HttpRequest<?> request) {
        if (known.filter(page::equals).isPresent()) return true;
        return Stream.concat(
                        Optional.ofNullable(request.getHeaders().get(HttpHeaders.HOST)).stream(),
                        proxies.hostOf(request).stream())
                .anyMatch(host -> WebOrigin.of(schemeOf(host, page, request), host)
                        .filter(page::equals)
                        .isPresent());
    }

    /** Where TLS may end at a proxy that nobody told of, either scheme will do: a page of this host is a page of ours. */
    private String schemeOf(String host, WebOrigin page, HttpRequest<?> request) {
        if (PublicAddress.cameByHttps(request)) return "https";
        return known.filter(each -> WebOrigin.of(each.scheme(), host).equals(known))
                .map(WebOrigin::scheme)
                .orElse(page.scheme());
    }
}
