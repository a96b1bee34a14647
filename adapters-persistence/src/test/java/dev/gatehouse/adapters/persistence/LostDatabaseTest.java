package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.adapters.testkit.account.AccountFixtures;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LostDatabaseTest {
    private static final Duration RECOVERY = Duration.ofSeconds(15);

    private PostgresServer server;
    private ApplicationContext context;
    private Accounts accounts;
    private Transactions transactions;
    private AccessChanges changes;

    @BeforeEach
    void open() {
        server = PostgresServer.start();
        context = TestDatabase.open(TestDatabase.settings(server.newDatabase(), server.username(), server.password()));
        accounts = context.getBean(Accounts.class);
        transactions = context.getBean(Transactions.class);
        changes = context.getBean(AccessChanges.class);
    }

    @AfterEach
    void close() {
        context.close();
        server.close();
    }

    @Test
    void a_stopped_server_is_unavailable_and_used_again_when_it_is_back() {
        Account before = AccountFixtures.anAccount();
        Account during = AccountFixtures.anAccount();
        Account after = AccountFixtures.anAccount();
        accounts.insert(before);
        long count = changes.ask();

        unavailable(() -> transactions.inTransaction(() -> {
            accounts.insert(during);
            changes.count();
            server.stop();
        }));
        unavailable(() -> accounts.find(before.name()));
        unavailable(() -> transactions.inTransaction(() -> accounts.insert(during)));
        unavailable(changes::ask);
        Eventually.holds(
                AccessChanges.BOUND.multipliedBy(3), () -> changes.known().isEmpty());
        server.resume();

        Eventually.holds(RECOVERY, () -> answers(before));
        assertThat(accounts.find(during.name())).isEmpty();
        transactions.inTransaction(() -> accounts.insert(after));
        assertThat(accounts.find(after.name())).contains(after);
        Eventually.holds(RECOVERY, () -> changes.known().isPresent());
        assertThat(changes.known()).hasValue(count);
    }

    private boolean answers(Account account) {
        try {
            return accounts.find(account.name()).isPresent();
        } catch (Refusal.Unavailable e) {
            return false;
        }
    }

    private static void unavailable(Runnable act) {
        assertThatExceptionOfType(Refusal.Unavailable.class)
                .isThrownBy(act::run)
                .satisfies(refusal -> assertThat(refusal.part()).isEqualTo("database"))
                .satisfies(refusal -> assertThat(refusal.retryAfter()).isPositive());
    }
}
