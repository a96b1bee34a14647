package dev.gatehouse.adapters.rest.token;

import dev.gatehouse.adapters.rest.Code;
import dev.gatehouse.adapters.rest.IdempotencyKey;
import dev.gatehouse.adapters.rest.Nothing;
import dev.gatehouse.adapters.rest.Problem;
import dev.gatehouse.adapters.rest.ProblemRaised;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.application.token.ManagingAccountTokens;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Tokens of accounts (Argo CD contract 3.4, 3.5). */
@Controller("/api/v1/account/{name}/token")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "token")
class AccountTokenController {
    private final ManagingAccountTokens tokens;

    AccountTokenController(ManagingAccountTokens tokens) {
        this.tokens = tokens;
    }

    @Post
    @Operation(
            operationId = "createAccountToken",
            summary = "Give out a token of an account",
            description = "This reply alone shows it, and one to the same request with the same Idempotency-Key.")
    @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER, description = IdempotencyKey.DESCRIPTION)
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TokenRequest.class)))
    TokenRequest.TokenView issue(
            @Parameter(hidden = true) Caller caller,
            String name,
            @Parameter(hidden = true) @Nullable @Header(IdempotencyKey.HEADER) String key,
            @Parameter(hidden = true) Sent body) {
        try {
            return TokenRequest.TokenView.of(
                    tokens.issue(caller, name, TokenRequest.read(body, "CreateTokenRequest", key, name)));
        } catch (Refusal.Conflict e) {
            if (e.reason() != Refusal.Conflict.Reason.ALREADY_EXISTS
                    || !e.kind().equals(ApiToken.KIND)) throw e;
            // As Argo CD's clients know it.
            throw new ProblemRaised(
                    Problem.of(Code.ALREADY_EXISTS, "account already has token with id '" + e.name() + "'"));
        }
    }

    @Delete("/{id}")
    @Operation(operationId = "deleteAccountToken", summary = "End a token of an account")
    Nothing revoke(@Parameter(hidden = true) Caller caller, String name, String id) {
        tokens.revoke(caller, name, id);
        return Nothing.AT_ALL;
    }
}
