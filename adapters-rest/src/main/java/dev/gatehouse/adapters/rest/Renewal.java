package dev.gatehouse.adapters.rest;

import dev.gatehouse.application.session.SigningIn;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.PlainToken;
import io.micronaut.core.order.Ordered;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.filter.ServerFilterPhase;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Hands the next token of a session to whoever uses it in the last minutes of the one before, with replies that succeed
 * (Argo CD contract 2.5). What ended the session gets none.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class Renewal implements Ordered {
    static final String HEADER = "Grpc-Metadata-Renew-Token";
    private static final int FIRST_FAILURE = 400;

    private final SigningIn signingIn;
    private final PublicAddress address;
    private final Executor blocking;

    Renewal(SigningIn signingIn, PublicAddress address, @Named(TaskExecutors.BLOCKING) Executor blocking) {
        this.signingIn = signingIn;
        this.address = address;
        this.blocking = blocking;
    }

    @Override
    public int getOrder() {
        return ServerFilterPhase.SECURITY.order();
    }

    /** Nothing to wait for, except in those last minutes. */
    @ResponseFilter
    CompletableFuture<MutableHttpResponse<?>> renew(HttpRequest<?> request, MutableHttpResponse<?> reply) {
        Optional<Caller> caller = CallerBinding.callerOf(request).filter(signingIn::isNearEnd);
        if (caller.isEmpty() || reply.code() >= FIRST_FAILURE || handsOut(reply))
            return CompletableFuture.completedFuture(reply);
        Supplier<MutableHttpResponse<?>> renewed = () -> withNext(caller.get(), request, reply);
        return CompletableFuture.supplyAsync(PropagatedContext.getOrEmpty().wrap(renewed), blocking);
    }

    private MutableHttpResponse<?> withNext(Caller caller, HttpRequest<?> request, MutableHttpResponse<?> reply) {
        try {
            signingIn.renew(caller).ifPresent(next -> handOut(next, request, reply));
        } catch (Refusal.Unavailable e) {
            // The request succeeded; the next one may have the next token.
        }
        return reply;
    }

    private void handOut(PlainToken next, HttpRequest<?> request, MutableHttpResponse<?> reply) {
        SessionCookie.handOut(next, address.cookiePath(), address.secure(request))
                .forEach(each -> reply.getHeaders().add(HttpHeaders.SET_COOKIE, each));
        reply.getHeaders().set(HEADER, next.reveal());
        reply.getHeaders().set(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    /** Whether the reply itself gives or takes the cookie. */
    private static boolean handsOut(MutableHttpResponse<?> reply) {
        return reply.getHeaders().getAll(HttpHeaders.SET_COOKIE).stream()
                .anyMatch(each -> each.startsWith(SessionCookie.NAME));
    }
}
