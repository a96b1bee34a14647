package dev.gatehouse.adapters.rest;

import dev.gatehouse.domain.shared.PageRequest;
import io.micronaut.http.HttpRequest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The query of a request of our own: these parameters, each at most once, and no others (Gatehouse contract 1). */
public final class Query {
    private static final int USUAL_LIMIT = 100;

    private final HttpRequest<?> request;

    private Query(HttpRequest<?> request) {
        this.request = request;
    }

    public static Query of(HttpRequest<?> request, String... names) {
        for (Map.Entry<String, List<String>> each : request.getParameters()) {
            if (!List.of(names).contains(each.getKey()))
                throw Body.invalid("unknown query parameter '" + each.getKey() + "'; "
                        + (names.length == 0 ? "this call takes none" : "there is: " + String.join(", ", names)));
            if (each.getValue().size() > 1)
                throw Body.invalid("query parameter " + each.getKey() + " is given twice; give it once");
        }
        return new Query(request);
    }

    /** As {@link #of}, where Argo's clients ask: other parameters than these are passed over. */
    static Query passingOver(HttpRequest<?> request, String... names) {
        for (String each : names)
            if (request.getParameters().getAll(each).size() > 1)
                throw Body.invalid("query parameter " + each + " is given twice; give it once");
        return new Query(request);
    }

    /** The value; an empty one counts as absent. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(request.getParameters().get(name)).filter(each -> !each.isEmpty());
    }

    /** {@code true} or {@code false}; absent means false. */
    public boolean flag(String name) {
        return text(name)
                .map(each -> switch (each) {
                    case "true" -> true;
                    case "false" -> false;
                    default ->
                        throw Body.invalid("query parameter " + name + " must be true or false, not '" + each + "'");
                })
                .orElse(false);
    }

    /** A time in RFC 3339. */
    public Optional<Instant> instant(String name) {
        return text(name).map(each -> {
            try {
                return OffsetDateTime.parse(each).toInstant();
            } catch (DateTimeParseException e) {
                throw Body.invalid(
                        "query parameter " + name + " must be a time as 2026-08-22T10:00:00Z, not '" + each + "'");
            }
        });
    }

    /** From {@code limit} and {@code continue}. */
    public PageRequest page() {
        return new PageRequest(text("limit").map(Query::limit).orElse(USUAL_LIMIT), text("continue"));
    }

    private static int limit(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Body.invalid("limit must be 1 to 1000, not '" + text + "'");
        }
    }

    /** The refusal of a word that is none of those there are. */
    public static ProblemRaised unknown(String name, String found, Stream<String> known) {
        return Body.invalid(
                "unknown " + name + " '" + found + "'; there is: " + known.collect(Collectors.joining(", ")));
    }
}
