package dev.gatehouse.adapters.security.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LowPriorityTest {
    /** Of the fields of {@code /proc/thread-self/stat} behind the name, which ends in the last bracket. */
    private static final int NICE = 16;

    @Test
    void a_thread_that_stands_back_leaves_all_others_as_they_are() throws InterruptedException {
        int before = niceness();
        AtomicInteger after = new AtomicInteger();

        Thread.ofPlatform()
                .start(() -> {
                    LowPriority.standBack();
                    after.set(niceness());
                })
                .join();

        assertThat(after.get()).isEqualTo(LowPriority.isKnown() ? LowPriority.NICE : before);
        assertThat(niceness()).isEqualTo(before);
    }

    /** 0, the usual one, where the platform does not tell. */
    static int niceness() {
        Path own = Path.of("/proc/thread-self/stat");
        if (!LowPriority.isKnown()) return 0;
        try {
            String stat = Files.readString(own);
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
