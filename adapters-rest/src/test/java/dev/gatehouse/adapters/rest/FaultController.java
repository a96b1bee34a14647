package dev.gatehouse.adapters.rest;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes wrong in every way that nobody foresees. */
@Controller("/fault")
@Requires(property = "gatehouse.test.faults")
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
class FaultController {
    private static final Logger LOG = LoggerFactory.getLogger(FaultController.class);

    @Get("/here")
    String here() {
        throw new IllegalStateException("the secret detail");
    }

    @Get("/there")
    @ExecuteOn(TaskExecutors.BLOCKING)
    String there() {
        LOG.warn("on another thread");
        throw new IllegalStateException("the secret detail");
    }

    @Get("/deep")
    String deep() {
        return deep() + ".";
    }

    @Get("/unwritable")
    Object unwritable() {
        return new Object() {
            @Override
            public String toString() {
                return "the secret detail";
            }
        };
    }

    @Get("/only-for-a-role")
    @Secured("ROLE_OF_ANOTHER_SYSTEM")
    String role() {
        return "in";
    }

    @Get("/for-nobody")
    @Secured(SecurityRule.DENY_ALL)
    String nobody() {
        return "in";
    }

    @Get("/for-callers")
    @Secured(SecurityRule.IS_AUTHENTICATED)
    String callers(io.micronaut.security.authentication.Authentication who, java.security.Principal principal) {
        return who.getName() + " " + principal.getName() + " " + who.getRoles();
    }
}
