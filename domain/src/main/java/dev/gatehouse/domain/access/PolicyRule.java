package dev.gatehouse.domain.access;

/**
 * One {@code p} line.
 *
 * @param subject a subject or a role, literally
 * @param source where it stands: {@code builtIn}, {@code global}, {@code project:demo}, {@code implied:demo}
 * @param line from 1 in its source; 0 where it was not written by anybody
 */
public record PolicyRule(
        String subject, Glob resource, Glob action, Glob object, boolean allows, String source, int line) {
    boolean appliesTo(AccessQuestion question) {
        return resource.matches(question.resource())
                && action.matches(question.action())
                && object.matches(question.object());
    }

    /** The line as a policy document writes it. */
    public String text() {
        return "p, " + subject + ", " + resource.text() + ", " + action.text() + ", " + object.text() + ", "
                + (allows ? "allow" : "deny");
    }
}
