package dev.gatehouse.domain.access;

import java.util.List;
import java.util.function.Predicate;

/**
 * Who a question is about, as policies name them.
 *
 * @param name possibly empty
 * @param groups of an identity provider, in its order
 * @param accounts whether an account here has a name (D9): then it counts for nothing in the mouth of an identity provider;
 *     asked only about what the policy speaks of
 */
public record Asker(Kind kind, String name, List<String> groups, Predicate<String> accounts) {
    /** Who vouches for the name. */
    public enum Kind {
        /** Gatehouse itself: an account, a project role, or a role that is asked about. */
        LOCAL,
        /** An identity provider, whose names are its own: it cannot name what is local. */
        PROVIDER,
        /** Nobody. */
        ANONYMOUS
    }

    /** The account that the built-in policy names. */
    private static final String ADMINISTRATOR = "admin";

    public Asker {
        groups = List.copyOf(groups);
    }

    /** Somebody whose names no account has. */
    public Asker(Kind kind, String name, List<String> groups) {
        this(kind, name, groups, any -> false);
    }

    /** An account, a project role, or any role. */
    public static Asker local(String name) {
        return new Asker(Kind.LOCAL, name, List.of());
    }

    /** Somebody whom an identity provider knows. */
    public static Asker of(IdentityClaims claims, List<String> scopes) {
        return new Asker(Kind.PROVIDER, claims.subject(), claims.values(scopes));
    }

    /** Nobody. */
    public static Asker anonymous() {
        return new Asker(Kind.ANONYMOUS, "", List.of());
    }

    /** Whoever is behind a request; the groups are those of an identity provider in any case. */
    public static Asker of(Caller caller) {
        // Without a default: who adds a subject says here who vouches for its name.
        Kind kind = switch (caller.subject()) {
            case Subject.OfAccount account -> Kind.LOCAL;
            case Subject.OfProjectRole role -> Kind.LOCAL;
            case Subject.Itself service -> Kind.LOCAL;
        };
        return new Asker(kind, caller.name(), caller.groups());
    }

    /** The same, beside these accounts. */
    public Asker beside(Predicate<String> others) {
        return new Asker(kind, name, groups, others);
    }

    /** Whether this group counts, if the policy speaks of it. */
    boolean isIn(String group) {
        return !group.isEmpty() && !isLocal(group) && !accounts.test(group);
    }

    /** Whether the name counts, if the policy speaks of it. */
    boolean isNamed() {
        return !name.isEmpty() && (kind == Kind.LOCAL || !(isLocal(name) || accounts.test(name)));
    }

    /** Whether only Gatehouse itself may say it of somebody (D9). */
    private static boolean isLocal(String value) {
        if (value.isEmpty()) return false;
        return switch (value.charAt(0)) {
            case 'r' -> value.startsWith("role:");
            case 'p' -> value.startsWith("proj:");
            case 'a' -> value.equals(ADMINISTRATOR);
            default -> false;
        };
    }
}
