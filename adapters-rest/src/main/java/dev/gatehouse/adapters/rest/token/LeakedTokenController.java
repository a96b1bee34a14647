package dev.gatehouse.adapters.rest.token;

import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.Nothing;
import dev.gatehouse.adapters.rest.Query;
import dev.gatehouse.adapters.rest.RateLimit;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.adapters.rest.Visitor;
import dev.gatehouse.application.token.EndingLeakedTokens;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.token.PlainToken;
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
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Whoever finds a token can end it, and needs nothing else (Gatehouse contract 4). The limit is for the time that this
 * process spends on strangers' signatures, so each process counts by itself; nothing can be guessed here.
 */
@Controller("/api/v1/tokens/revoke-by-value")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Secured(SecurityRule.IS_ANONYMOUS)
@Refusals
@Tag(name = "token")
class LeakedTokenController {
    private static final int AT_ONCE = 30;

    private final EndingLeakedTokens leaked;
    private final RateLimit limit;

    LeakedTokenController(EndingLeakedTokens leaked, InstantSource clock) {
        this.leaked = leaked;
        this.limit = new RateLimit(AT_ONCE, Duration.ofMinutes(1), clock);
    }

    @Post
    @Operation(
            operationId = "revokeTokenByValue",
            summary = "End a token that was found",
            description =
                    "Needs no credential. Ends the token, or the session, whose text is sent, with or without blanks"
                            + " and line ends around it; the reply is the same whatever was sent. 30 requests a minute from one address (of IPv6, one /64), at each"
                            + " process.")
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = LeakedToken.class)))
    HttpResponse<Nothing> end(
            @Parameter(hidden = true) Visitor visitor, HttpRequest<?> request, @Parameter(hidden = true) Sent body) {
        Query.of(request);
        String token = Body.own(body, Body.MOST_BYTES_OF_STRANGERS, "token")
                .text("token")
                .orElseThrow(() -> Body.invalid("token is missing; send the whole text of it"));
        RateLimit.Room room =
                limit.take(SignInPlace.of(visitor.origin().address()).text());
        // What is copied out of a file or a log often brings the end of its line along.
        leaked.end(new PlainToken(token.strip()), visitor.origin());
        return room.on(HttpResponse.ok(Nothing.AT_ALL));
    }

    @Schema(name = "LeakedToken")
    record LeakedToken(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            String token) {
        @Override
        public String toString() {
            return "LeakedToken[…]";
        }
    }
}
