package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/** Any text at all is a glob or is refused, and no glob takes long. */
class GlobFuzz {
    /** The data: a pattern, a line end, a text, which is asked about as it is and a thousand times behind itself. */
    @FuzzTest
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void any_pattern_reads_or_is_refused_and_ends_soon(byte[] data) {
        String all = new String(data, StandardCharsets.UTF_8);
        int end = all.indexOf('\n');
        String written = end < 0 ? all : all.substring(0, end);
        String text = end < 0 ? "" : all.substring(end + 1);
        String longText = text.substring(0, Math.min(100, text.length())).repeat(1_000);
        PatternTest.shapeIsTrue(Glob.leniently(written), text);
        Glob glob;
        try {
            glob = Glob.compile(written);
        } catch (Pattern.Malformed e) {
            assertThat(e.reason()).isNotBlank();
            return;
        }
        PatternTest.shapeIsTrue(glob, text);
        PatternTest.shapeIsTrue(glob, longText);
        for (String each : Samples.of(glob)) PatternTest.shapeIsTrue(glob, each);
    }
}
