package dev.gatehouse.domain.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupNameTest {
    @Test
    void a_group_is_kept_as_written_and_read_without_its_quotes() {
        assertThat(new GroupName("team").value()).isEqualTo("team");
        assertThat(new GroupName("\"team\"").value()).isEqualTo("team");
        assertThat(new GroupName("\"team\"").text()).isEqualTo("\"team\"");
        assertThat(new GroupName("\"a, b\"").value()).isEqualTo("a, b");
    }

    @Test
    void words_of_any_script_with_blanks_between_them_are_a_group() {
        for (String each :
                List.of("my team", "CN=admins", "org:team", "a/b", "it's", "Ärzte", "\uD83D\uDD11", "role:x"))
            assertThat(new GroupName(each).value()).isEqualTo(each);
    }

    @Test
    void a_comma_needs_quotes_around_the_group() {
        for (String each : List.of("a,b", ",", "a,", "\"a,b", "a,b\"", ",\""))
            assertThat(fault(each)).isEqualTo(new Fault("spec.roles.groups", ProjectRule.GROUP_QUOTED, each));
    }

    @Test
    void nothing_but_blanks_and_quotes_is_no_group() {
        for (String each : List.of("", " ", "\t", "\n", "\"\"", "\" \"", "\"\t\""))
            assertThat(fault(each)).isEqualTo(new Fault("spec.roles.groups", ProjectRule.GROUP_EMPTY));
    }

    @Test
    void quotes_and_line_ends_and_tabs_inside_are_refused() {
        for (String each :
                List.of("\"", "a\"b", "\"a", "a\"", "\"a\"b\"", "\"\"a\"\"", "a\nb", "a\rb", "a\tb", "a\n", "\ta"))
            assertThat(fault(each)).isEqualTo(new Fault("spec.roles.groups", ProjectRule.GROUP_CHARACTERS, each));
    }

    @Test
    void blanks_at_an_end_are_refused_and_named_without_them() {
        assertThat(fault(" a")).isEqualTo(new Fault("spec.roles.groups", ProjectRule.GROUP_LEADING_SPACE, "a"));
        assertThat(fault("\" a\"")).isEqualTo(new Fault("spec.roles.groups", ProjectRule.GROUP_LEADING_SPACE, "a"));
        assertThat(fault(" a ")).isEqualTo(new Fault("spec.roles.groups", ProjectRule.GROUP_LEADING_SPACE, "a"));
        assertThat(fault("a ")).isEqualTo(new Fault("spec.roles.groups", ProjectRule.GROUP_TRAILING_SPACE, "a"));
        assertThat(fault("\"a \"")).isEqualTo(new Fault("spec.roles.groups", ProjectRule.GROUP_TRAILING_SPACE, "a"));
    }

    private static Fault fault(String text) {
        return Refused.faultOf(() -> new GroupName(text));
    }
}
