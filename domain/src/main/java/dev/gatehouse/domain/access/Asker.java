package dev.gatehouse.domain.access;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Who a question is about, as policies name them.
 *
 * @param name possibly empty
 * @param groups of an identity provider, in its order
 */
public record Asker(Kind kind, String name, List<String> groups) {
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

    /** What an identity provider says of somebody: the groups, and the name if it is the provider's. */
    public List<String> foreign() {
        if (kind != Kind.PROVIDER) return groups;
        return Stream.concat(Stream.of(name), groups.stream()).toList();
    }

    /** The same without the groups, and without the name if a provider gave it, that an account here has (D9). */
    public Asker without(Predicate<String> account) {
        return new Asker(
                kind,
                kind == Kind.PROVIDER && account.test(name) ? "" : name,
                groups.stream().filter(each -> !account.test(each)).toList());
    }

    /** Whether only Gatehouse itself may say it of somebody (D9). */
    static boolean isLocal(String value) {
        if (value.isEmpty()) return false;
        return switch (value.charAt(0)) {
            case 'r' -> value.startsWith("role:");
            case 'p' -> value.startsWith("proj:");
            case 'a' -> value.equals(ADMINISTRATOR);
            default -> false;
        };
    }
}
