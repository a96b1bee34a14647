package dev.gatehouse.domain.project;

import dev.gatehouse.domain.shared.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a project: an RFC 1123 subdomain, so that {@code proj:a:b} and {@code project/object} can be taken apart.
 *
 * @param value 1 to 253 characters: labels of {@code [a-z0-9-]}, a letter or digit at both ends, joined by dots
 */
public record ProjectName(String value) {
    private static final String LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final Pattern SHAPE = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final int LONGEST = 253;

    public ProjectName {
        if (value.isEmpty()) throw new Refusal.Invalid("metadata.name", ProjectRule.NAME_REQUIRED);
        if (!fits(value)) throw new Refusal.Invalid("metadata.name", ProjectRule.NAME_SHAPE, value);
    }

    /** The name, or nothing when no project could have it. */
    public static Optional<ProjectName> ifValid(String value) {
        return fits(value) ? Optional.of(new ProjectName(value)) : Optional.empty();
    }

    private static boolean fits(String value) {
        return value.length() <= LONGEST && SHAPE.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
