package dev.gatehouse.domain.access;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The global policy as its author wrote it.
 *
 * @param csv {@code p} and {@code g} lines
 * @param extra further documents of the same form by their names, {@code policy.x.csv}; read behind the first, in the
 *     order of their names
 * @param defaultRole what everybody signed in has besides; empty for nothing
 * @param scopes the claims whose values are groups, in order
 * @param matchMode how patterns are read
 * @param version counts the changes, from 1
 */
public record PolicyDocument(
        String csv,
        Map<String, String> extra,
        String defaultRole,
        List<String> scopes,
        MatchMode matchMode,
        int version) {
    /** What refusals and the audit call it. */
    public static final String KIND = "policy";
    /** What a new service starts with: the built-in roles and nothing else. */
    public static final PolicyDocument FIRST = new PolicyDocument("", "", List.of("groups"), 1);

    public PolicyDocument {
        scopes = List.copyOf(scopes);
        SortedMap<String, String> sorted = new TreeMap<>(extra);
        extra = Collections.unmodifiableSortedMap(sorted);
    }

    /** One document of globs. */
    public PolicyDocument(String csv, String defaultRole, List<String> scopes, int version) {
        this(csv, Map.of(), defaultRole, scopes, MatchMode.GLOB, version);
    }

    /** The next version, for a store that just replaced this one. */
    public PolicyDocument nextVersion() {
        return new PolicyDocument(csv, extra, defaultRole, scopes, matchMode, version + 1);
    }
}
