package dev.gatehouse.adapters.rest.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.IdempotencyKey;
import dev.gatehouse.adapters.rest.Nothing;
import dev.gatehouse.adapters.rest.PageMetadata;
import dev.gatehouse.adapters.rest.Query;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.application.webhook.ManagingWebhookClients;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.webhook.WebhookClient;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Webhook clients of a project (Gatehouse contract 6). */
@Controller("/api/v1/projects/{project}/webhook-clients")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "webhook")
class WebhookClientController {
    private final ManagingWebhookClients clients;

    WebhookClientController(ManagingWebhookClients clients) {
        this.clients = clients;
    }

    @Get
    @Operation(operationId = "listWebhookClients", summary = "The webhook clients of a project, by name")
    ListView list(@Parameter(hidden = true) Caller caller, String project) {
        return new ListView(
                clients.list(caller, project).stream().map(ClientView::of).toList(), PageMetadata.WHOLE);
    }

    @Get("/{name}")
    @Operation(operationId = "getWebhookClient", summary = "One webhook client, without its secret")
    ClientView get(@Parameter(hidden = true) Caller caller, String project, String name) {
        return ClientView.of(clients.get(caller, project, name));
    }

    @Post
    @Operation(
            operationId = "createWebhookClient",
            summary = "Make a webhook client",
            description =
                    "This reply alone shows its secret. With the same Idempotency-Key and body within 24 hours the reply"
                            + " is the same client, secret included, and 409 once a message was signed with it.")
    @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER, description = IdempotencyKey.DESCRIPTION)
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ClientRequest.class)))
    HttpResponse<ClientView> create(
            @Parameter(hidden = true) Caller caller,
            String project,
            HttpRequest<?> request,
            @Parameter(hidden = true) @Nullable @Header(IdempotencyKey.HEADER) String key,
            @Parameter(hidden = true) Sent body) {
        Query.of(request);
        WebhookClient made = clients.create(caller, project, ClientRequest.read(project, key, body));
        return HttpResponse.ok(ClientView.withSecret(made))
                .header(
                        HttpHeaders.LOCATION,
                        "/api/v1/projects/" + made.project().value() + "/webhook-clients/"
                                + made.name().value());
    }

    @Delete("/{name}")
    @Operation(operationId = "deleteWebhookClient", summary = "Delete a webhook client")
    Nothing delete(@Parameter(hidden = true) Caller caller, String project, String name, HttpRequest<?> request) {
        Query.of(request);
        clients.delete(caller, project, name);
        return Nothing.AT_ALL;
    }

    @Schema(name = "CreateWebhookClientRequest")
    record ClientRequest(
            String name,

            @Schema(description = "github, gitlab, bitbucketserver")
            String type,

            @Schema(description = "The role of the project that it acts as")
            String role,

            @Schema(defaultValue = "true") boolean enabled,

            @Schema(description = "Left out: one is made", format = "password")
            String secret) {

        static ManagingWebhookClients.NewClient read(String project, @Nullable String key, Sent body) {
            Body sent = Body.own(body, "name", "type", "role", "enabled", "secret");
            return new ManagingWebhookClients.NewClient(
                    sent.textOrEmpty("name"),
                    sent.textOrEmpty("type"),
                    sent.textOrEmpty("role"),
                    sent.flag("enabled").orElse(true),
                    sent.text("secret"),
                    IdempotencyKey.of(key, sent, "webhook client " + project, "secret"));
        }
    }

    @Serdeable
    @Schema(name = "WebhookClient")
    record ClientView(
            String name,
            String type,
            String role,
            boolean enabled,
            String createdAt,
            @Nullable String secret) {

        static ClientView of(WebhookClient client) {
            return of(client, null);
        }

        static ClientView withSecret(WebhookClient client) {
            return of(client, client.secret().reveal());
        }

        private static ClientView of(WebhookClient client, @Nullable String secret) {
            return new ClientView(
                    client.name().value(),
                    client.scheme().word(),
                    client.role().value(),
                    client.enabled(),
                    client.createdAt().toString(),
                    secret);
        }

        @Override
        public String toString() {
            return "ClientView[" + name + "]";
        }
    }

    @Serdeable
    @Schema(name = "WebhookClientList")
    record ListView(
            @JsonInclude(JsonInclude.Include.ALWAYS) List<ClientView> items,
            @JsonInclude(JsonInclude.Include.ALWAYS) PageMetadata metadata) {}
}
