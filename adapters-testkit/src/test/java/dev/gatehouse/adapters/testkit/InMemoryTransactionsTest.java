package dev.gatehouse.adapters.testkit;

import dev.gatehouse.adapters.testkit.account.AccountFixtures;
import dev.gatehouse.adapters.testkit.account.InMemoryAccounts;
import dev.gatehouse.adapters.testkit.audit.AuditFixtures;
import dev.gatehouse.adapters.testkit.audit.InMemoryAuditTrail;
import dev.gatehouse.adapters.testkit.project.InMemoryProjects;
import dev.gatehouse.adapters.testkit.project.ProjectFixtures;
import dev.gatehouse.adapters.testkit.session.InMemorySessions;
import dev.gatehouse.adapters.testkit.session.SessionFixtures;
import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.adapters.testkit.shared.TransactionsContract;
import dev.gatehouse.adapters.testkit.token.InMemoryApiTokens;
import dev.gatehouse.adapters.testkit.token.TokenFixtures;
import dev.gatehouse.adapters.testkit.webhook.InMemoryWebhookClients;
import dev.gatehouse.adapters.testkit.webhook.WebhookFixtures;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.webhook.WebhookClients;
import java.util.List;

/** Stands above the features, since a transaction spans them all. */
class InMemoryTransactionsTest implements TransactionsContract {
    private final InMemoryStore store = new InMemoryStore();
    private final Accounts accounts = new InMemoryAccounts(store);
    private final Projects projects = new InMemoryProjects(store);
    private final ApiTokens tokens = new InMemoryApiTokens(store);
    private final Sessions sessions = new InMemorySessions(store);
    private final WebhookClients clients = new InMemoryWebhookClients(store);
    private final AuditTrail trail = new InMemoryAuditTrail(store);

    @Override
    public Transactions transactions() {
        return new InMemoryTransactions(store);
    }

    @Override
    public Transactions cutOffTransactions() {
        InMemoryStore gone = new InMemoryStore();
        gone.cutOff();
        return new InMemoryTransactions(gone);
    }

    @Override
    public List<Row> rows() {
        return List.of(
                AccountFixtures.aRow(accounts),
                ProjectFixtures.aRow(projects),
                TokenFixtures.aRow(tokens),
                SessionFixtures.aRow(sessions),
                WebhookFixtures.aRow(clients),
                AuditFixtures.aRow(trail));
    }
}
