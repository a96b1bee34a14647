package dev.gatehouse.domain.access;

/**
 * The roles that are always there (Argo CD contract 5.7), with the resources of our own beside: {@code role:readonly} may
 * see, {@code role:admin} may everything, and the account {@code admin} has the latter.
 */
final class BuiltInPolicy {
    static final PolicyText TEXT = PolicyText.parse("""
            p, role:readonly, applications, get, */*, allow
            p, role:readonly, applicationsets, get, */*, allow
            p, role:readonly, logs, get, */*, allow
            p, role:readonly, certificates, get, *, allow
            p, role:readonly, clusters, get, *, allow
            p, role:readonly, repositories, get, *, allow
            p, role:readonly, write-repositories, get, *, allow
            p, role:readonly, projects, get, *, allow
            p, role:readonly, accounts, get, *, allow
            p, role:readonly, gpgkeys, get, *, allow
            p, role:readonly, workflows, get, */*, allow
            p, role:readonly, workflows, list, */*, allow
            p, role:readonly, workflowtemplates, get, */*, allow
            p, role:readonly, workflowtemplates, list, */*, allow
            p, role:readonly, workfloweventbindings, get, */*, allow
            p, role:readonly, workfloweventbindings, list, */*, allow
            p, role:readonly, events, get, */*, allow
            p, role:readonly, webhookclients, get, */*, allow
            p, role:readonly, tokens, get, *, allow

            p, role:admin, applications, create, */*, allow
            p, role:admin, applications, update, */*, allow
            p, role:admin, applications, update/*, */*, allow
            p, role:admin, applications, delete, */*, allow
            p, role:admin, applications, delete/*, */*, allow
            p, role:admin, applications, sync, */*, allow
            p, role:admin, applications, rollback, */*, allow
            p, role:admin, applications, override, */*, allow
            p, role:admin, applications, action/*, */*, allow
            p, role:admin, applicationsets, get, */*, allow
            p, role:admin, applicationsets, create, */*, allow
            p, role:admin, applicationsets, update, */*, allow
            p, role:admin, applicationsets, delete, */*, allow
            p, role:admin, certificates, create, *, allow
            p, role:admin, certificates, update, *, allow
            p, role:admin, certificates, delete, *, allow
            p, role:admin, clusters, create, *, allow
            p, role:admin, clusters, update, *, allow
            p, role:admin, clusters, delete, *, allow
            p, role:admin, repositories, create, *, allow
            p, role:admin, repositories, update, *, allow
            p, role:admin, repositories, delete, *, allow
            p, role:admin, write-repositories, create, *, allow
            p, role:admin, write-repositories, update, *, allow
            p, role:admin, write-repositories, delete, *, allow
            p, role:admin, projects, create, *, allow
            p, role:admin, projects, update, *, allow
            p, role:admin, projects, delete, *, allow
            p, role:admin, accounts, create, *, allow
            p, role:admin, accounts, update, *, allow
            p, role:admin, accounts, delete, *, allow
            p, role:admin, gpgkeys, create, *, allow
            p, role:admin, gpgkeys, delete, *, allow
            p, role:admin, exec, create, */*, allow
            p, role:admin, workflows, *, */*, allow
            p, role:admin, workflowtemplates, *, */*, allow
            p, role:admin, workfloweventbindings, *, */*, allow
            p, role:admin, events, *, */*, allow
            p, role:admin, webhookclients, *, */*, allow
            p, role:admin, tokens, *, *, allow
            p, role:admin, sessions, *, *, allow
            p, role:admin, audit, *, *, allow
            p, role:admin, policies, *, *, allow
            p, role:admin, signingkeys, *, *, allow
            p, role:admin, metrics, *, *, allow

            g, role:admin, role:readonly
            g, admin, role:admin
            """, "builtIn");

    private BuiltInPolicy() {}
}
