package dev.gatehouse.adapters.rest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Keeps other sites from acting in the name of whoever is signed in here (D4; GHSA-92mw-q256-5vwg). */
public final class CrossSite {
    private CrossSite() {}

    /** Demands JSON, which no form and no plain link of another site can send. */
    public static void requireJson(HttpRequest<?> request) {
        String type = Optional.ofNullable(request.getHeaders().get(HttpHeaders.CONTENT_TYPE))
                .orElse("");
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
    public static void requireSameSite(HttpRequest<?> request) {
        String site =
                Optional.ofNullable(request.getHeaders().get("Sec-Fetch-Site")).orElse("none");
        boolean elsewhere = !site.equals("same-origin") && !site.equals("none");
        if (elsewhere || !sameOrigin(request))
            throw new ProblemRaised(Problem.of(
                    Code.PERMISSION_DENIED,
                    "cross-site request refused: a session cookie acts only for pages of this server; use a token in"
                            + " the Authorization header"));
    }

    private static boolean sameOrigin(HttpRequest<?> request) {
        List<String> origins = request.getHeaders().getAll(HttpHeaders.ORIGIN);
        if (origins.isEmpty()) return true;
        String host =
                Optional.ofNullable(request.getHeaders().get(HttpHeaders.HOST)).orElse("");
        return origins.size() == 1 && authority(origins.getFirst()).equals(withoutDefaultPort(host));
    }

    /** Only the authority is compared: whether TLS ends before this server is not known here. */
    private static String authority(String origin) {
        try {
            URI uri = new URI(origin);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getRawAuthority() != null ? withoutDefaultPort(uri.getRawAuthority()) : "another site";
        } catch (URISyntaxException e) {
            return "another site";
        }
    }

    private static String withoutDefaultPort(String authority) {
        return authority.toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
    }
}
