package dev.gatehouse.adapters.rest.project;

import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.Json;
import dev.gatehouse.domain.project.ProjectBounds;
import dev.gatehouse.domain.project.SyncWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Argo CD's clients may write into an AppProject's {@code spec} that has no meaning here: it is checked for its
 * types, brought into the order and the letter case of Argo CD, rid of what its encoder would leave out, and kept
 * (contract 4.1). Members that Argo CD does not know are kept as they are, behind the others.
 */
final class SpecShape {
    /**
     * In the spec the roles, which the domain has a meaning for; in what is kept beside it an object, by the names of
     * roles, of their members that have none.
     */
    static final String ROLES = "roles";

    /** What the domain has a meaning for. */
    private static final List<String> OWN = List.of("description", ROLES);

    /** What of a role the domain has a meaning for, and its tokens, which are ours to tell. */
    private static final List<String> OWN_OF_ROLE = List.of("name", "description", "policies", "jwtTokens", "groups");

    /** Those that Argo CD writes before description and roles. */
    static final List<String> BEFORE_OWN = List.of("sourceRepos", "destinations");

    private static final List<Member> SPEC = List.of(
            texts("sourceRepos"),
            list("destinations", text("server"), text("namespace"), text("name")),
            list(
                    "clusterResourceWhitelist",
                    text("group").always(),
                    text("kind").always(),
                    text("name")),
            list(
                    "namespaceResourceBlacklist",
                    text("group").always(),
                    text("kind").always()),
            object("orphanedResources", flag("warn").kept(), list("ignore", text("group"), text("kind"), text("name"))),
            list(
                    "syncWindows",
                    text("kind"),
                    text("schedule"),
                    text("duration"),
                    texts("applications"),
                    texts("namespaces"),
                    texts("clusters"),
                    flag("manualSync"),
                    text("timeZone"),
                    flag("andOperator"),
                    text("description"),
                    flag("syncOverrun")),
            list(
                    "namespaceResourceWhitelist",
                    text("group").always(),
                    text("kind").always()),
            list("signatureKeys", text("keyID").always()),
            list(
                    "clusterResourceBlacklist",
                    text("group").always(),
                    text("kind").always(),
                    text("name")),
            texts("sourceNamespaces"),
            flag("permitOnlyProjectScopedClusters"),
            list(
                    "destinationServiceAccounts",
                    text("server").always(),
                    text("namespace"),
                    text("defaultServiceAccount").always()),
            object(
                    "sourceIntegrity",
                    object(
                            "git",
                            list(
                                            "policies",
                                            list("repos", text("url").kept()).kept(),
                                            object(
                                                    "gpg",
                                                    text("mode").kept(),
                                                    texts("keys").kept()))
                                    .kept())));

    private SpecShape() {}

    private enum Type {
        TEXT,
        TEXTS,
        FLAG,
        OBJECT,
        LIST
    }

    /** When a member is written. */
    private enum Presence {
        UNLESS_EMPTY,
        WHEN_SENT,
        ALWAYS
    }

    /** @param inner of each object of a list, or of the object */
    private record Member(String name, Type type, Presence presence, List<Member> inner) {
        Member always() {
            return new Member(name, type, Presence.ALWAYS, inner);
        }

        Member kept() {
            return new Member(name, type, Presence.WHEN_SENT, inner);
        }
    }

    private static Member text(String name) {
        return new Member(name, Type.TEXT, Presence.UNLESS_EMPTY, List.of());
    }

    private static Member texts(String name) {
        return new Member(name, Type.TEXTS, Presence.UNLESS_EMPTY, List.of());
    }

    private static Member flag(String name) {
        return new Member(name, Type.FLAG, Presence.UNLESS_EMPTY, List.of());
    }

    private static Member list(String name, Member... inner) {
        return new Member(name, Type.LIST, Presence.UNLESS_EMPTY, List.of(inner));
    }

    /** That it is there means something, even when it is empty. */
    private static Member object(String name, Member... inner) {
        return new Member(name, Type.OBJECT, Presence.WHEN_SENT, List.of(inner));
    }

    /** The spec without its description, and of its roles only what Argo CD does not know. */
    static Json.Members rest(Body spec) {
        Json.Builder roles = new Json.Builder();
        for (Body each : spec.objects(ROLES)) {
            Json.Members others = fitted(each, List.of(), OWN_OF_ROLE).build();
            if (!others.all().isEmpty()) roles.put(each.textOrEmpty("name"), others);
        }
        Json.Builder rest = fitted(spec, SPEC, OWN);
        Json.Members unknown = roles.build();
        if (!unknown.all().isEmpty()) rest.put(ROLES, unknown);
        return rest.build();
    }

    /** What the spec says of sources, destinations, windows and service accounts. */
    static ProjectBounds bounds(Body spec) {
        return new ProjectBounds(
                spec.objects("destinations").stream()
                        .map(each -> new ProjectBounds.Destination(
                                each.textOrEmpty("server"), each.textOrEmpty("namespace"), each.textOrEmpty("name")))
                        .toList(),
                spec.texts("sourceNamespaces"),
                spec.texts("sourceRepos"),
                spec.objects("syncWindows").stream().map(SpecShape::window).toList(),
                spec.objects("destinationServiceAccounts").stream()
                        .map(each -> new ProjectBounds.ServiceAccount(
                                each.textOrEmpty("server"),
                                each.textOrEmpty("namespace"),
                                each.textOrEmpty("defaultServiceAccount")))
                        .toList(),
                new ProjectBounds.ResourceLists(
                        kinds(spec, "clusterResourceWhitelist"),
                        kinds(spec, "clusterResourceBlacklist"),
                        kinds(spec, "namespaceResourceWhitelist"),
                        kinds(spec, "namespaceResourceBlacklist")));
    }

    private static SyncWindow window(Body sent) {
        return new SyncWindow(
                sent.textOrEmpty("kind"),
                sent.textOrEmpty("schedule"),
                sent.textOrEmpty("duration"),
                sent.texts("applications"),
                sent.texts("namespaces"),
                sent.texts("clusters"),
                sent.flag("manualSync").orElse(false),
                sent.textOrEmpty("timeZone"),
                sent.flag("andOperator").orElse(false),
                sent.textOrEmpty("description"),
                sent.flag("syncOverrun").orElse(false));
    }

    private static List<ProjectBounds.ResourceKind> kinds(Body spec, String list) {
        return spec.objects(list).stream()
                .map(each -> new ProjectBounds.ResourceKind(
                        each.textOrEmpty("group"), each.textOrEmpty("kind"), each.textOrEmpty("name")))
                .toList();
    }

    private static Json.Builder fitted(Body sent, List<Member> shape, List<String> leftOut) {
        Json.Builder fitted = new Json.Builder();
        List<String> known = new ArrayList<>(leftOut);
        for (Member each : shape) {
            known.add(each.name());
            fitted.maybe(each.name(), fitted(sent, each).orElse(null));
        }
        for (Map.Entry<String, Json> each : sent.others(known).entrySet())
            if (!(each.getValue() instanceof Json.Nothing)) fitted.put(each.getKey(), each.getValue());
        return fitted;
    }

    private static Optional<Json> fitted(Body sent, Member member) {
        Json value = switch (member.type()) {
            case TEXT -> Json.of(sent.textOrEmpty(member.name()));
            case TEXTS -> Json.of(sent.texts(member.name()));
            case FLAG -> new Json.Flag(sent.flag(member.name()).orElse(false));
            case OBJECT ->
                sent.object(member.name())
                        .map(each ->
                                (Json) fitted(each, member.inner(), List.of()).build())
                        .orElse(Json.Members.NONE);
            case LIST -> {
                List<Json> items = new ArrayList<>();
                for (Body each : sent.objects(member.name()))
                    items.add(fitted(each, member.inner(), List.of()).build());
                yield new Json.Items(items);
            }
        };
        boolean written = switch (member.presence()) {
            case ALWAYS -> true;
            case WHEN_SENT -> sent.member(member.name()).isPresent();
            case UNLESS_EMPTY -> !isEmpty(value);
        };
        return written ? Optional.of(value) : Optional.empty();
    }

    private static boolean isEmpty(Json value) {
        return switch (value) {
            case Json.Text(String text) -> text.isEmpty();
            case Json.Items(List<Json> items) -> items.isEmpty();
            case Json.Members(Map<String, Json> members) -> members.isEmpty();
            case Json.Flag(boolean flag) -> !flag;
            case Json.Numeral number -> false;
            case Json.Nothing nothing -> true;
        };
    }
}
