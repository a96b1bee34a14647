package dev.gatehouse.adapters.rest.webhook;

import dev.gatehouse.adapters.rest.Code;
import dev.gatehouse.adapters.rest.Nothing;
import dev.gatehouse.adapters.rest.Problem;
import dev.gatehouse.adapters.rest.ProblemRaised;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.adapters.rest.Visitor;
import dev.gatehouse.application.webhook.ReceivingWebhooks;
import dev.gatehouse.application.webhook.ReceivingWebhooks.Answer;
import dev.gatehouse.application.webhook.ReceivingWebhooks.Message;
import dev.gatehouse.domain.webhook.Delivery;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Messages of other systems (Argo Workflows contract 4). Open to everybody, since a signature proves a message as well as
 * a token does; with an {@code Authorization} header the token alone decides, whatever else is sent.
 */
@Controller("/api/v1/events")
@Consumes(MediaType.ALL)
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "webhook")
class EventController {
    private static final int MOST_BYTES = 2 << 20;

    /** Argo's clients and the people behind them know this sentence. */
    private static final String NOT_VALID = "token not valid. see https://argo-workflows.readthedocs.io/en/latest/faq/";

    private final ReceivingWebhooks webhooks;

    EventController(ReceivingWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    @Post("/{namespace}/{discriminator}")
    @Operation(
            operationId = "receiveEvent",
            summary = "Send an event",
            description = "With a token, or signed by a webhook client of the project.")
    @RequestBody(content = @Content(mediaType = "application/json", schema = @Schema(description = "Any JSON value")))
    HttpResponse<Nothing> receive(
            @Parameter(hidden = true) Visitor visitor,
            HttpRequest<?> request,
            String namespace,
            String discriminator,
            @Parameter(hidden = true) Sent body) {
        Message message = new Message(namespace, discriminator, new Delivery(headers(request), body.bytes(MOST_BYTES)));
        return switch (visitor.headerShown()
                ? byToken(visitor, message)
                : webhooks.receive(message, visitor.origin())) {
            case Answer.Accepted(String eventId) ->
                HttpResponse.ok(Nothing.AT_ALL).header("X-Gatehouse-Event-Id", eventId);
            case Answer.Duplicate duplicate -> HttpResponse.ok(Nothing.AT_ALL);
            case Answer.Unproven unproven -> throw refused(Code.UNAUTHENTICATED, NOT_VALID);
            case Answer.Forbidden forbidden ->
                throw refused(
                        Code.PERMISSION_DENIED,
                        "permission denied: events, create, " + namespace + "/" + discriminator);
        };
    }

    /** As Argo Workflows has it: with the slash the discriminator is empty, without it there is no such address. */
    @Post("/{namespace}")
    @Hidden
    HttpResponse<Nothing> receiveUnnamed(
            @Parameter(hidden = true) Visitor visitor,
            HttpRequest<?> request,
            String namespace,
            @Parameter(hidden = true) Sent body) {
        if (!request.getPath().endsWith("/")) throw refused(Code.NOT_FOUND, "Not Found");
        return receive(visitor, request, namespace, "", body);
    }

    private Answer byToken(Visitor visitor, Message message) {
        boolean nothingJudged = visitor.caller().isEmpty() && visitor.refusal().isEmpty();
        if (nothingJudged || visitor.byCookie()) throw refused(Code.UNAUTHENTICATED, NOT_VALID);
        return webhooks.receive(visitor.require(), message);
    }

    private static ProblemRaised refused(Code code, String text) {
        return new ProblemRaised(Problem.of(code, text));
    }

    private static Map<String, String> headers(HttpRequest<?> request) {
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, List<String>> each : request.getHeaders())
            if (!each.getValue().isEmpty())
                headers.putIfAbsent(
                        each.getKey().toLowerCase(Locale.ROOT), each.getValue().getFirst());
        return headers;
    }
}
