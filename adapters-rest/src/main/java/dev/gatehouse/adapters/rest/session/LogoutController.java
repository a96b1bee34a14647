package dev.gatehouse.adapters.rest.session;

import dev.gatehouse.adapters.rest.BeforePasswordChange;
import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.CrossSite;
import dev.gatehouse.adapters.rest.PublicAddress;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.SessionCookie;
import dev.gatehouse.adapters.rest.Visitor;
import dev.gatehouse.application.session.SigningIn;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/**
 * The sign-out of browsers and of Argo CD's command line (Argo CD contract 7.5). HEAD is answered as GET is, and ends
 * nothing: it is safe (RFC 9110 section 9.2.1), and sent by what only looks where a link leads.
 */
@Controller("/auth/logout")
@Consumes(MediaType.ALL)
@Secured(SecurityRule.IS_ANONYMOUS)
@Refusals
@Tag(name = "session")
class LogoutController {
    private final SigningIn signingIn;
    private final PublicAddress address;
    private final CrossSite crossSite;

    LogoutController(SigningIn signingIn, PublicAddress address, CrossSite crossSite) {
        this.signingIn = signingIn;
        this.address = address;
        this.crossSite = crossSite;
    }

    @Get
    @BeforePasswordChange
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Operation(operationId = "logout", summary = "Sign out of a browser")
    HttpResponse<?> signOut(@Parameter(hidden = true) Visitor visitor, HttpRequest<?> request) {
        crossSite.requireSameSite(request);
        List<String> cookies = request.getHeaders().getAll(HttpHeaders.COOKIE);
        if (!SessionCookie.sent(cookies) && !visitor.headerShown())
            throw Body.invalid(
                    "Failed to retrieve ArgoCD auth token: failed to retrieve cookie argocd.token; nobody is signed"
                            + " in");
        // Relative on purpose: what a client says its Host is decides nothing.
        MutableHttpResponse<?> reply = HttpResponse.status(HttpStatus.SEE_OTHER).header(HttpHeaders.LOCATION, "/");
        if (request.getMethod() == HttpMethod.HEAD) return reply;
        visitor.caller().ifPresent(signingIn::signOut);
        SessionCookie.takeBack(cookies, address.cookiePath(), address.secure(request))
                .forEach(each -> reply.getHeaders().add(HttpHeaders.SET_COOKIE, each));
        return reply;
    }

    @Post
    @BeforePasswordChange
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Operation(operationId = "logoutByPost", summary = "Sign out of a command line")
    HttpResponse<?> signOutByPost(@Parameter(hidden = true) Visitor visitor, HttpRequest<?> request) {
        return signOut(visitor, request);
    }
}
