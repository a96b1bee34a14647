package dev.gatehouse.adapters.rest.health;

import dev.gatehouse.adapters.rest.Refusals;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The sign of life that Argo CD's probes look for (Argo CD contract 0.1). */
@Controller("/healthz")
@Secured(SecurityRule.IS_ANONYMOUS)
@Refusals
@Tag(name = "health")
class HealthzController {

    @Get
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(operationId = "healthz", summary = "Is it alive?")
    HttpResponse<String> alive() {
        return HttpResponse.ok("ok\n").contentType("text/plain; charset=utf-8");
    }
}
