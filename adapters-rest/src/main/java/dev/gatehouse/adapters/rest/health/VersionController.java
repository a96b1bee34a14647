package dev.gatehouse.adapters.rest.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Visitor;
import io.micronaut.context.annotation.Value;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which version this is (Argo CD contract 8.2); what it runs on is for callers. */
@Controller("/api/version")
@Secured(SecurityRule.IS_ANONYMOUS)
@Refusals
@Tag(name = "health")
class VersionController {
    private final VersionView forStrangers;
    private final VersionView forCallers;

    VersionController(@Value("${gatehouse.version:unknown}") String version) {
        String shown = "v" + version + "+gatehouse";
        this.forStrangers = new VersionView(shown, null, null);
        this.forCallers = new VersionView(
                shown,
                "java " + Runtime.version(),
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT) + "/" + System.getProperty("os.arch", ""));
    }

    @Get
    @Operation(
            operationId = "getVersion",
            summary = "Which version is this?",
            description = "Strangers see Version alone.")
    VersionView version(@Parameter(hidden = true) Visitor visitor) {
        return visitor.caller().isPresent() ? forCallers : forStrangers;
    }

    @Serdeable
    @Schema(name = "VersionMessage")
    record VersionView(
            @JsonProperty("Version") String version,
            @JsonProperty("Compiler") @Nullable String compiler,
            @JsonProperty("Platform") @Nullable String platform) {}
}
