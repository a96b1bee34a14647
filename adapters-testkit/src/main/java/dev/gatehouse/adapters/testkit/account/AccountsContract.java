package dev.gatehouse.adapters.testkit.account;

import static dev.gatehouse.adapters.testkit.account.AccountFixtures.aUsername;
import static dev.gatehouse.adapters.testkit.account.AccountFixtures.anAccount;
import static dev.gatehouse.adapters.testkit.account.AccountFixtures.anAccountId;
import static dev.gatehouse.adapters.testkit.account.AccountFixtures.anAccountWithPassword;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Conflicts;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.PasswordForm;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import dev.gatehouse.domain.shared.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What all {@link Accounts} promise. */
public interface AccountsContract {
    /** The port under test. */
    Accounts accounts();

    /** The transactions in which it takes part. */
    Transactions transactions();

    @Test
    default void an_account_comes_back_as_it_went_in() {
        for (Account each : List.of(
                anAccount(),
                anAccountWithPassword(),
                AccountFixtures.aServiceAccount(),
                AccountFixtures.aDisabledAccount(),
                anAccountWithPassword().signedIn(Samples.NOW.plusSeconds(9)),
                anAccount().withPasswordToChange(new PasswordHash("$fake$reset"), Samples.NOW),
                Account.open(anAccountId(), aUsername(), Set.of(), true, "", Samples.NOW))) {
            accounts().insert(each);
            assertThat(accounts().find(each.name())).contains(each);
        }
    }

    @Test
    default void that_the_service_made_it_stays_known() {
        Account account = anAccount().asProvisioned();
        accounts().insert(account);

        Account changed = accounts().update(account.withPassword(new PasswordHash("$fake$1"), Samples.NOW));

        assertThat(changed.provisioned()).isTrue();
        assertThat(accounts().find(account.name())).contains(changed);
    }

    @Test
    default void nobody_is_found_under_a_name_that_nobody_has() {
        assertThat(accounts().find(aUsername())).isEmpty();
    }

    @Test
    default void every_text_comes_back_as_it_went_in() {
        List<String> texts = new ArrayList<>(Samples.TEXTS);
        texts.add(Samples.wide(255));
        for (String text : texts) {
            Account account = AccountFixtures.anAccountDescribedAs(text);
            accounts().insert(account);
            assertThat(accounts().find(account.name())).contains(account);
        }
    }

    @Test
    default void a_long_password_hash_comes_back_as_it_went_in() {
        Account account = anAccount().withPassword(new PasswordHash("$x$" + "aA0/+".repeat(100)), Samples.NOW);

        accounts().insert(account);

        assertThat(accounts().find(account.name())).contains(account);
    }

    @Test
    default void every_time_comes_back_as_it_went_in() {
        for (Instant moment : Samples.MOMENTS) {
            Account account = Account.open(anAccountId(), aUsername(), Set.of(), true, "", moment)
                    .withPassword(new PasswordHash("$fake$"), moment.plusNanos(1_000));
            accounts().insert(account);
            assertThat(accounts().find(account.name())).contains(account);
        }
    }

    @Test
    default void letter_case_counts_where_a_name_is_looked_for() {
        String tail = aUsername().value().substring(1, 30);
        Account small = anAccount("a" + tail);
        accounts().insert(small);

        assertThat(accounts().find(small.name())).contains(small);
        assertThat(accounts().find(new Username("A" + tail))).isEmpty();
        assertThat(transactions().inTransaction(() -> accounts().hold(new Username("A" + tail))))
                .isEmpty();
    }

    @Test
    default void no_two_names_differ_by_letter_case_alone() {
        String tail = aUsername().value().substring(1, 30);
        accounts().insert(anAccount("a" + tail));

        Conflicts.assertRefused(
                () -> accounts().insert(anAccount("A" + tail)), Reason.ALREADY_EXISTS, Account.KIND, "A" + tail);

        assertThat(accounts().find(new Username("A" + tail))).isEmpty();
    }

    @Test
    default void a_name_that_was_given_up_is_free_in_every_letter_case() {
        String tail = aUsername().value().substring(1, 30);
        Account small = anAccount("a" + tail);
        accounts().insert(small);
        accounts().delete(small);
        Account large = anAccount("A" + tail);

        accounts().insert(large);

        assertThat(accounts().find(large.name())).contains(large);
    }

    @Test
    default void all_are_listed_by_name_in_the_order_of_code_points() {
        String tail = aUsername().value().substring(3);
        List<String> names = List.of(
                "a" + tail + "z", "a" + tail + "_0", "B" + tail, "c" + tail, "a" + tail + "-1", "0" + tail, "a" + tail);
        for (String each : names) accounts().insert(anAccount(each));

        List<String> all =
                accounts().all().stream().map(each -> each.name().value()).toList();

        assertThat(all).containsAll(names).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void a_sign_in_is_noted_and_an_earlier_one_changes_nothing() {
        Account account = anAccountWithPassword();
        accounts().insert(account);

        accounts().signedIn(account.id(), Samples.NOW);
        accounts().signedIn(account.id(), Samples.NOW.minusSeconds(1));

        assertThat(accounts().find(account.name())).contains(account.signedIn(Samples.NOW));
        assertThat(accounts().all()).contains(account.signedIn(Samples.NOW));
        accounts().signedIn(account.id(), Samples.NOW.plusNanos(1_000));
        assertThat(accounts().find(account.name())).contains(account.signedIn(Samples.NOW.plusNanos(1_000)));
    }

    @Test
    default void a_sign_in_of_nobody_changes_nothing() {
        accounts().signedIn(anAccountId(), Samples.NOW);
    }

    @Test
    default void update_leaves_the_last_sign_in_as_it_is_stored() {
        Account account = anAccountWithPassword();
        accounts().insert(account);
        accounts().signedIn(account.id(), Samples.NOW);

        Account updated = accounts().update(account.with(Set.of(), false, "read before the sign-in"));

        assertThat(accounts().find(account.name())).contains(updated.signedIn(Samples.NOW));
    }

    @Test
    default void of_many_sign_ins_at_once_the_latest_stays() {
        Account account = anAccountWithPassword();
        accounts().insert(account);
        AtomicInteger second = new AtomicInteger();

        Race<Integer> race = Race.of(6, () -> {
            int mine = second.incrementAndGet();
            transactions().inTransaction(() -> {
                accounts().signedIn(account.id(), Samples.NOW.plusSeconds(mine));
                return accounts().hold(account.name());
            });
            return mine;
        });

        assertThat(race.thrown()).isEmpty();
        assertThat(accounts().find(account.name())).contains(account.signedIn(Samples.NOW.plusSeconds(6)));
    }

    @Test
    default void a_hash_is_replaced_while_it_is_the_same_and_nothing_else_changes() {
        Account account = anAccountWithPassword();
        accounts().insert(account);
        PasswordHash old = account.password().orElseThrow();
        PasswordHash better = new PasswordHash("$fake$better");

        assertThat(accounts().replaceHash(account.id(), old, better)).isTrue();
        assertThat(accounts().find(account.name())).contains(account.withBetterHash(better));
        assertThat(accounts().replaceHash(account.id(), old, new PasswordHash("$fake$late")))
                .isFalse();
        assertThat(accounts().find(account.name())).contains(account.withBetterHash(better));
        assertThat(accounts().replaceHash(anAccountId(), better, old)).isFalse();
    }

    @Test
    default void hashes_are_counted_by_their_form_whatever_the_account_may() {
        String mine = "$fake-" + Samples.unique();
        PasswordForm strange = new PasswordForm(mine + "$m=1");
        PasswordForm better = new PasswordForm(mine + "$m=2");
        accounts().insert(anAccount().withPassword(new PasswordHash(strange.text() + "$salt$hash1"), Samples.NOW));
        Account disabled = AccountFixtures.aDisabledAccount()
                .withPassword(new PasswordHash(strange.text() + "$salt$hash2"), Samples.NOW);
        accounts().insert(disabled);
        accounts()
                .insert(AccountFixtures.aServiceAccount()
                        .withPassword(new PasswordHash(strange.text() + "$salt$hash3"), Samples.NOW));

        assertThat(accounts().passwordForms().accounts()).containsEntry(strange, 3L);
        accounts()
                .replaceHash(
                        disabled.id(),
                        disabled.password().orElseThrow(),
                        new PasswordHash(better.text() + "$salt$hash4"));
        assertThat(accounts().passwordForms().accounts())
                .containsEntry(strange, 2L)
                .containsEntry(better, 1L);
    }

    @Test
    default void every_hash_is_counted_under_the_form_that_it_says() {
        for (String encoded : List.of(
                "$2a$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2y$12$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
                "$2b$",
                "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "",
                "$",
                "$$",
                "$$$",
                "plain text",
                "plain$text",
                "a$b$c",
                "$a")) {
            PasswordHash hash = new PasswordHash(encoded);
            long before = accounts().passwordForms().accounts().getOrDefault(hash.form(), 0L);

            accounts().insert(anAccount().withPassword(hash, Samples.NOW));

            assertThat(accounts().passwordForms().accounts()).as(encoded).containsEntry(hash.form(), before + 1);
        }
    }

    @Test
    default void a_hash_that_a_new_password_replaced_is_not_put_back() {
        Account account = anAccountWithPassword();
        accounts().insert(account);
        Account changed = accounts()
                .update(account.withPasswordToChange(new PasswordHash("$fake$new"), Samples.NOW.plusSeconds(1)));

        assertThat(accounts()
                        .replaceHash(account.id(), account.password().orElseThrow(), new PasswordHash("$fake$better")))
                .isFalse();
        assertThat(accounts().find(account.name())).contains(changed);
    }

    @Test
    default void all_holds_each_account_whole() {
        Account account = anAccountWithPassword();
        accounts().insert(account);

        assertThat(accounts().all()).contains(account);
    }

    @Test
    default void a_name_that_is_taken_is_refused() {
        Account first = anAccount();
        accounts().insert(first);
        Account second = anAccount(first.name().value());

        Conflicts.assertRefused(
                () -> accounts().insert(second),
                Reason.ALREADY_EXISTS,
                Account.KIND,
                first.name().value());

        assertThat(accounts().find(first.name())).contains(first);
    }

    @Test
    default void of_two_who_insert_one_name_exactly_one_wins() {
        for (int round = 0; round < 10; round++) {
            Username name = aUsername();
            Race<Account> race = Race.of(4, () -> {
                Account mine = anAccount(name.value());
                transactions().inTransaction(() -> accounts().insert(mine));
                return mine;
            });

            assertThat(race.returned()).hasSize(1);
            assertThat(race.thrown())
                    .allSatisfy(
                            each -> Conflicts.assertConflict(each, Reason.ALREADY_EXISTS, Account.KIND, name.value()));
            assertThat(accounts().find(name))
                    .isEqualTo(Optional.of(race.returned().getFirst()));
        }
    }

    @Test
    default void update_replaces_everything_and_gives_back_the_next_version() {
        Account account = anAccount();
        accounts().insert(account);
        Account changed = new Account(
                account.id(),
                account.name(),
                Set.of(Capability.API_KEY),
                false,
                "changed",
                Optional.of(new PasswordHash("$fake$changed")),
                Optional.of(Samples.NOW.plusSeconds(1)),
                true,
                account.createdAt(),
                account.provisioned(),
                account.lastLoginAt(),
                account.version());

        Account stored = accounts().update(changed);

        assertThat(stored).isEqualTo(changed.nextVersion());
        assertThat(accounts().find(account.name())).contains(stored);
    }

    @Test
    default void update_can_be_repeated_on_what_it_gave_back() {
        Account account = anAccount();
        accounts().insert(account);

        Account second = accounts().update(account.withPassword(new PasswordHash("$fake$1"), Samples.NOW));
        Account third = accounts().update(second.withPassword(new PasswordHash("$fake$2"), Samples.NOW));

        assertThat(third.version()).isEqualTo(2);
        assertThat(accounts().find(account.name())).contains(third);
    }

    @Test
    default void update_changes_no_other_account() {
        Account account = anAccount();
        Account other = anAccount();
        accounts().insert(account);
        accounts().insert(other);

        accounts().update(account.withPassword(new PasswordHash("$fake$1"), Samples.NOW));

        assertThat(accounts().find(other.name())).contains(other);
    }

    @Test
    default void an_update_of_what_was_changed_meanwhile_is_refused() {
        Account account = anAccount();
        accounts().insert(account);
        Account stored = accounts().update(account.withPassword(new PasswordHash("$fake$first"), Samples.NOW));

        Conflicts.assertRefused(
                () -> accounts().update(account.withPassword(new PasswordHash("$fake$late"), Samples.NOW)),
                Reason.STALE,
                Account.KIND,
                account.name().value());

        assertThat(accounts().find(account.name())).contains(stored);
    }

    @Test
    default void an_update_of_what_is_not_there_is_refused() {
        Account account = anAccount();

        Conflicts.assertRefused(
                () -> accounts().update(account),
                Reason.STALE,
                Account.KIND,
                account.name().value());

        assertThat(accounts().find(account.name())).isEmpty();
    }

    @Test
    default void an_update_by_the_id_of_an_earlier_account_of_that_name_is_refused() {
        Account account = anAccount();
        accounts().insert(account);
        Account earlier = anAccount(account.name().value());

        Conflicts.assertRefused(
                () -> accounts().update(earlier),
                Reason.STALE,
                Account.KIND,
                account.name().value());

        assertThat(accounts().find(account.name())).contains(account);
    }

    @Test
    default void of_two_who_update_one_account_exactly_one_wins() {
        for (int round = 0; round < 10; round++) {
            Account account = anAccount();
            accounts().insert(account);
            List<Callable<Account>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                PasswordHash hash = new PasswordHash("$fake$" + i);
                writers.add(() ->
                        transactions().inTransaction(() -> accounts().update(account.withPassword(hash, Samples.NOW))));
            }

            Race<Account> race = Race.between(writers);

            assertThat(race.returned()).hasSize(1);
            assertThat(race.thrown())
                    .allSatisfy(each -> Conflicts.assertConflict(
                            each, Reason.STALE, Account.KIND, account.name().value()));
            assertThat(accounts().find(account.name()))
                    .isEqualTo(Optional.of(race.returned().getFirst()));
        }
    }

    @Test
    default void a_deleted_account_is_gone_and_its_name_is_free() {
        Account account = anAccount();
        accounts().insert(account);

        accounts().delete(account);

        assertThat(accounts().find(account.name())).isEmpty();
        assertThat(accounts().all()).doesNotContain(account);
        Account next = anAccount(account.name().value());
        accounts().insert(next);
        assertThat(accounts().find(account.name())).contains(next);
    }

    @Test
    default void what_was_changed_or_removed_meanwhile_is_not_deleted() {
        Account account = anAccount();
        accounts().insert(account);
        Account stored = accounts().update(account.withPassword(new PasswordHash("$fake$"), Samples.NOW));
        String name = account.name().value();

        Conflicts.assertRefused(() -> accounts().delete(account), Reason.STALE, Account.KIND, name);
        assertThat(accounts().find(account.name())).contains(stored);
        accounts().delete(stored);
        Conflicts.assertRefused(() -> accounts().delete(stored), Reason.STALE, Account.KIND, name);
    }

    @Test
    default void of_two_who_delete_one_account_exactly_one_wins() {
        Account account = anAccount();
        accounts().insert(account);

        Race<Account> race = Race.of(4, () -> {
            transactions().inTransaction(() -> accounts().delete(account));
            return account;
        });

        assertThat(race.returned()).hasSize(1);
        assertThat(race.thrown())
                .allSatisfy(each -> Conflicts.assertConflict(
                        each, Reason.STALE, Account.KIND, account.name().value()));
    }

    @Test
    default void holding_finds_what_is_there_and_nothing_else() {
        Account account = anAccountWithPassword();
        accounts().insert(account);

        assertThat(transactions().inTransaction(() -> accounts().hold(account.name())))
                .contains(account);
        assertThat(transactions().inTransaction(() -> accounts().hold(aUsername())))
                .isEmpty();
    }

    @Test
    default void who_changes_a_held_account_waits_until_the_holder_is_done() throws Exception {
        Account account = anAccount();
        accounts().insert(account);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Thread changer = new Thread(() -> {
            accounts().update(account.withPassword(new PasswordHash("$fake$"), Samples.NOW));
            order.add("changed");
        });

        transactions().inTransaction(() -> {
            accounts().hold(account.name());
            changer.start();
            // Long enough that a changer that did not wait would be through.
            try {
                changer.join(300);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            order.add("held");
        });
        changer.join();

        assertThat(order).containsExactly("held", "changed");
    }

    @Test
    default void what_a_transaction_wrote_it_finds_and_nobody_after_it_failed() {
        Account kept = anAccount();
        accounts().insert(kept);
        Account added = anAccount();

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    accounts().insert(added);
                    Account changed = accounts().update(kept.withPassword(new PasswordHash("$fake$gone"), Samples.NOW));
                    assertThat(accounts().find(added.name())).contains(added);
                    assertThat(accounts().find(kept.name())).contains(changed);
                    assertThat(accounts().all()).contains(added, changed);
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(accounts().find(added.name())).isEmpty();
        assertThat(accounts().find(kept.name())).contains(kept);
    }
}
