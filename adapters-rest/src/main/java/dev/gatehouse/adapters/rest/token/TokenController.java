package dev.gatehouse.adapters.rest.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.IdempotencyKey;
import dev.gatehouse.adapters.rest.Nothing;
import dev.gatehouse.adapters.rest.PageMetadata;
import dev.gatehouse.adapters.rest.Query;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.application.token.IssuedToken;
import dev.gatehouse.application.token.ManagingTokens;
import dev.gatehouse.application.token.NewToken;
import dev.gatehouse.application.token.Rotation;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.TokenFilter;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every token one may see, whoever it speaks for, and its whole life (Gatehouse contract 4). */
@Controller("/api/v1/tokens")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "token")
class TokenController {
    private final ManagingTokens tokens;
    private final InstantSource clock;

    TokenController(ManagingTokens tokens, InstantSource clock) {
        this.tokens = tokens;
        this.clock = clock;
    }

    @Get
    @Operation(
            operationId = "listTokens",
            summary = "The tokens one may see, the newest first, then by id",
            description = "A page may hold fewer than asked for and still go on: most tokens were not for the caller.")
    @Parameter(name = "kind", in = ParameterIn.QUERY, description = "account or project")
    @Parameter(name = "project", in = ParameterIn.QUERY, description = "Of this project")
    @Parameter(name = "role", in = ParameterIn.QUERY, description = "Of a role of this name")
    @Parameter(name = "account", in = ParameterIn.QUERY, description = "Of this account")
    @Parameter(name = "state", in = ParameterIn.QUERY, description = "active, superseded, revoked, expired or pending")
    @Parameter(name = "createdBy", in = ParameterIn.QUERY, description = "By exactly this caller")
    @Parameter(name = "expiresBefore", in = ParameterIn.QUERY, description = "RFC 3339: ends before this time")
    @Parameter(
            name = "unusedSince",
            in = ParameterIn.QUERY,
            description = "RFC 3339: created before this time, and not used since")
    @Parameter(name = "neverUsed", in = ParameterIn.QUERY, description = "true or false")
    @Parameter(
            name = "endsSoon",
            in = ParameterIn.QUERY,
            description = "true or false: whether it ends within warnBeforeSeconds of the policy on tokens")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 100 when left out")
    @Parameter(name = "continue", in = ParameterIn.QUERY, description = "metadata.continue of the page before")
    ListView find(@Parameter(hidden = true) Caller caller, HttpRequest<?> request) {
        Query query = Query.of(
                request,
                "kind",
                "project",
                "role",
                "account",
                "state",
                "createdBy",
                "expiresBefore",
                "unusedSince",
                "neverUsed",
                "endsSoon",
                "limit",
                "continue");
        Optional<String> project = query.text("project");
        Optional<String> role = query.text("role");
        Optional<String> account = query.text("account");
        TokenFilter filter = new TokenFilter(
                query.text("kind").map(TokenController::kind),
                project.flatMap(ProjectName::ifValid),
                role.flatMap(RoleName::ifValid),
                account.flatMap(Username::ifValid),
                query.text("state").map(TokenController::standing),
                query.text("createdBy"),
                query.instant("expiresBefore"),
                query.instant("unusedSince"),
                query.text("neverUsed").map(each -> flag("neverUsed", each)),
                clock.instant());
        Optional<Boolean> endsSoon = query.text("endsSoon").map(each -> flag("endsSoon", each));
        // Nothing has a name that no owner could have.
        if (project.isPresent() != filter.owner().project().isPresent()
                || role.isPresent() != filter.owner().role().isPresent()
                || account.isPresent() != filter.owner().account().isPresent())
            return new ListView(List.of(), PageMetadata.WHOLE);
        return ListView.of(tokens.find(caller, endsSoon.map(filter::endingSoon).orElse(filter), query.page()));
    }

    private static TokenFilter.Kind kind(String word) {
        return TokenFilter.Kind.of(word)
                .orElseThrow(() -> Query.unknown(
                        "kind", word, Arrays.stream(TokenFilter.Kind.values()).map(TokenFilter.Kind::word)));
    }

    private static ApiToken.Standing standing(String word) {
        return ApiToken.Standing.of(word)
                .orElseThrow(() -> Query.unknown(
                        "state", word, Arrays.stream(ApiToken.Standing.values()).map(ApiToken.Standing::word)));
    }

    private static boolean flag(String name, String word) {
        return switch (word) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Body.invalid("query parameter " + name + " must be true or false, not '" + word + "'");
        };
    }

    @Get("/{id}")
    @Operation(operationId = "getToken", summary = "One token")
    TokenItem get(@Parameter(hidden = true) Caller caller, String id) {
        ManagingTokens.Seen seen = tokens.get(caller, id);
        return TokenItem.of(seen.token(), seen.policy(), seen.now());
    }

    @Post
    @Operation(
            operationId = "createToken",
            summary = "Give out a token of an account or of a project role",
            description =
                    "This reply alone shows it. With the same Idempotency-Key and body within 24 hours the reply is"
                            + " the same again, as long as the token was not used.")
    @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER, description = IdempotencyKey.DESCRIPTION)
    @RequestBody(
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = NewTokenRequest.class)))
    HttpResponse<TokenItem> issue(
            @Parameter(hidden = true) Caller caller,
            HttpRequest<?> request,
            @Parameter(hidden = true) @Nullable @Header(IdempotencyKey.HEADER) String key,
            @Parameter(hidden = true) Sent body) {
        Query.of(request);
        Body sent = Body.own(body, "subject", "id", "description", "expiresIn", "notBefore", "restrictions");
        String subject = sent.text("subject")
                .orElseThrow(() -> Body.invalid("subject is missing; name whom it is to speak for"));
        NewToken command = new NewToken(
                sent.text("id"),
                sent.textOrEmpty("description"),
                sent.member("expiresIn").map(any -> sent.integer("expiresIn")),
                sent.instant("notBefore"),
                sent.object("restrictions").map(TokenController::restricted).orElse(NewToken.Restricted.NOT),
                IdempotencyKey.of(key, sent, "create"));
        return made(tokens.issue(caller, subject, command), Optional.empty());
    }

    private static NewToken.Restricted restricted(Body sent) {
        sent.only("networks", "permissions", "maxUses");
        return new NewToken.Restricted(
                sent.member("networks").map(any -> sent.texts("networks")),
                sent.member("permissions").map(any -> sent.texts("permissions")),
                sent.member("maxUses").map(any -> sent.integer("maxUses")));
    }

    @Post("/{id}/rotate")
    @Operation(
            operationId = "rotateToken",
            summary = "Put a new token in the place of one",
            description =
                    "The old one counts until the overlap ends, or until the new one is first used. Who uses it after"
                            + " that ends all tokens that came of it, unless its own end has come: then it is refused as"
                            + " expired and ends nothing. This reply alone shows the new one; with the same"
                            + " Idempotency-Key and body it is shown again as long as it was not used. A token rotates"
                            + " itself only where a policy allows its subject to update it. Where the policy on tokens"
                            + " says maxLive, so many old ones of one account or role count at most; beyond that"
                            + " overlapSeconds has to be 0.")
    @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER, description = IdempotencyKey.DESCRIPTION)
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = RotateTokenRequest.class)))
    HttpResponse<TokenItem> rotate(
            @Parameter(hidden = true) Caller caller,
            String id,
            HttpRequest<?> request,
            @Parameter(hidden = true) @Nullable @Header(IdempotencyKey.HEADER) String key,
            @Parameter(hidden = true) Sent body) {
        Query.of(request);
        Body sent = Body.ownOrNothing(body, "overlapSeconds", "closeOnFirstUse", "expiresIn", "id", "description");
        Rotation command = new Rotation(
                sent.member("overlapSeconds").isPresent()
                        ? sent.integer("overlapSeconds")
                        : Rotation.USUAL_OVERLAP_SECONDS,
                sent.flag("closeOnFirstUse").orElse(true),
                sent.member("expiresIn").map(any -> sent.integer("expiresIn")),
                sent.text("id"),
                sent.text("description"),
                IdempotencyKey.of(key, sent, "rotate/" + id));
        ManagingTokens.Rotated rotated = tokens.rotate(caller, id, command);
        return made(rotated.issued(), rotated.predecessorEndsAt());
    }

    private static HttpResponse<TokenItem> made(IssuedToken issued, Optional<Instant> predecessorEndsAt) {
        ApiToken token = issued.token();
        String path = URLEncoder.encode(token.id().value(), StandardCharsets.UTF_8);
        return HttpResponse.ok(TokenItem.made(token, issued.secret().reveal(), predecessorEndsAt))
                .header(
                        HttpHeaders.LOCATION,
                        URI.create("/api/v1/tokens/" + path).toString());
    }

    @Delete("/{id}")
    @Operation(operationId = "revokeToken", summary = "End a token at once; repeating it changes nothing")
    @Parameter(name = "reason", in = ParameterIn.QUERY, description = "At most 255 characters")
    Nothing revoke(@Parameter(hidden = true) Caller caller, String id, HttpRequest<?> request) {
        tokens.revoke(caller, id, Query.of(request, "reason").text("reason").orElse(""));
        return Nothing.AT_ALL;
    }

    @Schema(name = "NewTokenRequest")
    record NewTokenRequest(
            @Schema(
                    description = "The name of an account, or proj:<project>:<role>",
                    requiredMode = Schema.RequiredMode.REQUIRED)
            String subject,

            @Schema(description = "A name for it; left out: one is made up")
            String id,

            String description,

            @Schema(description = "Seconds; 0 for no end; left out: what the token policy says is usual, else no end")
            long expiresIn,

            @Schema(description = "RFC 3339; left out: at once")
            String notBefore,

            TokenItem.RestrictionsView restrictions) {}

    @Schema(name = "RotateTokenRequest")
    record RotateTokenRequest(
            @Schema(description = "How long the old one counts beside the new one; left out: 86400")
            long overlapSeconds,

            @Schema(description = "Whether the first use of the new one closes the old one; left out: true")
            boolean closeOnFirstUse,

            @Schema(description = "Seconds, 0 for no end; left out: as long as the old one was given")
            long expiresIn,

            @Schema(description = "A name for the new one; left out: one is made up")
            String id,

            @Schema(description = "Left out: that of the old one")
            String description) {}

    @Serdeable
    @Schema(name = "TokenList")
    record ListView(
            @JsonInclude(JsonInclude.Include.ALWAYS) List<TokenItem> items,
            @JsonInclude(JsonInclude.Include.ALWAYS) PageMetadata metadata) {
        static ListView of(ManagingTokens.Found found) {
            return new ListView(
                    found.page().items().stream()
                            .map(each -> TokenItem.of(each, found.policies().of(each.subject()), found.now()))
                            .toList(),
                    PageMetadata.of(found.page(), found.remaining()));
        }
    }
}
