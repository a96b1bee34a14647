package dev.gatehouse.adapters.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.domain.access.Explanation;
import dev.gatehouse.domain.access.PolicyRule;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/** One rule that somebody has, by whatever way (Gatehouse contract 5). */
@Serdeable
@Schema(name = "Permission")
public record PermissionView(
        @JsonInclude(JsonInclude.Include.ALWAYS) String resource,
        @JsonInclude(JsonInclude.Include.ALWAYS) String action,
        @JsonInclude(JsonInclude.Include.ALWAYS) String object,

        @Schema(description = "allow or deny") String effect,
        String rule,

        @Schema(description = "builtIn, global, global:policy.x.csv, project:name, implied:name or default")
        String source) {
    public static PermissionView of(Explanation.Found found) {
        PolicyRule rule = found.rule();
        return new PermissionView(
                rule.resource().text(),
                rule.action().text(),
                rule.object().text(),
                rule.effect(),
                rule.text(),
                found.source());
    }
}
