package dev.gatehouse.adapters.rest.docs;

import dev.gatehouse.adapters.rest.Code;
import dev.gatehouse.adapters.rest.Problem;
import dev.gatehouse.adapters.rest.ProblemRaised;
import dev.gatehouse.adapters.rest.PublicAddress;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The description of this API, and the page to try it, out of the jar. */
@Controller
@Secured(SecurityRule.IS_ANONYMOUS)
@ExecuteOn(TaskExecutors.BLOCKING)
@Hidden
class DocsController {
    /** Nothing runs or loads but our own files; images in the style sheet are written out in it. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String FILES = "/META-INF/swagger/views/swagger-ui/res/";

    private static final Map<String, Page> PAGES = Map.of(
            "page.css", new Page("page.css", "text/css; charset=utf-8"),
            "swagger-ui-bundle.js", new Page(FILES + "swagger-ui-bundle.js", "text/javascript; charset=utf-8"),
            "swagger-ui.css", new Page(FILES + "swagger-ui.css", "text/css; charset=utf-8"),
            "favicon-32x32.png", new Page(FILES + "favicon-32x32.png", "image/png"));

    private static final String DESCRIPTION = "{\"openapi\":\"3.0.1\",";

    private final PublicAddress address;

    DocsController(PublicAddress address) {
        this.address = address;
    }

    /** @param resource in the jar, from this package when it does not begin with a slash */
    private record Page(String resource, String type) {}

    @Get("/swagger.json")
    HttpResponse<byte[]> description() {
        Page page = new Page("/META-INF/swagger/gatehouse.json", "application/json");
        if (address.rootPath().isEmpty()) return reply(page, read(page.resource()));
        String servers = "\"servers\":[{\"url\":\"" + address.rootPath() + "\"}],";
        return reply(
                page, text(page).replace(DESCRIPTION, DESCRIPTION + servers).getBytes(StandardCharsets.UTF_8));
    }

    @Get("/apidocs")
    HttpResponse<byte[]> page() {
        return underRoot(new Page("index.html", "text/html; charset=utf-8"));
    }

    @Get("/apidocs/start.js")
    HttpResponse<byte[]> start() {
        return underRoot(new Page("start.js", "text/javascript; charset=utf-8"));
    }

    @Get("/apidocs/{file}")
    HttpResponse<byte[]> file(String file) {
        Page page = Optional.ofNullable(PAGES.get(file))
                .orElseThrow(() -> new ProblemRaised(Problem.of(Code.NOT_FOUND, "Not Found")));
        return reply(page, read(page.resource()));
    }

    /** A file of our own, in which every quoted path begins at our root. */
    private HttpResponse<byte[]> underRoot(Page page) {
        return reply(page, text(page).replace("\"/", "\"" + address.pathOf("/")).getBytes(StandardCharsets.UTF_8));
    }

    private static HttpResponse<byte[]> reply(Page page, byte[] content) {
        MutableHttpResponse<byte[]> reply = HttpResponse.ok(content).contentType(page.type());
        return reply.header(HttpHeaders.CACHE_CONTROL, "no-cache").header("Content-Security-Policy", POLICY);
    }

    private static String text(Page page) {
        return new String(read(page.resource()), StandardCharsets.UTF_8);
    }

    private static byte[] read(String resource) {
        try (InputStream in = DocsController.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("the jar lacks " + resource);
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
