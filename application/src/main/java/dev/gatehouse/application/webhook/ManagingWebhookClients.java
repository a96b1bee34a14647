package dev.gatehouse.application.webhook;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.webhook.WebhookClient;
import java.util.List;
import java.util.Optional;

/** What keepers of webhook clients do (Gatehouse contract 6). */
public interface ManagingWebhookClients {
    /**
     * The clients of a project, by name.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code webhookclients, get, project/*}
     */
    List<WebhookClient> list(Caller caller, String project);

    /**
     * One client.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code webhookclients, get, project/name}
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound when the project has none of this name
     */
    WebhookClient get(Caller caller, String project, String name);

    /**
     * Makes a client.
     *
     * @return with its secret, to be shown this once
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code webhookclients, create, project/name}
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when the project has one of this name
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent sign-in
     */
    WebhookClient create(Caller caller, String project, NewClient command);

    /**
     * Removes a client; its messages are not believed any more, at once.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code webhookclients, delete, project/name}
     */
    void delete(Caller caller, String project, String name);

    /**
     * A client as its owner sends it; nothing of it has been looked at.
     *
     * @param type the word of a scheme
     * @param role of the project
     * @param secret absent: one is generated
     */
    record NewClient(String name, String type, String role, boolean enabled, Optional<String> secret) {}
}
