package dev.gatehouse.adapters.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.http.HttpRequest;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The reply of a call that only ends things: {@code {}}, or for {@code ?dryRun=true} what it would end (Gatehouse contract 1).
 */
@Serdeable
@Schema(name = "Ended")
public record Rehearsal(@Nullable Ends ends, @Nullable Boolean dryRun) {
    /** The query parameter that asks for it. */
    public static final String PARAMETER = "dryRun";

    /** For the description of the API. */
    public static final String DESCRIPTION = "true: only tell what it would come to, and what it would end";

    /** It was done. */
    public static final Rehearsal DONE = new Rehearsal(null, null);

    /** What would end for good. */
    @Serdeable
    @Schema(name = "WouldEnd")
    public record Ends(
            @JsonInclude(JsonInclude.Include.ALWAYS) long sessions,

            @Schema(description = "Those that count, or will from some moment on")
            @JsonInclude(JsonInclude.Include.ALWAYS)
            long tokens) {
        /** As a member of a reply that is put together. */
        public Json json() {
            return new Json.Builder()
                    .number("sessions", sessions)
                    .number("tokens", tokens)
                    .build();
        }
    }

    /** It would end this. */
    public static Rehearsal of(Ends ends) {
        return new Rehearsal(ends, true);
    }

    /** Whether a call that Argo's clients make asks for it: they may send parameters that nobody knows. */
    public static boolean isAskedFor(HttpRequest<?> request) {
        return Query.passingOver(request, PARAMETER).flag(PARAMETER);
    }
}
