package dev.gatehouse.domain.access;

/** Lines of a policy document that somebody could write. */
public final class PolicyLines {
    private static final String SPECIAL = "*?[]{}\\!";

    private PolicyLines() {}

    /**
     * The line that allows this and nothing else, for globs: what has a meaning in them is escaped. A character that no line
     * can hold, such as a line break, is a {@code ?} in it.
     */
    public static String allowing(String subject, AccessQuestion right) {
        return "p, " + PolicyText.quoted(subject) + ", " + field(right.resource()) + ", " + field(right.action()) + ", "
                + field(right.object()) + ", allow";
    }

    private static String field(String text) {
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (SPECIAL.indexOf(each) >= 0) literal.append('\\');
            literal.append(Character.isISOControl(each) || each == '\uFEFF' ? '?' : each);
        }
        return PolicyText.quoted(literal.toString());
    }
}
