package dev.gatehouse.bootstrap;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Writes the trace of a fault into the log once in a minute. What repeats it has its line, with the id of its incident, and
 * no trace: a stranger who can bring a fault about with each request, as by taking up all the memory of the network, would
 * fill the disk with traces otherwise.
 *
 * <p>Two faults are the same where types, calls and causes are, whatever their messages say. In one minute the traces of
 * {@link #MOST} faults are written at most.
 */
public final class RepeatedTraces extends TurboFilter {
    static final int MOST = 100;

    private static final long QUIET = TimeUnit.MINUTES.toNanos(1);
    /** A chain of causes may be a circle. */
    private static final int MOST_CAUSES = 8;

    private final LongSupplier nanos;
    /** When the trace of a fault was written, by what tells it from others. */
    private final Map<Integer, Long> written = new HashMap<>();

    /** For the configuration of the log. */
    public RepeatedTraces() {
        this(System::nanoTime);
    }

    RepeatedTraces(LongSupplier nanos) {
        this.nanos = nanos;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable last) {
        if (format == null || !level.isGreaterOrEqual(Level.WARN)) return FilterReply.NEUTRAL;
        // What is told with up to two arguments has the fault among them.
        Throwable fault = last == null ? MessageFormatter.getThrowableCandidate(arguments) : last;
        if (fault == null || !level.isGreaterOrEqual(logger.getEffectiveLevel()) || isNew(fault))
            return FilterReply.NEUTRAL;
        logger.log(
                marker,
                Logger.FQCN,
                Level.toLocationAwareLoggerInteger(level),
                format + " (" + fault.getClass().getName() + ", whose trace was written within the last minute)",
                last == null ? MessageFormatter.trimmedCopy(arguments) : arguments,
                null);
        return FilterReply.DENY;
    }

    private synchronized boolean isNew(Throwable fault) {
        long now = nanos.getAsLong();
        written.values().removeIf(each -> now - each >= QUIET);
        return written.size() < MOST && written.putIfAbsent(kindOf(fault), now) == null;
    }

    private static int kindOf(Throwable fault) {
        int kind = 0;
        Throwable each = fault;
        for (int i = 0; i < MOST_CAUSES && each != null; i++) {
            kind = 31 * kind + each.getClass().getName().hashCode();
            kind = 31 * kind + Arrays.hashCode(each.getStackTrace());
            each = each.getCause();
        }
        return kind;
    }
}
