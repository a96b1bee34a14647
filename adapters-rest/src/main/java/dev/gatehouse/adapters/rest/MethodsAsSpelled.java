package dev.gatehouse.adapters.rest;

import io.micronaut.core.order.Ordered;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.exceptions.NotAllowedException;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteMatch;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes {@code get} for another method than {@code GET} (RFC 9110 9.1), which the framework does not: whoever stands before
 * this service and lets only some methods pass tells them apart.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class MethodsAsSpelled implements Ordered {
    private final Router router;

    MethodsAsSpelled(Router router) {
        this.router = router;
    }

    /** Behind {@link RequestTrace} and before whoever asks what a method does. */
    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE + 1;
    }

    /** What has no route is answered as such, whatever the method. */
    @RequestFilter
    void check(HttpRequest<?> request) {
        HttpMethod taken = request.getMethod();
        if (taken == HttpMethod.CUSTOM
                || taken.name().equals(request.getMethodName())
                || RouteAttributes.getRouteMatch(request).isEmpty()) return;
        Set<String> allowed = router.<Object, Object>findAny(request).stream()
                .map(UriRouteMatch::getRouteInfo)
                .map(each -> each.getHttpMethodName())
                .collect(Collectors.toSet());
        throw new NotAllowedException(request.getMethodName(), request.getUri(), allowed);
    }
}
