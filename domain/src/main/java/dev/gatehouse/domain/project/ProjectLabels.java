package dev.gatehouse.domain.project;

import java.util.List;
import java.util.Map;

/**
 * What a project's owner noted on it, without a meaning here.
 *
 * @param labels possibly none
 * @param annotations possibly none
 * @param finalizers in the order they were written; possibly none
 */
public record ProjectLabels(Map<String, String> labels, Map<String, String> annotations, List<String> finalizers) {
    public static final ProjectLabels NONE = new ProjectLabels(Map.of(), Map.of(), List.of());

    public ProjectLabels {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        finalizers = List.copyOf(finalizers);
    }
}
