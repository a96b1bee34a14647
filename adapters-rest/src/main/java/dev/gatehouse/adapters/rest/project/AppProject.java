package dev.gatehouse.adapters.rest.project;

import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.Json;
import dev.gatehouse.adapters.rest.JsonText;
import dev.gatehouse.adapters.rest.Rehearsal;
import dev.gatehouse.application.project.ManagingProjects.Draft;
import dev.gatehouse.application.project.ManagingProjects.Kept;
import dev.gatehouse.application.project.ManagingProjects.Open;
import dev.gatehouse.application.project.ManagingProjects.Rehearsed;
import dev.gatehouse.application.project.ManagingProjects.RoleDraft;
import dev.gatehouse.domain.project.GroupName;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectBounds;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.project.RolePolicy;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.TokenSubject;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * A project in Argo CD's shape (contract 4.1). Read and written member by member, since most of it has no meaning here;
 * its components only describe it.
 */
@Schema(name = "AppProject", description = "Members of spec that are not listed are kept and given back")
record AppProject(
        Metadata metadata,
        Spec spec,
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) Status status) {
    private static final String NAMESPACE = "argocd";

    @Schema(name = "AppProjectMetadata")
    record Metadata(
            String name,
            String namespace,

            @Schema(accessMode = Schema.AccessMode.READ_ONLY)
            String uid,

            @Schema(description = "Opaque; an update needs the one that was read")
            String resourceVersion,

            @Schema(accessMode = Schema.AccessMode.READ_ONLY)
            long generation,

            @Schema(accessMode = Schema.AccessMode.READ_ONLY)
            String creationTimestamp,

            Map<String, String> labels,
            Map<String, String> annotations,
            List<String> finalizers) {}

    @Schema(name = "AppProjectSpec")
    record Spec(List<String> sourceRepos, String description, List<Role> roles) {}

    @Schema(name = "ProjectRole")
    record Role(
            String name,
            String description,

            @Schema(description = "p, proj:<project>:<role>, <resource>, <action>, <project>/<object>, allow")
            List<String> policies,

            @Schema(accessMode = Schema.AccessMode.READ_ONLY)
            List<JwtToken> jwtTokens,

            List<String> groups) {}

    @Schema(name = "JWTToken")
    record JwtToken(long iat, long exp, String id) {}

    @Schema(name = "AppProjectStatus")
    record Status(Map<String, JwtTokens> jwtTokensByRole) {}

    @Schema(name = "JWTTokens")
    record JwtTokens(List<JwtToken> items) {}

    @Schema(name = "AppProjectList")
    record Listing(ListMetadata metadata, List<AppProject> items) {}

    @Schema(name = "DetailedProjectsResponse")
    record Detailed(AppProject project) {}

    @Schema(name = "GlobalProjectsResponse")
    record Globals(List<AppProject> items) {}

    @Schema(name = "SyncWindow")
    record Window(
            String kind,
            String schedule,
            String duration,
            List<String> applications,
            List<String> namespaces,
            List<String> clusters,
            boolean manualSync,
            String timeZone,
            boolean andOperator,
            String description,
            boolean syncOverrun) {}

    @Schema(name = "SyncWindowsResponse")
    record Windows(List<Window> windows) {}

    @Schema(name = "ListMeta")
    record ListMetadata(String resourceVersion) {}

    @Schema(name = "ProjectCreateRequest")
    record CreateRequest(
            AppProject project,

            @Schema(description = "Replace one that is there with another spec")
            boolean upsert) {}

    @Schema(name = "ProjectUpdateRequest")
    record UpdateRequest(AppProject project) {}

    /** Which entries {@code status} has. */
    enum StatusForm {
        /** None, unless there are tokens: as Argo CD stores it. */
        STORED,
        /** One for each role, as Argo CD shows it. */
        SHOWN
    }

    /** Reads what was sent; the lists of tokens are ours and are not read (contract 4.5). */
    static Draft draft(Optional<Body> project, Optional<String> nameInPath) {
        Optional<Body> metadata = project.flatMap(each -> each.object("metadata"));
        Optional<Body> spec = project.flatMap(each -> each.object("spec"));
        return new Draft(
                nameInPath.orElseGet(
                        () -> metadata.map(each -> each.textOrEmpty("name")).orElse("")),
                metadata.map(each -> each.textOrEmpty("namespace")).orElse(""),
                metadata.map(each -> each.textOrEmpty("resourceVersion")).orElse(""),
                metadata.map(each -> new ProjectLabels(
                                each.textMap("labels"), each.textMap("annotations"), each.texts("finalizers")))
                        .orElse(ProjectLabels.NONE),
                spec.map(each -> each.textOrEmpty("description")).orElse(""),
                spec.map(each -> each.objects("roles")).orElse(List.of()).stream()
                        .map(AppProject::role)
                        .toList(),
                spec.map(SpecShape::bounds).orElse(ProjectBounds.NONE),
                JsonText.text(spec.map(SpecShape::rest).orElse(Json.Members.NONE)));
    }

    private static RoleDraft role(Body sent) {
        return new RoleDraft(
                sent.textOrEmpty("name"),
                sent.textOrEmpty("description"),
                sent.texts("policies"),
                sent.texts("groups"));
    }

    /** As it would be, and what would end. */
    static Json of(Rehearsed rehearsed) {
        return build(rehearsed.project(), StatusForm.SHOWN)
                .put("ends", new Rehearsal.Ends(0, rehearsed.tokens()).json())
                .put("dryRun", new Json.Flag(true))
                .build();
    }

    static Json of(Kept kept, StatusForm form) {
        return build(kept, form).build();
    }

    private static Json.Builder build(Kept kept, StatusForm form) {
        Project project = kept.project();
        Map<RoleName, List<Json>> tokens = new LinkedHashMap<>();
        for (ProjectRole role : project.spec().roles()) tokens.put(role.name(), new ArrayList<>());
        for (ApiToken each : kept.tokens())
            if (each.subject() instanceof TokenSubject.OfProjectRole subject)
                Optional.ofNullable(tokens.get(subject.role())).ifPresent(list -> list.add(token(each)));
        return new Json.Builder()
                .put("metadata", metadata(kept))
                .put("spec", spec(project, tokens))
                .put(
                        "status",
                        status(
                                tokens,
                                form == StatusForm.SHOWN || !kept.tokens().isEmpty()));
    }

    static Json list(List<Kept> all) {
        Json metadata = new Json.Builder()
                .put("resourceVersion", Json.of(versionOf(all)))
                .build();
        List<Json> items = all.stream().map(each -> of(each, StatusForm.STORED)).toList();
        // An empty list of Go is null, and clients know it so.
        return new Json.Builder()
                .put("metadata", metadata)
                .put("items", items.isEmpty() ? new Json.Nothing() : new Json.Items(items))
                .build();
    }

    /** Another text whenever an item is another. */
    private static String versionOf(List<Kept> all) {
        CRC32 mark = new CRC32();
        for (Kept each : all)
            mark.update((each.project().resourceVersion() + "/" + each.generation() + "\n")
                    .getBytes(StandardCharsets.US_ASCII));
        return Long.toString(mark.getValue());
    }

    /** The answer to a detailed look: without Kubernetes there are no clusters, repositories and global projects. */
    static Json detailed(Kept kept) {
        return new Json.Builder().put("project", of(kept, StatusForm.SHOWN)).build();
    }

    /** The windows that are open, as they were written. */
    static Json windows(Open open) {
        List<Json> all = JsonText.reread(open.project().spec().rest())
                                .member("syncWindows")
                                .orElse(new Json.Items(List.of()))
                        instanceof Json.Items(List<Json> items)
                ? items
                : List.of();
        return new Json.Builder()
                .items("windows", open.windows().stream().map(all::get).toList())
                .build();
    }

    private static Json metadata(Kept kept) {
        Project project = kept.project();
        return new Json.Builder()
                .text("name", project.name().value())
                .text("namespace", NAMESPACE)
                .text("uid", project.id().value())
                .text("resourceVersion", project.resourceVersion().toString())
                .number("generation", kept.generation())
                .text(
                        "creationTimestamp",
                        project.createdAt().truncatedTo(ChronoUnit.SECONDS).toString())
                .texts("labels", project.labels().labels())
                .texts("annotations", project.labels().annotations())
                .texts("finalizers", project.labels().finalizers())
                .build();
    }

    private static Json spec(Project project, Map<RoleName, List<Json>> tokens) {
        Map<String, Json> rest =
                new LinkedHashMap<>(JsonText.reread(project.spec().rest()).all());
        Json.Members ofRoles = rest.remove(SpecShape.ROLES) instanceof Json.Members all ? all : Json.Members.NONE;
        Json.Builder spec = new Json.Builder();
        for (String each : SpecShape.BEFORE_OWN) spec.maybe(each, rest.get(each));
        spec.text("description", project.spec().description());
        spec.items(
                "roles",
                project.spec().roles().stream()
                        .map(each -> role(each, tokens.getOrDefault(each.name(), List.of()), others(ofRoles, each)))
                        .toList());
        for (Map.Entry<String, Json> each : rest.entrySet())
            if (!SpecShape.BEFORE_OWN.contains(each.getKey())) spec.put(each.getKey(), each.getValue());
        return spec.build();
    }

    /** What was kept of a role beside what has a meaning here; of all roles it stands under their names. */
    private static Map<String, Json> others(Json.Members ofRoles, ProjectRole role) {
        return ofRoles.member(role.name().value()).orElse(Json.Members.NONE) instanceof Json.Members kept
                ? kept.all()
                : Map.of();
    }

    private static Json role(ProjectRole role, List<Json> tokens, Map<String, Json> others) {
        Json.Builder shown = new Json.Builder()
                .put("name", Json.of(role.name().value()))
                .text("description", role.description())
                .texts(
                        "policies",
                        role.policies().stream().map(RolePolicy::text).toList())
                .items("jwtTokens", tokens)
                .texts("groups", role.groups().stream().map(GroupName::text).toList());
        others.forEach(shown::put);
        return shown.build();
    }

    private static Json token(ApiToken token) {
        Json.Builder shown = new Json.Builder().number("iat", token.issuedAt().getEpochSecond());
        token.expiresAt().ifPresent(each -> shown.number("exp", each.getEpochSecond()));
        return shown.text("id", token.name().value()).build();
    }

    private static Json status(Map<RoleName, List<Json>> tokens, boolean withRoles) {
        if (!withRoles || tokens.isEmpty()) return Json.Members.NONE;
        Json.Builder byRole = new Json.Builder();
        tokens.forEach((role, list) ->
                byRole.put(role.value(), new Json.Builder().items("items", list).build()));
        return new Json.Builder().put("jwtTokensByRole", byRole.build()).build();
    }
}
