package dev.gatehouse.domain.access;

import dev.gatehouse.domain.access.Pattern.Shape.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Rules and links of one origin, ready to be asked: the global ones, or those of one project. */
final class Lines {
    static final Lines NONE = new Lines(List.of(), List.of(), 0);
    /** So many patterns of which nothing is known are tried for every question, whoever asks. */
    private static final int MOST_ODD = 32;

    private final Names names;
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
    private final AtomicReference<Crossing> crossing = new AtomicReference<>(new Crossing(this));

    /** The names that two origins have in common. */
    static final class Crossing {
        private final Lines from;
        private final Lines to;
        /** By rank here, the number there, or {@link Names#NONE}. */
        private final int[] there;
        /** Numbers here of names that are there, too. */
        private final int[] common;

        private Crossing(Lines alone) {
            this.from = alone;
            this.to = alone;
            this.there = new int[0];
            this.common = new int[0];
        }

        private Crossing(Lines from, Lines to) {
            this.from = from;
            this.to = to;
            this.there = new int[from.names.count()];
            int[] found = new int[there.length];
            int count = 0;
            for (String each : from.names.all()) {
                int here = from.names.find(each);
                int same = to.names.find(each);
                there[from.names.rank(here)] = same;
                if (same != Names.NONE) found[count++] = here;
            }
            this.common = Arrays.copyOf(found, count);
        }

        /** The number there of a number here, or {@link Names#NONE}. */
        int there(int here) {
            return there[from.names.rank(here)];
        }

        int count() {
            return common.length;
        }

        /** One of the numbers here of names that are there, too. */
        int get(int index) {
            return common[index];
        }
    }

    private Lines(List<PolicyRule> rules, List<PolicyLink> links, int from) {
        Names.Builder builder = new Names.Builder();
        for (PolicyRule each : rules) builder.add(each.subject());
        for (PolicyLink each : links) builder.link(each.member(), each.role());
        this.names = builder.build();
        this.all = new ArrayList<>(rules.size());
        for (PolicyRule each : rules) all.add(new Line(each, from + all.size(), names.find(each.subject())));
        this.denies = rules.stream().anyMatch(each -> !each.allows());

        linesFrom = new int[names.count() + 1];
        for (Line each : all) linesFrom[names.rank(each.subject()) + 1]++;
        for (int i = 0; i < names.count(); i++) linesFrom[i + 1] += linesFrom[i];
        int[] next = linesFrom.clone();
        bySubject = new Line[all.size()];
        for (Line each : all) bySubject[next[names.rank(each.subject())]++] = each;

        boolean oddResources = manyOdd(rules.stream().map(PolicyRule::resource).toList());
        boolean oddActions = manyOdd(rules.stream().map(PolicyRule::action).toList());
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

    private static boolean manyOdd(List<Pattern> patterns) {
        Set<Pattern> found = new HashSet<>();
        for (Pattern each : patterns) if (isOdd(each) && found.add(each) && found.size() > MOST_ODD) return true;
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
        return !of(name).isEmpty() || names.links(names.find(name)) > 0;
    }

    /** What these have in common with the others. */
    Crossing to(Lines others) {
        Crossing known = crossing.get();
        if (known.to == others && others != this) return known;
        Crossing made = new Crossing(this, others);
        crossing.set(made);
        return made;
    }

    /** Whether any rule denies anything. */
    boolean denies() {
        return denies;
    }

    /** Tells the search every line of these subjects that applies to its question. */
    void look(Numbers subjects, Search search) {
        if (subjects.count() == 0) return;
        search.among(subjects);
        index.look(search);
        if (odd.isEmpty()) return;
        for (int i = 0; i < subjects.count(); i++) {
            LineIndex own = odd.get(subjects.get(i));
            if (own != null) own.look(search);
        }
    }

    boolean isEmpty() {
        return names.count() == 0;
    }
}
