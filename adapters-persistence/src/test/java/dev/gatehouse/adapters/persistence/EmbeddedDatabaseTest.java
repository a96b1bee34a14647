package dev.gatehouse.adapters.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedDatabaseTest {
    @Test
    void its_address_names_a_file_in_the_folder(@TempDir Path folder) {
        assertThat(EmbeddedDatabase.url(folder)).isEqualTo("jdbc:h2:file:" + folder.resolve("gatehouse"));
        assertThat(EmbeddedDatabase.folder(EmbeddedDatabase.url(folder))).isEqualTo(folder.toString());
    }

    @Test
    void a_folder_that_no_address_can_name_is_refused(@TempDir Path folder) {
        assertThatThrownBy(() -> EmbeddedDatabase.url(folder.resolve("a;b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("semicolon");
    }

    @Test
    void every_address_gets_what_this_room_relies_on() {
        assertThat(EmbeddedDatabase.complete("jdbc:h2:file:/data/x"))
                .startsWith("jdbc:h2:file:/data/x;MODE=PostgreSQL;")
                .contains(";WRITE_DELAY=0;", ";DB_CLOSE_ON_EXIT=FALSE;");
    }

    @Test
    void what_somebody_set_is_kept() {
        assertThat(EmbeddedDatabase.complete("jdbc:h2:file:/data/x;lock_timeout=7"))
                .startsWith("jdbc:h2:file:/data/x;lock_timeout=7;MODE=PostgreSQL;")
                .doesNotContain("LOCK_TIMEOUT");
    }

    @Test
    void a_folder_of_any_other_name_holds_one_file(@TempDir Path folder) throws IOException {
        Path odd = folder.resolve("a b=c 'é' %20 #?");
        TestDatabase.open(settings(odd)).close();

        try (var files = Files.list(odd)) {
            assertThat(files.map(each -> each.getFileName().toString())).containsExactly("gatehouse.mv.db");
        }
    }

    @Test
    void a_second_process_is_refused_with_a_sentence(@TempDir Path folder) throws Exception {
        Process other = OtherProcess.start(OtherProcess.Holder.class, EmbeddedDatabase.url(folder));
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("open");

            assertThatThrownBy(() -> TestDatabase.open(settings(folder)))
                    .satisfies(e -> assertThat(inUse(e))
                            .hasMessage("another Gatehouse is already using " + folder)
                            .returns(folder.toString(), DatabaseInUse::folder));
        } finally {
            other.destroyForcibly().waitFor();
        }

        TestDatabase.open(settings(folder)).close();
    }

    private static Map<String, Object> settings(Path folder) {
        return TestDatabase.settings(EmbeddedDatabase.url(folder), "gatehouse", "");
    }

    private static DatabaseInUse inUse(Throwable e) {
        for (Throwable each = e; each != null; each = each.getCause())
            if (each instanceof DatabaseInUse found) return found;
        throw new AssertionError("not refused as in use", e);
    }
}
