package dev.gatehouse.adapters.rest.transport;

import dev.gatehouse.adapters.rest.Sent;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Reads a body as every call of ours does, and tells when it begins and how it ends. */
@Controller("/reads")
@Requires(property = "gatehouse.test.bodies")
@Secured(SecurityRule.IS_ANONYMOUS)
@Hidden
class BodyReader {
    static final String BEGINS = "begins";
    /** With the body behind it. */
    static final String READ = "read";

    static final String BREAKS_OFF = "breaks off";

    final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Post
    @Consumes(MediaType.ALL)
    @ExecuteOn(TaskExecutors.BLOCKING)
    String read(Sent sent) {
        told.add(BEGINS);
        byte[] bytes;
        try {
            bytes = sent.bytes(10_000);
        } catch (RuntimeException e) {
            told.add(BREAKS_OFF);
            throw e;
        }
        told.add(READ + " " + new String(bytes, StandardCharsets.US_ASCII));
        return "";
    }
}
