package dev.gatehouse.adapters.rest.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Visitor;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    VersionController() {
        String shown = "v" + version() + "+gatehouse";
        this.forStrangers = new VersionView(shown, null, null);
        this.forCallers = new VersionView(
                shown,
                "java " + Runtime.version(),
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT) + "/" + System.getProperty("os.arch", ""));
    }

    private static String version() {
        try (InputStream in = VersionController.class.getResourceAsStream("version.txt")) {
            if (in == null) throw new IllegalStateException("the jar lacks its version");
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
