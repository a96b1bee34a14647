package dev.gatehouse.domain.access;

import dev.gatehouse.domain.shared.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * What a credential is narrowed to: questions that fit all three. It grants nothing by itself.
 *
 * @param resource as policies write it, as are the others: globs
 */
public record Permission(Pattern resource, Pattern action, Pattern object) {
    private static final int PARTS = 3;
    private static final String SPECIAL = "*?[]{}\\";

    /**
     * Reads {@code applications, sync, demo/*}: three globs; commas in the third belong to it.
     *
     * @param field what the fault calls it
     * @throws Refusal.Invalid when it does not read
     */
    public static Permission parse(String field, String text) {
        String[] parts = text.split(",", PARTS);
        if (parts.length != PARTS) throw new Refusal.Invalid(field, AccessRule.PERMISSION_SHAPE, text);
        List<Pattern> patterns = new ArrayList<>(PARTS);
        for (String each : parts) {
            String stripped = each.strip();
            if (stripped.isEmpty() || stripped.codePoints().anyMatch(Character::isISOControl))
                throw new Refusal.Invalid(field, AccessRule.PERMISSION_SHAPE, text);
            try {
                patterns.add(Pattern.compile(MatchMode.GLOB, stripped));
            } catch (Pattern.Malformed e) {
                throw new Refusal.Invalid(field, AccessRule.PATTERN, stripped, e.reason());
            }
        }
        return new Permission(patterns.get(0), patterns.get(1), patterns.get(2));
    }

    /** Whether the question fits. */
    public boolean admits(AccessQuestion question) {
        return resource.matches(question.resource())
                && action.matches(question.action())
                && object.matches(question.object());
    }

    /** Whether everything that fits the other is certain to fit this one. */
    public boolean covers(Permission other) {
        return covers(resource, other.resource) && covers(action, other.action) && covers(object, other.object);
    }

    /** Whether something that a rule speaks of fits; a yes may be wrong. */
    boolean touches(PolicyRule rule) {
        return Coverage.touch(resource, rule.resource())
                && Coverage.touch(action, rule.action())
                && Coverage.touch(object, rule.object());
    }

    /** False where it cannot be told by looking at them, which only refuses what might have been right. */
    private static boolean covers(Pattern wide, Pattern narrow) {
        String text = wide.text();
        if (text.equals("*") || text.equals(narrow.text())) return true;
        if (plain(narrow.text())) return wide.matches(narrow.text());
        int last = text.length() - 1;
        return last > 0
                && text.charAt(last) == '*'
                && plain(text.substring(0, last))
                && narrow.text().startsWith(text.substring(0, last));
    }

    private static boolean plain(String text) {
        return text.chars().noneMatch(each -> SPECIAL.indexOf(each) >= 0);
    }

    /** As it is read. */
    public String text() {
        return resource + ", " + action + ", " + object;
    }

    @Override
    public String toString() {
        return text();
    }
}
