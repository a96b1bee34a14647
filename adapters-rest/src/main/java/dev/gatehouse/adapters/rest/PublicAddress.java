package dev.gatehouse.adapters.rest;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.http.HttpRequest;
import java.net.URI;
import java.util.Optional;

/**
 * Where people reach this service, which a server behind a proxy cannot see for itself and a request must not decide.
 *
 * @param rootPath {@code gatehouse.root-path}: what all paths begin with, {@code /x} or {@code /x/y}; empty when nothing
 *     stands before them
 * @param publicUrl {@code gatehouse.public-url}: scheme and host, with the root path behind them; absent when nobody
 *     said
 * @param hstsSeconds {@code gatehouse.hsts-seconds}: for how long a browser that came by TLS asks by TLS only; 0: says
 *     nothing about it
 */
@ConfigurationProperties("gatehouse")
public record PublicAddress(
        @Bindable(defaultValue = "") String rootPath,
        Optional<String> publicUrl,
        @Bindable(defaultValue = "31536000") long hstsSeconds) {
    private static final String BY_HTTPS = "gatehouse.byHttps";
    private static final String ALIVE = "/healthz";
    private static final String METADATA = "/.well-known/oauth-authorization-server";
    /** Leads nowhere, also under no root. */
    private static final String NOWHERE = "/.outside";

    public PublicAddress {
        publicUrl = publicUrl.filter(each -> !each.isBlank());
    }

    /** A trusted proxy says that this was asked by https. */
    static void rememberHttps(HttpRequest<?> request) {
        request.setAttribute(BY_HTTPS, true);
    }

    /** Whether this was asked by https, as far as is known: over TLS to here, or to a trusted proxy that says so. */
    static boolean cameByHttps(HttpRequest<?> request) {
        return request.isSecure() || request.getAttributes().contains(BY_HTTPS);
    }

    /** Whether the way to whoever asks is encrypted: to here, or to a proxy that people reach by https. */
    public boolean secure(HttpRequest<?> request) {
        return cameByHttps(request)
                || publicUrl.filter(each -> each.startsWith("https:")).isPresent();
    }

    /** The path that a browser has to ask for to get this one of ours. */
    public String pathOf(String ours) {
        return rootPath + ours;
    }

    /** Which paths a cookie of ours is for. */
    public String cookiePath() {
        return rootPath.isEmpty() ? "/" : rootPath;
    }

    /** Scheme, host and port that people know, without a path; absent when nobody said. */
    public Optional<String> origin() {
        return publicUrl.map(URI::create).map(each -> each.getScheme() + "://" + each.getRawAuthority());
    }

    /**
     * The target of a request as the controllers know it: without the root path. The sign of life is also at the very
     * root, where probes look, and the metadata of an issuer with this path where RFC 8414 section 3.1 has it; whatever else
     * is not under the root path leads nowhere.
     */
    public String withoutRoot(String target) {
        if (rootPath.isEmpty()) return target;
        String path = originForm(target);
        int end = rootPath.length();
        if (path.startsWith(rootPath)) {
            if (path.length() == end) return "/";
            if (path.charAt(end) == '/') return path.substring(end);
            if (path.charAt(end) == '?') return "/" + path.substring(end);
        }
        if (path.equals(METADATA + rootPath)) return METADATA;
        return path.equals(ALIVE) || path.startsWith(ALIVE + "?") ? path : NOWHERE;
    }

    /** Path and query alone; a target may also be a whole URI, whose host decides nothing here. */
    public static String originForm(String target) {
        if (target.startsWith("/")) return target;
        int authority = target.indexOf("://");
        if (authority < 0) return target;
        int path = target.indexOf('/', authority + 3);
        return path < 0 ? "/" : target.substring(path);
    }
}
