package dev.gatehouse.application.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.token.TokenFixtures;
import dev.gatehouse.application.World;
import dev.gatehouse.application.project.ManagingProjects.Draft;
import dev.gatehouse.application.project.ManagingProjects.Kept;
import dev.gatehouse.application.project.ManagingProjects.RoleDraft;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Outcome;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.project.ProjectRule;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.TokenSubject;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProjectServiceTest {
    private final World world = new World();

    @Test
    void the_default_project_is_there_from_the_start_and_stays() {
        assertThat(world.managingProjects
                        .get(world.admin(), "default")
                        .project()
                        .spec()
                        .rest())
                .contains("sourceRepos");
        assertThatThrownBy(() -> world.managingProjects.delete(world.admin(), "default"))
                .isInstanceOf(Refusal.Invalid.class);
        assertThat(world.entries(AuditAction.PROJECT_DELETED).getFirst().outcome())
                .isEqualTo(Outcome.REFUSED);
    }

    @Test
    void a_new_project_is_in_its_first_generation_and_version() {
        Kept kept = world.managingProjects.create(world.admin(), World.draft("p1"), false);

        assertThat(kept.project().generation()).isEqualTo(1);
        assertThat(kept.project().version()).isEqualTo(1);
        assertThat(world.lastEntry().action()).isEqualTo(AuditAction.PROJECT_CREATED);
    }

    /** Whoever may read a project could otherwise have the process gather a million tokens in its memory. */
    @Test
    void a_reply_shows_the_newest_tokens_and_no_more_than_so_many() {
        ManagingProjects most10 = world.projectsShowing.apply(10);
        for (String each : List.of("p1", "p2")) giveTokens(each, 6);
        giveTokens("p3", 11);

        List<Kept> all = most10.list(world.admin());

        assertThat(all.stream().mapToInt(each -> each.tokens().size()).filter(each -> each > 0))
                .containsExactly(6, 4);
        assertThat(most10.get(world.admin(), "p2").tokens()).hasSize(6);
        Kept three = most10.get(world.admin(), "p3");
        assertThat(three.tokens()).hasSize(10);
        assertThat(three.generation()).as("all are counted").isEqualTo(12);
        assertThat(world.managingProjects.get(world.admin(), "p3").tokens()).hasSize(11);
    }

    private void giveTokens(String name, int many) {
        Kept made = world.managingProjects.create(
                world.admin(), World.draft(name, new RoleDraft("ci", "", List.of(), List.of())), false);
        TokenSubject subject = new TokenSubject.OfProjectRole(
                made.project().id(), made.project().name(), new RoleName("ci"));
        for (int i = 0; i < many; i++) world.tokens.insert(TokenFixtures.aTokenOf(subject));
    }

    @Test
    void the_same_again_is_given_back_and_another_needs_upsert() {
        Kept first = world.managingProjects.create(world.admin(), World.draft("p1"), false);

        assertThat(world.managingProjects.create(world.admin(), World.draft("p1"), false))
                .isEqualTo(first);
        assertThatThrownBy(() -> world.managingProjects.create(world.admin(), described("p1", "d", ""), false))
                .isInstanceOfSatisfying(
                        Refusal.Invalid.class,
                        e -> assertThat(e.faults().getFirst().rule()).isEqualTo(ProjectRule.DIFFERENT_SPEC));
        Kept replaced = world.managingProjects.create(world.admin(), described("p1", "d", ""), true);
        assertThat(replaced.project().spec().description()).isEqualTo("d");
        assertThat(replaced.project().generation()).isEqualTo(2);
    }

    @Test
    void an_update_needs_the_version_it_was_read_at() {
        world.managingProjects.create(world.admin(), World.draft("p1"), false);

        assertThatThrownBy(() -> world.managingProjects.update(world.admin(), described("p1", "d", "")))
                .isInstanceOf(Refusal.Invalid.class);
        String read = versionOf("p1");
        world.managingProjects.update(world.admin(), described("p1", "d", read));
        for (String stale : new String[] {read, "1"})
            assertThatThrownBy(() -> world.managingProjects.update(world.admin(), described("p1", "e", stale)))
                    .isInstanceOf(Refusal.Conflict.class);
        assertThat(world.managingProjects
                        .get(world.admin(), "p1")
                        .project()
                        .spec()
                        .description())
                .isEqualTo("d");
    }

    @Test
    void a_refused_change_writes_nothing_but_its_refusal() {
        RoleDraft outside =
                new RoleDraft("ci", "", List.of("p, proj:p1:ci, applications, get, other/*, allow"), List.of());

        assertThatThrownBy(() -> world.managingProjects.create(world.admin(), World.draft("p1", outside), false))
                .isInstanceOf(Refusal.Invalid.class);

        assertThatThrownBy(() -> world.managingProjects.get(world.admin(), "p1"))
                .isInstanceOf(Refusal.NotFound.class);
        assertThat(world.entries(AuditAction.PROJECT_CREATED).getFirst().reason())
                .isEqualTo("invalid:POLICY_OBJECT");
    }

    /** CVE-2022-41354: names are told to nobody who may not see them. */
    @Test
    void a_missing_and_a_forbidden_name_look_the_same() {
        world.project("secret-one");
        world.account("alice", "login");
        Caller alice = world.signIn("alice");

        for (String name : new String[] {"secret-one", "no-such"}) {
            assertThatThrownBy(() -> world.managingProjects.get(alice, name))
                    .isInstanceOfSatisfying(Refusal.Forbidden.class, e -> {
                        assertThat(e.object()).isEqualTo(name);
                        assertThat(e.subject()).isEqualTo("alice");
                    });
            assertThatThrownBy(() -> world.managingProjects.delete(alice, name)).isInstanceOf(Refusal.Forbidden.class);
            assertThatThrownBy(() -> world.managingProjects.update(alice, described(name, "d", "1")))
                    .isInstanceOf(Refusal.Forbidden.class);
        }
        assertThat(world.managingProjects.list(alice)).isEmpty();
    }

    private String versionOf(String name) {
        return world.managingProjects
                .get(world.admin(), name)
                .project()
                .resourceVersion()
                .toString();
    }

    private static Draft described(String name, String description, String version) {
        return new Draft(name, "", version, ProjectLabels.NONE, description, List.of(), "{}");
    }
}
