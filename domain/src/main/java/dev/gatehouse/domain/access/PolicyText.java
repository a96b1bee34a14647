package dev.gatehouse.domain.access;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a policy document, read strictly: whatever Argo CD would pass over in silence or fall over later
 * (contract 5.3) is refused here, with line and column.
 *
 * @param rules in the order they stand
 * @param links in the order they stand
 */
public record PolicyText(List<PolicyRule> rules, List<PolicyLink> links) {
    private static final int LONGEST = 1_000_000;
    private static final int MOST_FAULTS = 100;
    private static final int POLICY_FIELDS = 6;
    private static final int LINK_FIELDS = 3;
    private static final String[] NAMES = {"", "subject", "resource", "action", "object", "effect"};

    public PolicyText {
        rules = List.copyOf(rules);
        links = List.copyOf(links);
    }

    /**
     * Reads a document: one record a line, fields separated by commas, blanks around a field dropped, a field in double
     * quotes taken as it stands; empty lines and lines that begin with {@code #} are passed over.
     *
     * @param source what {@link PolicyRule#source()} says of each rule
     * @throws Refusal.Invalid with every fault found, at most 100
     */
    public static PolicyText parse(String csv, String source) {
        if (csv.length() > LONGEST) throw new Refusal.Invalid("policyCsv", AccessRule.DOCUMENT_LENGTH);
        List<PolicyRule> rules = new ArrayList<>();
        List<PolicyLink> links = new ArrayList<>();
        List<Fault> faults = new ArrayList<>();
        String[] lines = csv.split("\r?\n", -1);
        for (int i = 0; i < lines.length && faults.size() < MOST_FAULTS; i++) {
            String line = lines[i];
            if (line.isBlank() || line.stripLeading().startsWith("#")) continue;
            try {
                read(line, i + 1, source, rules, links);
            } catch (Unreadable e) {
                faults.add(e.fault);
            }
        }
        if (!faults.isEmpty()) throw new Refusal.Invalid(faults);
        return new PolicyText(rules, links);
    }

    private static void read(String line, int number, String source, List<PolicyRule> rules, List<PolicyLink> links)
            throws Unreadable {
        for (int i = 0; i < line.length(); i++)
            if (line.charAt(i) == '\uFEFF' || (Character.isISOControl(line.charAt(i)) && line.charAt(i) != '\t'))
                throw new Unreadable(number, i + 1, AccessRule.CHARACTER);
        List<Field> fields = fields(line, number);
        Field kind = fields.getFirst();
        switch (kind.text) {
            case "p" -> {
                count(fields, POLICY_FIELDS, number);
                String effect = fields.get(5).text;
                if (!effect.equals("allow") && !effect.equals("deny"))
                    throw new Unreadable(number, fields.get(5).column, AccessRule.EFFECT, effect);
                rules.add(new PolicyRule(
                        filled(fields, 1, number),
                        glob(fields, 2, number),
                        glob(fields, 3, number),
                        glob(fields, 4, number),
                        effect.equals("allow"),
                        source,
                        number));
            }
            case "g" -> {
                count(fields, LINK_FIELDS, number);
                String member = filled(fields, 1, number);
                if (fields.get(2).text.isEmpty())
                    throw new Unreadable(number, fields.get(2).column, AccessRule.FIELD_EMPTY, "role");
                links.add(new PolicyLink(member, fields.get(2).text));
            }
            default -> throw new Unreadable(number, kind.column, AccessRule.LINE_KIND, kind.text);
        }
    }

    private static void count(List<Field> fields, int wanted, int line) throws Unreadable {
        if (fields.size() != wanted)
            throw new Unreadable(
                    line,
                    fields.getLast().column,
                    AccessRule.FIELD_COUNT,
                    fields.getFirst().text,
                    Integer.toString(wanted),
                    Integer.toString(fields.size()));
    }

    private static String filled(List<Field> fields, int index, int line) throws Unreadable {
        if (fields.get(index).text.isEmpty())
            throw new Unreadable(line, fields.get(index).column, AccessRule.FIELD_EMPTY, NAMES[index]);
        return fields.get(index).text;
    }

    private static Glob glob(List<Field> fields, int index, int line) throws Unreadable {
        try {
            return Glob.compile(fields.get(index).text);
        } catch (Glob.Malformed e) {
            throw new Unreadable(
                    line, fields.get(index).column, AccessRule.PATTERN, fields.get(index).text, e.reason());
        }
    }

    private static List<Field> fields(String line, int number) throws Unreadable {
        List<Field> fields = new ArrayList<>();
        int at = 0;
        while (true) {
            while (at < line.length() && blank(line.charAt(at))) at++;
            int start = at;
            StringBuilder text = new StringBuilder();
            if (at < line.length() && line.charAt(at) == '"') {
                at++;
                while (true) {
                    if (at >= line.length()) throw new Unreadable(number, start + 1, AccessRule.QUOTE);
                    char next = line.charAt(at++);
                    if (next != '"') text.append(next);
                    else if (at < line.length() && line.charAt(at) == '"') text.append(line.charAt(at++));
                    else break;
                }
                while (at < line.length() && blank(line.charAt(at))) at++;
                if (at < line.length() && line.charAt(at) != ',')
                    throw new Unreadable(number, at + 1, AccessRule.QUOTE);
            } else {
                while (at < line.length() && line.charAt(at) != ',') {
                    if (line.charAt(at) == '"') throw new Unreadable(number, at + 1, AccessRule.QUOTE);
                    text.append(line.charAt(at++));
                }
                while (!text.isEmpty() && blank(text.charAt(text.length() - 1))) text.setLength(text.length() - 1);
            }
            fields.add(new Field(text.toString(), start + 1));
            if (at >= line.length()) return fields;
            at++;
        }
    }

    private static boolean blank(char each) {
        return each == ' ' || each == '\t';
    }

    private record Field(String text, int column) {}

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;

        Unreadable(int line, int column, AccessRule rule, String... arguments) {
            super(null, null, false, false);
            this.fault = new Fault("policyCsv:" + line + ":" + column, rule, arguments);
        }
    }
}
