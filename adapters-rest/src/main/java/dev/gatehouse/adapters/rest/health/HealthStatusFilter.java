package dev.gatehouse.adapters.rest.health;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.management.endpoint.health.filter.HealthResultFilter;
import io.micronaut.management.health.indicator.HealthResult;

/**
 * Says 503 where the service is not well, so that who only looks at the status of {@code /health} knows it, too.
 *
 * <p>Stands in for the framework's filter, which does the same on three paths: as long as a single filter has a path of
 * its own, every request to whatever route is compared with it, and sorts the filters anew.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Replaces(HealthResultFilter.class)
final class HealthStatusFilter {
    @ResponseFilter
    void tell(MutableHttpResponse<?> reply) {
        if (reply.body() instanceof HealthResult health
                && !health.getStatus().getOperational().orElse(true)) reply.status(HttpStatus.SERVICE_UNAVAILABLE);
    }
}
