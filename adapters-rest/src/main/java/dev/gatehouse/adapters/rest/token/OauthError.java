package dev.gatehouse.adapters.rest.token;

import dev.gatehouse.adapters.rest.Code;
import dev.gatehouse.adapters.rest.Json;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;

/**
 * The errors of RFC 6749 section 5.2 and RFC 6750 section 3.1: {@code error} is one of their words, where all others of this
 * service have the sentence twice; {@code code} and {@code message} are as everywhere.
 */
enum OauthError {
    /** A parameter is missing, comes twice, or the body is no form. */
    INVALID_REQUEST("invalid_request", Code.INVALID_ARGUMENT),
    /** Who asks did not say who it is, or not truly. */
    INVALID_CLIENT("invalid_client", Code.UNAUTHENTICATED),
    /** The bearer token of who asks does not count. */
    INVALID_TOKEN("invalid_token", Code.UNAUTHENTICATED),
    /** Who asks may not. */
    INSUFFICIENT_SCOPE("insufficient_scope", Code.PERMISSION_DENIED);

    private final String word;
    private final Code code;

    OauthError(String word, Code code) {
        this.word = word;
        this.code = code;
    }

    MutableHttpResponse<Json> reply(String message) {
        Json body = new Json.Builder()
                .text("error", word)
                .text("error_description", message)
                .number("code", code.number())
                .text("message", message)
                .build();
        MutableHttpResponse<Json> reply = HttpResponse.status(HttpStatus.valueOf(code.status()))
                .body(body)
                .contentType(MediaType.APPLICATION_JSON_TYPE);
        return code == Code.UNAUTHENTICATED
                ? reply.header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        "Bearer realm=\"gatehouse\", error=\"" + word + "\", Basic realm=\"gatehouse\"")
                : reply;
    }
}
