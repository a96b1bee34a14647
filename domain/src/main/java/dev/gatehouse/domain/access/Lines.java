package dev.gatehouse.domain.access;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rules and links of one origin, ready to be asked: the global ones, or those of one project. */
final class Lines {
    static final Lines NONE = new Lines(List.of(), List.of());

    private final Map<String, Node> nodes;
    private final List<Line> all;
    private final boolean denies;

    /** A name and what it has. */
    static final class Node {
        private static final Node[] NOWHERE = {};
        /** Nobody. */
        static final Node NONE = new Node("", -1);

        final String name;
        /** Of no other node of the same origin. */
        final int id;

        Node[] links = NOWHERE;
        LineIndex index = new LineIndex.Few(List.of());
        List<Line> lines = List.of();
        boolean denies;

        private Node(String name, int id) {
            this.name = name;
            this.id = id;
        }
    }

    private Lines(List<Line> rules, List<PolicyLink> links) {
        this.nodes = HashMap.newHashMap(Math.max(16, links.size() + rules.size() / 8));
        this.all = rules;
        Map<String, List<Line>> bySubject = new HashMap<>();
        boolean anyDenies = false;
        for (Line each : rules) {
            bySubject
                    .computeIfAbsent(each.rule().subject(), any -> new ArrayList<>(4))
                    .add(each);
            anyDenies |= !each.rule().allows();
        }
        this.denies = anyDenies;
        bySubject.forEach((subject, lines) -> {
            Node node = add(subject);
            node.lines = lines;
            node.index = LineIndex.of(lines);
            node.denies = lines.stream().anyMatch(each -> !each.rule().allows());
        });
        Map<String, Set<String>> byMember = new HashMap<>();
        for (PolicyLink each : links)
            byMember.computeIfAbsent(each.member(), any -> new LinkedHashSet<>(2))
                    .add(each.role());
        byMember.forEach((member, roles) -> {
            Node[] to = new Node[roles.size()];
            int i = 0;
            for (String role : roles) to[i++] = add(role);
            add(member).links = to;
        });
    }

    /** @param from the order of the first rule */
    static Lines of(Collection<PolicyRule> rules, List<PolicyLink> links, int from) {
        List<Line> lines = new ArrayList<>(rules.size());
        for (PolicyRule each : rules) lines.add(new Line(each, from + lines.size()));
        return new Lines(lines, links);
    }

    private Node add(String name) {
        return nodes.computeIfAbsent(name, any -> new Node(name, nodes.size()));
    }

    /** The node of this name, or {@link Node#NONE}. */
    Node find(String name) {
        return nodes.getOrDefault(name, Node.NONE);
    }

    /** Every name in them. */
    Set<String> names() {
        return new HashSet<>(nodes.keySet());
    }

    /** Every rule, in order. */
    List<Line> all() {
        return all;
    }

    boolean denies() {
        return denies;
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }
}
