package dev.gatehouse.domain.project;

import dev.gatehouse.domain.shared.Refusal;

/**
 * A group of an identity provider that has a role. Kept as it was written; quotes around it are part of the text and
 * not of the group (Argo CD contract 4.3).
 *
 * @param text as written: a name, or a name in double quotes when it holds a comma; at most 1000 characters
 */
public record GroupName(String text) {
    private static final int LONGEST = 1_000;

    public GroupName {
        String where = "spec.roles.groups";
        if (text.length() > LONGEST)
            throw new Refusal.Invalid(where, ProjectRule.TOO_MANY, "characters", Integer.toString(LONGEST));
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        String bare = quoted ? text.substring(1, text.length() - 1) : text;
        if (bare.contains(",") && !quoted) throw new Refusal.Invalid(where, ProjectRule.GROUP_QUOTED, text);
        String trimmed = bare.strip();
        if (trimmed.isEmpty()) throw new Refusal.Invalid(where, ProjectRule.GROUP_EMPTY);
        if (bare.chars().anyMatch(each -> each == '"' || each == '\n' || each == '\r' || each == '\t'))
            throw new Refusal.Invalid(where, ProjectRule.GROUP_CHARACTERS, text);
        if (Character.isWhitespace(bare.codePointAt(0)))
            throw new Refusal.Invalid(where, ProjectRule.GROUP_LEADING_SPACE, trimmed);
        if (Character.isWhitespace(bare.codePointBefore(bare.length())))
            throw new Refusal.Invalid(where, ProjectRule.GROUP_TRAILING_SPACE, trimmed);
    }

    /** The group itself, without quotes. */
    public String value() {
        return text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
    }
}
