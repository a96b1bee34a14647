package dev.gatehouse.domain.access;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lines of a policy document. What Argo CD would pass over in silence or fall over later (contract 5.3) is a fault
 * here, with line and column.
 *
 * @param rules in the order they stand
 * @param links in the order they stand
 * @param faults what was passed over, as Argo CD does; none where the text was read strictly
 */
public record PolicyText(List<PolicyRule> rules, List<PolicyLink> links, List<Fault> faults) {
    static final PolicyText EMPTY = new PolicyText(List.of(), List.of(), List.of());

    private static final int LONGEST = 64_000_000;
    private static final int MOST_FAULTS = 100;
    private static final int POLICY_FIELDS = 6;
    private static final int LINK_FIELDS = 3;
    private static final String[] NAMES = {"", "subject", "resource", "action", "object", "effect"};

    public PolicyText {
        rules = List.copyOf(rules);
        links = List.copyOf(links);
        faults = List.copyOf(faults);
    }

    /**
     * How to read a text.
     *
     * @param mode how its patterns are read
     * @param source what {@link PolicyRule#source()} says of each rule
     * @param field what faults call the text
     * @param strictly whether everything that has no effect is a fault; otherwise it is passed over where Argo CD does so
     */
    record Reading(MatchMode mode, String source, String field, boolean strictly) {}

    /**
     * Reads a document of globs: one record a line, fields separated by commas, blanks before a field dropped, a field in
     * double quotes taken as it stands; empty lines and lines that begin with {@code #} are passed over.
     *
     * @param source what {@link PolicyRule#source()} says of each rule
     * @throws Refusal.Invalid with every fault found, at most 100
     */
    public static PolicyText parse(String csv, String source) {
        return parse(csv, new Reading(MatchMode.GLOB, source, "policyCsv", true));
    }

    /** @throws Refusal.Invalid with every fault found, at most 100, when one of them is not to be passed over */
    static PolicyText parse(String csv, Reading reading) {
        if (csv.length() > LONGEST)
            throw new Refusal.Invalid(reading.field(), AccessRule.DOCUMENT_LENGTH, Integer.toString(LONGEST));
        return new Reader(reading).read(csv);
    }

    /** A text as a field of a document that reads as this text. */
    static String quoted(String text) {
        boolean plain = text.indexOf('#') < 0
                && (text.isEmpty() || !(blank(text.charAt(0)) || blank(text.charAt(text.length() - 1))))
                && text.indexOf(',') < 0
                && text.indexOf('"') < 0;
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    private static boolean blank(char each) {
        return each == ' '
                || (each != '\uFEFF' && Character.isWhitespace(each))
                || each == '\u00A0'
                || each == '\u0085';
    }

    private static final class Reader {
        private final Reading reading;
        private final List<PolicyRule> rules = new ArrayList<>();
        private final List<PolicyLink> links = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();
        /** One pattern for each text, however often it stands there. */
        private final Map<String, Pattern> patterns = new HashMap<>();

        private final List<String> fields = new ArrayList<>();
        private final List<Integer> columns = new ArrayList<>();
        private boolean fatal;
        private String subject = "";
        private String line = "";
        private int number;

        Reader(Reading reading) {
            this.reading = reading;
        }

        PolicyText read(String csv) {
            int from = 0;
            while (from <= csv.length() && faults.size() < MOST_FAULTS) {
                int end = csv.indexOf('\n', from);
                if (end < 0) end = csv.length();
                line = csv.substring(from, end > from && csv.charAt(end - 1) == '\r' ? end - 1 : end);
                number++;
                from = end + 1;
                try {
                    line();
                } catch (Unreadable e) {
                    faults.add(e.fault);
                    fatal |= e.fatal || reading.strictly();
                }
            }
            if (fatal) throw new Refusal.Invalid(faults);
            return new PolicyText(rules, links, faults);
        }

        private void line() throws Unreadable {
            int start = 0;
            while (start < line.length() && blank(line.charAt(start))) start++;
            if (start == line.length() || line.charAt(start) == '#') return;
            for (int i = start; i < line.length(); i++)
                if (line.charAt(i) == '\uFEFF' || (Character.isISOControl(line.charAt(i)) && line.charAt(i) != '\t'))
                    tolerate(i + 1, AccessRule.CHARACTER);
            split(start);
            switch (fields.getFirst()) {
                case "p" -> policy();
                case "g" -> link();
                // Argo CD loads them, and they do nothing.
                case "r", "e", "m" -> throw passedOver(0, AccessRule.LINE_KIND, fields.getFirst());
                default -> throw unreadable(columns.getFirst(), AccessRule.LINE_KIND, fields.getFirst());
            }
        }

        private void policy() throws Unreadable {
            count(POLICY_FIELDS);
            if (fields.get(1).isEmpty()) tolerate(columns.get(1), AccessRule.FIELD_EMPTY, NAMES[1]);
            blanks();
            String effect = fields.get(POLICY_FIELDS - 1);
            boolean allows = effect.equals("allow");
            if (!allows && !effect.equals("deny")) throw passedOver(POLICY_FIELDS - 1, AccessRule.EFFECT, effect);
            // Rules of one subject mostly stand together.
            if (!subject.equals(fields.get(1))) subject = fields.get(1);
            rules.add(new PolicyRule(subject, pattern(2), pattern(3), pattern(4), allows, reading.source(), number));
        }

        private void link() throws Unreadable {
            count(LINK_FIELDS);
            if (fields.get(1).isEmpty()) tolerate(columns.get(1), AccessRule.FIELD_EMPTY, NAMES[1]);
            if (fields.get(2).isEmpty()) tolerate(columns.get(2), AccessRule.FIELD_EMPTY, "role");
            comment(2);
            blanks();
            links.add(new PolicyLink(fields.get(1), fields.get(2)));
        }

        private Pattern pattern(int index) throws Unreadable {
            String text = fields.get(index);
            Pattern known = patterns.get(text);
            if (known != null) return known;
            Pattern pattern;
            try {
                pattern = Pattern.compile(reading.mode(), text);
            } catch (Pattern.Malformed e) {
                tolerate(columns.get(index), AccessRule.PATTERN, text, e.reason());
                pattern = reading.mode() == MatchMode.GLOB ? Glob.leniently(text) : Glob.nothing(text);
            }
            patterns.put(text, pattern);
            return pattern;
        }

        private void count(int wanted) throws Unreadable {
            if (fields.size() != wanted)
                throw unreadable(
                        columns.getLast(),
                        AccessRule.FIELD_COUNT,
                        fields.getFirst(),
                        Integer.toString(wanted),
                        Integer.toString(fields.size()));
        }

        /** A blank behind a name is part of it and hardly ever meant. */
        private void blanks() throws Unreadable {
            for (int i = 1; i < fields.size(); i++) {
                String field = fields.get(i);
                boolean quoted = columns.get(i) <= line.length() && line.charAt(columns.get(i) - 1) == '"';
                if (!quoted && !field.isEmpty() && blank(field.charAt(field.length() - 1)))
                    tolerate(columns.get(i), AccessRule.BLANK_BEHIND, field);
            }
        }

        /** No role is named so, but a comment is written so. */
        private void comment(int index) throws Unreadable {
            int from = columns.get(index) - 1;
            if (from >= line.length() || line.charAt(from) == '"') return;
            String field = fields.get(index);
            for (int at = 1; at < field.length(); at++)
                if (field.charAt(at) == '#' && blank(field.charAt(at - 1)))
                    tolerate(from + at + 1, AccessRule.COMMENT_BEHIND, field);
        }

        /** Splits one record as RFC 4180 has it, with blanks before fields dropped. */
        private void split(int start) throws Unreadable {
            fields.clear();
            columns.clear();
            int end = line.length();
            while (blank(line.charAt(end - 1))) end--;
            int at = start;
            while (true) {
                while (at < end && blank(line.charAt(at))) at++;
                columns.add(at + 1);
                if (at < end && line.charAt(at) == '"') at = quotedField(at, end);
                else {
                    int from = at;
                    while (at < end && line.charAt(at) != ',') {
                        if (line.charAt(at) == '"') throw unreadable(at + 1, AccessRule.QUOTE);
                        at++;
                    }
                    fields.add(line.substring(from, at));
                }
                if (at >= end) return;
                at++;
            }
        }

        private int quotedField(int from, int end) throws Unreadable {
            StringBuilder text = new StringBuilder();
            int at = from + 1;
            while (true) {
                if (at >= end) throw unreadable(from + 1, AccessRule.QUOTE);
                char next = line.charAt(at++);
                if (next != '"') text.append(next);
                else if (at < end && line.charAt(at) == '"') text.append(line.charAt(at++));
                else break;
            }
            if (at < end && line.charAt(at) != ',') throw unreadable(at + 1, AccessRule.QUOTE);
            fields.add(text.toString());
            return at;
        }

        /** Ends the line where it is read strictly. */
        private void tolerate(int column, AccessRule rule, String... arguments) throws Unreadable {
            if (reading.strictly()) throw new Unreadable(fault(column, rule, arguments), true);
            if (faults.size() < MOST_FAULTS) faults.add(fault(column, rule, arguments));
        }

        private Unreadable passedOver(int index, AccessRule rule, String... arguments) {
            return new Unreadable(fault(columns.get(index), rule, arguments), false);
        }

        private Unreadable unreadable(int column, AccessRule rule, String... arguments) {
            return new Unreadable(fault(column, rule, arguments), true);
        }

        private Fault fault(int column, AccessRule rule, String... arguments) {
            return new Fault(reading.field() + ":" + number + ":" + column, rule, arguments);
        }
    }

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;
        private final boolean fatal;

        Unreadable(Fault fault, boolean fatal) {
            super(null, null, false, false);
            this.fault = fault;
            this.fatal = fatal;
        }
    }
}
