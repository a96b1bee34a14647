package dev.gatehouse.adapters.rest;

import dev.gatehouse.domain.shared.Ids;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request is called: in its reply, in the log and in the audit (Gatehouse contract 1). */
@Singleton
public final class RequestIds {
    /** Of requests and of replies. */
    public static final String HEADER = "X-Request-Id";

    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9._-]{8,64}");

    private final Ids ids;

    RequestIds(Ids ids) {
        this.ids = ids;
    }

    /**
     * The id that was sent, when it may stand in a log, else a new one.
     *
     * @param sent the header of the request; absent: it has none, or its head did not read
     */
    public String of(@Nullable String sent) {
        return sent != null && SHAPE.matcher(sent).matches() ? sent : ids.newId();
    }
}
