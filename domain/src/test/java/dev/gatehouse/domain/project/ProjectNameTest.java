package dev.gatehouse.domain.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectNameTest {
    @Test
    void an_rfc_1123_subdomain_is_a_name() {
        for (String each :
                List.of("a", "0", "demo", "a-b", "a--b", "a.b", "a.b-c.0", "a".repeat(253), "a.".repeat(126) + "a")) {
            assertThat(new ProjectName(each)).hasToString(each);
            assertThat(ProjectName.ifValid(each)).contains(new ProjectName(each));
        }
    }

    @Test
    void nothing_else_is_a_name() {
        for (String each : List.of(
                "A",
                "Demo",
                "-a",
                "a-",
                ".a",
                "a.",
                "a..b",
                "a.-b",
                "a-.b",
                "a_b",
                "a b",
                "a:b",
                "a/b",
                "a*",
                "é",
                "a\n",
                "a\u0000",
                "a".repeat(254))) {
            assertThat(Refused.faultOf(() -> new ProjectName(each)))
                    .isEqualTo(new Fault("metadata.name", ProjectRule.NAME_SHAPE, each));
            assertThat(ProjectName.ifValid(each)).isEmpty();
        }
    }

    @Test
    void no_name_is_said_to_be_missing() {
        assertThat(Refused.faultOf(() -> new ProjectName("")))
                .isEqualTo(new Fault("metadata.name", ProjectRule.NAME_REQUIRED));
        assertThat(ProjectName.ifValid("")).isEmpty();
    }
}
