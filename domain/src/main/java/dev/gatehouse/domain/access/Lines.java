package dev.gatehouse.domain.access;

import dev.gatehouse.domain.access.Pattern.Shape.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Rules and links of one origin, ready to be asked: the global ones, or those of one project. */
final class Lines {
    static final Lines NONE = new Lines(List.of(), List.of(), 0);
    /** So many patterns of which nothing is known are tried for every question, whoever asks. */
    private static final int MOST_ODD = 32;
    /** So many lines are gone through, and so many more for each subject, before the index is asked. */
    private static final int FEW_LINES = 400;

    private static final int LINES_EACH = 8;

    private final Names names;
    /** The numbers of the names, by rank. */
    private final int[] numbers;
    /** In order. */
    private final List<Line> all;
    /** Found by what is asked, whoever asks. */
    private final LineIndex index;
    /** Of each name, what can only be tried; few have any. */
    private final Map<Integer, LineIndex> odd;
    /** Where the lines of each name begin among {@link #bySubject}, and those of the next; by rank. */
    private final int[] linesFrom;

    private final Line[] bySubject;
    private final boolean denies;
    /** Toward those others that were asked about last: a policy in force is asked about with every project for long. */
    private volatile Crossing crossing = new Crossing(this);

    /** The names that two origins have in common. */
    static final class Crossing {
        private final Names from;
        private final Lines to;
        /** By rank here, the number there, or {@link Names#NONE}. */
        private final int[] there;
        /** Numbers here of names that are there, too. */
        private final int[] common;
        /** How many those are: mostly none or few, and then there is no more to look at. */
        private final int count;
        /** One bit for each of those by its number there: nearly all others are told by it. */
        private final long sieve;
        /** A hash table of those, two places each: the number there, and the number here, greater by one; 0 for none. */
        private final int[] slots;

        /** Toward oneself, which nobody asks for. */
        private Crossing(Lines itself) {
            this(itself, itself, new int[0]);
        }

        private Crossing(Lines from, Lines to) {
            this(from, to, there(from, to));
        }

        private static int[] there(Lines from, Lines to) {
            String[] names = from.names.all().toArray(String[]::new);
            return to.names.findAll(names, Names.hashes(names));
        }

        private Crossing(Lines from, Lines to, int[] there) {
            this.from = from.names;
            this.to = to;
            this.there = there;
            int[] found = new int[there.length];
            int some = 0;
            for (int rank = 0; rank < there.length; rank++)
                if (there[rank] != Names.NONE) found[some++] = from.numbers[rank];
            this.common = Arrays.copyOf(found, some);
            this.count = some;
            this.slots = new int[Integer.highestOneBit(Math.max(1, some)) * 8];
            long bits = 0;
            for (int here : common) {
                int number = there(here);
                bits |= bit(number);
                int at = slot(number);
                while (slots[at + 1] != 0) at = next(at);
                slots[at] = number;
                slots[at + 1] = here + 1;
            }
            this.sieve = bits;
        }

        private static long bit(int number) {
            return 1L << Numbers.spread(number);
        }

        private int slot(int number) {
            return 2 * Numbers.spread(number) & (slots.length - 1);
        }

        private int next(int slot) {
            return slot + 2 & (slots.length - 1);
        }

        /** The number there of a number here, or {@link Names#NONE}. */
        int there(int here) {
            return there[from.rank(here)];
        }

        /** The number here of a number there, or {@link Names#NONE}. */
        int here(int number) {
            if ((sieve & bit(number)) == 0) return Names.NONE;
            for (int at = slot(number); slots[at + 1] != 0; at = next(at))
                if (slots[at] == number) return slots[at + 1] - 1;
            return Names.NONE;
        }

        int count() {
            return count;
        }

        /** One of the numbers here of names that are there, too. */
        int get(int index) {
            return common[index];
        }
    }

    private Lines(List<PolicyRule> rules, List<PolicyLink> links, int from) {
        Names.Builder builder = new Names.Builder();
        for (PolicyRule each : rules)
            builder.line(each.subject(), Marks.of(each.object()), Marks.of(each.action()), Marks.of(each.resource()));
        for (PolicyLink each : links) builder.link(each.member(), each.role());
        this.names = builder.build();
        this.numbers = builder.numbers();
        this.all = new ArrayList<>(rules.size());
        linesFrom = new int[names.count() + 1];
        boolean some = false;
        for (int i = 0; i < rules.size(); i++) {
            int rank = builder.rankOf(i);
            all.add(new Line(rules.get(i), from + i, numbers[rank]));
            linesFrom[rank + 1]++;
            some |= !rules.get(i).allows();
        }
        this.denies = some;

        for (int i = 0; i < names.count(); i++) linesFrom[i + 1] += linesFrom[i];
        int[] next = linesFrom.clone();
        bySubject = new Line[all.size()];
        for (int i = 0; i < bySubject.length; i++) bySubject[next[builder.rankOf(i)]++] = all.get(i);

        boolean oddResources = manyOdd(rules, PolicyRule::resource);
        boolean oddActions = manyOdd(rules, PolicyRule::action);
        List<Line> even = new ArrayList<>(all.size());
        Map<Integer, List<Line>> uneven = new HashMap<>();
        for (Line each : all) {
            PolicyRule rule = each.rule();
            if (isOdd(rule.object())
                    || (oddResources && isOdd(rule.resource()))
                    || (oddActions && isOdd(rule.action())))
                uneven.computeIfAbsent(each.subject(), any -> new ArrayList<>()).add(each);
            else even.add(each);
        }
        index = LineIndex.of(even);
        odd = HashMap.newHashMap(uneven.size());
        uneven.forEach((subject, lines) -> odd.put(subject, LineIndex.of(lines)));
    }

    private static boolean manyOdd(List<PolicyRule> rules, Function<PolicyRule, Pattern> field) {
        Set<Pattern> found = new HashSet<>();
        for (PolicyRule each : rules) {
            Pattern pattern = field.apply(each);
            if (isOdd(pattern) && found.add(pattern) && found.size() > MOST_ODD) return true;
        }
        return false;
    }

    private static boolean isOdd(Pattern pattern) {
        return pattern.shape().kind() == Kind.OTHER;
    }

    /** @param from the order of the first rule */
    static Lines of(List<PolicyRule> rules, List<PolicyLink> links, int from) {
        return new Lines(rules, links, from);
    }

    Names names() {
        return names;
    }

    /** Every rule, in order. */
    List<Line> all() {
        return all;
    }

    /** The rules of this name, in order; none when it is unknown. */
    List<Line> of(String name) {
        int number = names.find(name);
        if (number == Names.NONE) return List.of();
        int rank = names.rank(number);
        return Arrays.asList(bySubject).subList(linesFrom[rank], linesFrom[rank + 1]);
    }

    /** Whether it has rules or links. */
    boolean gives(String name) {
        int number = names.find(name);
        return number != Names.NONE && (names.weight(number) > 0 || names.links(number) > 0);
    }

    /** What these have in common with the others. */
    Crossing to(Lines others) {
        Crossing known = crossing;
        if (known.to == others) return known;
        Crossing made = new Crossing(this, others);
        crossing = made;
        return made;
    }

    /** Whether any rule denies anything. */
    boolean denies() {
        return denies;
    }

    /**
     * Tells the search every line of these subjects that applies to its question: by going through their lines, where that
     * is less than to go through what the question is about.
     *
     * @param weight of all of them
     */
    void look(Numbers subjects, long weight, Search search) {
        if (weight == 0) return;
        int count = subjects.count();
        if (weight <= FEW_LINES + (long) LINES_EACH * count) {
            search.in(this);
            search.object.sieve();
            for (int i = 0; i < count; i++) names.mark(subjects.get(i), search);
            return;
        }
        search.among(subjects);
        index.look(search);
        if (odd.isEmpty()) return;
        for (int i = 0; i < count; i++) {
            LineIndex own = odd.get(subjects.get(i));
            if (own != null) own.look(search);
        }
    }

    /** One of the lines of a name. */
    Line of(int rank, int which) {
        return bySubject[linesFrom[rank] + which];
    }

    boolean isEmpty() {
        return names.count() == 0;
    }
}
