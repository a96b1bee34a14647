package dev.gatehouse.adapters.rest;

import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.PlainToken;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.security.filters.SecurityFilter;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteInfo;
import io.micronaut.web.router.RouteMatch;
import jakarta.inject.Named;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Closes every route, and opens those that say they are public. Stands in for the framework's own filter, and tells the
 * rest of the framework who asks as that does.
 *
 * <p>A token that was verified before is recalled without leaving the event loop; only an unknown one costs a thread.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AuthenticationFilter implements Ordered {
    private final Authenticating authenticating;
    private final PublicRoutes routes;
    private final CrossSite crossSite;
    private final RequestTrace trace;
    private final Executor blocking;

    AuthenticationFilter(
            Authenticating authenticating,
            PublicRoutes routes,
            CrossSite crossSite,
            RequestTrace trace,
            @Named(TaskExecutors.BLOCKING) Executor blocking) {
        this.authenticating = authenticating;
        this.routes = routes;
        this.crossSite = crossSite;
        this.trace = trace;
        this.blocking = blocking;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.order();
    }

    /** Gives the request on, or ends it; one for which there is no route is nobody's secret. */
    @RequestFilter
    CompletableFuture<HttpRequest<?>> authenticate(HttpRequest<?> request) {
        Optional<RouteInfo<?>> route = RouteAttributes.getRouteMatch(request).map(RouteMatch::getRouteInfo);
        if (route.isEmpty()) return CompletableFuture.completedFuture(request);
        refuseOddPaths(request);
        PublicRoutes.Entrance entrance = routes.entranceOf(route.get());
        PublicRoutes.Door door = entrance.door();
        Optional<Credential> credential = Credential.of(request.getHeaders());
        boolean cookie = credential
                .filter(each -> each.source() == Credential.Source.COOKIE)
                .isPresent();
        if (cookie && isWrite(request)) {
            crossSite.requireSameSite(request);
            if (entrance.ofTheApi()) CrossSite.requireJson(request);
        }
        Asked asked = new Asked(
                Credential.headerShown(request.getHeaders()),
                cookie,
                trace.originOf(request),
                entrance.beforePasswordChange());
        if (credential.isEmpty())
            return CompletableFuture.completedFuture(
                    admit(request, door, asked.by(Optional.empty(), Optional.empty())));
        PlainToken token = credential.get().token();
        Optional<Caller> known = authenticating.recall(token, asked.origin());
        if (known.isPresent())
            return CompletableFuture.completedFuture(admit(request, door, asked.by(known, Optional.empty())));
        Supplier<HttpRequest<?>> lookUp =
                () -> admit(request, door, asked.judged(authenticating.authenticate(token, asked.origin())));
        return CompletableFuture.supplyAsync(PropagatedContext.getOrEmpty().wrap(lookUp), blocking);
    }

    /** What is known of a visitor before the credential is judged. */
    private record Asked(boolean headerShown, boolean byCookie, Origin origin, boolean beforePasswordChange) {
        Visitor by(Optional<Caller> caller, Optional<Problem> refusal) {
            return new Visitor(caller, refusal, headerShown, byCookie, origin);
        }

        Visitor judged(Authenticating.Answer answer) {
            return switch (answer) {
                case Authenticating.Answer.Authenticated(Caller caller) -> by(Optional.of(caller), Optional.empty());
                case Authenticating.Answer.PasswordChangeRequired(Caller caller, Refusal why) ->
                    beforePasswordChange
                            ? by(Optional.of(caller), Optional.empty())
                            : by(Optional.empty(), Optional.of(Wording.of(why)));
                case Authenticating.Answer.Rejected(Authenticating.Rejection why) ->
                    by(Optional.empty(), Optional.of(Wording.of(why)));
            };
        }
    }

    private static HttpRequest<?> admit(HttpRequest<?> request, PublicRoutes.Door door, Visitor visitor) {
        request.setAttribute(SecurityFilter.KEY, true);
        visitor.caller()
                .ifPresent(each -> request.setAttribute(SecurityFilter.AUTHENTICATION, new CallerAuthentication(each)));
        CallerBinding.remember(request, visitor);
        switch (door) {
            case OPEN -> {}
            case FOR_CALLERS -> visitor.require();
            case SHUT -> {
                visitor.require();
                throw new ProblemRaised(Problem.of(Code.PERMISSION_DENIED, "permission denied"));
            }
        }
        return request;
    }

    private static boolean isWrite(HttpRequest<?> request) {
        return switch (request.getMethod()) {
            case GET, HEAD, OPTIONS -> false;
            default -> true;
        };
    }

    /** No name holds a control character, and no store can keep every one of them. */
    private static void refuseOddPaths(HttpRequest<?> request) {
        String path = request.getPath();
        if (path.indexOf('%') < 0) return;
        String decoded = URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        if (decoded.codePoints().anyMatch(each -> Character.isISOControl(each) || each == 0xFFFD))
            throw Body.invalid("the path holds a control character or is not UTF-8; leave it out");
    }
}
