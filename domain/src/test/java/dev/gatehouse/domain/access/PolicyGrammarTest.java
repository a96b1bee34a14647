package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read, and what is refused at which place (Argo CD contract 5.3). */
class PolicyGrammarTest {
    /** More of them with {@code make fuzz}. */
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1);

    @Test
    void lines_comments_and_quotes_are_read() {
        PolicyText text = PolicyText.parse(
                "# a comment\n\n  p, \"a, \"\"b\"\"\", applications,get,  \"p1/{a,b}\",   allow  \r\n"
                        + "\tg, bob,role:dev\n   # another\n",
                "global");

        assertThat(text.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.subject()).isEqualTo("a, \"b\"");
            assertThat(rule.object().text()).isEqualTo("p1/{a,b}");
            assertThat(rule.line()).isEqualTo(3);
            assertThat(rule.text()).isEqualTo("p, \"a, \"\"b\"\"\", applications, get, \"p1/{a,b}\", allow");
        });
        assertThat(text.links()).containsExactly(new PolicyLink("bob", "role:dev"));
        assertThat(text.faults()).isEmpty();
    }

    private static final String GOOD = "p, alice, applications, get, p1/*, allow\n";

    static List<List<Object>> refused() {
        return List.of(
                List.of("p, bob , applications, get, p1/*, allow", AccessRule.BLANK_BEHIND, 4, true),
                List.of("p, bob, applications, get, p1/*, allow # why", AccessRule.EFFECT, 34, true),
                List.of("p, bob, applications, get, p1/*, Deny", AccessRule.EFFECT, 34, true),
                List.of("p, , applications, get, p1/*, allow", AccessRule.FIELD_EMPTY, 4, true),
                List.of("g, alice,", AccessRule.FIELD_EMPTY, 10, true),
                List.of("g, , role:dev", AccessRule.FIELD_EMPTY, 4, true),
                List.of("p, bob, applications, get, [a-z0-9], allow", AccessRule.PATTERN, 28, true),
                List.of("p, bob, applications, get, p1/{, allow", AccessRule.PATTERN, 28, true),
                List.of("g, bob, role:dev # why", AccessRule.COMMENT_BEHIND, 18, true),
                List.of("g, bob, role:dev #", AccessRule.COMMENT_BEHIND, 18, true),
                List.of("r, sub, obj", AccessRule.LINE_KIND, 1, true),
                List.of("p, bo\rb, applications, get, p1/*, allow", AccessRule.CHARACTER, 6, true),
                List.of("p, bob, applications, get, p1/*, allow # a, b", AccessRule.FIELD_COUNT, 45, false),
                List.of("p, bob, applications, get, p1/*", AccessRule.FIELD_COUNT, 28, false),
                List.of("p, bob, applications, get, p1/*, allow,", AccessRule.FIELD_COUNT, 40, false),
                List.of("g, bob, role:dev, p1", AccessRule.FIELD_COUNT, 19, false),
                List.of("p, \"bob\" , applications, get, p1/*, allow", AccessRule.QUOTE, 9, false),
                List.of("p, bo\"b, applications, get, p1/*, allow", AccessRule.QUOTE, 6, false),
                List.of("p, \"bob, applications, get, p1/*, allow", AccessRule.QUOTE, 4, false),
                List.of("x, bob, applications, get, p1/*, allow", AccessRule.LINE_KIND, 1, false),
                List.of("P, bob, applications, get, p1/*, allow", AccessRule.LINE_KIND, 1, false),
                List.of("\uFEFFp, bob, applications, get, p1/*, allow", AccessRule.CHARACTER, 1, false));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_would_have_no_effect_or_do_harm_is_refused_with_its_place(List<Object> row) {
        assertThatThrownBy(() -> Policy.of(document(GOOD + row.get(0) + "\n" + GOOD)))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        e -> assertThat(e.faults())
                                .extracting(Fault::rule, Fault::field)
                                .containsExactly(org.assertj.core.api.Assertions.tuple(
                                        row.get(1), "policyCsv:2:" + row.get(2))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_draft_passes_over_what_argo_cd_passes_over_and_says_so(List<Object> row) {
        PolicyDocument draft = document(GOOD + row.get(0) + "\n" + GOOD);
        if ((boolean) row.get(3)) {
            Policy policy = Policy.draft(draft);
            assertThat(policy.faults()).extracting(Fault::rule).containsExactly((AccessRule) row.get(1));
            assertThat(policy.decide(
                            Asker.local("alice"),
                            new AccessQuestion("applications", "get", "p1/web"),
                            java.util.Optional.empty()))
                    .isInstanceOf(Decision.Allowed.class);
        } else assertThatThrownBy(() -> Policy.draft(draft)).isInstanceOf(Refusal.Invalid.class);
    }

    @Test
    void every_fault_is_told_not_only_the_first() {
        assertThatThrownBy(() -> Policy.of(new PolicyDocument(
                        "x\n\ng, a\n",
                        Map.of("policy.b.csv", "p, a\n", "other", "g, a, b"),
                        "",
                        List.of(),
                        MatchMode.GLOB,
                        1)))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        e -> assertThat(e.faults())
                                .extracting(Fault::field)
                                .containsExactly(
                                        "policyCsv:1:1", "policyCsv:3:4", "extra.policy.b.csv:1:4", "extra.other"));
    }

    @Test
    void a_regular_expression_is_refused_where_it_does_not_read() {
        PolicyDocument document = new PolicyDocument(
                "p, bob, applications, get, */*, allow", Map.of(), "", List.of(), MatchMode.REGEX, 1);
        assertThatThrownBy(() -> Policy.of(document)).isInstanceOf(Refusal.Invalid.class);
    }

    private static PolicyDocument document(String csv) {
        return new PolicyDocument(csv, "", List.of("groups"), 1);
    }

    private static final String[] PIECES = {
        "p", "g", "r", ",", ", ", "\"", "\"\"", "\n", "\r", "\r\n", " ", "\t", "#", "alice", "role:a", "applications",
                "get",
        "*", "p1/*", "{", "}", "[", "]", "\\", "(", ")", "a{9", "allow", "deny", "\uFEFF", "\u0000", "\uD800", "é",
                "p, a, b, c, d, allow",
        "p, \"a,b\", *, {a,b}, [a-c], deny\n", "g, alice, role:a\n", "(?i)", "x{2,1}", "\u2028", "\u00A0", "\u0085"
    };

    /** The only exception is the typed refusal; what is read reads again. */
    @Property(tries = 20_000, shrinking = ShrinkingMode.OFF)
    void nothing_but_a_refusal_comes_of_any_text(@ForAll long seed) {
        for (int round = 0; round < ROUNDS; round++) tryText(seed + round * 7_919L);
    }

    private void tryText(long seed) {
        Random random = new Random(seed);
        StringBuilder csv = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) csv.append(PIECES[random.nextInt(PIECES.length)]);
        onlyRefuses(csv.toString(), random.nextBoolean() ? MatchMode.GLOB : MatchMode.REGEX);
    }

    /** The text reads, or is refused with places; what reads strictly is written as it reads. */
    static void onlyRefuses(String csv, MatchMode mode) {
        for (boolean strictly : new boolean[] {true, false}) {
            try {
                PolicyText text = PolicyText.parse(csv, new PolicyText.Reading(mode, "global", "policyCsv", strictly));
                if (strictly)
                    assertThat(again(text, mode))
                            .isEqualTo(
                                    text.rules().stream().map(PolicyRule::text).toList());
            } catch (Refusal.Invalid e) {
                assertThat(e.faults())
                        .isNotEmpty()
                        .allSatisfy(each -> assertThat(each.field()).matches("policyCsv:\\d+:\\d+"));
            }
        }
    }

    private static List<String> again(PolicyText text, MatchMode mode) {
        String csv =
                String.join("\n", text.rules().stream().map(PolicyRule::text).toList());
        return PolicyText.parse(csv, new PolicyText.Reading(mode, "global", "policyCsv", true)).rules().stream()
                .map(PolicyRule::text)
                .toList();
    }
}
