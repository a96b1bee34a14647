package dev.gatehouse.adapters.rest;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpHeaders;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;

/** Each address has one representation, given whatever a client says it accepts, as Argo's servers do. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class AcceptAnything {

    /** Before a route is looked for, since the framework looks at {@code Accept} for that. */
    @PreMatching
    @RequestFilter
    void forgetAccept(HttpRequest<?> request) {
        // A changed copy of the request would lose its body.
        if (request.getHeaders() instanceof MutableHttpHeaders headers) headers.remove(HttpHeaders.ACCEPT);
    }
}
