package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.account.AccountFixtures;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Transactions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BusyDatabaseTest {
    @ParameterizedTest
    @EnumSource
    void of_two_that_wait_for_each_other_one_is_told_to_try_again(TestDatabase database) {
        Accounts accounts = database.port(Accounts.class);
        Transactions transactions = database.port(Transactions.class);
        Account one = AccountFixtures.anAccount();
        Account two = AccountFixtures.anAccount();
        accounts.insert(one);
        accounts.insert(two);
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);

        Race<Account> race = Race.between(List.of(
                () -> transactions.inTransaction(() -> {
                    accounts.update(one);
                    await(bothHoldOne);
                    return accounts.update(two);
                }),
                () -> transactions.inTransaction(() -> {
                    accounts.update(two);
                    await(bothHoldOne);
                    return accounts.update(one);
                })));

        assertThat(race.returned()).hasSize(1);
        assertThat(race.thrown()).singleElement().isInstanceOf(Refusal.Unavailable.class);
        assertThat(accounts.find(one.name()).orElseThrow().version()).isEqualTo(1);
        assertThat(accounts.find(two.name()).orElseThrow().version()).isEqualTo(1);
    }

    @Test
    void when_every_connection_is_taken_the_next_one_is_told_to_try_again() throws Exception {
        Map<String, Object> settings = TestDatabase.H2.fresh();
        settings.put("gatehouse.database.connections", 2);
        try (var context = TestDatabase.open(settings)) {
            Transactions transactions = context.getBean(Transactions.class);
            Accounts accounts = context.getBean(Accounts.class);
            CyclicBarrier taken = new CyclicBarrier(3);
            CyclicBarrier done = new CyclicBarrier(3);
            Callable<Boolean> holder = () -> transactions.inTransaction(() -> {
                await(taken);
                await(done);
                return true;
            });

            Race<Boolean> race = Race.between(List.of(holder, holder, () -> {
                await(taken);
                try {
                    accounts.all();
                    return false;
                } catch (Refusal.Unavailable e) {
                    return true;
                } finally {
                    await(done);
                }
            }));

            assertThat(race.thrown()).isEmpty();
            assertThat(race.returned()).containsExactly(true, true, true);
            assertThat(accounts.all()).isEmpty();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
