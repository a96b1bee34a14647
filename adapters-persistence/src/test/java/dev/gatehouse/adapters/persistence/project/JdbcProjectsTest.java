package dev.gatehouse.adapters.persistence.project;

import dev.gatehouse.adapters.persistence.TestDatabase;
import dev.gatehouse.adapters.testkit.project.ProjectsContract;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Transactions;
import org.junit.jupiter.api.Nested;

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
    }
}
