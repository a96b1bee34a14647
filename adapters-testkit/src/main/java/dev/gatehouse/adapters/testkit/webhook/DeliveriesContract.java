package dev.gatehouse.adapters.testkit.webhook;

import static dev.gatehouse.adapters.testkit.webhook.WebhookFixtures.aClient;
import static dev.gatehouse.adapters.testkit.webhook.WebhookFixtures.aClientOf;
import static dev.gatehouse.adapters.testkit.webhook.WebhookFixtures.isFirst;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.project.ProjectFixtures;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.webhook.Deliveries;
import dev.gatehouse.domain.webhook.WebhookClient;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What all {@link Deliveries} promise. */
public interface DeliveriesContract {
    /** The port under test. */
    Deliveries deliveries();

    /** The transactions in which it takes part. */
    Transactions transactions();

    @Test
    default void a_message_is_the_first_once() {
        WebhookClient client = aClient();
        String id = Samples.unique();

        assertThat(isFirst(deliveries(), client, id)).isTrue();
        assertThat(isFirst(deliveries(), client, id)).isFalse();
        assertThat(isFirst(deliveries(), client, id)).isFalse();
    }

    @Test
    default void however_much_later_a_repeated_message_is_known() {
        WebhookClient client = aClient();
        for (Instant moment : Samples.MOMENTS)
            assertThat(deliveries().remember(client.projectId(), client.name(), "id", moment))
                    .isEqualTo(moment.equals(Samples.MOMENTS.getFirst()));
    }

    @Test
    default void each_client_of_each_project_has_messages_of_its_own() {
        Project project = ProjectFixtures.aProject();
        Project later = ProjectFixtures.aProject(project.name().value());
        String id = Samples.unique();

        assertThat(isFirst(deliveries(), aClientOf(project, "a"), id)).isTrue();
        assertThat(isFirst(deliveries(), aClientOf(project, "b"), id)).isTrue();
        assertThat(isFirst(deliveries(), aClientOf(later, "a"), id)).isTrue();
        assertThat(isFirst(deliveries(), aClientOf(project, "a"), id)).isFalse();
    }

    @Test
    default void every_id_that_a_provider_may_send_is_an_id_of_its_own() {
        WebhookClient client = aClient();
        List<String> ids = List.of(
                "a",
                "A",
                " a",
                "a ",
                "é",
                "e\u0301",
                "it's \"quoted\" \\ %_",
                "a".repeat(127),
                "a".repeat(128),
                Samples.wide(64),
                "\uD83D\uDD11");

        for (String id : ids)
            assertThat(isFirst(deliveries(), client, id)).as(id).isTrue();
        for (String id : ids)
            assertThat(isFirst(deliveries(), client, id)).as(id).isFalse();
    }

    @Test
    default void of_many_at_once_exactly_one_is_the_first() {
        for (int round = 0; round < 10; round++) {
            WebhookClient client = aClient();
            Race<Boolean> race =
                    Race.of(8, () -> transactions().inTransaction(() -> isFirst(deliveries(), client, "id")));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsOnlyOnce(true);
        }
    }

    @Test
    default void a_repeated_message_leaves_its_transaction_usable() {
        WebhookClient client = aClient();
        assertThat(isFirst(deliveries(), client, "first")).isTrue();

        transactions().inTransaction(() -> {
            assertThat(isFirst(deliveries(), client, "first")).isFalse();
            assertThat(isFirst(deliveries(), client, "second")).isTrue();
        });

        assertThat(isFirst(deliveries(), client, "second")).isFalse();
    }

    @Test
    default void a_transaction_that_failed_remembers_nothing() {
        WebhookClient client = aClient();

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    assertThat(isFirst(deliveries(), client, "id")).isTrue();
                    assertThat(isFirst(deliveries(), client, "id")).isFalse();
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(isFirst(deliveries(), client, "id")).isTrue();
    }
}
