package dev.gatehouse.domain.access;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The rules of the decision, one after the other as they are written down, with no thought of time. */
final class NaivePolicy {
    record Rule(String subject, String resource, String action, String object, boolean allows) {}

    private final List<Rule> rules;
    private final List<PolicyLink> links;
    private final String defaultRole;
    private final MatchMode mode;

    NaivePolicy(List<Rule> rules, List<PolicyLink> links, String defaultRole, MatchMode mode) {
        this.rules = rules;
        this.links = links;
        this.defaultRole = defaultRole;
        this.mode = mode;
    }

    /** What a project adds; absent when the object lies in none that exists. */
    record Own(String name, List<Rule> rules, List<PolicyLink> links) {}

    boolean allows(Asker asker, AccessQuestion question, Optional<Own> own) {
        List<Rule> all = new ArrayList<>(rules);
        List<PolicyLink> ways = new ArrayList<>(links);
        own.ifPresent(each -> all.addAll(each.rules()));
        own.ifPresent(each -> ways.addAll(each.links()));
        boolean ofRole = own.isPresent() && asker.name().startsWith("proj:");
        boolean stranger =
                ofRole && !asker.name().startsWith("proj:" + own.get().name() + ":");
        if (asker.kind() != Asker.Kind.ANONYMOUS) {
            boolean allowed = false;
            if (!(asker.kind() == Asker.Kind.PROVIDER && local(asker.name()))
                    && !asker.name().isEmpty()) {
                if (any(asker.name(), false, question, all, ways)) return false;
                allowed = !stranger && any(asker.name(), true, question, all, ways);
            }
            for (String group : asker.groups()) {
                if (local(group) || group.isEmpty()) continue;
                if (any(group, false, question, all, ways)) return false;
                boolean linked = ways.stream().anyMatch(each -> each.member().equals(group));
                allowed |= linked && !ofRole && any(group, true, question, all, ways);
            }
            if (allowed) return true;
        }
        if (defaultRole.isEmpty()) return false;
        if (clear(defaultRole, question, rules, links)) return true;
        return asker.kind() != Asker.Kind.ANONYMOUS && !stranger && clear(defaultRole, question, all, ways);
    }

    private boolean clear(String name, AccessQuestion question, List<Rule> all, List<PolicyLink> ways) {
        return any(name, true, question, all, ways) && !any(name, false, question, all, ways);
    }

    private boolean any(String name, boolean allow, AccessQuestion question, List<Rule> all, List<PolicyLink> ways) {
        Set<String> names = new HashSet<>(Set.of(name));
        boolean more = true;
        while (more) {
            more = false;
            for (PolicyLink each : ways) if (names.contains(each.member())) more |= names.add(each.role());
        }
        return all.stream()
                .anyMatch(each -> each.allows() == allow
                        && names.contains(each.subject())
                        && matches(each.resource(), question.resource())
                        && matches(each.action(), question.action())
                        && matches(each.object(), question.object()));
    }

    private boolean matches(String pattern, String text) {
        return mode == MatchMode.GLOB
                ? glob(pattern, 0, text, 0)
                : com.google.re2j.Pattern.compile(pattern).matcher(text).find();
    }

    private static boolean local(String name) {
        return name.startsWith("role:") || name.startsWith("proj:") || name.equals("admin");
    }

    /** Tries every way, however long it takes. */
    static boolean glob(String pattern, int p, String text, int t) {
        if (p == pattern.length()) return t == text.length();
        char next = pattern.charAt(p);
        if (next == '*') {
            for (int end = t; end <= text.length(); end++) if (glob(pattern, p + 1, text, end)) return true;
            return false;
        }
        if (next == '{') {
            int close = closing(pattern, p);
            for (String each : choices(pattern.substring(p + 1, close)))
                if (glob(each + pattern.substring(close + 1), 0, text, t)) return true;
            return false;
        }
        if (t == text.length()) return false;
        if (next == '?') return glob(pattern, p + 1, text, t + 1);
        if (next == '[') {
            int close = pattern.indexOf(']', p);
            return inClass(pattern.substring(p + 1, close), text.charAt(t)) && glob(pattern, close + 1, text, t + 1);
        }
        int at = next == '\\' ? p + 1 : p;
        return pattern.charAt(at) == text.charAt(t) && glob(pattern, at + 1, text, t + 1);
    }

    private static boolean inClass(String members, char character) {
        if (members.startsWith("!")) return !inClass(members.substring(1), character);
        if (members.length() == 3 && members.charAt(1) == '-')
            return members.charAt(0) <= character && character <= members.charAt(2);
        return members.indexOf(character) >= 0;
    }

    private static int closing(String pattern, int open) {
        int depth = 0;
        for (int i = open; ; i++) {
            if (pattern.charAt(i) == '{') depth++;
            if (pattern.charAt(i) == '}' && --depth == 0) return i;
        }
    }

    private static List<String> choices(String inside) {
        List<String> choices = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < inside.length(); i++) {
            if (inside.charAt(i) == '{') depth++;
            if (inside.charAt(i) == '}') depth--;
            if (inside.charAt(i) == ',' && depth == 0) {
                choices.add(inside.substring(from, i));
                from = i + 1;
            }
        }
        choices.add(inside.substring(from));
        return choices;
    }
}
