package dev.gatehouse.adapters.rest.health;

import dev.gatehouse.adapters.rest.Json;
import dev.gatehouse.adapters.rest.Nothing;
import dev.gatehouse.adapters.rest.PublicAddress;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Visitor;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.PasswordRules;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Optional;

/**
 * What Argo's clients ask a server about itself (Argo CD contract 8.1). Most of it is about deploying, which is nothing that
 * is done here: those members have the values that a server without any such setting gives.
 */
@Controller("/api/v1/settings")
@Refusals
@Tag(name = "health")
class SettingsController {
    private static final String IGNORED = """
            jqPathExpressions: null
            jsonPointers:%s
            managedFieldsManagers: null
            """;

    private final Json.Members forStrangers;
    private final Json.Members forCallers;

    SettingsController(PublicAddress address, PasswordRules passwords) {
        this.forStrangers = settings(address, Optional.empty());
        this.forCallers = settings(address, Optional.of(passwords));
    }

    @Get
    @Secured(SecurityRule.IS_ANONYMOUS)
    @Operation(
            operationId = "getSettings",
            summary = "What clients need to know of this server",
            description = "Strangers learn nothing of its rules.")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = SettingsView.class)))
    Json settings(@Parameter(hidden = true) Visitor visitor) {
        return visitor.caller().isPresent() ? forCallers : forStrangers;
    }

    @Get("/plugins")
    @Operation(operationId = "getSettingsPlugins", summary = "The plug-ins of this server: none")
    Nothing plugins(@Parameter(hidden = true) Caller caller) {
        return Nothing.AT_ALL;
    }

    /** @param passwords absent: for strangers */
    private static Json.Members settings(PublicAddress address, Optional<PasswordRules> passwords) {
        boolean known = passwords.isPresent();
        Json.Builder settings = new Json.Builder();
        address.publicUrl().ifPresent(each -> settings.text("url", each));
        settings.text("appLabelKey", "app.kubernetes.io/instance");
        if (known)
            settings.put(
                    "resourceOverrides",
                    new Json.Builder()
                            .put(
                                    "*/*",
                                    new Json.Builder()
                                            .text("ignoreDifferences", IGNORED.formatted("\n- /status"))
                                            .text("ignoreResourceUpdates", IGNORED.formatted(" null"))
                                            .build())
                            .build());
        settings.put(
                        "googleAnalytics",
                        new Json.Builder()
                                .put("anonymizeUsers", new Json.Flag(true))
                                .build())
                .put(
                        "kustomizeOptions",
                        new Json.Builder()
                                .put("BuildOptions", Json.of(""))
                                .put("BinaryPath", Json.of(""))
                                .put("Versions", new Json.Nothing())
                                .build())
                .put("help", Json.Members.NONE);
        passwords.ifPresent(each -> settings.text("passwordPattern", pattern(each)));
        settings.text("trackingMethod", "annotation");
        if (known) settings.text("controllerNamespace", "argocd");
        return settings.put("syncWithReplaceAllowed", new Json.Flag(true))
                .put("resourceViewEnabled", new Json.Flag(true))
                .build();
    }

    /** What clients hold a new password against before they send it: its length, which is all that an expression can say. */
    private static String pattern(PasswordRules rules) {
        return "^.{" + rules.least() + "," + rules.most() + "}$";
    }

    /** For the description alone. */
    @Schema(name = "Settings")
    record SettingsView(
            @Schema(description = "Where people reach it, when its operator said so")
            String url,

            String appLabelKey,
            @Schema(description = "For callers") Map<String, Object> resourceOverrides,
            Map<String, Object> googleAnalytics,
            Map<String, Object> kustomizeOptions,
            Map<String, Object> help,

            @Schema(
                    description =
                            "For callers: how long a new password may be; what everybody tries is refused besides")
            String passwordPattern,

            String trackingMethod,
            @Schema(description = "For callers") String controllerNamespace,
            boolean syncWithReplaceAllowed,
            boolean resourceViewEnabled) {}
}
