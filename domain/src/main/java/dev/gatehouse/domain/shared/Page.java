package dev.gatehouse.domain.shared;

import java.util.List;
import java.util.Optional;

/**
 * A part of a list, in the list's stated order.
 *
 * @param items possibly none
 * @param next where the following page starts; absent when this is the last
 */
public record Page<T>(List<T> items, Optional<String> next) {
    public Page {
        items = List.copyOf(items);
    }
}
