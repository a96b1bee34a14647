package dev.gatehouse.domain.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refused;
import dev.gatehouse.domain.shared.Rule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123456Z");

    @Test
    void a_new_account_has_no_password() {
        Account account = account("");

        assertThat(account.password()).isEmpty();
        assertThat(account.passwordChangedAt()).isEmpty();
        assertThat(account.version()).isZero();
    }

    @Test
    void a_password_is_known_with_the_time_it_was_set() {
        Account changed = account("").withPassword(new PasswordHash("$fake$"), NOW.plusSeconds(5));

        assertThat(changed.password()).contains(new PasswordHash("$fake$"));
        assertThat(changed.passwordChangedAt()).contains(NOW.plusSeconds(5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Account(
                        changed.id(),
                        changed.name(),
                        changed.capabilities(),
                        true,
                        "",
                        changed.password(),
                        Optional.empty(),
                        false,
                        NOW,
                        false,
                        Optional.empty(),
                        0));
    }

    @Test
    void a_description_has_at_most_255_characters_however_wide() {
        assertThat(account("\uD83D\uDD11".repeat(255)).description()).hasSize(510);
        assertThat(Refused.faultOf(() -> account("a".repeat(256))).rule()).isEqualTo(AccountRule.DESCRIPTION_LENGTH);
    }

    @Test
    void a_new_description_holds_no_control_characters_and_one_that_was_stored_stays() {
        for (String taken : List.of("two\nlines", "a\ttab", "\u00a0", "\u2028"))
            assertThat(account(taken).with(Set.of(), true, taken + taken).description())
                    .isEqualTo(taken + taken);
        for (String refused : List.of("\u0001", "\r\n", "\u001b[2J", "\u007f", "\u0085", "\u009b2J")) {
            Fault fault = new Fault(
                    "description", Rule.OfText.CONTROL_CHARACTER, "U+%04X".formatted((int) refused.charAt(0)));
            assertThat(Refused.faultOf(() -> account("a" + refused))).isEqualTo(fault);
            assertThat(Refused.faultOf(() -> account("").with(Set.of(), true, refused)))
                    .isEqualTo(fault);
        }
        Account stored = stored("\u001b[2J");
        assertThat(stored.with(Set.of(), false, stored.description()).enabled()).isFalse();
    }

    private static Account stored(String description) {
        Account made = account("");
        return new Account(
                made.id(),
                made.name(),
                made.capabilities(),
                true,
                description,
                Optional.empty(),
                Optional.empty(),
                false,
                NOW,
                false,
                Optional.empty(),
                0);
    }

    @Test
    void the_first_password_of_an_account_that_the_service_made_does_not_end_and_any_other_to_be_changed_does() {
        Account made = account("").asProvisioned().withPasswordToChange(new PasswordHash("$fake$"), NOW);

        assertThat(made.passwordEndsAt(PasswordRules.DEFAULT)).isEmpty();
        assertThat(made.withPasswordToChange(new PasswordHash("$fake$2"), NOW.plusSeconds(1))
                        .passwordEndsAt(PasswordRules.DEFAULT))
                .contains(NOW.plusSeconds(1).plus(PasswordRules.DEFAULT.toChange()));
        assertThat(account("")
                        .withPasswordToChange(new PasswordHash("$fake$"), NOW)
                        .passwordEndsAt(PasswordRules.DEFAULT))
                .contains(NOW.plus(PasswordRules.DEFAULT.toChange()));
    }

    @Test
    void a_password_that_somebody_else_chose_is_to_be_changed_and_ones_own_is_not() {
        Account reset = account("").withPasswordToChange(new PasswordHash("$fake$"), NOW);

        assertThat(reset.passwordChangeRequired()).isTrue();
        assertThat(reset.with(reset.capabilities(), true, "other").passwordChangeRequired())
                .isTrue();
        assertThat(reset.withPassword(new PasswordHash("$fake$own"), NOW).passwordChangeRequired())
                .isFalse();
    }

    @Test
    void a_better_hash_is_of_the_same_password() {
        Account reset = account("").withPasswordToChange(new PasswordHash("$fake$"), NOW);

        Account better = reset.withBetterHash(new PasswordHash("$fake$better"));

        assertThat(better.password()).contains(new PasswordHash("$fake$better"));
        assertThat(better.withBetterHash(new PasswordHash("$fake$"))).isEqualTo(reset);
    }

    @Test
    void the_last_sign_in_only_moves_on_and_changes_no_version() {
        Account account = account("").signedIn(NOW.plusSeconds(2));

        assertThat(account.lastLoginAt()).contains(NOW.plusSeconds(2));
        assertThat(account.signedIn(NOW)).isEqualTo(account);
        assertThat(account.version()).isZero();
    }

    @Test
    void the_next_version_changes_nothing_else() {
        Account account = account("x").withPassword(new PasswordHash("$fake$"), NOW);

        Account next = account.nextVersion();

        assertThat(next.version()).isEqualTo(1);
        assertThat(next).usingRecursiveComparison().ignoringFields("version").isEqualTo(account);
    }

    @Test
    void capabilities_are_told_in_one_order() {
        assertThat(account("").orderedCapabilities()).containsExactly(Capability.LOGIN, Capability.API_KEY);
        assertThat(Account.open(new AccountId("1"), new Username("a"), Set.of(), true, "", NOW)
                        .orderedCapabilities())
                .isEmpty();
        assertThat(account("").can(Capability.LOGIN)).isTrue();
        assertThat(Capability.of("apiKey")).contains(Capability.API_KEY);
        assertThat(Capability.of("APIKEY")).isEmpty();
    }

    @Test
    void secrets_do_not_show() {
        Account account = account("").withPassword(new PasswordHash("$fake$hush"), NOW);

        assertThat(account.toString()).doesNotContain("hush");
        assertThat(new PlainPassword("hush").toString()).doesNotContain("hush");
    }

    private static Account account(String description) {
        return Account.open(
                new AccountId("00000000-0000-4000-8000-000000000001"),
                new Username("alice"),
                Set.of(Capability.API_KEY, Capability.LOGIN),
                true,
                description,
                NOW);
    }
}
