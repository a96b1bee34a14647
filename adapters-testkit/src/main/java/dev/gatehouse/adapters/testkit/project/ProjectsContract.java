package dev.gatehouse.adapters.testkit.project;

import static dev.gatehouse.adapters.testkit.project.ProjectFixtures.aFullProject;
import static dev.gatehouse.adapters.testkit.project.ProjectFixtures.aProject;
import static dev.gatehouse.adapters.testkit.project.ProjectFixtures.aProjectId;
import static dev.gatehouse.adapters.testkit.project.ProjectFixtures.aProjectName;
import static dev.gatehouse.adapters.testkit.project.ProjectFixtures.aRole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.shared.Conflicts;
import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.project.ProjectRole;
import dev.gatehouse.domain.project.ProjectSpec;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.project.RoleName;
import dev.gatehouse.domain.shared.Refusal.Conflict.Reason;
import dev.gatehouse.domain.shared.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What all {@link Projects} promise. */
public interface ProjectsContract {
    /** The port under test. */
    Projects projects();

    /** The transactions in which it takes part. */
    Transactions transactions();

    @Test
    default void a_project_comes_back_as_it_went_in() {
        for (Project each : List.of(aProject(), aFullProject())) {
            projects().insert(each);
            assertThat(projects().find(each.name())).contains(each);
        }
    }

    @Test
    default void none_is_found_under_a_name_that_none_has() {
        assertThat(projects().find(aProjectName())).isEmpty();
    }

    @Test
    default void every_text_comes_back_as_it_went_in() {
        List<String> texts = new ArrayList<>(Samples.TEXTS);
        texts.add(Samples.wide(255));
        for (String text : texts) {
            Project project = Project.found(
                    aProjectId(),
                    aProjectName(),
                    new ProjectLabels(Map.of("key" + text, text), Map.of(text, text), List.of(text, "b", text)),
                    new ProjectSpec(
                            text,
                            List.of(new ProjectRole(new RoleName("ci"), text, List.of(), List.of())),
                            "{\"kept as it is\" : \"" + escaped(text) + "\"}"),
                    Samples.NOW);
            projects().insert(project);
            assertThat(projects().find(project.name())).contains(project);
        }
    }

    @Test
    default void as_much_as_a_project_may_hold_comes_back_as_it_went_in() {
        String longest = "p" + Samples.unique().replace("-", "") + ".a".repeat(110);
        ProjectName name = new ProjectName(longest);
        String rest = "{\"x\":\"" + Samples.wide(((1 << 20) - 8) / 2) + "\"}";
        ProjectRole many = aRole(
                longest,
                "r".repeat(128),
                IntStream.range(0, 1_000)
                        .mapToObj(each -> "applications, get, " + longest + "/app-" + each + ", allow")
                        .toArray(String[]::new));
        Project project = Project.found(
                aProjectId(), name, ProjectLabels.NONE, new ProjectSpec("", List.of(many), rest), Samples.NOW);
        assertThat(rest).hasSize(1 << 20);

        projects().insert(project);

        assertThat(projects().find(name)).contains(project);
    }

    @Test
    default void a_thousand_roles_come_back_in_their_order() {
        String name = aProjectName().value();
        Project project = ProjectFixtures.aProjectWith(
                name,
                IntStream.range(0, 1_000)
                        .mapToObj(each -> aRole(name, "role-" + (each * 7_919) % 1_000))
                        .toArray(ProjectRole[]::new));

        projects().insert(project);

        assertThat(projects().find(project.name())).contains(project);
    }

    @Test
    default void every_time_comes_back_as_it_went_in() {
        for (Instant moment : Samples.MOMENTS) {
            Project project = Project.found(
                    aProjectId(), aProjectName(), ProjectLabels.NONE, new ProjectSpec("", List.of(), "{}"), moment);
            projects().insert(project);
            assertThat(projects().find(project.name())).contains(project);
        }
    }

    @Test
    default void all_are_listed_by_name_in_the_order_of_code_points() {
        String tail = Samples.unique();
        List<String> names = List.of(
                "b-" + tail, "a." + tail, "a-" + tail, "a0" + tail, "aa" + tail, "0" + tail, "a-" + tail + "-0");
        for (String each : names) projects().insert(aProject(each));

        List<String> all =
                projects().all().stream().map(each -> each.name().value()).toList();

        assertThat(all).containsAll(names).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void all_holds_each_project_whole() {
        Project project = aFullProject();
        projects().insert(project);

        assertThat(projects().all()).contains(project);
    }

    @Test
    default void a_name_that_is_taken_is_refused() {
        Project first = aFullProject();
        projects().insert(first);

        Conflicts.assertRefused(
                () -> projects().insert(aProject(first.name().value())),
                Reason.ALREADY_EXISTS,
                Project.KIND,
                first.name().value());

        assertThat(projects().find(first.name())).contains(first);
    }

    @Test
    default void of_two_who_insert_one_name_exactly_one_wins() {
        for (int round = 0; round < 10; round++) {
            ProjectName name = aProjectName();
            Race<Project> race = Race.of(4, () -> {
                Project mine = aProject(name.value());
                transactions().inTransaction(() -> projects().insert(mine));
                return mine;
            });

            assertThat(race.returned()).hasSize(1);
            assertThat(race.thrown())
                    .allSatisfy(
                            each -> Conflicts.assertConflict(each, Reason.ALREADY_EXISTS, Project.KIND, name.value()));
            assertThat(projects().find(name))
                    .isEqualTo(Optional.of(race.returned().getFirst()));
        }
    }

    @Test
    default void update_replaces_everything_and_gives_back_the_next_version() {
        Project project = aFullProject();
        projects().insert(project);
        Project changed = project.with(
                new ProjectLabels(Map.of("only", "this"), Map.of(), List.of()),
                new ProjectSpec("changed", List.of(aRole(project.name().value(), "other")), "{\"other\":true}"));

        Project stored = projects().update(changed);

        assertThat(stored).isEqualTo(changed.nextVersion());
        assertThat(stored.generation()).isEqualTo(2);
        assertThat(projects().find(project.name())).contains(stored);
    }

    @Test
    default void update_can_be_repeated_on_what_it_gave_back() {
        Project project = aProject();
        projects().insert(project);

        Project second = projects().update(described(project, "second"));
        Project third = projects().update(described(second, "third"));

        assertThat(third.version()).isEqualTo(3);
        assertThat(projects().find(project.name())).contains(third);
    }

    @Test
    default void update_and_delete_change_no_other_project() {
        Project project = aProject();
        Project other = aFullProject();
        projects().insert(project);
        projects().insert(other);

        projects().delete(projects().update(described(project, "changed")));

        assertThat(projects().find(other.name())).contains(other);
    }

    @Test
    default void an_update_of_what_was_changed_meanwhile_is_refused() {
        Project project = aProject();
        projects().insert(project);
        Project stored = projects().update(described(project, "first"));

        Conflicts.assertRefused(
                () -> projects().update(described(project, "late")),
                Reason.STALE,
                Project.KIND,
                project.name().value());

        assertThat(projects().find(project.name())).contains(stored);
    }

    @Test
    default void an_update_of_what_was_removed_meanwhile_is_refused() {
        Project project = aProject();
        projects().insert(project);
        projects().delete(project);

        Conflicts.assertRefused(
                () -> projects().update(described(project, "late")),
                Reason.STALE,
                Project.KIND,
                project.name().value());

        assertThat(projects().find(project.name())).isEmpty();
    }

    @Test
    default void an_earlier_project_of_the_same_name_neither_updates_nor_deletes_the_later() {
        Project earlier = aProject();
        projects().insert(earlier);
        projects().delete(earlier);
        Project later = aProject(earlier.name().value());
        projects().insert(later);

        Conflicts.assertRefused(
                () -> projects().update(described(earlier, "late")),
                Reason.STALE,
                Project.KIND,
                earlier.name().value());
        Conflicts.assertRefused(
                () -> projects().delete(earlier),
                Reason.STALE,
                Project.KIND,
                earlier.name().value());

        assertThat(projects().find(later.name())).contains(later);
    }

    @Test
    default void of_two_who_update_one_project_exactly_one_wins() {
        for (int round = 0; round < 10; round++) {
            Project project = aFullProject();
            projects().insert(project);
            List<Callable<Project>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Project changed = described(project, "writer " + i);
                writers.add(() -> transactions().inTransaction(() -> projects().update(changed)));
            }

            Race<Project> race = Race.between(writers);

            assertThat(race.returned()).hasSize(1);
            assertThat(race.thrown())
                    .allSatisfy(each -> Conflicts.assertConflict(
                            each, Reason.STALE, Project.KIND, project.name().value()));
            assertThat(projects().find(project.name()))
                    .isEqualTo(Optional.of(race.returned().getFirst()));
        }
    }

    @Test
    default void a_project_that_was_deleted_is_gone_and_its_name_is_free() {
        Project project = aFullProject();
        projects().insert(project);

        projects().delete(project);

        assertThat(projects().find(project.name())).isEmpty();
        assertThat(projects().all()).extracting(Project::id).doesNotContain(project.id());
        Project next = aProject(project.name().value());
        projects().insert(next);
        assertThat(projects().find(project.name())).contains(next);
    }

    @Test
    default void deleting_what_was_changed_or_removed_meanwhile_is_refused() {
        Project project = aProject();
        projects().insert(project);
        Project stored = projects().update(described(project, "changed"));

        Conflicts.assertRefused(
                () -> projects().delete(project),
                Reason.STALE,
                Project.KIND,
                project.name().value());
        assertThat(projects().find(project.name())).contains(stored);

        projects().delete(stored);
        Conflicts.assertRefused(
                () -> projects().delete(stored),
                Reason.STALE,
                Project.KIND,
                project.name().value());
    }

    @Test
    default void of_one_who_updates_and_one_who_deletes_exactly_one_wins() {
        for (int round = 0; round < 10; round++) {
            Project project = aFullProject();
            projects().insert(project);
            Project changed = described(project, "changed");

            Race<String> race = Race.between(List.of(
                    () -> transactions().inTransaction(() -> {
                        projects().update(changed);
                        return "updated";
                    }),
                    () -> transactions().inTransaction(() -> {
                        projects().delete(project);
                        return "deleted";
                    })));

            assertThat(race.returned()).hasSize(1);
            assertThat(race.thrown())
                    .allSatisfy(each -> Conflicts.assertConflict(
                            each, Reason.STALE, Project.KIND, project.name().value()));
            assertThat(projects().find(project.name()).isPresent())
                    .isEqualTo(race.returned().contains("updated"));
        }
    }

    @Test
    default void what_a_transaction_wrote_it_finds_and_nobody_after_it_failed() {
        Project changing = aFullProject();
        Project going = aFullProject();
        Project added = aFullProject();
        projects().insert(changing);
        projects().insert(going);

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    projects().insert(added);
                    Project changed = projects().update(described(changing, "changed"));
                    projects().delete(going);
                    assertThat(projects().find(added.name())).contains(added);
                    assertThat(projects().find(changing.name())).contains(changed);
                    assertThat(projects().find(going.name())).isEmpty();
                    assertThat(projects().all()).contains(added, changed).doesNotContain(going);
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(projects().find(added.name())).isEmpty();
        assertThat(projects().find(changing.name())).contains(changing);
        assertThat(projects().find(going.name())).contains(going);
    }

    @Test
    default void holding_finds_what_is_there_and_nothing_else() {
        Project project = aFullProject();
        projects().insert(project);

        assertThat(transactions().inTransaction(() -> projects().hold(project.name())))
                .contains(project);
        assertThat(transactions().inTransaction(() -> projects().hold(aProjectName())))
                .isEmpty();
    }

    @Test
    default void holding_finds_what_was_changed_since_and_what_was_made_anew_under_the_name() {
        Project project = aProject();
        projects().insert(project);
        transactions().inTransaction(() -> projects().hold(project.name()));

        Project changed = projects().update(described(project, "changed"));
        assertThat(transactions().inTransaction(() -> projects().hold(project.name())))
                .contains(changed);

        projects().delete(changed);
        Project anew = Project.found(aProjectId(), project.name(), project.labels(), project.spec(), Samples.NOW);
        projects().insert(anew);
        assertThat(transactions().inTransaction(() -> projects().hold(project.name())))
                .contains(anew);
    }

    @Test
    default void who_changes_or_removes_a_held_project_waits_until_the_holder_is_done() throws Exception {
        for (Consumer<Project> act :
                List.<Consumer<Project>>of(each -> projects().update(described(each, "changed")), projects()::delete)) {
            Project project = aProject();
            projects().insert(project);
            List<String> order = Collections.synchronizedList(new ArrayList<>());
            Thread changer = new Thread(() -> {
                act.accept(project);
                order.add("changed");
            });

            transactions().inTransaction(() -> {
                projects().hold(project.name());
                changer.start();
                // Long enough that a changer that did not wait would be through.
                try {
                    changer.join(300);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                order.add("held");
            });
            changer.join();

            assertThat(order).containsExactly("held", "changed");
        }
    }

    @Test
    default void who_held_a_project_and_failed_holds_it_no_more() {
        Project project = aProject();
        projects().insert(project);

        assertThatThrownBy(() -> transactions().inTransaction(() -> {
                    projects().hold(project.name());
                    throw new AssertionError("thrown on purpose");
                }))
                .hasMessage("thrown on purpose");

        assertThat(projects().update(described(project, "changed")).version()).isEqualTo(project.version() + 1);
    }

    @Test
    default void who_holds_a_project_may_change_it() {
        Project project = aProject();
        projects().insert(project);

        transactions().inTransaction(() -> {
            projects().hold(project.name());
            return projects().update(described(project, "changed"));
        });

        assertThat(projects().find(project.name()).orElseThrow().spec().description())
                .isEqualTo("changed");
    }

    private static Project described(Project project, String description) {
        return project.with(
                project.labels(),
                new ProjectSpec(
                        description,
                        project.spec().roles(),
                        project.spec().bounds(),
                        project.spec().rest()));
    }

    /** As it stands in a JSON text. */
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char each : text.toCharArray())
            if (each < ' ' || each == '"' || each == '\\') escaped.append("\\u%04x".formatted((int) each));
            else escaped.append(each);
        return escaped.toString();
    }
}
