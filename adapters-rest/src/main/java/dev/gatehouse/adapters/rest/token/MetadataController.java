package dev.gatehouse.adapters.rest.token;

import dev.gatehouse.adapters.rest.Code;
import dev.gatehouse.adapters.rest.Json;
import dev.gatehouse.adapters.rest.Problem;
import dev.gatehouse.adapters.rest.ProblemRaised;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.application.token.PublishingKeys;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of OAuth and OpenID Connect is served here, for libraries that look for it (RFC 8414, OpenID Connect Discovery 1.0),
 * and nothing that is not. Only where the issuer is an address, as both demand. There is no authorization and no token
 * endpoint, though Discovery section 3 requires both: nobody signs in so.
 */
@Controller("/.well-known")
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
@Refusals
@Tag(name = "token")
class MetadataController {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BASIC = "client_secret_basic";
    /** A bearer token will do for both, but of revocation RFC 8414 has no word for it. */
    private static final List<String> INTROSPECTING = List.of(BASIC, "Bearer");

    private static final List<String> REVOKING = List.of(BASIC);

    private final PublishingKeys keys;

    MetadataController(PublishingKeys keys) {
        this.keys = keys;
    }

    @Get("/oauth-authorization-server")
    @Operation(operationId = "getAuthorizationServerMetadata", summary = "What of OAuth is served here (RFC 8414)")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MetadataView.class)))
    HttpResponse<Json> authorizationServer() {
        return reply(members(issuer()));
    }

    @Get("/openid-configuration")
    @Operation(
            operationId = "getOpenidConfiguration",
            summary = "Where the keys are that verify tokens (OpenID Connect Discovery 1.0)")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = MetadataView.class)))
    HttpResponse<Json> openid() {
        // There are no ID tokens: required all the same (Discovery section 3), and what libraries verify other tokens
        // by.
        List<String> algorithms = keys.published().stream()
                .flatMap(each -> Optional.ofNullable(each.members().get("alg")).stream())
                .distinct()
                .toList();
        return reply(members(issuer())
                .texts("subject_types_supported", List.of("public"))
                .texts("id_token_signing_alg_values_supported", algorithms)
                .texts("claims_supported", List.of("iss", "sub", "exp", "nbf", "iat", "jti")));
    }

    /**
     * The lists that are empty say that there is no such thing. RFC 8414 section 3.2 would have them left out, but the first
     * is required (section 2), and without the second clients take the default, two grants that there are not.
     */
    private static Json.Builder members(String issuer) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return new Json.Builder()
                .text("issuer", issuer)
                .text("jwks_uri", base + "/.well-known/jwks.json")
                .text("introspection_endpoint", base + "/oauth2/introspect")
                .texts("introspection_endpoint_auth_methods_supported", INTROSPECTING)
                .text("revocation_endpoint", base + "/oauth2/revoke")
                .texts("revocation_endpoint_auth_methods_supported", REVOKING)
                .put("response_types_supported", new Json.Items(List.of()))
                .put("grant_types_supported", new Json.Items(List.of()));
    }

    private static HttpResponse<Json> reply(Json.Builder members) {
        return HttpResponse.<Json>ok(members.build()).header(HttpHeaders.CACHE_CONTROL, "public, max-age=300");
    }

    private String issuer() {
        String issuer = keys.issuer();
        if (isAddress(issuer)) return issuer;
        throw new ProblemRaised(Problem.of(
                Code.NOT_FOUND,
                "there is no metadata, since the issuer of tokens, '" + issuer
                        + "', is no address; set GATEHOUSE_ISSUER to the https address of this service to have it. The keys"
                        + " are at /.well-known/jwks.json in any case"));
    }

    private static boolean isAddress(String issuer) {
        try {
            URI uri = new URI(issuer);
            boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
            String host = Optional.ofNullable(uri.getHost()).orElse("");
            boolean safe =
                    "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && LOOPBACK.contains(host));
            return plain && !host.isEmpty() && safe;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    @Schema(name = "AuthorizationServerMetadata")
    record MetadataView(
            String issuer,
            String jwks_uri,
            String introspection_endpoint,
            List<String> introspection_endpoint_auth_methods_supported,
            String revocation_endpoint,
            List<String> revocation_endpoint_auth_methods_supported,
            List<String> response_types_supported,
            List<String> grant_types_supported) {}
}
