package dev.gatehouse.domain.access;

/**
 * One {@code p} line.
 *
 * @param subject a subject or a role, literally
 * @param source where it stands: {@code builtIn}, {@code global}, {@code global:policy.x.csv}, {@code project:demo},
 *     {@code implied:demo}
 * @param line from 1 in its source; 0 where it was not written by anybody
 */
public record PolicyRule(
        String subject, Pattern resource, Pattern action, Pattern object, boolean allows, String source, int line) {
    /** Whether it speaks of this, whoever asks. */
    public boolean appliesTo(AccessQuestion question) {
        return resource.matches(question.resource())
                && action.matches(question.action())
                && object.matches(question.object());
    }

    /** The line as a policy document writes it. */
    public String text() {
        return "p, " + PolicyText.quoted(subject) + ", " + PolicyText.quoted(resource.text()) + ", "
                + PolicyText.quoted(action.text()) + ", " + PolicyText.quoted(object.text()) + ", " + effect();
    }

    /** {@code allow} or {@code deny}. */
    public String effect() {
        return allows ? "allow" : "deny";
    }
}
