package dev.gatehouse.adapters.rest.token;

import dev.gatehouse.adapters.rest.Code;
import dev.gatehouse.adapters.rest.Json;
import dev.gatehouse.adapters.rest.Problem;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.Optional;

/**
 * The errors of RFC 6749 section 5.2 and RFC 6750 section 3.1: {@code error} is one of their words, where all others of this
 * service have the sentence twice; {@code code} and {@code message} are as everywhere.
 *
 * <p>Whoever is not let in by what was shown gets {@code WWW-Authenticate} (RFC 6750 section 3), with the word where it is one
 * of a bearer token. Of a client that showed none, or Basic, the header says only what would be taken (section 3.1).
 */
enum OauthError {
    /** A parameter is missing, comes twice, or the body is no form or too large. */
    INVALID_REQUEST("invalid_request", Code.INVALID_ARGUMENT, Optional.empty()),
    /** Who asks did not say who it is, or not truly. */
    INVALID_CLIENT("invalid_client", Code.UNAUTHENTICATED, Optional.of("")),
    /** The bearer token of who asks does not count. */
    INVALID_TOKEN("invalid_token", Code.UNAUTHENTICATED, Optional.of(", error=\"invalid_token\"")),
    /** Who asks may not. */
    INSUFFICIENT_SCOPE("insufficient_scope", Code.PERMISSION_DENIED, Optional.of(", error=\"insufficient_scope\""));

    private final String word;
    private final Code code;
    private final Optional<String> challenge;

    /** @param challenge what stands behind the realm; absent: another credential would change nothing */
    OauthError(String word, Code code, Optional<String> challenge) {
        this.word = word;
        this.code = code;
        this.challenge = challenge.map(each -> "Bearer realm=\"gatehouse\"" + each + ", Basic realm=\"gatehouse\"");
    }

    /** Refuses it with the usual status. */
    MutableHttpResponse<Json> reply(String message) {
        return reply(code.status(), message);
    }

    /** Refuses it with the status and in the words of this problem. */
    MutableHttpResponse<Json> reply(Problem problem) {
        return reply(problem.status(), problem.message());
    }

    private MutableHttpResponse<Json> reply(int status, String message) {
        Json body = new Json.Builder()
                .text("error", word)
                .text("error_description", message)
                .number("code", code.number())
                .text("message", message)
                .build();
        MutableHttpResponse<Json> reply =
                HttpResponse.status(HttpStatus.valueOf(status)).body(body).contentType(MediaType.APPLICATION_JSON_TYPE);
        challenge.ifPresent(each -> reply.header(HttpHeaders.WWW_AUTHENTICATE, each));
        return reply;
    }
}
