package dev.gatehouse.domain.webhook;

import dev.gatehouse.domain.project.ProjectId;
import java.time.Instant;
import java.util.List;

/** The webhook clients of all projects. */
public interface WebhookClients {
    /** The clients of this project, by name in the order of its characters' code points. */
    List<WebhookClient> of(ProjectId project);

    /**
     * Adds a client; its secret is stored sealed.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code ALREADY_EXISTS} when the project has one of this name
     */
    void insert(WebhookClient client);

    /**
     * Notes that a message proved that somebody has the secret of this client. The first time counts: nothing happens when one
     * is noted already, nor when there is no such client.
     */
    void used(ProjectId project, WebhookClientName name, Instant at);

    /**
     * Removes the client.
     *
     * @return whether there was one
     */
    boolean delete(ProjectId project, WebhookClientName name);

    /** Removes every client of this project; none is no error. */
    void deleteAllOf(ProjectId project);
}
