package dev.gatehouse.domain.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what somebody has: the names they start from and every name that links lead to, however far. */
final class Walk {
    private final Lines global;
    private final Lines own;
    /** Where it starts among the global names, as often as it was told. */
    private int[] starts;

    private int started;
    private final Numbers inGlobal;
    private final Numbers inOwn = new Numbers(0);
    /** Of the lines of all these names. */
    private long weightInGlobal;

    private long weightInOwn;
    /** From these one still has to go on. */
    private final Stack openGlobal = new Stack();

    private final Stack openOwn = new Stack();
    /** The first so many in {@link #inGlobal} have been looked up among the others, too. */
    private int crossed;

    /** @param expected about how many names there will be */
    Walk(Lines global, Lines own, int expected) {
        this.global = global;
        this.own = own;
        this.starts = new int[expected];
        this.inGlobal = new Numbers(expected);
    }

    /** Starts from here, too. */
    void from(String name) {
        from(global.names().find(name), own.names().find(name));
    }

    /** Starts from the name of somebody, too, if it counts. */
    void fromName(Asker asker) {
        int there = global.names().find(asker.name());
        int here = own.names().find(asker.name());
        if ((there != Names.NONE || here != Names.NONE) && asker.isNamed()) from(there, here);
    }

    /** Starts from each group that counts and from which a link leads on, too; from the rest of them the other does. */
    void fromGroups(Asker asker, Walk otherwise) {
        if (asker.groups().isEmpty()) return;
        String[] groups = asker.groups().toArray(String[]::new);
        int[] hashes = Names.hashes(groups);
        int[] there = global.names().findAll(groups, hashes);
        int[] here = own.names().findAll(groups, hashes);
        for (int i = 0; i < groups.length; i++) {
            if ((there[i] == Names.NONE && here[i] == Names.NONE) || !asker.isIn(groups[i])) continue;
            boolean linked = global.names().links(there[i]) > 0 || own.names().links(here[i]) > 0;
            (linked ? this : otherwise).from(there[i], here[i]);
        }
    }

    private void from(int there, int here) {
        if (there != Names.NONE) {
            if (started == starts.length) starts = Arrays.copyOf(starts, Math.max(4, 2 * started));
            starts[started++] = there;
            // What has no lines need not be known again: it is enough to go on from it.
            if (global.names().weight(there) == 0) followGlobal(there);
            else reachGlobal(there);
        }
        if (here != Names.NONE) reachOwn(here);
    }

    private void reachGlobal(int number) {
        reachGlobal(number, global.names().weight(number), global.names().links(number) > 0);
    }

    private void reachGlobal(int number, int weight, boolean leadsOn) {
        if (!inGlobal.add(number)) return;
        weightInGlobal += weight;
        if (leadsOn) openGlobal.push(number);
    }

    private void reachOwn(int number) {
        if (!inOwn.add(number)) return;
        weightInOwn += own.names().weight(number);
        if (own.names().links(number) > 0) openOwn.push(number);
    }

    private void followGlobal(int number) {
        int links = global.names().links(number);
        for (int i = 0; i < links; i++) {
            int to = global.names().link(number, i);
            reachGlobal(to < 0 ? ~to : to, global.names().linkedWeight(number, i), to >= 0);
        }
    }

    private void goOn() {
        do {
            while (!openGlobal.isEmpty()) followGlobal(openGlobal.pop());
            while (!openOwn.isEmpty()) {
                int at = openOwn.pop();
                int links = own.names().links(at);
                for (int i = 0; i < links; i++) {
                    int to = own.names().link(at, i);
                    to = to < 0 ? ~to : to;
                    int same = own.to(global).there(to);
                    if (same != Names.NONE) reachGlobal(same);
                    reachOwn(to);
                }
            }
            cross();
        } while (!openGlobal.isEmpty() || !openOwn.isEmpty());
    }

    /** What was reached among the global names is reached among the others, too. */
    private void cross() {
        int before = crossed;
        crossed = inGlobal.count();
        if (own.isEmpty() || before == crossed) return;
        Lines.Crossing crossing = own.to(global);
        // The smaller side is gone through.
        if (crossed - before <= crossing.count())
            for (int i = before; i < crossed; i++) {
                int here = crossing.here(inGlobal.get(i));
                if (here != Names.NONE) reachOwn(here);
            }
        else
            for (int i = 0; i < crossing.count(); i++) {
                int here = crossing.get(i);
                if (inGlobal.contains(crossing.there(here))) reachOwn(here);
            }
    }

    /** Every name, those it starts from first. */
    Set<String> names() {
        goOn();
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < started; i++) names.add(global.names().name(starts[i]));
        for (int i = 0; i < inGlobal.count(); i++) names.add(global.names().name(inGlobal.get(i)));
        for (int i = 0; i < inOwn.count(); i++) names.add(own.names().name(inOwn.get(i)));
        return names;
    }

    /** Every line, name by name. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (String each : names()) {
            lines.addAll(global.of(each));
            lines.addAll(own.of(each));
        }
        return lines;
    }

    /** The first rule that denies this. */
    Optional<PolicyRule> deny(AccessQuestion question) {
        if (isEmpty() || (!global.denies() && !own.denies())) return Optional.empty();
        return search(question).deny();
    }

    /** The first rule that denies this, or else the first that allows it. */
    Optional<PolicyRule> decisive(AccessQuestion question) {
        Search search = search(question);
        return search.deny().or(search::allow);
    }

    /** Whether it leads to no line. */
    private boolean isEmpty() {
        return inGlobal.count() == 0 && inOwn.count() == 0;
    }

    private Search search(AccessQuestion question) {
        goOn();
        Search search = new Search(question);
        global.look(inGlobal, weightInGlobal, search);
        own.look(inOwn, weightInOwn, search);
        return search;
    }

    /** Numbers, the last first. */
    private static final class Stack {
        private int[] numbers = {};
        private int depth;

        void push(int number) {
            if (depth == numbers.length) numbers = Arrays.copyOf(numbers, Math.max(4, 2 * depth));
            numbers[depth++] = number;
        }

        int pop() {
            return numbers[--depth];
        }

        boolean isEmpty() {
            return depth == 0;
        }
    }
}
