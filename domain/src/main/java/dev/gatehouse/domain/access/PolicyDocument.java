package dev.gatehouse.domain.access;

import java.util.List;

/**
 * The global policy as its author wrote it.
 *
 * @param csv {@code p} and {@code g} lines
 * @param defaultRole what everybody signed in has besides; empty for nothing
 * @param scopes the claims whose values are groups, in order
 * @param version counts the changes, from 1
 */
public record PolicyDocument(String csv, String defaultRole, List<String> scopes, int version) {
    /** What refusals and the audit call it. */
    public static final String KIND = "policy";
    /** What a new service starts with: the built-in roles and nothing else. */
    public static final PolicyDocument FIRST = new PolicyDocument("", "", List.of("groups"), 1);

    public PolicyDocument {
        scopes = List.copyOf(scopes);
    }

    /** The next version, for a store that just replaced this one. */
    public PolicyDocument nextVersion() {
        return new PolicyDocument(csv, defaultRole, scopes, version + 1);
    }
}
