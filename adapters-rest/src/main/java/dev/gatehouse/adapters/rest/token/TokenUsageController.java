package dev.gatehouse.adapters.rest.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.PermissionView;
import dev.gatehouse.adapters.rest.Query;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.application.token.ReadingTokenUsage;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Permission;
import dev.gatehouse.domain.access.UsedRights;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** What a token may do, and what of that it does (Gatehouse contract 4). */
@Controller("/api/v1/tokens/{id}")
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "token")
class TokenUsageController {
    private static final int USUAL_DAYS = 30;

    private final ReadingTokenUsage usage;

    TokenUsageController(ReadingTokenUsage usage) {
        this.usage = usage;
    }

    @Get("/usage")
    @Operation(
            operationId = "getTokenUsage",
            summary = "What a token was used for, and what would be enough for that",
            description =
                    "By resource, action and object. A use is a right that was asked for with the token and given;"
                            + " it is written down at most half a minute later.")
    @Parameter(name = "days", in = ParameterIn.QUERY, description = "1 to 90, today among them (UTC); 30 when left out")
    UsageView usage(
            @Parameter(hidden = true) Caller caller, String id, @Parameter(hidden = true) HttpRequest<?> request) {
        return UsageView.of(usage.usage(
                caller,
                id,
                Query.of(request, "days")
                        .text("days")
                        .map(TokenUsageController::days)
                        .orElse(USUAL_DAYS)));
    }

    @Get("/permissions")
    @Operation(
            operationId = "getTokenPermissions",
            summary = "What the policy in force gives a token",
            description = "Where narrowedTo is there, only what one of these and one of the rules allow.")
    RightsView permissions(@Parameter(hidden = true) Caller caller, String id) {
        ReadingTokenUsage.Rights rights = usage.rights(caller, id);
        return new RightsView(
                rights.rules().stream().map(PermissionView::of).toList(),
                rights.limits().permissions().stream().map(Permission::text).toList());
    }

    private static int days(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Body.invalid("days must be a whole number, not '" + text + "'");
        }
    }

    @Serdeable
    @Schema(name = "TokenUsage")
    record UsageView(
            @JsonInclude(JsonInclude.Include.ALWAYS) List<UsedView> used,

            @JsonInclude(JsonInclude.Include.ALWAYS)
            @Schema(
                    description =
                            "The rules that allow something of which nothing was used; where complete is false, some"
                                    + " of them may have been")
            List<PermissionView> unusedPermissions,

            @JsonInclude(JsonInclude.Include.ALWAYS)
            @Schema(description = "glob or regex: how the patterns in enough are read, as those of the policy in force")
            String matchMode,

            @JsonInclude(JsonInclude.Include.ALWAYS)
            @Schema(description = "Lines of policyCsv that allow just what was used")
            List<String> enough,

            @JsonInclude(JsonInclude.Include.ALWAYS)
            @Schema(
                    description =
                            "false: some of what it was used for is missing in used or in enough, for instance what"
                                    + " it did with everything at once, as a clean-up of tokens or a list of all of them does")
            boolean complete) {
        static UsageView of(ReadingTokenUsage.Usage usage) {
            return new UsageView(
                    usage.used().stream().map(UsedView::of).toList(),
                    usage.unused().stream().map(PermissionView::of).toList(),
                    usage.mode().word(),
                    usage.enough(),
                    usage.complete());
        }
    }

    @Serdeable
    @Schema(name = "UsedPermission")
    record UsedView(
            @JsonInclude(JsonInclude.Include.ALWAYS) String resource,
            @JsonInclude(JsonInclude.Include.ALWAYS) String action,
            @JsonInclude(JsonInclude.Include.ALWAYS) String object,
            long count,
            String lastUsedAt) {
        static UsedView of(UsedRights.Used used) {
            return new UsedView(
                    used.right().resource(),
                    used.right().action(),
                    used.right().object(),
                    used.uses(),
                    used.lastAt().toString());
        }
    }

    @Serdeable
    @Schema(name = "TokenPermissions")
    record RightsView(
            @JsonInclude(JsonInclude.Include.ALWAYS) List<PermissionView> items, List<String> narrowedTo) {}
}
