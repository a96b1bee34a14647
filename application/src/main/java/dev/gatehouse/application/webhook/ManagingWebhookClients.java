package dev.gatehouse.application.webhook;

import dev.gatehouse.application.shared.Repetition;
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
     * Makes a client, or gives again the one that the same request made, as it is by then.
     *
     * @return with its secret: to be shown in this reply, and in that to the same request while no message proved that
     *     somebody has it
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code webhookclients, create, project/name}
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when the project has one of this name; when the same request made
     *     one that was used since, or that is gone
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when the idempotency key stands for another request, of another secret
     *     for instance
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
     * @param repetition absent: each request makes one; its fingerprint need not say what the secret is
     */
    record NewClient(
            String name,
            String type,
            String role,
            boolean enabled,
            Optional<String> secret,
            Optional<Repetition> repetition) {

        /** One that each request makes. */
        public NewClient(String name, String type, String role, boolean enabled, Optional<String> secret) {
            this(name, type, role, enabled, secret, Optional.empty());
        }

        @Override
        public String toString() {
            return "NewClient[" + name + "]";
        }
    }
}
