package dev.gatehouse.adapters.rest.health;

import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The numbers of this process, for whoever has the right {@code metrics, get, *}: they tell how busy a house is. */
@Controller("/prometheus")
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "health")
class MetricsController {
    private final Authorizing authorizing;
    private final PrometheusMeterRegistry registry;

    MetricsController(Authorizing authorizing, PrometheusMeterRegistry registry) {
        this.authorizing = authorizing;
        this.registry = registry;
    }

    @Get
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            operationId = "scrapeMetrics",
            summary = "The numbers of this process",
            description = "In the text format of Prometheus. Takes the right metrics, get, *.")
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    HttpResponse<String> scrape(@Parameter(hidden = true) Caller caller) {
        authorizing.require(caller, new AccessQuestion("metrics", "get", "*"));
        return HttpResponse.ok(registry.scrape()).contentType("text/plain; version=0.0.4; charset=utf-8");
    }
}
