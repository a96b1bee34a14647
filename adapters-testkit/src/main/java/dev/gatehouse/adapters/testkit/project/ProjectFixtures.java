package dev.gatehouse.adapters.testkit.project;

import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.adapters.testkit.shared.TransactionsContract;
import dev.gatehouse.domain.project.GroupName;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectBounds;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.ProjectSpec;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.project.RolePolicy;
import dev.gatehouse.domain.project.SyncWindow;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Projects. Each has a name and an id that nobody else has, unless one is given. */
public final class ProjectFixtures {
    private static final ProjectBounds FULL_BOUNDS = new ProjectBounds(
            List.of(
                    new ProjectBounds.Destination("https://k", "p1-*", ""),
                    new ProjectBounds.Destination("", "x", "in-cluster")),
            List.of("team-*"),
            List.of("*"),
            List.of(new SyncWindow(
                    "allow",
                    "10 1 * * *",
                    "1h",
                    List.of("*"),
                    List.of("ns"),
                    List.of("c1", "c2"),
                    true,
                    "Europe/Berlin",
                    true,
                    "größer",
                    true)),
            List.of(new ProjectBounds.ServiceAccount("https://k", "p1", "sa")),
            new ProjectBounds.ResourceLists(
                    List.of(new ProjectBounds.ResourceKind("*", "Namespace", "p1")),
                    List.of(new ProjectBounds.ResourceKind("", "Node", "")),
                    List.of(new ProjectBounds.ResourceKind("apps", "Deployment", "")),
                    List.of(new ProjectBounds.ResourceKind("", "Secret", ""))));

    private static final String FULL_REST =
            "{\"sourceRepos\":[\"*\"],\"x\":{\"b\":1,\"a\":1.50}, \"ü\":null,\"destinations\":["
                    + "{\"server\":\"https://k\",\"namespace\":\"p1-*\",\"more\":1},"
                    + "{\"namespace\":\"x\",\"name\":\"in-cluster\"}],\"sourceNamespaces\":[\"team-*\"],"
                    + "\"syncWindows\":[{\"kind\":\"allow\",\"schedule\":\"10 1 * * *\",\"duration\":\"1h\","
                    + "\"applications\":[\"*\"],\"namespaces\":[\"ns\"],\"clusters\":[\"c1\",\"c2\"],"
                    + "\"manualSync\":true,\"timeZone\":\"Europe/Berlin\",\"andOperator\":true,"
                    + "\"description\":\"größer\",\"syncOverrun\":true}],\"destinationServiceAccounts\":["
                    + "{\"server\":\"https://k\",\"namespace\":\"p1\",\"defaultServiceAccount\":\"sa\"}],"
                    + "\"clusterResourceWhitelist\":[{\"group\":\"*\",\"kind\":\"Namespace\",\"name\":\"p1\"}],"
                    + "\"clusterResourceBlacklist\":[{\"group\":\"\",\"kind\":\"Node\"}],"
                    + "\"namespaceResourceWhitelist\":[{\"group\":\"apps\",\"kind\":\"Deployment\"}],"
                    + "\"namespaceResourceBlacklist\":[{\"group\":\"\",\"kind\":\"Secret\"}]}";

    private ProjectFixtures() {}

    /** A project without roles. */
    public static Project aProject() {
        return aProject(aProjectName().value());
    }

    /** The same, of this name. */
    public static Project aProject(String name) {
        return aProject(name, new ProjectSpec("for tests", List.of(), ProjectSpec.NOTHING_ELSE));
    }

    /** A project of this name with this content. */
    public static Project aProject(String name, ProjectSpec spec) {
        return Project.found(aProjectId(), new ProjectName(name), ProjectLabels.NONE, spec, Samples.NOW);
    }

    /** A project with these roles. */
    public static Project aProjectWith(String name, ProjectRole... roles) {
        return aProject(name, new ProjectSpec("for tests", List.of(roles), ProjectSpec.NOTHING_ELSE));
    }

    /** A project with one role, which holds these policies: {@code "applications, get, demo/*, allow"}. */
    public static Project aProjectWithRole(String name, String role, String... policies) {
        return aProjectWith(name, aRole(name, role, policies));
    }

    /** A project that uses everything a project can have. */
    public static Project aFullProject() {
        String name = aProjectName().value();
        ProjectRole ci =
                aRole(name, "ci", "applications, sync, " + name + "/*, allow", "exec, *, " + name + "/*, deny");
        ProjectRole ops = new ProjectRole(
                new RoleName("Ops_1"),
                "two\nlines",
                List.of(),
                List.of(new GroupName("team"), new GroupName("\"a, b\""), new GroupName("Ärzte")));
        return Project.found(
                aProjectId(),
                new ProjectName(name),
                new ProjectLabels(
                        Map.of("team", "red", "example.com/x", ""),
                        Map.of("note", "it's \"quoted\", ü", "a", "b"),
                        List.of("z.example.com", "a.example.com")),
                new ProjectSpec("Größe", List.of(ops, ci), FULL_BOUNDS, FULL_REST),
                Samples.NOW);
    }

    /** A role with these policies, each without {@code p} and subject. */
    public static ProjectRole aRole(String project, String role, String... policies) {
        ProjectName projectName = new ProjectName(project);
        RoleName roleName = new RoleName(role);
        return new ProjectRole(
                roleName,
                "",
                Stream.of(policies)
                        .map(each -> RolePolicy.parse(
                                projectName, roleName, "p, proj:" + project + ":" + role + ", " + each))
                        .toList(),
                List.of());
    }

    /** A role without policies that these groups have. */
    public static ProjectRole aRoleOfGroups(String role, String... groups) {
        return new ProjectRole(
                new RoleName(role),
                "",
                List.of(),
                Stream.of(groups).map(GroupName::new).toList());
    }

    public static ProjectId aProjectId() {
        return new ProjectId(Samples.unique());
    }

    public static ProjectName aProjectName() {
        return new ProjectName("p-" + Samples.unique());
    }

    /** A new project, for {@link TransactionsContract#rows()}. */
    public static TransactionsContract.Row aRow(Projects projects) {
        Project project = aFullProject();
        return new TransactionsContract.Row() {
            @Override
            public void write() {
                projects.insert(project);
            }

            @Override
            public boolean isThere() {
                return projects.find(project.name()).isPresent();
            }
        };
    }
}
