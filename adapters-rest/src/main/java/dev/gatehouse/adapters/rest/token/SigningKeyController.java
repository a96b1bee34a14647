package dev.gatehouse.adapters.rest.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.IdempotencyKey;
import dev.gatehouse.adapters.rest.PageMetadata;
import dev.gatehouse.adapters.rest.Query;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Rehearsal;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.application.token.ManagingSigningKeys;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.token.SigningKey;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that sign tokens (Gatehouse contract 4). */
@Controller("/api/v1/signing-keys")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "token")
class SigningKeyController {
    private final ManagingSigningKeys keys;

    SigningKeyController(ManagingSigningKeys keys) {
        this.keys = keys;
    }

    @Get
    @Operation(
            operationId = "listSigningKeys",
            summary = "The keys that sign tokens",
            description = "In the order of their turns, those that wait last. All of them in one page.")
    ListView list(@Parameter(hidden = true) Caller caller) {
        return new ListView(keys.list(caller).stream().map(KeyView::of).toList(), PageMetadata.WHOLE);
    }

    @Post("/rotate")
    @Operation(
            operationId = "rotateSigningKey",
            summary = "Let another key sign",
            description =
                    "The reply is the key that takes over: at activeFrom, when everybody who verifies can know it."
                            + " What the present key signed counts on. With the same Idempotency-Key and body within 24"
                            + " hours no other key takes over, and the reply is the same key, as it is by then.")
    @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER, description = IdempotencyKey.DESCRIPTION)
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = RotateRequest.class)))
    KeyView rotate(
            @Parameter(hidden = true) Caller caller,
            HttpRequest<?> request,
            @Parameter(hidden = true) @Nullable @Header(IdempotencyKey.HEADER) String key,
            @Parameter(hidden = true) Sent body) {
        Query.of(request);
        Body sent = Body.ownOrNothing(body, "algorithm");
        return KeyView.of(
                keys.rotate(caller, sent.text("algorithm"), IdempotencyKey.of(key, sent, "rotate signing keys")));
    }

    @Post("/{kid}/revoke")
    @Operation(
            operationId = "revokeSigningKey",
            summary = "End a key and everything that it signed",
            description = "For when somebody else may have it. Ends sessions and tokens at once, the caller's own among"
                    + " them; another key signs from then on.")
    @Parameter(name = Rehearsal.PARAMETER, in = ParameterIn.QUERY, description = Rehearsal.DESCRIPTION)
    KeyView revoke(@Parameter(hidden = true) Caller caller, String kid, HttpRequest<?> request) {
        return Query.of(request, Rehearsal.PARAMETER).flag(Rehearsal.PARAMETER)
                ? KeyView.of(keys.rehearseRevocation(caller, kid))
                : KeyView.of(keys.revoke(caller, kid));
    }

    @Schema(name = "RotateSigningKeyRequest")
    record RotateRequest(
            @Schema(description = "ES256, EdDSA or RS256; left out: that of the present key")
            String algorithm) {}

    @Serdeable
    @Schema(name = "SigningKey")
    record KeyView(
            String kid,
            String algorithm,

            @Schema(description = "next, active, retired or revoked")
            String state,

            String createdAt,

            @Schema(description = "Absent: it waits for its turn") @Nullable
            String activeFrom,

            @Schema(description = "When another key takes or took over") @Nullable
            String retiresAt,

            @Schema(description = "How many tokens that it signed count, or will. Sessions are not among them")
            @JsonInclude(JsonInclude.Include.ALWAYS)
            long liveTokens,

            @Nullable String revokedAt,
            @Nullable String revokedBy,

            @Schema(description = "Of a rehearsal") Rehearsal.@Nullable Ends ends,

            @Nullable Boolean dryRun) {

        /** As it would be. */
        static KeyView of(ManagingSigningKeys.Rehearsed rehearsed) {
            return of(rehearsed.key(), new Rehearsal.Ends(rehearsed.sessions(), rehearsed.tokens()));
        }

        static KeyView of(ManagingSigningKeys.Listed listed) {
            return of(listed, null);
        }

        private static KeyView of(ManagingSigningKeys.Listed listed, Rehearsal.@Nullable Ends ends) {
            SigningKey key = listed.key();
            return new KeyView(
                    key.kid(),
                    key.algorithm().word(),
                    listed.standing().word(),
                    key.createdAt().toString(),
                    key.activeFrom().map(Object::toString).orElse(null),
                    listed.retiresAt().map(Object::toString).orElse(null),
                    listed.liveTokens(),
                    key.revocation().map(each -> each.at().toString()).orElse(null),
                    key.revocation().map(SigningKey.Revocation::by).orElse(null),
                    ends,
                    ends == null ? null : true);
        }
    }

    @Serdeable
    @Schema(name = "SigningKeyList")
    record ListView(
            @JsonInclude(JsonInclude.Include.ALWAYS) List<KeyView> items,
            @JsonInclude(JsonInclude.Include.ALWAYS) PageMetadata metadata) {}
}
