package dev.gatehouse.domain.access;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and the links between them. What is known of a name lies in one place, name included, so that looking up one of
 * many touches memory twice. Names have numbers with gaps between them; {@link #rank} closes the gaps.
 */
final class Names {
    static final int NONE = -1;

    private static final int RANK = 0;
    private static final int LINKS = 1;
    private static final int LENGTH = 2;
    private static final int HEAD = 3;

    private final String[] names;
    /**
     * One record behind the other, numbered by where it begins: rank, number of links, length of the name, its characters
     * two by two, where the links lead. A link to a name from which none leads on is stored as its complement.
     */
    private final int[] records;
    /** A hash table: hash and number of a name, the number greater by one; 0 where there is none. */
    private final long[] slots;

    private Names(Builder builder) {
        int count = builder.names.size();
        names = builder.names.keySet().toArray(String[]::new);
        int[] starts = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            starts[i] = size;
            size += HEAD + (names[i].length() + 1) / 2 + builder.linksOf(i);
        }
        records = new int[size];
        slots = new long[Integer.highestOneBit(Math.max(1, count)) * 4];
        int[] linked = new int[count];
        for (int i = 0; i < count; i++) {
            records[starts[i] + RANK] = i;
            records[starts[i] + LINKS] = builder.linksOf(i);
            String name = names[i];
            records[starts[i] + LENGTH] = name.length();
            for (int at = 0; at < name.length(); at += 2) records[starts[i] + HEAD + at / 2] = pair(name, at);
            put(((long) name.hashCode() << 32) | (starts[i] + 1));
        }
        for (int i = 0; i < builder.count; i += 2) {
            int from = builder.links[i];
            int to = builder.links[i + 1];
            int at = starts[from] + HEAD + (names[from].length() + 1) / 2 + linked[from]++;
            records[at] = builder.linksOf(to) > 0 ? starts[to] : ~starts[to];
        }
    }

    private static int pair(String name, int at) {
        return (name.charAt(at) << 16) | (at + 1 < name.length() ? name.charAt(at + 1) : 0);
    }

    private void put(long entry) {
        int mask = slots.length - 1;
        int slot = spread((int) (entry >>> 32)) & mask;
        while (slots[slot] != 0) slot = (slot + 1) & mask;
        slots[slot] = entry;
    }

    /** The number of this name, or {@link #NONE}. */
    int find(String name) {
        int hash = name.hashCode();
        int mask = slots.length - 1;
        for (int slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
            long entry = slots[slot];
            if (entry == 0) return NONE;
            if ((int) (entry >>> 32) == hash && is((int) entry - 1, name)) return (int) entry - 1;
        }
    }

    private boolean is(int number, String name) {
        if (records[number + LENGTH] != name.length()) return false;
        for (int at = 0; at < name.length(); at += 2)
            if (records[number + HEAD + at / 2] != pair(name, at)) return false;
        return true;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }

    String name(int number) {
        return names[rank(number)];
    }

    /** Its place among all names, from 0. */
    int rank(int number) {
        return records[number + RANK];
    }

    /** How many links lead from this name; none from {@link #NONE}. */
    int links(int number) {
        return number == NONE ? 0 : records[number + LINKS];
    }

    /** Where one of its links leads: to a number, or to the complement of one from which none leads on. */
    int link(int number, int which) {
        return records[number + HEAD + (records[number + LENGTH] + 1) / 2 + which];
    }

    int count() {
        return names.length;
    }

    /** All of them, by rank. */
    List<String> all() {
        return Collections.unmodifiableList(Arrays.asList(names));
    }

    /** Collects names and links. */
    static final class Builder {
        private final Map<String, Integer> names = new LinkedHashMap<>();
        private final Map<Integer, Integer> linksOf = new HashMap<>();
        private int[] links = new int[64];
        private int count;

        int add(String name) {
            Integer known = names.putIfAbsent(name, names.size());
            return known == null ? names.size() - 1 : known;
        }

        void link(String from, String to) {
            if (count == links.length) links = Arrays.copyOf(links, count * 2);
            int member = add(from);
            links[count++] = member;
            links[count++] = add(to);
            linksOf.merge(member, 1, Integer::sum);
        }

        private int linksOf(int rank) {
            return linksOf.getOrDefault(rank, 0);
        }

        Names build() {
            return new Names(this);
        }
    }
}
