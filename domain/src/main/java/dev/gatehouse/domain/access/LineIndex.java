package dev.gatehouse.domain.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Lines, found by resource, then action, then object, then subject: by the whole text where a pattern is literal, by how it
 * begins or ends where it is not, one after the other where nothing is known of it.
 */
sealed interface LineIndex {
    /** So few lines are looked at one by one. */
    int FEW = 12;

    /** What a pattern is about. */
    List<Function<PolicyRule, Pattern>> LEVELS = List.of(PolicyRule::resource, PolicyRule::action, PolicyRule::object);

    /** Tells the search every line that applies to its question and is of one of its subjects. */
    void look(Search search);

    static LineIndex of(List<Line> lines) {
        return of(lines, 0);
    }

    private static LineIndex of(List<Line> lines, int level) {
        if (level == LEVELS.size()) return new Matching(lines);
        if (lines.size() <= FEW) return new Few(lines);
        Map<Pattern, List<Line>> byPattern = new LinkedHashMap<>();
        for (Line each : lines)
            byPattern
                    .computeIfAbsent(LEVELS.get(level).apply(each.rule()), any -> new ArrayList<>())
                    .add(each);
        return new Level(level, byPattern);
    }

    /** Lines to be looked at one by one. */
    final class Few implements LineIndex {
        private final Line[] lines;

        Few(List<Line> lines) {
            this.lines = lines.toArray(Line[]::new);
        }

        @Override
        public void look(Search search) {
            for (Line each : lines)
                if (search.subjects().contains(each.subject()) && each.rule().appliesTo(search.question))
                    search.found(each);
        }
    }

    /** Lines of which all three patterns are known to match, whoever they are of. */
    final class Matching implements LineIndex {
        /** By subject. */
        private final Line[] lines;
        /** Whose they are, in the same order. */
        private final int[] subjectOf;
        /** A hash table of subjects: where the lines of one begin, greater by one; 0 where there is none. */
        private final int[] slots;

        Matching(List<Line> lines) {
            this.lines = lines.toArray(Line[]::new);
            Arrays.sort(this.lines, Comparator.comparingInt(Line::subject).thenComparingInt(Line::order));
            this.subjectOf = new int[this.lines.length];
            this.slots = new int[Integer.highestOneBit(lines.size()) * 4];
            for (int i = 0; i < subjectOf.length; i++) {
                subjectOf[i] = this.lines[i].subject();
                if (i > 0 && subjectOf[i - 1] == subjectOf[i]) continue;
                int slot = Numbers.spread(subjectOf[i]) & (slots.length - 1);
                while (slots[slot] != 0) slot = (slot + 1) & (slots.length - 1);
                slots[slot] = i + 1;
            }
        }

        /** Goes through the smaller of the two: the lines, or the subjects. */
        @Override
        public void look(Search search) {
            Numbers subjects = search.subjects();
            if (lines.length <= subjects.count()) {
                for (int i = 0; i < subjectOf.length; i++) if (subjects.contains(subjectOf[i])) search.found(lines[i]);
            } else for (int i = 0; i < subjects.count(); i++) look(subjects.get(i), search);
        }

        private void look(int subject, Search search) {
            int mask = slots.length - 1;
            for (int slot = Numbers.spread(subject) & mask; slots[slot] != 0; slot = (slot + 1) & mask) {
                int at = slots[slot] - 1;
                if (subjectOf[at] != subject) continue;
                for (; at < subjectOf.length && subjectOf[at] == subject; at++) search.found(lines[at]);
                return;
            }
        }
    }

    /** Lines sorted by one of their patterns. */
    final class Level implements LineIndex {
        private final int level;
        private final Map<String, LineIndex> exact = new HashMap<>();
        private final Affixes prefixes;
        private final Affixes starts;
        private final Affixes ends;
        private final Affixes holds;
        private final List<Entry> others = new ArrayList<>();
        private final List<LineIndex> always = new ArrayList<>();

        Level(int level, Map<Pattern, List<Line>> byPattern) {
            this.level = level;
            Affixes.Builder prefixing = new Affixes.Builder();
            Affixes.Builder starting = new Affixes.Builder();
            Affixes.Builder ending = new Affixes.Builder();
            Affixes.Builder holding = new Affixes.Builder();
            // Different patterns can stand for one text: a backslash may stand before any character.
            Map<String, List<Line>> literal = new LinkedHashMap<>();
            byPattern.forEach((pattern, lines) -> {
                Pattern.Shape shape = pattern.shape();
                switch (shape.kind()) {
                    case NOTHING -> {}
                    case ANYTHING -> always.add(LineIndex.of(lines, level + 1));
                    case EXACT ->
                        literal.computeIfAbsent(shape.key(), any -> new ArrayList<>())
                                .addAll(lines);
                    case PREFIX -> prefixing.add(shape.key(), new Entry(pattern, LineIndex.of(lines, level + 1)));
                    case STARTS -> starting.add(shape.key(), new Entry(pattern, LineIndex.of(lines, level + 1)));
                    case ENDS -> ending.add(shape.key(), new Entry(pattern, LineIndex.of(lines, level + 1)));
                    case HOLDS ->
                        holding.add(Affixes.heart(shape.key()), new Entry(pattern, LineIndex.of(lines, level + 1)));
                    case OTHER -> others.add(new Entry(pattern, LineIndex.of(lines, level + 1)));
                }
            });
            literal.forEach((text, lines) -> exact.put(text, LineIndex.of(lines, level + 1)));
            prefixes = prefixing.build();
            starts = starting.build();
            ends = ending.build();
            holds = holding.build();
        }

        @Override
        public void look(Search search) {
            String text = search.text(level);
            LineIndex found = exact.get(text);
            if (found != null) found.look(search);
            for (LineIndex each : always) each.look(search);
            prefixes.lookAtStart(text, false, search);
            starts.lookAtStart(text, true, search);
            ends.lookAtEnd(text, search);
            holds.lookInside(text, search);
            for (Entry each : others)
                if (each.pattern().matches(text)) each.behind().look(search);
        }
    }

    /** @param behind the lines of this pattern, at the next level */
    record Entry(Pattern pattern, LineIndex behind) {}

    /** Patterns by how they begin, or by how they end. */
    final class Affixes {
        private static final Affixes NONE = new Affixes(new int[0], new String[1], new Entry[1][]);

        /** Of the keys, each once, ascending. */
        private final int[] lengths;
        /** A hash table by {@link String#hashCode()}, which grows with the text character by character. */
        private final String[] keys;

        private final Entry[][] entries;

        private Affixes(int[] lengths, String[] keys, Entry[][] entries) {
            this.lengths = lengths;
            this.keys = keys;
            this.entries = entries;
        }

        void lookAtStart(String text, boolean asking, Search search) {
            int hash = 0;
            int at = 0;
            for (int length : lengths) {
                if (length > text.length()) return;
                while (at < length) hash = 31 * hash + text.charAt(at++);
                look(text, 0, length, hash, asking, search);
            }
        }

        void lookInside(String text, Search search) {
            for (int length : lengths) {
                if (length > text.length()) return;
                int hash = 0;
                int power = 1;
                for (int at = 0; at < length; at++) {
                    hash = 31 * hash + text.charAt(at);
                    if (at > 0) power *= 31;
                }
                for (int at = 0; ; at++) {
                    look(text, at, length, hash, true, search);
                    if (at + length == text.length()) break;
                    hash = 31 * (hash - power * text.charAt(at)) + text.charAt(at + length);
                }
            }
        }

        /** The end of a text, one of few lengths. */
        static String heart(String text) {
            int length = 2;
            while (length * 3 / 2 <= text.length()) length = length * 3 / 2;
            return text.substring(text.length() - length);
        }

        void lookAtEnd(String text, Search search) {
            int hash = 0;
            int power = 1;
            int taken = 0;
            for (int length : lengths) {
                if (length > text.length()) return;
                while (taken < length) {
                    hash += power * text.charAt(text.length() - ++taken);
                    power *= 31;
                }
                look(text, text.length() - length, length, hash, true, search);
            }
        }

        private void look(String text, int from, int length, int hash, boolean asking, Search search) {
            int mask = keys.length - 1;
            for (int slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
                String key = keys[slot];
                if (key == null) return;
                if (key.length() == length && text.startsWith(key, from)) {
                    // Once for each key, however often it stands in the text.
                    if (from > 0 && from + length < text.length() && text.indexOf(key) < from) return;
                    for (Entry each : entries[slot])
                        if (!asking || each.pattern().matches(text))
                            each.behind().look(search);
                    return;
                }
            }
        }

        private static int spread(int hash) {
            return hash ^ (hash >>> 16);
        }

        /** Collects the entries of each key. */
        static final class Builder {
            private final Map<String, List<Entry>> byKey = new LinkedHashMap<>();

            void add(String key, Entry entry) {
                byKey.computeIfAbsent(key, any -> new ArrayList<>(1)).add(entry);
            }

            Affixes build() {
                if (byKey.isEmpty()) return NONE;
                int[] lengths = byKey.keySet().stream()
                        .mapToInt(String::length)
                        .sorted()
                        .distinct()
                        .toArray();
                String[] keys = new String[Integer.highestOneBit(byKey.size()) * 4];
                Entry[][] entries = new Entry[keys.length][];
                byKey.forEach((key, list) -> {
                    int slot = spread(key.hashCode()) & (keys.length - 1);
                    while (keys[slot] != null) slot = (slot + 1) & (keys.length - 1);
                    keys[slot] = key;
                    entries[slot] = list.toArray(Entry[]::new);
                });
                return new Affixes(Arrays.copyOf(lengths, lengths.length), keys, entries);
            }
        }
    }
}
