package dev.gatehouse.domain.access;

import java.util.Optional;

/** Lines of a policy document that somebody could write. */
public final class PolicyLines {
    private static final String SPECIAL_IN_GLOBS = "*?[]{}\\!";
    private static final String SPECIAL_IN_REGULAR_EXPRESSIONS = "\\.+*?()|[]{}^$";

    private PolicyLines() {}

    /**
     * The line that allows this and nothing else where patterns are read so: what has a meaning in them is escaped. A character
     * that no line can hold, such as a line break, is written by its number in a regular expression, and a {@code ?} in a
     * glob, which knows no other way.
     *
     * @return absent when a pattern would be longer than patterns may be
     */
    public static Optional<String> allowing(MatchMode mode, String subject, AccessQuestion right) {
        String resource = pattern(mode, right.resource());
        String action = pattern(mode, right.action());
        String object = pattern(mode, right.object());
        if (Math.max(resource.length(), Math.max(action.length(), object.length())) > Pattern.LONGEST)
            return Optional.empty();
        return Optional.of("p, " + PolicyText.quoted(subject) + ", " + PolicyText.quoted(resource) + ", "
                + PolicyText.quoted(action) + ", " + PolicyText.quoted(object) + ", allow");
    }

    private static String pattern(MatchMode mode, String text) {
        return switch (mode) {
            case GLOB -> glob(text);
            case REGEX -> '^' + regularExpression(text) + '$';
        };
    }

    private static String glob(String text) {
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (SPECIAL_IN_GLOBS.indexOf(each) >= 0) literal.append('\\');
            literal.append(unwritable(each) ? '?' : each);
        }
        return literal.toString();
    }

    private static String regularExpression(String text) {
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (SPECIAL_IN_REGULAR_EXPRESSIONS.indexOf(each) >= 0) literal.append('\\');
            if (unwritable(each))
                literal.append("\\x{").append(Integer.toHexString(each)).append('}');
            else literal.append(each);
        }
        return literal.toString();
    }

    /** Whether a line that holds it is not taken. */
    private static boolean unwritable(char each) {
        return each == '\uFEFF' || (Character.isISOControl(each) && each != '\t');
    }
}
