package dev.gatehouse.adapters.rest.project;

import dev.gatehouse.adapters.rest.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which members of a reply a client wants, as {@code ?fields=} says: paths with dots, commas between them; lists are gone
 * through. With {@code -} in front it wants all but those (Argo CD contract 0.2).
 *
 * @param paths at least one
 * @param excluded whether these are the ones to leave out
 */
record FieldChoice(List<List<String>> paths, boolean excluded) {
    /** The choice, or nothing when all is wanted. */
    static Optional<FieldChoice> of(Optional<String> fields) {
        boolean excluded = fields.filter(each -> each.startsWith("-")).isPresent();
        List<List<String>> paths = fields.stream()
                .map(each -> excluded ? each.substring(1) : each)
                .flatMap(each -> Arrays.stream(each.split(",", -1)))
                .filter(each -> !each.isEmpty())
                .map(each -> List.of(each.split("\\.", -1)))
                .filter(each -> !each.isEmpty())
                .toList();
        return paths.isEmpty() ? Optional.empty() : Optional.of(new FieldChoice(paths, excluded));
    }

    Json from(Json reply) {
        return from(reply, paths);
    }

    private Json from(Json value, List<List<String>> wanted) {
        return switch (value) {
            case Json.Items(List<Json> all) ->
                new Json.Items(all.stream().map(each -> from(each, wanted)).toList());
            case Json.Members(Map<String, Json> all) -> {
                Map<String, Json> kept = new LinkedHashMap<>();
                all.forEach((name, each) -> member(name, each, wanted).ifPresent(chosen -> kept.put(name, chosen)));
                yield new Json.Members(kept);
            }
            default -> value;
        };
    }

    private Optional<Json> member(String name, Json value, List<List<String>> wanted) {
        List<List<String>> below = wanted.stream()
                .filter(each -> each.getFirst().equals(name))
                .map(each -> each.subList(1, each.size()))
                .toList();
        if (below.isEmpty()) return excluded ? Optional.of(value) : Optional.empty();
        if (below.stream().anyMatch(List::isEmpty)) return excluded ? Optional.empty() : Optional.of(value);
        return Optional.of(from(value, below));
    }
}
