package dev.gatehouse.adapters.security.account;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Lets a thread have a processor only when nothing else wants it, so that slow work on all cores delays no short work.
 * On Linux by {@code setpriority(2)}, which there concerns the calling thread alone and which anybody may use to stand
 * back; Java's own priorities do nothing there without options of the JVM. Elsewhere nothing happens: macOS would take it
 * for the whole process.
 */
final class LowPriority {
    /**
     * From -20, the greediest, to 19. At 10 a thread has a tenth of what a hungry other has: little enough to be in nobody's
     * way, and enough to reach the points at which the JVM waits for every thread.
     */
    static final int NICE = 10;

    private LowPriority() {}

    /** Whether {@link #standBack} does anything. */
    static boolean isKnown() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).equals("linux");
    }

    /** From now on the calling thread, and no other, has its processor only when nobody else wants it. */
    static void standBack() {
        if (!isKnown()) return;
        try {
            int refused = (int) setpriority().invokeExact(0, 0, NICE);
            assert refused == 0 : "nobody is forbidden to stand back";
        } catch (Throwable e) {
            // It hashes all the same, and the others wait a little longer.
            if (e instanceof VirtualMachineError error) throw error;
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle setpriority() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setpriority"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }
}
