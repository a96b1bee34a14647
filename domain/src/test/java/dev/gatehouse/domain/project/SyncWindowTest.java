package dev.gatehouse.domain.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyncWindowTest {
    private static SyncWindow window(String schedule, String duration, String timeZone) {
        return new SyncWindow(
                "allow", schedule, duration, List.of("*"), List.of(), List.of(), false, timeZone, false, "", false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10 10 * * * | 1h   | ''            | 2026-03-01T10:09:59.999Z | false",
                "10 10 * * * | 1h   | ''            | 2026-03-01T10:10:00Z     | true",
                "10 10 * * * | 1h   | ''            | 2026-03-01T11:09:59.999Z | true",
                "10 10 * * * | 1h   | ''            | 2026-03-01T11:10:00Z     | false",
                "10 10 * * * | 1h   | Europe/Berlin | 2026-03-01T09:10:00Z     | true",
                "10 10 * * * | 1h   | Europe/Berlin | 2026-03-01T10:10:00Z     | false",
                "10 10 * * * | 1h   | Europe/Berlin | 2026-07-01T08:10:00Z     | true",
                "0 22 * * *  | 8h   | ''            | 2026-03-01T03:00:00Z     | true",
                "0 0 * * 0   | 168h | ''            | 2026-03-07T23:59:00Z     | true",
                "0 0 30 2 *  | 1h   | ''            | 2026-03-01T00:00:00Z     | false",
                "* * * * *   | 0    | ''            | 2026-03-01T00:00:00Z     | false",
                "* * * * *   | -1h  | ''            | 2026-03-01T00:00:00Z     | false",
                "30 2 * * *  | 1h   | Europe/Berlin | 2026-03-29T01:29:00Z     | false",
                "30 2 * * *  | 1h   | Europe/Berlin | 2026-03-29T01:30:00Z     | true",
            })
    void a_window_is_open_from_its_minute_for_as_long_as_it_lasts(
            String schedule, String duration, String timeZone, String now, boolean open) {
        assertThat(window(schedule, duration, timeZone).isOpenAt(Instant.parse(now)))
                .isEqualTo(open);
    }

    @Test
    void a_stored_window_that_does_not_read_is_not_open() {
        Instant now = Instant.parse("2026-03-01T10:10:00Z");
        assertThat(window("x", "1h", "").isOpenAt(now)).isFalse();
        assertThat(window("* * * * *", "x", "").isOpenAt(now)).isFalse();
        assertThat(window("* * * * *", "1h", "Mars/Olympus").isOpenAt(now)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1h,3600000",
        "90m,5400000",
        "1h30m,5400000",
        "1.5h,5400000",
        ".5s,500",
        "1.s,1000",
        "2us,0",
        "100ms,100",
        "-1h,-3600000",
        "+1h,3600000",
        "1h1h,7200000",
        "2562047h,9223369200000"
    })
    void durations_read_as_go_writes_them(String text, long milliseconds) {
        assertThat(GoDuration.parse(text).map(Duration::toMillis)).contains(milliseconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1", "h", "1d", "1h ", " 1h", "1 h", "--1h", ".h", "1e3h", "3000000h", "+", "00"})
    void what_is_no_duration_is_none(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }
}
