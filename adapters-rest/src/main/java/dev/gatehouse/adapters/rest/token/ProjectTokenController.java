package dev.gatehouse.adapters.rest.token;

import dev.gatehouse.adapters.rest.Code;
import dev.gatehouse.adapters.rest.IdempotencyKey;
import dev.gatehouse.adapters.rest.Nothing;
import dev.gatehouse.adapters.rest.Problem;
import dev.gatehouse.adapters.rest.ProblemRaised;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.application.token.ManagingProjectTokens;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;

/** Tokens of project roles (Argo CD contract 4.8, 4.9). */
@Controller("/api/v1/projects/{project}/roles/{role}/token")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "token")
class ProjectTokenController {
    private final ManagingProjectTokens tokens;

    ProjectTokenController(ManagingProjectTokens tokens) {
        this.tokens = tokens;
    }

    @Post
    @Operation(
            operationId = "createProjectToken",
            summary = "Give out a token of a project role",
            description = "This reply alone shows it, and one to the same request with the same Idempotency-Key.")
    @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER, description = IdempotencyKey.DESCRIPTION)
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = TokenRequest.class)))
    TokenRequest.TokenView issue(
            @Parameter(hidden = true) Caller caller,
            String project,
            String role,
            @Parameter(hidden = true) @Nullable @Header(IdempotencyKey.HEADER) String key,
            @Parameter(hidden = true) Sent body) {
        try {
            return TokenRequest.TokenView.of(tokens.issue(
                    caller,
                    project,
                    role,
                    TokenRequest.read(body, "ProjectTokenCreateRequest", key, project + "/" + role)));
        } catch (Refusal.Conflict e) {
            // Argo CD's clients know this one as an invalid argument, and that of accounts as a conflict (D2).
            if (e.reason() != Refusal.Conflict.Reason.ALREADY_EXISTS
                    || !e.kind().equals(ApiToken.KIND)) throw e;
            throw new ProblemRaised(Problem.of(Code.INVALID_ARGUMENT, "Token id '" + e.name() + "' has been used."));
        }
    }

    @Delete("/{iat}")
    @Operation(
            operationId = "deleteProjectToken",
            summary = "End a token of a project role",
            description = "By its id, or without one by the second it was issued in; none such is no error.")
    Nothing revoke(
            @Parameter(hidden = true) Caller caller,
            String project,
            String role,
            @Schema(type = "integer", format = "int64") String iat,
            @Nullable @QueryValue String id) {
        tokens.revoke(caller, project, role, Optional.ofNullable(id).filter(each -> !each.isEmpty()), seconds(iat));
        return Nothing.AT_ALL;
    }

    private static long seconds(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ProblemRaised(Problem.of(
                    Code.INVALID_ARGUMENT,
                    "type mismatch, parameter: iat, error: strconv.ParseInt: parsing \"" + text
                            + "\": invalid syntax"));
        }
    }
}
