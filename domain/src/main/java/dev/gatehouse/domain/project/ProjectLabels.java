package dev.gatehouse.domain.project;

import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a project's owner noted on it, without a meaning here; labels and annotations have 262144 characters at most.
 *
 * @param labels possibly none
 * @param annotations possibly none
 * @param finalizers in the order they were written; possibly none
 */
public record ProjectLabels(Map<String, String> labels, Map<String, String> annotations, List<String> finalizers) {
    private static final int MOST_CHARACTERS = 256 << 10;

    public static final ProjectLabels NONE = new ProjectLabels(Map.of(), Map.of(), List.of());

    public ProjectLabels {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        finalizers = List.copyOf(finalizers);
        long characters = Stream.of(labels, annotations)
                .flatMap(each -> each.entrySet().stream())
                .mapToLong(each -> each.getKey().length() + each.getValue().length())
                .sum();
        if (characters > MOST_CHARACTERS)
            throw new Refusal.Invalid(
                    "metadata",
                    ProjectRule.TOO_MANY,
                    "characters of labels and annotations",
                    Integer.toString(MOST_CHARACTERS));
    }
}
