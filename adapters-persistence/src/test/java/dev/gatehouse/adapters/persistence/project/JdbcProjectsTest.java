package dev.gatehouse.adapters.persistence.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.project.ProjectFixtures;
import dev.gatehouse.adapters.testkit.project.ProjectsContract;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Transactions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JdbcProjectsTest {
    @Nested
    class OnH2 implements Binding {
        @Override
        public TestDatabase database() {
            return TestDatabase.H2;
        }
    }

    @Nested
    class OnPostgresql implements Binding {
        @Override
        public TestDatabase database() {
            return TestDatabase.POSTGRESQL;
        }
    }

    interface Binding extends ProjectsContract {
        TestDatabase database();

        @Override
        default Projects projects() {
            return database().port(Projects.class);
        }

        @Override
        default Transactions transactions() {
            return database().port(Transactions.class);
        }

        @Test
        default void several_transactions_hold_a_project_at_once() {
            Project project = ProjectFixtures.aProject();
            projects().insert(project);

            transactions().inTransaction(() -> {
                projects().hold(project.name());
                CompletableFuture<Optional<Project>> second = CompletableFuture.supplyAsync(
                        () -> transactions().inTransaction(() -> projects().hold(project.name())),
                        work -> Thread.ofPlatform().start(work));
                assertThat(second.join()).contains(project);
            });
        }
    }
}
