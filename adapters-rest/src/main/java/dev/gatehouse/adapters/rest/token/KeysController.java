package dev.gatehouse.adapters.rest.token;

import dev.gatehouse.adapters.rest.Json;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.application.token.PublishingKeys;
import dev.gatehouse.domain.token.PublishedKey;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The keys that verify our tokens, for everybody (RFC 7517 section 5). */
@Controller("/.well-known/jwks.json")
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "token")
class KeysController {
    private static final List<String> FIRST = List.of("kty", "kid", "use", "alg");

    private final PublishingKeys keys;

    KeysController(PublishingKeys keys) {
        this.keys = keys;
    }

    @Get
    @Operation(operationId = "listKeys", summary = "The keys that verify tokens")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = KeySet.class)))
    HttpResponse<Json> published() {
        Json set = new Json.Builder()
                .put(
                        "keys",
                        new Json.Items(keys.published().stream()
                                .map(KeysController::shown)
                                .toList()))
                .build();
        return HttpResponse.ok(set).header(HttpHeaders.CACHE_CONTROL, "public, max-age=300");
    }

    private static Json shown(PublishedKey key) {
        Map<String, String> others = new TreeMap<>(key.members());
        Json.Builder shown = new Json.Builder();
        for (String each : FIRST) shown.text(each, others.getOrDefault(each, ""));
        FIRST.forEach(others::remove);
        others.forEach(shown::text);
        return shown.build();
    }

    @Schema(name = "JsonWebKeySet")
    record KeySet(List<Map<String, String>> keys) {}
}
