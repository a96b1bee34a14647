package dev.gatehouse.adapters.rest;

import dev.gatehouse.domain.shared.Origin;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.core.propagation.ThreadPropagatedContextElement;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Gives each request an id that its reply and every line of its log carry, and each reply the headers they all have. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class RequestTrace implements Ordered {
    private static final String ATTRIBUTE = "gatehouse.requestId";
    private static final String IN_LOGS = "requestId";
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private final RequestIds ids;
    private final PublicAddress address;
    private final TrustedProxies proxies;

    RequestTrace(RequestIds ids, PublicAddress address, TrustedProxies proxies) {
        this.ids = ids;
        this.address = address;
        this.proxies = proxies;
    }

    /** Before every other filter, so that whatever they answer carries the id, too. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @RequestFilter
    void begin(HttpRequest<?> request, MutablePropagatedContext context) {
        context.add(new InLogs(idOf(request)));
        if (proxies.sayHttps(request)) PublicAddress.rememberHttps(request);
    }

    @ResponseFilter
    void end(HttpRequest<?> request, MutableHttpResponse<?> reply) {
        // A path of ours begins at our root, for the client at the root path.
        Optional.ofNullable(reply.getHeaders().get(HttpHeaders.LOCATION))
                .filter(each -> each.startsWith("/"))
                .ifPresent(each -> reply.getHeaders().set(HttpHeaders.LOCATION, address.pathOf(each)));
        finish(request, reply);
    }

    /** Also for replies that no filter sees. */
    void finish(HttpRequest<?> request, MutableHttpResponse<?> reply) {
        reply.getHeaders().set(RequestIds.HEADER, idOf(request));
        reply.getHeaders().set("X-Content-Type-Options", "nosniff");
        reply.getHeaders().set("X-Frame-Options", "DENY");
        reply.getHeaders().set("Referrer-Policy", "no-referrer");
        if (address.hstsSeconds() > 0 && address.secure(request))
            reply.getHeaders().set("Strict-Transport-Security", "max-age=" + address.hstsSeconds());
        if (!reply.getHeaders().contains("Content-Security-Policy"))
            reply.getHeaders().set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        if (!reply.getHeaders().contains(HttpHeaders.CACHE_CONTROL))
            reply.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** The id that was sent, when it may stand in a log, else a new one. */
    String idOf(HttpRequest<?> request) {
        if (request.getAttributes().getValue(ATTRIBUTE) instanceof String known) return known;
        String id = ids.of(request.getHeaders().get(RequestIds.HEADER));
        request.setAttribute(ATTRIBUTE, id);
        return id;
    }

    /** Where a request came from; a socket cannot lie about its address, headers can, except those of trusted proxies. */
    Origin originOf(HttpRequest<?> request) {
        return new Origin(
                proxies.clientOf(request),
                Optional.ofNullable(request.getHeaders().get(HttpHeaders.USER_AGENT))
                        .map(RequestTrace::withoutControls)
                        .orElse(""),
                idOf(request));
    }

    private static String withoutControls(String text) {
        for (int i = 0; i < text.length(); i++)
            if (Character.isISOControl(text.charAt(i)))
                return CONTROL.matcher(text).replaceAll("\uFFFD");
        return text;
    }

    /** Carries the id from thread to thread, for the log. */
    private record InLogs(String id) implements ThreadPropagatedContextElement<String> {
        @Override
        public @Nullable String updateThreadContext() {
            String before = MDC.get(IN_LOGS);
            MDC.put(IN_LOGS, id);
            return before;
        }

        @Override
        public void restoreThreadContext(@Nullable String before) {
            if (before == null) MDC.remove(IN_LOGS);
            else MDC.put(IN_LOGS, before);
        }
    }
}
