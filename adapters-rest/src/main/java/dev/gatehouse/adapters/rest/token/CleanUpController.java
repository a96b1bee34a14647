package dev.gatehouse.adapters.rest.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.IdempotencyKey;
import dev.gatehouse.adapters.rest.Query;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.application.token.CleaningUpTokens;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.token.CleanUp;
import dev.gatehouse.domain.token.CleanUpOrder;
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
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Taking away tokens that nobody needs (Gatehouse contract 4). */
@Controller("/api/v1/tokens/clean-up")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "token")
class CleanUpController {
    private static final String PATH = "/api/v1/tokens/clean-up/";
    /** In seconds; more than any length of time that is allowed, and no overflow. */
    private static final long FAR = 1L << 40;

    private final CleaningUpTokens cleanUps;

    CleanUpController(CleaningUpTokens cleanUps) {
        this.cleanUps = cleanUps;
    }

    @Post
    @Operation(
            operationId = "cleanUpTokens",
            summary = "Remove tokens that ended long ago, revoke those that nobody uses",
            description =
                    "With tokens, delete on <project>/* or, without a project, on everything. What is asked for is"
                            + " done in the order of the list, some hundred tokens at a time; what takes longer than a moment is"
                            + " answered with 202 and goes on. The id and the name of a removed token stay taken for ever."
                            + " With the same Idempotency-Key and body within 24 hours no other run begins, and the reply is"
                            + " how far the first one got.")
    @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER, description = IdempotencyKey.DESCRIPTION)
    @Parameter(name = "dryRun", in = ParameterIn.QUERY, description = "true or false: only tell what would be done")
    @ApiResponse(responseCode = "200", description = "It is done")
    @ApiResponse(responseCode = "202", description = "It goes on; Location says where to ask how far it got")
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = CleanUpRequest.class)))
    HttpResponse<CleanUpView> start(
            @Parameter(hidden = true) Caller caller,
            HttpRequest<?> request,
            @Parameter(hidden = true) @Nullable @Header(IdempotencyKey.HEADER) String key,
            @Parameter(hidden = true) Sent body) {
        boolean dryRun = Query.of(request, "dryRun").flag("dryRun");
        Body sent = Body.own(body, "project", "kinds", "expiredForSeconds", "unusedForSeconds", "neverUsedForSeconds");
        CleanUpOrder order = new CleanUpOrder(
                sent.text("project").map(ProjectName::new),
                sent.texts("kinds").stream().map(CleanUpController::kind).collect(Collectors.toSet()),
                length(sent, "expiredForSeconds"),
                length(sent, "unusedForSeconds"),
                length(sent, "neverUsedForSeconds"));
        CleanUp run = cleanUps.start(
                caller, order, dryRun, IdempotencyKey.of(key, sent, dryRun ? "rehearse clean-up" : "clean-up"));
        return (run.isRunning() ? HttpResponse.<CleanUpView>accepted() : HttpResponse.<CleanUpView>ok())
                .body(CleanUpView.of(run))
                .header(HttpHeaders.LOCATION, PATH + run.id());
    }

    private static TokenFilter.Kind kind(String word) {
        return TokenFilter.Kind.of(word)
                .orElseThrow(() -> Query.unknown(
                        "kinds", word, Arrays.stream(TokenFilter.Kind.values()).map(TokenFilter.Kind::word)));
    }

    private static Optional<Duration> length(Body sent, String name) {
        return sent.member(name).map(any -> Duration.ofSeconds(Math.clamp(sent.integer(name), -1, FAR)));
    }

    @Get("/{id}")
    @Operation(
            operationId = "getTokenCleanUp",
            summary = "How far a clean-up got",
            description = "For who asked for it, and for who might. Reports are kept for thirty days.")
    CleanUpView get(@Parameter(hidden = true) Caller caller, String id) {
        return CleanUpView.of(cleanUps.get(caller, id));
    }

    @Delete("/{id}")
    @Operation(
            operationId = "cancelTokenCleanUp",
            summary = "Stop a clean-up; what it did stays done, and one that is over stays as it is")
    CleanUpView cancel(@Parameter(hidden = true) Caller caller, String id, HttpRequest<?> request) {
        Query.of(request);
        return CleanUpView.of(cleanUps.cancel(caller, id));
    }

    @Schema(name = "TokenCleanUpRequest")
    record CleanUpRequest(
            @Schema(description = "Of its roles only; left out: everywhere")
            String project,

            @Schema(description = "account, project; left out: both")
            List<String> kinds,

            @Schema(
                    description =
                            "Remove what expired, was revoked or was closed by its successor longer ago than this."
                                    + " What came of one token by rotation goes as a whole or not at all")
            Long expiredForSeconds,

            @Schema(description = "Revoke what counts and was not used for longer than this, 120 at least")
            Long unusedForSeconds,

            @Schema(description = "Revoke what was never used and began to count longer ago than this, 120 at least")
            Long neverUsedForSeconds) {}

    @Serdeable
    @Schema(name = "TokenCleanUp")
    record CleanUpView(
            String id,

            @Schema(description = "running, done, failed or cancelled")
            String state,

            @Schema(description = "Only told what it would do") @Nullable
            Boolean dryRun,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(description = "Tokens looked at so far")
            long examined,

            @JsonInclude(JsonInclude.Include.ALWAYS) long revoked,
            @JsonInclude(JsonInclude.Include.ALWAYS) long removed,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(description = "The same as examined")
            long done,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(description = "Tokens to look at, as counted at the start")
            long total,

            String startedAt,
            @Nullable String finishedAt,
            String startedBy,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(description = "The first 100 that were revoked or removed")
            List<ItemView> items) {
        static CleanUpView of(CleanUp run) {
            CleanUp.Progress progress = run.progress();
            return new CleanUpView(
                    run.id().value(),
                    word(run.state()),
                    run.dryRun() ? true : null,
                    progress.examined(),
                    progress.revoked(),
                    progress.removed(),
                    progress.examined(),
                    progress.total(),
                    run.startedAt().toString(),
                    finishedAt(run.state()),
                    run.askedBy().name(),
                    progress.items().stream().map(ItemView::of).toList());
        }

        private static String word(CleanUp.State state) {
            return switch (state) {
                case CleanUp.State.Running running -> "running";
                case CleanUp.State.Done done -> "done";
                case CleanUp.State.Failed failed -> "failed";
                case CleanUp.State.Cancelled cancelled -> "cancelled";
            };
        }

        private static @Nullable String finishedAt(CleanUp.State state) {
            return switch (state) {
                case CleanUp.State.Running running -> null;
                case CleanUp.State.Done(Instant at) -> at.toString();
                case CleanUp.State.Failed(Instant at) -> at.toString();
                case CleanUp.State.Cancelled(Instant at) -> at.toString();
            };
        }
    }

    @Serdeable
    @Schema(name = "TokenCleanUpItem")
    record ItemView(
            String id,
            String name,
            @Schema(description = "account or project") String kind,
            @Schema(description = "bob, or proj:demo:ci") String subject,
            @Schema(description = "removed or revoked") String outcome,

            @Schema(description = "ended, unused or neverUsed")
            String reason) {
        static ItemView of(CleanUp.Item item) {
            return new ItemView(
                    item.id().value(),
                    item.name().value(),
                    item.kind().word(),
                    item.subject(),
                    switch (item.reason()) {
                        case ENDED -> "removed";
                        case UNUSED, NEVER_USED -> "revoked";
                    },
                    item.reason().word());
        }
    }
}
