package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.gatehouse.domain.shared.Refusal;
import java.nio.charset.StandardCharsets;

/** What is written as a field of a record is read as it was. */
class CsvFieldFuzz {
    /** The data: one field to a line; of the third, only the first line counts. */
    @FuzzTest
    void a_field_is_read_as_it_was_written(byte[] data) {
        String[] lines = (new String(data, StandardCharsets.UTF_8) + "\n\n").split("\n", -1);
        String member = lines[0];
        String role = lines[1];
        String line = "g, " + PolicyText.quoted(member) + ", " + PolicyText.quoted(role);
        try {
            assertThat(PolicyText.parse(line, "global").links()).containsExactly(new PolicyLink(member, role));
        } catch (Refusal.Invalid e) {
            // Only for what no name may be, never for how it was written.
            assertThat(e.faults()).singleElement().satisfies(each -> {
                if (each.rule() == AccessRule.FIELD_EMPTY)
                    assertThat(member.isEmpty() || role.isEmpty()).isTrue();
                else assertThat(each.rule()).isEqualTo(AccessRule.CHARACTER);
            });
        }
    }
}
