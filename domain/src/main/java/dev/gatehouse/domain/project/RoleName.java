package dev.gatehouse.domain.project;

import dev.gatehouse.domain.shared.Refusal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a role inside one project; letter case counts.
 *
 * @param value letters and digits, {@code -} and {@code _} between them; at most 128 characters
 */
public record RoleName(String value) {
    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?");
    private static final int LONGEST = 128;

    public RoleName {
        if (!fits(value)) throw new Refusal.Invalid("spec.roles", ProjectRule.ROLE_SHAPE, value);
    }

    /** The name, or nothing when no role could have it. */
    public static Optional<RoleName> ifValid(String value) {
        return fits(value) ? Optional.of(new RoleName(value)) : Optional.empty();
    }

    private static boolean fits(String value) {
        return value.length() <= LONGEST && SHAPE.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
