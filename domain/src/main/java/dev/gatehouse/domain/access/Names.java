package dev.gatehouse.domain.access;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Names and the links between them. What is known of a name lies in one place, so that looking one of many up touches
 * memory three times, and once where it is not among them. Names have numbers with gaps between them; {@link #rank} closes
 * the gaps.
 */
final class Names {
    static final int NONE = -1;
    /** A name with more lines than this has no {@link Marks}. */
    static final int MOST_MARKED = 400;
    /** How many numbers the marks of one line are. */
    static final int MARKS = 3;

    private static final int RANK = 0;
    private static final int LINKS = 1;
    private static final int LINES = 2;
    private static final int WEIGHT = 3;
    private static final int TEXT = 4;
    private static final int LENGTH = 5;
    private static final int HEAD = 6;
    /** How many numbers a link is: where it leads, and the weight of that name. */
    private static final int LINK = 2;
    /** What a name weighs whose lines have no marks. */
    private static final int TOO_HEAVY = 1 << 24;
    /** Bits of the sieve for each slot. */
    private static final int SIEVED = 8;

    private final String[] names;
    private final int count;
    /** All names, one behind the other: to compare with a part of one long text touches less than to follow a reference. */
    private final String text;
    /**
     * One record behind the other, numbered by where it begins: rank, number of links, number of lines that have marks,
     * their weight, where the name begins in the text, its length, where the links lead and how much is there, the marks of
     * the objects of all lines, of their actions, of their resources. A link to a name from which none leads on is stored as
     * its complement.
     */
    private final int[] records;
    /**
     * Two bits for each name, by its hash: nearly all names that are not here are told by them. They take an eighth of the
     * room of the slots, and so are still at hand where those are not.
     */
    private final long[] sieve;
    /** A hash table: hash and number of a name, the number greater by one; 0 where there is none. */
    private final long[] slots;

    private Names(Builder builder) {
        count = builder.count;
        names = Arrays.copyOf(builder.names, count);
        int[] starts = new int[count];
        int size = 0;
        for (int rank = 0; rank < count; rank++) {
            starts[rank] = size;
            size += HEAD + LINK * builder.linksOf[rank] + MARKS * builder.marked(rank);
        }
        records = new int[size];
        slots = new long[Integer.highestOneBit(Math.max(1, count)) * 4];
        sieve = new long[Math.max(1, slots.length * SIEVED / Long.SIZE)];
        StringBuilder all = new StringBuilder();
        int[] linked = new int[count];
        int[] marked = new int[count];
        for (int rank = 0; rank < count; rank++) {
            String name = names[rank];
            int at = starts[rank];
            records[at + RANK] = rank;
            records[at + LINKS] = builder.linksOf[rank];
            records[at + LINES] = builder.marked(rank);
            records[at + WEIGHT] = builder.weight(rank);
            records[at + TEXT] = all.length();
            records[at + LENGTH] = name.length();
            all.append(name);
            linked[rank] = at + HEAD;
            marked[rank] = linked[rank] + LINK * builder.linksOf[rank];
            put(name.hashCode(), at);
        }
        text = all.toString();
        for (int i = 0; i < builder.ends; i += 2) {
            int to = builder.links[i + 1];
            int at = linked[builder.links[i]];
            records[at] = builder.linksOf[to] > 0 ? starts[to] : ~starts[to];
            records[at + 1] = builder.weight(to);
            linked[builder.links[i]] += LINK;
        }
        for (int i = 0; i < builder.lines; i++) {
            int rank = builder.lineOf[i];
            if (builder.linesOf[rank] > MOST_MARKED) continue;
            for (int of = 0; of < MARKS; of++)
                records[marked[rank] + of * builder.linesOf[rank]] = builder.marks[MARKS * i + of];
            marked[rank]++;
        }
        builder.starts = starts;
    }

    private void put(int hash, int number) {
        int mask = slots.length - 1;
        int slot = spread(hash) & mask;
        while (slots[slot] != 0) slot = (slot + 1) & mask;
        slots[slot] = ((long) hash << 32) | (number + 1);
        sieve[word(hash)] |= bits(hash);
    }

    /** What lies where a name of this hash is looked for first; 0 where there is none of this hash. */
    private long first(int hash) {
        long bits = bits(hash);
        return (sieve[word(hash)] & bits) == bits ? slots[spread(hash) & (slots.length - 1)] : 0;
    }

    /** Where the bits of a hash lie in the sieve. */
    private int word(int hash) {
        return (hash * 0x9E3779B9) >>> 12 & (sieve.length - 1);
    }

    private static long bits(int hash) {
        int mixed = hash * 0x85EBCA6B;
        return 1L << (mixed >>> 26) | 1L << (mixed >>> 20);
    }

    /** The number of this name, or {@link #NONE}. */
    int find(String name) {
        int hash = name.hashCode();
        return find(name, hash, first(hash));
    }

    /** @param first what lies where it is looked for first */
    private int find(String name, int hash, long first) {
        int mask = slots.length - 1;
        int slot = spread(hash) & mask;
        long entry = first;
        while (entry != 0) {
            if ((int) (entry >>> 32) == hash && is((int) entry - 1, name)) return (int) entry - 1;
            slot = (slot + 1) & mask;
            entry = slots[slot];
        }
        return NONE;
    }

    /**
     * The numbers of these names. In steps, each for all of them, so that the processor waits for memory once a step and not
     * once a name.
     *
     * @param hashes of the names
     */
    int[] findAll(String[] wanted, int[] hashes) {
        int[] found = new int[wanted.length];
        if (count == 0) {
            Arrays.fill(found, NONE);
            return found;
        }
        long[] first = new long[wanted.length];
        for (int i = 0; i < wanted.length; i++) first[i] = first(hashes[i]);
        // Without a choice to make, the records of all of them come at once.
        for (int i = 0; i < wanted.length; i++) found[i] = records[Math.max(0, (int) first[i] - 1)];
        for (int i = 0; i < wanted.length; i++) found[i] = first[i] == 0 ? NONE : find(wanted[i], hashes[i], first[i]);
        return found;
    }

    static int[] hashes(String[] names) {
        int[] hashes = new int[names.length];
        for (int i = 0; i < names.length; i++) hashes[i] = names[i].hashCode();
        return hashes;
    }

    private boolean is(int number, String name) {
        return records[number + LENGTH] == name.length() && text.startsWith(name, records[number + TEXT]);
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
        return records[number + HEAD + LINK * which];
    }

    /** {@link #weight} of the name that one of its links leads to, without a look at that name. */
    int linkedWeight(int number, int which) {
        return records[number + HEAD + LINK * which + 1];
    }

    /** How long it takes to look through its marks, as a number of lines that are told apart by them. */
    int weight(int number) {
        return records[number + WEIGHT];
    }

    /** The lines of this name that may apply, by their place among its lines. */
    void mark(int number, Search search) {
        int lines = records[number + LINES];
        if (lines == 0) return;
        int from = number + HEAD + LINK * records[number + LINKS];
        int rank = records[number + RANK];
        Marks object = search.object;
        for (int at = from; at < from + lines; at++)
            if (object.might(records[at]) && search.may(records[at], records[at + lines], records[at + 2 * lines]))
                search.marked(rank, at - from);
    }

    int count() {
        return count;
    }

    /** All of them, by rank. */
    List<String> all() {
        return Collections.unmodifiableList(Arrays.asList(names));
    }

    /** Collects names, links and what marks lines. */
    static final class Builder {
        private static final int FIRST = 8;
        private String[] names = new String[FIRST];
        private int[] linksOf = new int[FIRST];
        private int[] linesOf = new int[FIRST];
        private int[] weightOf = new int[FIRST];
        private int count;
        /** A hash table of ranks, each greater by one; 0 where there is none. */
        private int[] table = new int[4 * FIRST];
        /** Where a link begins and where it ends, by rank, in turn. */
        private int[] links = new int[FIRST];

        private int ends;
        private int[] lineOf = new int[FIRST];
        private int[] marks = new int[MARKS * FIRST];
        private int lines;
        private int[] starts = {};

        /** The rank of a name, known or new. */
        int add(String name) {
            int hash = name.hashCode();
            int mask = table.length - 1;
            int slot = spread(hash * 0x9E3779B9) & mask;
            for (; table[slot] != 0; slot = (slot + 1) & mask) {
                String known = names[table[slot] - 1];
                if (known.hashCode() == hash && known.equals(name)) return table[slot] - 1;
            }
            if (count == names.length) {
                names = Arrays.copyOf(names, 2 * count);
                linksOf = Arrays.copyOf(linksOf, 2 * count);
                linesOf = Arrays.copyOf(linesOf, 2 * count);
                weightOf = Arrays.copyOf(weightOf, 2 * count);
                table = new int[8 * count];
                for (int rank = 0; rank < count; rank++) {
                    int at = spread(names[rank].hashCode() * 0x9E3779B9) & (table.length - 1);
                    while (table[at] != 0) at = (at + 1) & (table.length - 1);
                    table[at] = rank + 1;
                }
                mask = table.length - 1;
                slot = spread(hash * 0x9E3779B9) & mask;
                while (table[slot] != 0) slot = (slot + 1) & mask;
            }
            names[count] = name;
            table[slot] = count + 1;
            return count++;
        }

        void link(String from, String to) {
            if (ends == links.length) links = Arrays.copyOf(links, 2 * ends);
            int member = add(from);
            links[ends++] = member;
            links[ends++] = add(to);
            linksOf[member]++;
        }

        /** One more line of this name, in order. */
        void line(String name, int object, int action, int resource) {
            int rank = add(name);
            if (lines == lineOf.length) {
                lineOf = Arrays.copyOf(lineOf, 2 * lines);
                marks = Arrays.copyOf(marks, 2 * MARKS * lines);
            }
            marks[MARKS * lines] = object;
            marks[MARKS * lines + 1] = action;
            marks[MARKS * lines + 2] = resource;
            lineOf[lines++] = rank;
            linesOf[rank]++;
            weightOf[rank] += Marks.weight(object);
        }

        /** The rank of the name of a line. */
        int rankOf(int line) {
            return lineOf[line];
        }

        private int weight(int rank) {
            return linesOf[rank] > MOST_MARKED ? TOO_HEAVY : weightOf[rank];
        }

        private int marked(int rank) {
            return linesOf[rank] > MOST_MARKED ? 0 : linesOf[rank];
        }

        Names build() {
            return new Names(this);
        }

        /** By rank, the numbers of what was built. */
        int[] numbers() {
            return starts;
        }
    }
}
