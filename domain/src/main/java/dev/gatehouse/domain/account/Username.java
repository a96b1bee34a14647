package dev.gatehouse.domain.account;

import dev.gatehouse.domain.shared.Refusal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of an account; letter case counts. It can hold none of the characters that set a project role
 * ({@code proj:…}), a policy role ({@code role:…}), an API key ({@code …:apiKey}) or a path apart.
 *
 * @param value 1 to 32 of {@code [A-Za-z0-9_-]}, a letter or digit first and last
 */
public record Username(String value) {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_-]{0,30}[A-Za-z0-9])?");
    private static final Set<String> RESERVED = Set.of("password", "can-i");

    public Username {
        if (!SHAPE.matcher(value).matches()) throw new Refusal.Invalid("name", AccountRule.NAME_SHAPE, value);
        if (RESERVED.contains(value)) throw new Refusal.Invalid("name", AccountRule.NAME_RESERVED, value);
    }

    /** The name, or nothing when no account could have it. */
    public static Optional<Username> ifValid(String value) {
        return SHAPE.matcher(value).matches() && !RESERVED.contains(value)
                ? Optional.of(new Username(value))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
