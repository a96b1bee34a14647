package dev.gatehouse.adapters.testkit.project;

import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Transactions;

class InMemoryProjectsTest implements ProjectsContract {
    private final InMemoryStore store = new InMemoryStore();
    private final Projects projects = new InMemoryProjects(store);

    @Override
    public Projects projects() {
        return projects;
    }

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }
}
