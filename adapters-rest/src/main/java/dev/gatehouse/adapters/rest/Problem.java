package dev.gatehouse.adapters.rest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A "no" in words.
 *
 * @param status of HTTP; that of the code, except where HTTP says more
 * @param details each fault, when there are several or the member is known
 * @param retryAfter when it is worth asking again
 * @param challenge what the header {@code WWW-Authenticate} asks for; absent: there is no such header
 */
public record Problem(
        int status,
        Code code,
        String message,
        List<Detail> details,
        Optional<Duration> retryAfter,
        Optional<String> challenge) {

    public Problem {
        details = List.copyOf(details);
    }

    /** One that asks for no other credential. */
    public Problem(int status, Code code, String message, List<Detail> details, Optional<Duration> retryAfter) {
        this(status, code, message, details, retryAfter, Optional.empty());
    }

    /** @param field the path of the member; empty when it is the whole */
    @Serdeable
    @Schema(description = "One of several faults of a request")
    public record Detail(String field, String message) {}

    /** The one shape of every error. */
    @Serdeable
    @Schema(name = "Error", description = "Why a request was refused")
    public record Shape(
            @Schema(description = "What is wrong and what to change")
            String error,

            @Schema(description = "gRPC code, 1 to 16") int code,
            @Schema(description = "The same text again") String message,

            @Schema(description = "Each fault, when there are several") @Nullable
            List<Detail> details) {}

    /** A problem with the status of its code. */
    public static Problem of(Code code, String message) {
        return new Problem(code.status(), code, message, List.of(), Optional.empty());
    }

    /** The same under another status. */
    public Problem withStatus(int other) {
        return new Problem(other, code, message, details, retryAfter, challenge);
    }

    /** The same with a {@code WWW-Authenticate} header. */
    Problem withChallenge(String asked) {
        return new Problem(status, code, message, details, retryAfter, Optional.of(asked));
    }

    Shape shape() {
        return new Shape(message, code.number(), message, details.isEmpty() ? null : details);
    }

    MutableHttpResponse<?> reply() {
        MutableHttpResponse<?> reply = HttpResponse.<Object>status(HttpStatus.valueOf(status))
                .body(shape())
                .contentType(MediaType.APPLICATION_JSON_TYPE);
        retryAfter.ifPresent(each -> reply.header("Retry-After", Long.toString(Math.max(1, each.toSeconds()))));
        challenge.ifPresent(each -> reply.header(HttpHeaders.WWW_AUTHENTICATE, each));
        return reply;
    }
}
