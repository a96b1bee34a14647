package dev.gatehouse.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PasswordFormsTest {
    private static final int NAMES = 20_000;
    private static final PasswordForm TODAY = new PasswordForm("$argon2id$v=19$m=19456,t=2,p=1");
    private static final PasswordForm CHEAP = new PasswordForm("$2b$10");
    private static final PasswordForm DEAR = new PasswordForm("$2a$12");

    @Test
    void each_form_is_drawn_as_often_as_accounts_have_it() {
        Map<PasswordForm, Long> drawn = draw(forms(700, 200, 100)).values().stream()
                .collect(Collectors.groupingBy(each -> each, Collectors.counting()));

        // Five standard deviations to each side.
        assertThat(drawn.get(TODAY)).isBetween(14_000L - 325, 14_000L + 325);
        assertThat(drawn.get(CHEAP)).isBetween(4_000L - 285, 4_000L + 285);
        assertThat(drawn.get(DEAR)).isBetween(2_000L - 215, 2_000L + 215);
    }

    @Test
    void an_upgrade_takes_as_large_a_part_of_the_names_along_and_moves_no_other() {
        Map<Integer, PasswordForm> before = draw(forms(700, 20, 100));
        Map<Integer, PasswordForm> after = draw(forms(701, 19, 100));

        int gone = 0;
        int ofCheap = 0;
        for (int name = 0; name < NAMES; name++) {
            PasswordForm was = before.get(name);
            PasswordForm is = after.get(name);
            if (was.equals(CHEAP)) ofCheap++;
            if (was.equals(TODAY))
                assertThat(is).as("nothing is drawn dated by an upgrade").isEqualTo(TODAY);
            if (was.equals(CHEAP) && !is.equals(CHEAP)) gone++;
        }

        // One of twenty accounts, and about one of twenty names.
        assertThat(gone).isBetween(ofCheap / 40, ofCheap / 10);
    }

    @Test
    void when_one_form_becomes_commoner_names_go_to_it_and_between_the_others_none() {
        Map<Integer, PasswordForm> before = draw(forms(100, 100, 100));
        Map<Integer, PasswordForm> after = draw(forms(100, 100, 150));

        Set<PasswordForm> reached = new HashSet<>();
        for (int name = 0; name < NAMES; name++)
            if (!before.get(name).equals(after.get(name))) reached.add(after.get(name));

        assertThat(reached).containsExactly(DEAR);
    }

    @Test
    void where_all_have_one_form_nothing_is_drawn() {
        ToLongFunction<PasswordForm> never = form -> {
            throw new AssertionError("asked for " + form);
        };

        assertThat(new PasswordForms(Map.of(TODAY, 3L)).drawn(never)).contains(TODAY);
        assertThat(new PasswordForms(Map.of(TODAY, 3L, CHEAP, 0L)).drawn(never)).contains(TODAY);
        assertThat(PasswordForms.NONE.drawn(never)).isEmpty();
    }

    @Test
    void every_number_leads_to_a_form() {
        for (long edge : new long[] {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE})
            assertThat(forms(2, 1, 1).drawn(form -> edge)).isPresent();
    }

    @Test
    void of_too_many_forms_the_commonest_count() {
        Map<PasswordForm, Long> many = IntStream.range(0, 1_000)
                .boxed()
                .collect(Collectors.toMap(each -> new PasswordForm("$strange" + each), each -> 1L + each));

        assertThat(new PasswordForms(many).accounts())
                .hasSize(PasswordForms.MOST)
                .allSatisfy((form, accounts) -> assertThat(accounts).isGreaterThan(1_000L - PasswordForms.MOST));
    }

    @Test
    void the_form_of_a_hash_holds_neither_its_salt_nor_what_was_made_of_the_password() {
        assertThat(new PasswordHash("$2b$10$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW").form())
                .isEqualTo(CHEAP);
        assertThat(new PasswordHash(TODAY.text() + "$c2FsdHNhbHRzYWx0c2FsdA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8").form())
                .isEqualTo(TODAY);
        for (String strange : new String[] {"", "secret", "$secret", "pass$word"})
            assertThat(new PasswordHash(strange).form().text()).as(strange).isEmpty();
    }

    private static PasswordForms forms(long today, long cheap, long dear) {
        return new PasswordForms(Map.of(TODAY, today, CHEAP, cheap, DEAR, dear));
    }

    /** What is drawn for each of many names, by numbers that are the same in every run. */
    private static Map<Integer, PasswordForm> draw(PasswordForms forms) {
        Map<Integer, PasswordForm> drawn = new HashMap<>();
        for (int i = 0; i < NAMES; i++) {
            int name = i;
            drawn.put(
                    name,
                    forms.drawn(form -> new SplittableRandom(
                                            31L * name + form.text().hashCode())
                                    .nextLong())
                            .orElseThrow());
        }
        return drawn;
    }
}
