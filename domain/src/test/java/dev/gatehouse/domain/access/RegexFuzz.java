package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/** Any text at all is a regular expression or is refused, and none takes long. */
class RegexFuzz {
    /** The data: a pattern, a line end, a text, which is asked about as it is and a hundred times behind itself. */
    @FuzzTest
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void any_pattern_reads_or_is_refused_and_ends_soon(byte[] data) {
        String all = new String(data, StandardCharsets.UTF_8);
        int end = all.indexOf('\n');
        String written = end < 0 ? all : all.substring(0, end);
        String text = end < 0 ? "" : all.substring(end + 1);
        Regex regex;
        try {
            regex = Regex.compile(written);
        } catch (Pattern.Malformed e) {
            assertThat(e.reason()).isNotBlank();
            return;
        }
        PatternTest.shapeIsTrue(regex, text);
        PatternTest.shapeIsTrue(
                regex, text.substring(0, Math.min(100, text.length())).repeat(100));
        for (String each : Samples.of(regex)) PatternTest.shapeIsTrue(regex, each);
    }
}
