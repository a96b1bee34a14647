package dev.gatehouse.domain.access;

import java.util.List;

/**
 * What a credential is narrowed to, whatever policies grant to its subject: it never gives anything.
 *
 * @param networks from where it may be used; none: from everywhere
 * @param permissions what it may be used for; none: for everything that its subject may do
 */
public record Limits(List<SourceNetwork> networks, List<Permission> permissions) {
    public static final Limits NONE = new Limits(List.of(), List.of());

    public Limits {
        networks = List.copyOf(networks);
        permissions = List.copyOf(permissions);
    }

    /** Whether it may be used from this address. */
    public boolean admits(String address) {
        return networks.isEmpty() || networks.stream().anyMatch(each -> each.contains(address));
    }

    /** Whether it may be used for this. */
    public boolean admits(AccessQuestion question) {
        return permissions.isEmpty() || permissions.stream().anyMatch(each -> each.admits(question));
    }

    /** Whether it may be used for something that a rule speaks of; a yes may be wrong. */
    public boolean touch(PolicyRule rule) {
        return permissions.isEmpty() || permissions.stream().anyMatch(each -> each.touches(rule));
    }

    /** Whether whoever is limited so is certain to be limited by this, too. */
    public boolean covers(Limits other) {
        return (networks.isEmpty()
                        || (!other.networks.isEmpty()
                                && other.networks.stream()
                                        .allMatch(each -> networks.stream().anyMatch(own -> own.covers(each)))))
                && (permissions.isEmpty()
                        || (!other.permissions.isEmpty()
                                && other.permissions.stream()
                                        .allMatch(each -> permissions.stream().anyMatch(own -> own.covers(each)))));
    }

    /** What is asked for, and these limits where nothing is asked for. */
    public Limits orElse(Limits asked) {
        return new Limits(
                asked.networks.isEmpty() ? networks : asked.networks,
                asked.permissions.isEmpty() ? permissions : asked.permissions);
    }
}
