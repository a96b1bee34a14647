package dev.gatehouse.adapters.testkit.webhook;

import static dev.gatehouse.adapters.testkit.webhook.WebhookFixtures.aClient;
import static dev.gatehouse.adapters.testkit.webhook.WebhookFixtures.aClientName;
import static dev.gatehouse.adapters.testkit.webhook.WebhookFixtures.aClientOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.project.ProjectFixtures;
import dev.gatehouse.adapters.testkit.shared.Conflicts;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.webhook.SignatureScheme;
import dev.gatehouse.domain.webhook.WebhookClient;
import dev.gatehouse.domain.webhook.WebhookClientName;
import dev.gatehouse.domain.webhook.WebhookClients;
import dev.gatehouse.domain.webhook.WebhookSecret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What all {@link WebhookClients} promise. */
public interface WebhookClientsContract {
    /** The port under test. */
    WebhookClients webhookClients();

    /** The transactions in which it takes part. */
    Transactions transactions();

    /** Everything that is stored of this client, as whoever steals the store would read it. */
    String stored(WebhookClient client);

    @Test
    default void a_client_comes_back_as_it_went_in() {
        for (SignatureScheme scheme : SignatureScheme.values())
            for (boolean enabled : List.of(true, false)) {
                WebhookClient client = with(scheme, "hush", enabled, Samples.NOW);
                webhookClients().insert(client);
                assertThat(webhookClients().of(client.projectId())).containsExactly(client);
            }
    }

    @Test
    default void every_secret_comes_back_as_it_went_in() {
        for (String secret : List.of(
                " ",
                "it's \"quoted\" \\",
                "two\nlines\u0000",
                "Grüße \uD83D\uDD11",
                "a".repeat(1_024),
                Samples.wide(512))) {
            WebhookClient client = with(SignatureScheme.GITLAB, secret, true, Samples.NOW);
            webhookClients().insert(client);
            WebhookClient found = webhookClients().of(client.projectId()).getFirst();
            assertThat(found.secret().reveal()).isEqualTo(secret);
        }
    }

    @Test
    default void the_secret_does_not_lie_in_the_store_as_it_is() {
        WebhookClient client = with(SignatureScheme.GITHUB, "hush-hush-hush", true, Samples.NOW);
        webhookClients().insert(client);

        assertThat(stored(client)).isNotEmpty().doesNotContain("hush-hush-hush");
    }

    @Test
    default void every_time_comes_back_as_it_went_in() {
        for (Instant moment : Samples.MOMENTS) {
            WebhookClient client = with(SignatureScheme.GITHUB, "hush", true, moment);
            webhookClients().insert(client);
            assertThat(webhookClients().of(client.projectId())).containsExactly(client);
        }
    }

    @Test
    default void a_project_has_its_own_clients_by_name_in_the_order_of_code_points() {
        Project project = ProjectFixtures.aProject();
        for (String name : List.of("b", "a.b", "a-b", "a", "0", "ab", "a0", "a".repeat(63)))
            webhookClients().insert(aClientOf(project, name));
        webhookClients().insert(aClient());

        assertThat(webhookClients().of(project.id()))
                .extracting(each -> each.name().value())
                .containsExactly("0", "a", "a-b", "a.b", "a0", "a".repeat(63), "ab", "b");
    }

    @Test
    default void a_project_without_clients_has_none() {
        assertThat(webhookClients().of(ProjectFixtures.aProjectId())).isEmpty();
    }

    @Test
    default void a_later_project_of_the_same_name_has_none_of_the_earlier_ones_clients() {
        Project earlier = ProjectFixtures.aProject();
        Project later = ProjectFixtures.aProject(earlier.name().value());
        webhookClients().insert(aClientOf(earlier, "github.com"));

        assertThat(webhookClients().of(later.id())).isEmpty();
        webhookClients().insert(aClientOf(later, "github.com"));
        assertThat(webhookClients().of(earlier.id())).hasSize(1);
    }

    @Test
    default void a_name_that_the_project_has_is_refused() {
        Project project = ProjectFixtures.aProject();
        WebhookClient first = aClientOf(project, "github.com");
        webhookClients().insert(first);

        Conflicts.assertRefused(
                () -> webhookClients().insert(aClientOf(project, "github.com")),
                Reason.ALREADY_EXISTS,
                WebhookClient.KIND,
                "github.com");

        assertThat(webhookClients().of(project.id())).containsExactly(first);
    }

    @Test
    default void of_two_who_insert_one_name_exactly_one_wins() {
        for (int round = 0; round < 10; round++) {
            Project project = ProjectFixtures.aProject();
            Race<WebhookClient> race = Race.of(4, () -> {
                WebhookClient mine = aClientOf(project, "github.com");
                transactions().inTransaction(() -> webhookClients().insert(mine));
                return mine;
            });

            assertThat(race.returned()).hasSize(1);
            assertThat(race.thrown())
                    .allSatisfy(each ->
                            Conflicts.assertConflict(each, Reason.ALREADY_EXISTS, WebhookClient.KIND, "github.com"));
            assertThat(webhookClients().of(project.id())).isEqualTo(race.returned());
        }
    }

    @Test
    default void the_first_use_is_noted_and_no_later_one_takes_its_place() {
        Project project = ProjectFixtures.aProject();
        WebhookClient client = aClientOf(project, "github.com");
        WebhookClient other = aClientOf(project, "gitlab.com");
        WebhookClient elsewhere = aClientOf(ProjectFixtures.aProject(), "github.com");
        for (WebhookClient each : List.of(client, other, elsewhere))
            webhookClients().insert(each);
        Instant first = Samples.NOW.plusSeconds(1);

        webhookClients().used(project.id(), client.name(), first);
        webhookClients().used(project.id(), client.name(), Samples.NOW);
        webhookClients().used(project.id(), client.name(), first.plusSeconds(1));

        assertThat(webhookClients().of(project.id()))
                .extracting(WebhookClient::firstUsedAt)
                .containsExactly(Optional.of(first), Optional.empty());
        assertThat(webhookClients().of(project.id()).getFirst().secret()).isEqualTo(client.secret());
        assertThat(webhookClients().of(elsewhere.projectId())).containsExactly(elsewhere);
    }

    @Test
    default void what_was_used_before_it_came_here_stays_used() {
        WebhookClient client = with(SignatureScheme.GITHUB, "hush", true, Samples.NOW);
        WebhookClient used = new WebhookClient(
                client.projectId(),
                client.project(),
                client.name(),
                client.scheme(),
                client.secret(),
                client.role(),
                client.enabled(),
                client.createdAt(),
                Optional.of(Samples.NOW.plusSeconds(1)));

        webhookClients().insert(used);

        assertThat(webhookClients().of(used.projectId())).containsExactly(used);
    }

    @Test
    default void the_use_of_a_client_that_is_gone_is_not_noted_of_the_next_of_its_name() {
        Project project = ProjectFixtures.aProject();
        WebhookClient gone = aClientOf(project, "github.com");
        webhookClients().insert(gone);
        webhookClients().delete(project.id(), gone.name());

        webhookClients().used(project.id(), gone.name(), Samples.NOW);

        assertThat(webhookClients().of(project.id())).isEmpty();
        WebhookClient next = aClientOf(project, "github.com");
        webhookClients().insert(next);
        assertThat(webhookClients().of(project.id())).containsExactly(next);
    }

    @Test
    default void deleting_removes_this_client_and_no_other() {
        Project project = ProjectFixtures.aProject();
        WebhookClient client = aClientOf(project, "github.com");
        WebhookClient other = aClientOf(project, "gitlab.com");
        WebhookClient elsewhere = aClientOf(ProjectFixtures.aProject(), "github.com");
        for (WebhookClient each : List.of(client, other, elsewhere))
            webhookClients().insert(each);

        assertThat(webhookClients().delete(project.id(), client.name())).isTrue();

        assertThat(webhookClients().of(project.id())).containsExactly(other);
        assertThat(webhookClients().of(elsewhere.projectId())).containsExactly(elsewhere);
    }

    @Test
    default void deleting_says_whether_there_was_one() {
        WebhookClient client = aClient();
        webhookClients().insert(client);

        assertThat(webhookClients().delete(client.projectId(), aClientName())).isFalse();
        assertThat(webhookClients().delete(ProjectFixtures.aProjectId(), client.name()))
                .isFalse();
        assertThat(webhookClients().delete(client.projectId(), client.name())).isTrue();
        assertThat(webhookClients().delete(client.projectId(), client.name())).isFalse();
    }

    @Test
    default void of_two_who_delete_one_client_exactly_one_did() {
        for (int round = 0; round < 10; round++) {
            WebhookClient client = aClient();
            webhookClients().insert(client);

            Race<Boolean> race = Race.of(
                    4,
                    () -> transactions()
                            .inTransaction(() -> webhookClients().delete(client.projectId(), client.name())));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsOnlyOnce(true);
        }
    }

    @Test
    default void a_name_is_free_once_its_client_was_deleted() {
        Project project = ProjectFixtures.aProject();
        WebhookClient first = aClientOf(project, "github.com");
        WebhookClient second = aClientOf(project, "github.com");
        webhookClients().insert(first);
        webhookClients().delete(project.id(), first.name());

        webhookClients().insert(second);

        assertThat(webhookClients().of(project.id())).containsExactly(second);
    }

    @Test
    default void deleting_all_of_a_project_spares_the_others_and_none_is_no_error() {
        Project project = ProjectFixtures.aProject();
        WebhookClient elsewhere = aClient();
        webhookClients().insert(aClientOf(project, "a"));
        webhookClients().insert(aClientOf(project, "b"));
        webhookClients().insert(elsewhere);

        webhookClients().deleteAllOf(project.id());
        webhookClients().deleteAllOf(project.id());

        assertThat(webhookClients().of(project.id())).isEmpty();
        assertThat(webhookClients().of(elsewhere.projectId())).containsExactly(elsewhere);
    }

    @Test
    default void what_a_transaction_wrote_it_finds_and_nobody_after_it_failed() {
        Project project = ProjectFixtures.aProject();
        Project cleared = ProjectFixtures.aProject();
        WebhookClient kept = aClientOf(project, "kept");
        WebhookClient alsoKept = aClientOf(cleared, "kept");
        WebhookClient added = aClientOf(project, "added");
        webhookClients().insert(kept);
        webhookClients().insert(alsoKept);

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    webhookClients().insert(added);
                    webhookClients().delete(project.id(), kept.name());
                    webhookClients().deleteAllOf(cleared.id());
                    assertThat(webhookClients().of(project.id())).containsExactly(added);
                    assertThat(webhookClients().of(cleared.id())).isEmpty();
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(webhookClients().of(project.id())).containsExactly(kept);
        assertThat(webhookClients().of(cleared.id())).containsExactly(alsoKept);
    }

    private static WebhookClient with(SignatureScheme scheme, String secret, boolean enabled, Instant createdAt) {
        Project project = ProjectFixtures.aProject();
        return new WebhookClient(
                project.id(),
                project.name(),
                new WebhookClientName("client"),
                scheme,
                new WebhookSecret(secret),
                new RoleName("R_" + "r".repeat(126)),
                enabled,
                createdAt,
                Optional.empty());
    }
}
