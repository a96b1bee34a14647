package dev.gatehouse.adapters.rest;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotBlank;

/** Placeholder: shows that the build's processors work. To be deleted with the first real controller. */
@Controller("/build-probe")
@Secured(SecurityRule.IS_ANONYMOUS)
class BuildProbeController {

    @Get("/{name}")
    Answer probe(@NotBlank String name) {
        return new Answer(name, Runtime.version().toString());
    }

    @Serdeable
    record Answer(String name, String java) {}
}
