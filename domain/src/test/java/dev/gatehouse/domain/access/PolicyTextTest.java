package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTextTest {
    @Test
    void a_document_is_read_in_its_order() {
        PolicyText text = PolicyText.parse("""
                p, alice, projects, get, demo, allow
                g, bob, role:dev
                p, role:dev, applications, */x, demo/*, deny
                g, team, role:dev
                """, "global");

        assertThat(text.rules())
                .containsExactly(
                        new PolicyRule(
                                "alice",
                                Glob.leniently("projects"),
                                Glob.leniently("get"),
                                Glob.leniently("demo"),
                                true,
                                "global",
                                1),
                        new PolicyRule(
                                "role:dev",
                                Glob.leniently("applications"),
                                Glob.leniently("*/x"),
                                Glob.leniently("demo/*"),
                                false,
                                "global",
                                3));
        assertThat(text.links()).containsExactly(new PolicyLink("bob", "role:dev"), new PolicyLink("team", "role:dev"));
        assertThat(text.rules().getFirst().text()).isEqualTo("p, alice, projects, get, demo, allow");
        assertThat(text.rules().getLast().text()).isEqualTo("p, role:dev, applications, */x, demo/*, deny");
    }

    @Test
    void blanks_before_fields_and_lines_without_content_do_not_count() {
        for (String each : List.of(
                "p,alice,projects,get,demo,allow",
                "  p,\talice, projects,  get,demo, allow  ",
                "\n\n# comment\n  # p, bob\n \t \np, alice, projects, get, demo, allow",
                "p, alice, projects, get, demo, allow\r\n",
                "\"p\", \"alice\", \"projects\", \"get\", \"demo\", \"allow\"")) {
            assertThat(PolicyText.parse(each, "global").rules())
                    .as(each)
                    .singleElement()
                    .satisfies(rule -> assertThat(rule.text()).isEqualTo("p, alice, projects, get, demo, allow"));
        }
        assertThat(PolicyText.parse("", "global").rules()).isEmpty();
    }

    @Test
    void a_field_in_quotes_is_taken_as_it_stands() {
        assertThat(PolicyText.parse("g, \" a, \"\"b\"\" \", role:dev", "global").links())
                .containsExactly(new PolicyLink(" a, \"b\" ", "role:dev"));
        assertThat(PolicyText.parse("p, x, applications, get, \"demo/{a,b}\", allow", "global")
                        .rules()
                        .getFirst()
                        .object()
                        .matches("demo/b"))
                .isTrue();
    }

    @Test
    void an_object_may_be_empty_and_a_subject_a_group_with_blanks() {
        assertThat(PolicyText.parse("p, my team, certificates, get, , allow", "global")
                        .rules()
                        .getFirst()
                        .object()
                        .matches(""))
                .isTrue();
    }

    @Test
    void a_line_begins_with_p_or_g() {
        assertThat(fault("x, a, b")).isEqualTo(at(1, 1, AccessRule.LINE_KIND, "x"));
        assertThat(fault("\n  P, alice, projects, get, demo, allow")).isEqualTo(at(2, 3, AccessRule.LINE_KIND, "P"));
        for (String kind : List.of("r", "e", "m", "p2", "g2", "policy"))
            assertThat(fault(kind + ", a, b, c, d, allow")).isEqualTo(at(1, 1, AccessRule.LINE_KIND, kind));
        assertThat(fault(", a, b")).isEqualTo(at(1, 1, AccessRule.LINE_KIND, ""));
    }

    @Test
    void a_line_has_as_many_fields_as_its_kind_needs() {
        assertThat(fault("p, alice, projects, get, demo")).isEqualTo(at(1, 26, AccessRule.FIELD_COUNT, "p", "6", "5"));
        assertThat(fault("p, alice, projects, get, demo, allow, x"))
                .isEqualTo(at(1, 39, AccessRule.FIELD_COUNT, "p", "6", "7"));
        assertThat(fault("# first\ng, alice")).isEqualTo(at(2, 4, AccessRule.FIELD_COUNT, "g", "3", "2"));
        assertThat(fault("g, alice, role:dev, x")).isEqualTo(at(1, 21, AccessRule.FIELD_COUNT, "g", "3", "4"));
        assertThat(fault("p")).isEqualTo(at(1, 1, AccessRule.FIELD_COUNT, "p", "6", "1"));
    }

    @Test
    void a_quote_opens_and_closes_a_field() {
        assertThat(fault("p, al\"ice, projects, get, demo, allow")).isEqualTo(at(1, 6, AccessRule.QUOTE));
        assertThat(fault("p, \"alice, projects, get, demo, allow")).isEqualTo(at(1, 4, AccessRule.QUOTE));
        assertThat(fault("p, \"alice\"x, projects, get, demo, allow")).isEqualTo(at(1, 11, AccessRule.QUOTE));
        assertThat(fault("p, \"alice\" x, projects, get, demo, allow")).isEqualTo(at(1, 11, AccessRule.QUOTE));
        assertThat(fault("g, alice, \"role")).isEqualTo(at(1, 11, AccessRule.QUOTE));
    }

    @Test
    void neither_subject_nor_role_nor_member_is_empty() {
        assertThat(fault("p, , projects, get, demo, allow")).isEqualTo(at(1, 4, AccessRule.FIELD_EMPTY, "subject"));
        assertThat(fault("p, \"\", projects, get, demo, allow")).isEqualTo(at(1, 4, AccessRule.FIELD_EMPTY, "subject"));
        assertThat(fault("g, , role:dev")).isEqualTo(at(1, 4, AccessRule.FIELD_EMPTY, "subject"));
        assertThat(fault("g, alice,")).isEqualTo(at(1, 10, AccessRule.FIELD_EMPTY, "role"));
    }

    @Test
    void an_effect_is_allow_or_deny_in_exactly_this_case() {
        for (String each : List.of("Allow", "Deny", "DENY", "permit", "allow # comment"))
            assertThat(fault("p, alice, projects, get, demo, " + each)).isEqualTo(at(1, 32, AccessRule.EFFECT, each));
        assertThat(fault("p, alice, projects, get, demo,")).isEqualTo(at(1, 31, AccessRule.EFFECT, ""));
    }

    @Test
    void resource_action_and_object_are_globs() {
        assertThat(fault("p, alice, [a, get, demo, allow").rule()).isEqualTo(AccessRule.PATTERN);
        assertThat(fault("p, alice, [a, get, demo, allow").field()).isEqualTo("policyCsv:1:11");
        assertThat(fault("p, alice, a, {}, demo, allow").field()).isEqualTo("policyCsv:1:14");
        assertThat(fault("p, alice, a, b, x], allow").field()).isEqualTo("policyCsv:1:17");
        assertThat(fault("p, alice, a, b, x], allow").arguments().getFirst()).isEqualTo("x]");
    }

    @Test
    void control_characters_and_a_byte_order_mark_are_refused_wherever_they_stand() {
        assertThat(fault("\uFEFFp, alice, projects, get, demo, allow")).isEqualTo(at(1, 1, AccessRule.CHARACTER));
        assertThat(fault("p, ali\u0000ce, projects, get, demo, allow")).isEqualTo(at(1, 7, AccessRule.CHARACTER));
        assertThat(fault("p, alice, projects, get, demo, allow\rp, bob, projects, get, demo, allow"))
                .isEqualTo(at(1, 37, AccessRule.CHARACTER));
        assertThat(fault("g, alice, role:\u0085x")).isEqualTo(at(1, 16, AccessRule.CHARACTER));
    }

    @Test
    void every_faulty_line_is_told_and_at_most_a_hundred() {
        assertThat(Refused.faultsOf(() -> PolicyText.parse("x\np, a, b, c, d, allow\ny\n\nz", "global")))
                .extracting(Fault::field)
                .containsExactly("policyCsv:1:1", "policyCsv:3:1", "policyCsv:5:1");
        assertThat(Refused.faultsOf(() -> PolicyText.parse("x\n".repeat(500), "global")))
                .hasSize(100);
    }

    @Test
    void a_document_has_at_most_64_million_characters() {
        assertThat(fault("#".repeat(64_000_001)))
                .isEqualTo(new Fault("policyCsv", AccessRule.DOCUMENT_LENGTH, "64000000"));
    }

    private static Fault at(int line, int column, AccessRule rule, String... arguments) {
        return new Fault("policyCsv:" + line + ":" + column, rule, arguments);
    }

    private static Fault fault(String csv) {
        return Refused.faultOf(() -> PolicyText.parse(csv, "global"));
    }
}
