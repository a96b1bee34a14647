package dev.gatehouse.adapters.rest;

import io.micronaut.management.endpoint.EndpointSensitivityProcessor;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.web.router.MethodBasedRouteInfo;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which routes are open to everybody: those that say so, and no others. */
@Singleton
final class PublicRoutes {
    private final EndpointSensitivityProcessor endpoints;
    private final Map<RouteInfo<?>, Entrance> entrances = new ConcurrentHashMap<>();

    PublicRoutes(EndpointSensitivityProcessor endpoints) {
        this.endpoints = endpoints;
    }

    /** Who comes in. */
    enum Door {
        OPEN,
        FOR_CALLERS,
        SHUT
    }

    /**
     * How one comes in.
     *
     * @param beforePasswordChange whether it also serves whoever has to change their password before anything else
     * @param ofTheApi whether its path begins with {@code /api/}; that of the route, which can be written in one way only
     */
    record Entrance(Door door, boolean beforePasswordChange, boolean ofTheApi) {}

    Entrance entranceOf(RouteInfo<?> route) {
        Entrance known = entrances.get(route);
        return known != null ? known : entrances.computeIfAbsent(route, this::look);
    }

    private Entrance look(RouteInfo<?> route) {
        return new Entrance(
                decide(route),
                route.getAnnotationMetadata().hasAnnotation(BeforePasswordChange.class),
                !(route instanceof UriRouteInfo<?, ?> of)
                        || of.getUriMatchTemplate().toString().startsWith("/api/"));
    }

    /** {@code @Secured} as the framework means it; roles are no notion of ours, so that they let nobody in. */
    private Door decide(RouteInfo<?> route) {
        String[] ofTheMethod =
                route.getAnnotationMetadata().getDeclaredMetadata().stringValues(Secured.class);
        String[] rules = ofTheMethod.length > 0
                ? ofTheMethod
                : route.getAnnotationMetadata().stringValues(Secured.class);
        if (rules.length == 1)
            return switch (rules[0]) {
                case SecurityRule.IS_ANONYMOUS -> Door.OPEN;
                case SecurityRule.IS_AUTHENTICATED -> Door.FOR_CALLERS;
                default -> Door.SHUT;
            };
        if (rules.length > 1) return Door.SHUT;
        boolean sensitive = !(route instanceof MethodBasedRouteInfo<?, ?> method)
                || endpoints
                        .getEndpointMethods()
                        .getOrDefault(method.getTargetMethod().getExecutableMethod(), true);
        return sensitive ? Door.FOR_CALLERS : Door.OPEN;
    }
}
