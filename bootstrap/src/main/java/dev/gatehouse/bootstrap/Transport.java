package dev.gatehouse.bootstrap;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the operator set about the way that requests take to this process.
 *
 * @param tls absent: plain HTTP
 * @param publicUrl where people reach it; absent when nobody said
 * @param rootPath what all paths begin with; empty when nothing stands before them
 * @param hsts for how long browsers are told to come by TLS only; zero: they are not
 */
record Transport(
        Optional<Tls> tls, Optional<URI> publicUrl, String rootPath, Duration hsts, Crowd crowd, Patience patience) {
    private static final Pattern ROOT_PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~-]{1,100}){0,10}");
    private static final Pattern PUBLIC_URL =
            Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]{1,260}(?:/[A-Za-z0-9._~/-]*)?");
    private static final int MOST_CONNECTIONS = 1_000_000;
    private static final long MOST_SECONDS = 3600;
    private static final long TWO_YEARS = 63_072_000;

    /**
     * @param reload how often both files are read again
     * @param redirectsPlain whether plain HTTP is sent to the public URL, or else refused
     */
    record Tls(Path certificate, Path key, Duration reload, boolean redirectsPlain) {}

    /**
     * How many connections may be open.
     *
     * @param perAddress 0: no limit
     */
    record Crowd(int all, int perAddress) {}

    /** How long a client may take for each part of a request. */
    record Patience(Duration head, Duration body, Duration reply, Duration idle) {}

    static Transport from(Settings.Reader reader) throws Settings.Unusable {
        String rootPath = rootPath(reader);
        Optional<URI> publicUrl = publicUrl(reader, rootPath);
        return new Transport(
                tls(reader, publicUrl),
                publicUrl,
                rootPath,
                seconds(reader, "GATEHOUSE_HSTS_SECONDS", 31_536_000, 0, TWO_YEARS),
                new Crowd((int) reader.number("GATEHOUSE_MAX_CONNECTIONS", 4096, 1, MOST_CONNECTIONS), (int)
                        reader.number("GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS", 1024, 0, MOST_CONNECTIONS)),
                new Patience(
                        seconds(reader, "GATEHOUSE_HEAD_SECONDS", 10, 1, MOST_SECONDS),
                        seconds(reader, "GATEHOUSE_BODY_SECONDS", 60, 1, MOST_SECONDS),
                        seconds(reader, "GATEHOUSE_REPLY_SECONDS", 60, 1, MOST_SECONDS),
                        seconds(reader, "GATEHOUSE_IDLE_SECONDS", 75, 1, MOST_SECONDS)));
    }

    private static Duration seconds(Settings.Reader reader, String name, long otherwise, long least, long most)
            throws Settings.Unusable {
        return Duration.ofSeconds(reader.number(name, otherwise, least, most));
    }

    private static String rootPath(Settings.Reader reader) throws Settings.Unusable {
        String set = reader.text("GATEHOUSE_ROOT_PATH").orElse("");
        String path = set.endsWith("/") ? set.substring(0, set.length() - 1) : set;
        // The sign of life is at the root and under the root path, so that this one would hide it.
        if (!ROOT_PATH.matcher(path).matches() || path.equals("/healthz"))
            throw new Settings.Unusable("GATEHOUSE_ROOT_PATH is '" + set + "': it must be a path such as /gatehouse or"
                    + " /tools/gatehouse, of letters, digits, '.', '_', '~' and '-', and not /healthz");
        return path;
    }

    private static Optional<URI> publicUrl(Settings.Reader reader, String rootPath) throws Settings.Unusable {
        Optional<String> set = reader.text("GATEHOUSE_PUBLIC_URL");
        if (set.isEmpty()) return Optional.empty();
        Optional<URI> url = Optional.of(set.get())
                .filter(each -> PUBLIC_URL.matcher(each).matches())
                .flatMap(Transport::uri)
                .filter(each -> each.getHost() != null);
        if (url.isEmpty())
            throw new Settings.Unusable("GATEHOUSE_PUBLIC_URL is '" + set.get()
                    + "': it must be http:// or https:// and a host, for instance https://gatehouse.example.com");
        String path = url.get().getRawPath().replaceFirst("/$", "");
        if (!path.equals(rootPath))
            throw new Settings.Unusable("GATEHOUSE_PUBLIC_URL is '" + set.get() + "', and GATEHOUSE_ROOT_PATH is '"
                    + rootPath + "': the path of the one must be the other");
        return url;
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Tls> tls(Settings.Reader reader, Optional<URI> publicUrl) throws Settings.Unusable {
        boolean certificate = reader.text("GATEHOUSE_TLS_CERTIFICATE").isPresent();
        boolean key = reader.text("GATEHOUSE_TLS_KEY").isPresent();
        boolean redirects = reader.oneOf("GATEHOUSE_PLAIN_HTTP", "refuse", List.of("refuse", "redirect"))
                .equals("redirect");
        Duration reload = seconds(reader, "GATEHOUSE_TLS_RELOAD_SECONDS", 10, 1, MOST_SECONDS);
        if (certificate != key)
            throw new Settings.Unusable((key ? "GATEHOUSE_TLS_CERTIFICATE" : "GATEHOUSE_TLS_KEY") + " is not set, and "
                    + (key ? "GATEHOUSE_TLS_KEY" : "GATEHOUSE_TLS_CERTIFICATE")
                    + " is: set both for TLS, or neither for plain HTTP");
        if (redirects && !certificate)
            throw new Settings.Unusable("GATEHOUSE_PLAIN_HTTP is 'redirect', and there is no TLS to redirect to: set"
                    + " GATEHOUSE_TLS_CERTIFICATE and GATEHOUSE_TLS_KEY, or leave it out");
        if (redirects
                && publicUrl.filter(each -> "https".equals(each.getScheme())).isEmpty())
            throw new Settings.Unusable("GATEHOUSE_PLAIN_HTTP is 'redirect', and what a client says the host is decides"
                    + " nothing: set GATEHOUSE_PUBLIC_URL to where it shall be sent, with https://");
        if (!certificate) return Optional.empty();
        return Optional.of(new Tls(
                reader.path("GATEHOUSE_TLS_CERTIFICATE", ""), reader.path("GATEHOUSE_TLS_KEY", ""), reload, redirects));
    }

    /** For the framework and for the REST adapter. */
    Map<String, Object> properties(int port) {
        Map<String, Object> all = new HashMap<>();
        all.put("gatehouse.root-path", rootPath);
        all.put("gatehouse.public-url", publicUrl.map(URI::toString).orElse(""));
        all.put("gatehouse.hsts-seconds", hsts.toSeconds());
        all.put("gatehouse.transport.connections", crowd.all());
        all.put("gatehouse.transport.connections-per-address", crowd.perAddress());
        all.put("gatehouse.transport.head", text(patience.head()));
        all.put("gatehouse.transport.body", text(patience.body()));
        all.put("gatehouse.transport.reply", text(patience.reply()));
        all.put("gatehouse.transport.idle", text(patience.idle()));
        tls.ifPresent(each -> {
            all.put("gatehouse.transport.redirect-plain", each.redirectsPlain());
            all.put("gatehouse.tls.certificate", each.certificate().toString());
            all.put("gatehouse.tls.key", each.key().toString());
            all.put("gatehouse.tls.reload", text(each.reload()));
            all.put("micronaut.server.http-version", "2.0");
            all.put("micronaut.server.ssl.enabled", true);
            all.put("micronaut.server.ssl.port", port == 0 ? -1 : port);
            all.put("micronaut.server.ssl.key-name", "gatehouse");
        });
        return all;
    }

    private static String text(Duration duration) {
        return duration.toMillis() + "ms";
    }

    /** The words for the log at the start. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        if (tls.isPresent()) lines.add("TLS");
        if (!rootPath.isEmpty()) lines.add("under " + rootPath);
        return lines;
    }
}
