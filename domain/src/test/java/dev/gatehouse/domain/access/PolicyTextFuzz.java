package dev.gatehouse.domain.access;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Any text at all is a policy or is refused. Inputs that once did harm lie in the folder of this class. */
class PolicyTextFuzz {
    @FuzzTest
    void any_text_reads_or_is_refused(byte[] data) {
        String csv = new String(data, StandardCharsets.UTF_8);
        for (MatchMode mode : MatchMode.values()) PolicyGrammarTest.onlyRefuses(csv, mode);
    }
}
