package dev.gatehouse.adapters.rest.docs;

import dev.gatehouse.adapters.rest.Code;
import dev.gatehouse.adapters.rest.Problem;
import dev.gatehouse.adapters.rest.ProblemRaised;
import dev.gatehouse.adapters.rest.PublicAddress;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.rules.SecurityRule;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

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

    /** A weight that says no (RFC 9110 section 12.4.2). */
    private static final Pattern NOTHING = Pattern.compile("q=0(?:\\.0{0,3})?");

    private static final String DESCRIPTION = "{\"openapi\":\"3.0.1\",";

    private final PublicAddress address;
    private final Map<Page, Content> contents = new ConcurrentHashMap<>();

    DocsController(PublicAddress address) {
        this.address = address;
    }

    /** @param resource in the jar, from this package when it does not begin with a slash */
    private record Page(String resource, String type) {}

    /** A page as it is served, and the same packed: made once, and shared by all who take it. */
    private static final class Content {
        private final byte[] plain;
        private final byte[] packed;

        Content(byte[] plain) {
            this.plain = plain;
            this.packed = gzip(plain);
        }
    }

    @Get("/swagger.json")
    HttpResponse<StreamedFile> description(HttpRequest<?> request) {
        return reply(request, new Page("/META-INF/swagger/gatehouse.json", "application/json"), text -> {
            String servers = "\"servers\":[{\"url\":\"" + address.rootPath() + "\"}],";
            return address.rootPath().isEmpty() ? text : text.replace(DESCRIPTION, DESCRIPTION + servers);
        });
    }

    @Get("/apidocs")
    HttpResponse<StreamedFile> page(HttpRequest<?> request) {
        return reply(request, new Page("index.html", "text/html; charset=utf-8"), this::underRoot);
    }

    @Get("/apidocs/start.js")
    HttpResponse<StreamedFile> start(HttpRequest<?> request) {
        return reply(request, new Page("start.js", "text/javascript; charset=utf-8"), this::underRoot);
    }

    @Get("/apidocs/{file}")
    HttpResponse<StreamedFile> file(HttpRequest<?> request, String file) {
        Page page = Optional.ofNullable(PAGES.get(file))
                .orElseThrow(() -> new ProblemRaised(Problem.of(Code.NOT_FOUND, "Not Found")));
        return reply(request, contents.computeIfAbsent(page, each -> new Content(read(each))), page);
    }

    /** A file of our own, in which every quoted path begins at our root. */
    private String underRoot(String text) {
        return text.replace("\"/", "\"" + address.pathOf("/"));
    }

    private HttpResponse<StreamedFile> reply(HttpRequest<?> request, Page page, UnaryOperator<String> change) {
        Content content = contents.computeIfAbsent(page, each -> {
            String changed = change.apply(new String(read(each), StandardCharsets.UTF_8));
            return new Content(changed.getBytes(StandardCharsets.UTF_8));
        });
        return reply(request, content, page);
    }

    /** Written piece by piece, as it is taken: who asks for much and takes nothing of it costs no memory. */
    private static HttpResponse<StreamedFile> reply(HttpRequest<?> request, Content content, Page page) {
        boolean packed = takesGzip(request);
        byte[] bytes = packed ? content.packed : content.plain;
        MutableHttpResponse<StreamedFile> reply = HttpResponse.ok(
                        new StreamedFile(new ByteArrayInputStream(bytes), MediaType.of(page.type()), 0, bytes.length))
                .contentType(page.type());
        if (packed) reply.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        return reply.header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .header(HttpHeaders.CACHE_CONTROL, "no-cache")
                .header("Content-Security-Policy", POLICY);
    }

    /** What {@code Accept-Encoding} says of gzip, under either name, or else of everything (RFC 9110 section 12.5.3). */
    private static boolean takesGzip(HttpRequest<?> request) {
        Map<String, Boolean> taken = new HashMap<>();
        for (String header : request.getHeaders().getAll(HttpHeaders.ACCEPT_ENCODING))
            for (String each : header.toLowerCase(Locale.ROOT).split(",", -1)) {
                String[] parts = each.split(";", 2);
                boolean yes =
                        parts.length == 1 || !NOTHING.matcher(parts[1].strip()).matches();
                taken.put(parts[0].strip(), yes);
            }
        return taken.getOrDefault("gzip", taken.getOrDefault("x-gzip", taken.getOrDefault("*", false)));
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] read(Page page) {
        try (InputStream in = DocsController.class.getResourceAsStream(page.resource())) {
            if (in == null) throw new IllegalStateException("the jar lacks " + page.resource());
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
