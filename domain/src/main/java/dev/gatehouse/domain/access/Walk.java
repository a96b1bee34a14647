package dev.gatehouse.domain.access;

import dev.gatehouse.domain.access.Lines.Node;
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
    private final Seen seenGlobal = new Seen();
    private final Seen seenOwn = new Seen();
    /** In the order they were reached; of one name the global one first. */
    private final List<Node> nodes = new ArrayList<>();

    Walk(Lines global, Lines own) {
        this.global = global;
        this.own = own;
    }

    /** Goes on from here, too. */
    void from(String name) {
        int done = nodes.size();
        reach(name, global.find(name));
        for (int i = done; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            boolean isOwn = !own.isEmpty() && own.find(node.name) == node;
            for (Node each : node.links) reach(each.name, isOwn ? global.find(each.name) : each);
        }
    }

    private void reach(String name, Node inGlobal) {
        if (inGlobal != Node.NONE && seenGlobal.add(inGlobal.id)) nodes.add(inGlobal);
        if (own.isEmpty()) return;
        Node inOwn = own.find(name);
        if (inOwn != Node.NONE && seenOwn.add(inOwn.id)) nodes.add(inOwn);
    }

    List<Node> nodes() {
        return nodes;
    }

    /** Every name, in the order they were reached. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Node each : nodes) names.add(each.name);
        return names;
    }

    /** The first rule that denies this. */
    Optional<PolicyRule> deny(AccessQuestion question) {
        if (!global.denies() && !own.denies()) return Optional.empty();
        Search search = new Search(question);
        for (Node each : nodes) {
            if (!each.denies) continue;
            search.clear();
            each.index.look(search);
            if (search.deny().isPresent()) return search.deny();
        }
        return Optional.empty();
    }

    /** The first rule that denies this, or else the first that allows it. */
    Optional<PolicyRule> decisive(AccessQuestion question) {
        Optional<PolicyRule> allow = Optional.empty();
        boolean mayDeny = global.denies() || own.denies();
        Search search = new Search(question);
        for (Node each : nodes) {
            if (allow.isPresent() && !each.denies) continue;
            search.clear();
            each.index.look(search);
            if (search.deny().isPresent()) return search.deny();
            if (allow.isEmpty()) allow = search.allow();
            if (allow.isPresent() && !mayDeny) return allow;
        }
        return allow;
    }

    /** A set of small numbers. */
    private static final class Seen {
        private static final int FREE = 0;
        private int[] slots = new int[16];
        private int size;

        boolean add(int number) {
            if (size * 2 >= slots.length) grow();
            return put(number + 1);
        }

        private boolean put(int value) {
            int mask = slots.length - 1;
            int slot = ((value * 0x9E3779B9) >>> 7) & mask;
            for (; slots[slot] != FREE; slot = (slot + 1) & mask) if (slots[slot] == value) return false;
            slots[slot] = value;
            size++;
            return true;
        }

        private void grow() {
            int[] before = slots;
            slots = new int[before.length * 2];
            Arrays.fill(slots, FREE);
            size = 0;
            for (int each : before) if (each != FREE) put(each);
        }
    }
}
