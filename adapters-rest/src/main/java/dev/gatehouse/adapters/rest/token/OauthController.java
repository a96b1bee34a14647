package dev.gatehouse.adapters.rest.token;

import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.Json;
import dev.gatehouse.adapters.rest.ProblemRaised;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.adapters.rest.Visitor;
import dev.gatehouse.adapters.rest.Wording;
import dev.gatehouse.application.token.EndingLeakedTokens;
import dev.gatehouse.application.token.Introspecting;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenClaims;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.NetUtil;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Introspection (RFC 7662) and revocation (RFC 7009) as OAuth libraries speak it: forms in, the errors of RFC 6749 out. */
@Controller("/oauth2")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
@Refusals
@Tag(name = "token")
class OauthController {
    private static final int MOST_BYTES = 65_536;
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Introspecting introspecting;
    private final EndingLeakedTokens leaked;
    private final OauthClients clients;

    OauthController(Introspecting introspecting, EndingLeakedTokens leaked, OauthClients clients) {
        this.introspecting = introspecting;
        this.leaked = leaked;
        this.clients = clients;
    }

    @Post("/introspect")
    @Operation(
            operationId = "introspectToken",
            summary = "Whether a token counts",
            description =
                    "RFC 7662. Who asks needs tokens, introspect, *, and says who it is with a bearer token, or with"
                            + " Basic: its name, and a token in place of the secret.")
    @RequestBody(content = @Content(mediaType = FORM, schema = @Schema(implementation = TokenForm.class)))
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = IntrospectionView.class)))
    HttpResponse<Json> introspect(
            @Parameter(hidden = true) Visitor visitor,
            @Parameter(hidden = true) HttpRequest<?> request,
            @Parameter(hidden = true) Sent body) {
        return answered(
                visitor,
                request,
                body,
                (client, form) -> HttpResponse.ok(introspecting
                        .introspect(client.caller(), new PlainToken(form.getOrDefault("token", "")), address(form))
                        .map(OauthController::view)
                        .orElseGet(() -> new Json.Builder()
                                .put("active", new Json.Flag(false))
                                .build())));
    }

    @Post("/revoke")
    @Operation(
            operationId = "revokeTokenOauth",
            summary = "End a token that one holds",
            description =
                    "RFC 7009. For whoever says who it is; the token itself is the right to end it. A token that is"
                            + " none of ours, or has ended, is no error.")
    @RequestBody(content = @Content(mediaType = FORM, schema = @Schema(implementation = TokenForm.class)))
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "application/json"))
    HttpResponse<Json> revoke(
            @Parameter(hidden = true) Visitor visitor,
            @Parameter(hidden = true) HttpRequest<?> request,
            @Parameter(hidden = true) Sent body) {
        return answered(visitor, request, body, (client, form) -> {
            leaked.end(client.caller(), new PlainToken(form.getOrDefault("token", "")));
            return HttpResponse.ok(Json.Members.NONE);
        });
    }

    /** What is done for a client that is known, with the form that it sent; there is a token in it. */
    private interface Work {
        HttpResponse<Json> on(OauthClients.Client.Known client, Map<String, String> form);
    }

    private HttpResponse<Json> answered(Visitor visitor, HttpRequest<?> request, Sent body, Work work) {
        switch (clients.of(visitor, request.getHeaders())) {
            case OauthClients.Client.Unknown(OauthError error, String message) -> {
                return error.reply(message);
            }
            case OauthClients.Client.Known known -> {
                try {
                    return work.on(known, form(request, body));
                } catch (ProblemRaised e) {
                    return OauthError.INVALID_REQUEST.reply(e.problem());
                } catch (Refusal.Forbidden e) {
                    return OauthError.INSUFFICIENT_SCOPE.reply(Wording.of(e));
                }
            }
        }
    }

    /** @throws ProblemRaised when the body is no form, too large, or has no one token in it */
    private static Map<String, String> form(HttpRequest<?> request, Sent body) {
        Optional<String> type = request.getHeaders().getFirst(HttpHeaders.CONTENT_TYPE);
        if (type.filter(each -> each.strip().toLowerCase(Locale.ROOT).startsWith(FORM))
                .isEmpty()) throw Body.invalid("send a form: Content-Type: " + FORM);
        Map<String, List<String>> sent =
                new QueryStringDecoder(new String(body.bytes(MOST_BYTES), StandardCharsets.UTF_8), false).parameters();
        if (sent.values().stream().anyMatch(each -> each.size() > 1)) throw Body.invalid("each parameter is sent once");
        Map<String, String> form = new HashMap<>();
        sent.forEach((name, values) -> form.put(name, values.getFirst()));
        if (form.getOrDefault("token", "").isEmpty())
            throw Body.invalid("token is missing; send the token that it is about");
        return form;
    }

    /**
     * Absent when it is left out.
     *
     * @throws ProblemRaised when it is no address: one restricted to networks must not be judged by a name
     */
    private static Optional<String> address(Map<String, String> form) {
        String sent = form.getOrDefault("client_ip", "");
        if (sent.isEmpty()) return Optional.empty();
        if (!NetUtil.isValidIpV4Address(sent) && !NetUtil.isValidIpV6Address(sent))
            throw Body.invalid("client_ip is no address; send an IPv4 or IPv6 address, or leave it out");
        return Optional.of(sent);
    }

    private static Json view(Introspecting.Introspection found) {
        TokenClaims claims = found.claims();
        Json.Builder view = new Json.Builder()
                .put("active", new Json.Flag(true))
                .text("token_type", "Bearer")
                .text("iss", claims.issuer())
                .text("sub", claims.subject())
                .text("username", found.subject().name());
        claims.expiresAt().ifPresent(each -> view.number("exp", each.getEpochSecond()));
        return view.number("iat", claims.issuedAt().getEpochSecond())
                .number("nbf", claims.notBefore().getEpochSecond())
                .text("jti", claims.id())
                .text("method", found.subject().method().word())
                .build();
    }

    @Schema(name = "TokenForm")
    record TokenForm(
            String token,

            @Schema(description = "Read over: a token is found without")
            String token_type_hint,

            @Schema(description = "From where the token was shown; left out: from where you ask")
            String client_ip) {}

    @Schema(name = "Introspection", description = "Of a token that does not count, active alone")
    record IntrospectionView(
            boolean active,
            String token_type,
            String iss,
            String sub,

            @Schema(description = "The name as policies write it")
            String username,

            @Schema(description = "Seconds since 1970; absent: no end")
            long exp,

            long iat,
            long nbf,
            String jti,

            @Schema(description = "session, accountToken or projectToken")
            String method) {}
}
