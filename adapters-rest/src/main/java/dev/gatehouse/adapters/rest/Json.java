package dev.gatehouse.adapters.rest;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON value with the order of its members and the spelling of its numbers. */
public sealed interface Json {

    /** What people call it in a sentence. */
    String kind();

    /** @param all in the order they stand */
    record Members(Map<String, Json> all) implements Json {
        public static final Members NONE = new Members(Map.of());

        public Members {
            all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
        }

        @Override
        public String kind() {
            return "an object";
        }

        /** The member of exactly this name. */
        public Optional<Json> member(String name) {
            return Optional.ofNullable(all.get(name));
        }
    }

    /** @param all in the order they stand */
    record Items(List<Json> all) implements Json {
        public Items {
            all = List.copyOf(all);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    record Text(String value) implements Json {
        @Override
        public String kind() {
            return "a text";
        }
    }

    /** @param spelling as it stands */
    record Numeral(String spelling) implements Json {
        @Override
        public String kind() {
            return "a number";
        }
    }

    record Flag(boolean value) implements Json {
        @Override
        public String kind() {
            return "a truth value";
        }
    }

    /** {@code null}. */
    record Nothing() implements Json {
        @Override
        public String kind() {
            return "null";
        }
    }

    static Json of(String text) {
        return new Text(text);
    }

    static Json of(long number) {
        return new Numeral(Long.toString(number));
    }

    static Json of(List<String> texts) {
        return new Items(texts.stream().map(Json::of).toList());
    }

    /** Puts an object together, leaving out what is empty or absent. */
    final class Builder {
        private final Map<String, Json> members = new LinkedHashMap<>();

        /** Adds a member, whatever it holds. */
        public Builder put(String name, Json value) {
            members.put(name, value);
            return this;
        }

        /** Adds a text, unless it is empty. */
        public Builder text(String name, String value) {
            return value.isEmpty() ? this : put(name, new Text(value));
        }

        public Builder number(String name, long value) {
            return put(name, of(value));
        }

        /** Adds a list of texts, unless it is empty. */
        public Builder texts(String name, List<String> values) {
            return values.isEmpty() ? this : put(name, of(values));
        }

        /** Adds a list, unless it is empty. */
        public Builder items(String name, List<Json> values) {
            return values.isEmpty() ? this : put(name, new Items(values));
        }

        /** Adds an object of texts by the order of their names, unless it is empty. */
        public Builder texts(String name, Map<String, String> values) {
            if (values.isEmpty()) return this;
            Map<String, Json> sorted = new LinkedHashMap<>();
            values.keySet().stream().sorted().forEach(key -> sorted.put(key, of(values.getOrDefault(key, ""))));
            return put(name, new Members(sorted));
        }

        /** Adds a value, unless it is absent. */
        public Builder maybe(String name, @Nullable Json value) {
            return value == null ? this : put(name, value);
        }

        public Members build() {
            return new Members(members);
        }
    }
}
