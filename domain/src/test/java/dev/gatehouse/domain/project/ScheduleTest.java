package dev.gatehouse.domain.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDateTime;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* * * * *            | 2026-03-01T10:15 | 2026-03-01T10:15",
                "10 1 * * *           | 2026-03-01T10:15 | 2026-03-01T01:10",
                "10 11 * * *          | 2026-03-01T10:15 | 2026-02-28T11:10",
                "*/20 * * * *         | 2026-03-01T10:15 | 2026-03-01T10:00",
                "7/20 * * * *         | 2026-03-01T10:15 | 2026-03-01T10:07",
                "0 9-17/4 * * *       | 2026-03-01T16:59 | 2026-03-01T13:00",
                "0 0 1 jan ?          | 2026-03-01T10:15 | 2026-01-01T00:00",
                "0 0 * * MON-fri      | 2026-03-01T10:15 | 2026-02-27T00:00",
                "0 0 * * 0            | 2026-03-01T10:15 | 2026-03-01T00:00",
                "0 0 13 * 5           | 2026-03-01T10:15 | 2026-02-27T00:00",
                "0 0 13 * *           | 2026-03-01T10:15 | 2026-02-13T00:00",
                "0 0 */2 * 1          | 2026-03-10T10:15 | 2026-03-09T00:00",
                "59 23 31 12 *        | 2026-03-01T10:15 | 2025-12-31T23:59",
                "0 0 29 2 *           | 2027-03-01T10:15 | 2024-02-29T00:00",
                "0 0 29 2 *           | 2104-02-28T10:15 | 2096-02-29T00:00",
                "1,,3 * * * *         | 2026-03-01T10:02 | 2026-03-01T10:01",
            })
    void the_latest_minute_is_found(String schedule, String until, String latest) throws Schedule.Malformed {
        assertThat(Schedule.parse(schedule).latestUntil(LocalDateTime.parse(until)))
                .contains(LocalDateTime.parse(latest));
    }

    @Test
    void a_day_that_never_comes_is_none() throws Schedule.Malformed {
        assertThat(Schedule.parse("0 0 30 2 *").latestUntil(LocalDateTime.parse("2026-03-01T10:15")))
                .isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "* * * *",
                "* * * * * *",
                "@daily",
                "@every 1h",
                "TZ=UTC * * * * *",
                "CRON_TZ=Asia/Tokyo 0 6 * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * 32 * *",
                "* * * 0 *",
                "* * * 13 *",
                "* * * * 7",
                "-1 * * * *",
                "5-1 * * * *",
                "*/0 * * * *",
                "*-5 * * * *",
                "1-2-3 * * * *",
                "1/2/3 * * * *",
                "1/ * * * *",
                "a * * * *",
                "* * * foo *",
                ", * * * *",
                "+5 * * * *",
                "1.5 * * * *",
                "99999999999999999999 * * * *"
            })
    void what_is_no_schedule_is_refused_with_a_reason(String text) {
        assertThatThrownBy(() -> Schedule.parse(text))
                .isInstanceOfSatisfying(
                        Schedule.Malformed.class, e -> assertThat(e.reason()).isNotBlank());
    }

    @Test
    void whatever_is_sent_is_read_or_refused_and_nothing_else() {
        Random random = new Random(7);
        String signs = "0123456789*/,-? @TZ=monsunjan\t\u00e4";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(30);
            for (int at = 0; at < length; at++) text.append(signs.charAt(random.nextInt(signs.length())));
            try {
                Schedule.parse(text.toString()).latestUntil(LocalDateTime.parse("2026-03-01T10:15"));
            } catch (Schedule.Malformed e) {
                assertThat(e.reason()).isNotBlank();
            }
        }
    }

    @Test
    void every_minute_that_is_found_is_one_of_the_schedule_and_none_is_passed_over() throws Schedule.Malformed {
        for (String text : Stream.of("*/7 3-5 * * 1", "13 */5 1-7 * ?", "0 0 1,15 feb,mar *")
                .toList()) {
            Schedule schedule = Schedule.parse(text);
            LocalDateTime at = LocalDateTime.parse("2026-03-20T23:59");
            Optional<LocalDateTime> expected = schedule.latestUntil(at);
            for (int minute = 0; minute < 20_000; minute++) {
                LocalDateTime now = at.minusMinutes(minute);
                Optional<LocalDateTime> found = schedule.latestUntil(now);
                if (found.filter(now::equals).isPresent()) {
                    assertThat(expected).isEqualTo(found);
                    expected = schedule.latestUntil(now.minusMinutes(1));
                } else assertThat(found).isEqualTo(expected);
            }
        }
    }
}
