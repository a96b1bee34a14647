package dev.gatehouse.adapters.rest.session;

import dev.gatehouse.adapters.rest.BeforePasswordChange;
import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.Code;
import dev.gatehouse.adapters.rest.CrossSite;
import dev.gatehouse.adapters.rest.Nothing;
import dev.gatehouse.adapters.rest.Problem;
import dev.gatehouse.adapters.rest.ProblemRaised;
import dev.gatehouse.adapters.rest.PublicAddress;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.adapters.rest.SessionCookie;
import dev.gatehouse.adapters.rest.Visitor;
import dev.gatehouse.application.session.SigningIn;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.token.PlainToken;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions of people (Argo CD contract 1). */
@Controller("/api/v1/session")
@Consumes(MediaType.ALL)
@Secured(SecurityRule.IS_ANONYMOUS)
@Refusals
@Tag(name = "session")
class SessionController {
    private final SigningIn signingIn;
    private final PublicAddress address;
    private final CrossSite crossSite;
    private final SignInMeters meters;

    SessionController(SigningIn signingIn, PublicAddress address, CrossSite crossSite, SignInMeters meters) {
        this.signingIn = signingIn;
        this.address = address;
        this.crossSite = crossSite;
        this.meters = meters;
    }

    @Post
    @BeforePasswordChange
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Operation(
            operationId = "createSession",
            summary = "Sign in with a password",
            description =
                    "Also sets the cookie argocd.token, and ends the session whose cookie it takes the place of; or"
                            + " that of a token in a header, when it is of the same account.")
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SignInRequest.class)))
    HttpResponse<TokenView> signIn(
            @Parameter(hidden = true) Sent body, @Parameter(hidden = true) Visitor visitor, HttpRequest<?> request) {
        crossSite.requireSameSite(request);
        CrossSite.requireJson(request);
        Body sent = Body.argo(body, Body.MOST_BYTES_OF_STRANGERS);
        String token = sent.textOrEmpty("token");
        String username = sent.textOrEmpty("username");
        SigningIn.SignIn command = new SigningIn.SignIn(
                username,
                new PlainPassword(sent.textOrEmpty("password")),
                visitor.origin(),
                // A cookie is overwritten, whoever's it was; a program that shows somebody's token may go on with both.
                visitor.caller()
                        .filter(each -> visitor.byCookie() || each.name().equals(username)));
        return meters.counting(() -> {
            if (!token.isEmpty())
                throw refused("token-based session creation no longer supported. please upgrade argocd cli to v0.7+");
            return reply(command, request);
        });
    }

    private HttpResponse<TokenView> reply(SigningIn.SignIn command, HttpRequest<?> request) {
        return switch (signingIn.signIn(command)) {
            case SigningIn.Answer.SignedIn in -> {
                MutableHttpResponse<TokenView> reply = HttpResponse.ok(TokenView.of(in.token()));
                SessionCookie.handOut(in.token(), address.cookiePath(), address.secure(request))
                        .forEach(each -> reply.getHeaders().add(HttpHeaders.SET_COOKIE, each));
                yield reply;
            }
            case SigningIn.Answer.NoCredentials none -> throw refused("no credentials supplied");
            case SigningIn.Answer.BadCredentials bad -> throw refused("Invalid username or password");
            case SigningIn.Answer.AccountDisabled(String name) -> throw refused("Account " + name + " is disabled");
            case SigningIn.Answer.NoLogin(String name) ->
                throw refused("Account " + name + " does not have login capability");
            case SigningIn.Answer.PasswordOver(String name) ->
                throw refused("The password of account " + name
                        + " was set by somebody else and not changed in time; ask an administrator for another");
        };
    }

    private static ProblemRaised refused(String text) {
        return new ProblemRaised(Problem.of(Code.UNAUTHENTICATED, text));
    }

    @Delete
    @BeforePasswordChange
    @ExecuteOn(TaskExecutors.BLOCKING)
    @Operation(
            operationId = "deleteSession",
            summary = "Sign out",
            description = "Ends the session of the token that was shown, for good.")
    HttpResponse<Nothing> signOut(@Parameter(hidden = true) Visitor visitor, HttpRequest<?> request) {
        visitor.caller().ifPresent(signingIn::signOut);
        MutableHttpResponse<Nothing> reply = HttpResponse.ok(Nothing.AT_ALL);
        SessionCookie.takeBack(
                        request.getHeaders().getAll(HttpHeaders.COOKIE), address.cookiePath(), address.secure(request))
                .forEach(each -> reply.getHeaders().add(HttpHeaders.SET_COOKIE, each));
        return reply;
    }

    @Get("/userinfo")
    @BeforePasswordChange
    @Operation(operationId = "getUserInfo", summary = "Who am I?", description = "Empty for strangers.")
    WhoView whoAmI(@Parameter(hidden = true) Visitor visitor) {
        return WhoView.of(visitor);
    }

    @Serdeable
    @Schema(name = "SessionCreateRequest")
    record SignInRequest(
            String username, @Schema(format = "password") String password) {}

    @Serdeable
    @Schema(name = "SessionResponse")
    record TokenView(String token) {
        static TokenView of(PlainToken token) {
            return new TokenView(token.reveal());
        }

        @Override
        public String toString() {
            return "TokenView[…]";
        }
    }

    @Serdeable
    @Schema(name = "GetUserInfoResponse")
    record WhoView(
            @Nullable Boolean loggedIn,
            @Nullable String username,
            @Nullable String iss,
            @Nullable List<String> groups) {
        static WhoView of(Visitor visitor) {
            return visitor.caller()
                    .map(each -> new WhoView(true, each.name(), each.issuer(), each.groups()))
                    .orElse(new WhoView(null, null, null, null));
        }
    }
}
