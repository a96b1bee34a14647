package dev.gatehouse.application.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.application.World;
import dev.gatehouse.application.access.ManagingPolicy;
import dev.gatehouse.application.project.ManagingProjects;
import dev.gatehouse.application.project.ManagingProjects.RoleDraft;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.MatchMode;
import dev.gatehouse.domain.access.UsedRights;
import dev.gatehouse.domain.access.UsedRights.Used;
import dev.gatehouse.domain.project.ProjectLabels;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenUsageServiceTest {
    private static final List<String> USED = List.of("demo/web", "demo/a.b", "demo/we*", "demo/(x|y)", "demo/[z]\n");

    private final World world = new World();

    /** A token of a role that may get all applications of its project, in whatever mode patterns are read. */
    private Caller pipeline(MatchMode mode) {
        policy("", mode);
        world.managingProjects.create(
                world.admin(),
                World.draft(
                        "demo",
                        new RoleDraft(
                                "ci",
                                "",
                                List.of("p, proj:demo:ci, applications, get, "
                                        + (mode == MatchMode.GLOB ? "demo/*" : "demo/.*") + ", allow"),
                                List.of())),
                false);
        return world.caller(world.managingProjectTokens
                .issue(world.admin(), "demo", "ci", new NewToken(Optional.of("t"), "", 0))
                .secret());
    }

    private void policy(String csv, MatchMode mode) {
        Caller admin = world.admin();
        world.managingPolicy.replace(
                admin,
                new ManagingPolicy.Draft(
                        csv,
                        "",
                        List.of("groups"),
                        mode.word(),
                        Optional.of(world.managingPolicy.read(admin).version())));
    }

    private ReadingTokenUsage.Usage usage(int days) {
        return world.readingTokenUsage.usage(world.admin(), "t", days);
    }

    private boolean allowed(Caller caller, String object) {
        return world.authorizing.decide(caller, new AccessQuestion("applications", "get", object))
                instanceof Decision.Allowed;
    }

    private void use(Caller caller, String object) {
        assertThat(allowed(caller, object)).as(object).isTrue();
    }

    @ParameterizedTest
    @EnumSource(MatchMode.class)
    void the_lines_that_would_be_enough_are_and_give_nothing_else_however_patterns_are_read(MatchMode mode) {
        Caller pipeline = pipeline(mode);
        for (String each : USED) use(pipeline, each);
        world.rightsInUse.write();

        ReadingTokenUsage.Usage usage = usage(1);

        assertThat(usage.mode()).isEqualTo(mode);
        assertThat(usage.enough()).hasSize(USED.size());
        assertThat(usage.complete()).isTrue();
        world.managingProjects.update(
                world.admin(),
                new ManagingProjects.Draft(
                        "demo",
                        "",
                        world.managingProjects
                                .get(world.admin(), "demo")
                                .project()
                                .resourceVersion()
                                .toString(),
                        ProjectLabels.NONE,
                        "",
                        List.of(new RoleDraft("ci", "", List.of(), List.of())),
                        "{}"));
        for (String each : USED) assertThat(allowed(pipeline, each)).isFalse();
        policy(String.join("\n", usage.enough()), mode);
        for (String each : USED) assertThat(allowed(pipeline, each)).as(each).isTrue();
        for (String each : List.of("demo/web2", "demo/aXb", "demo/wex", "demo/x", "demo/z", "other/demo/web"))
            assertThat(allowed(pipeline, each)).as(each).isFalse();
    }

    @Test
    void many_days_of_many_uses_are_complete_as_long_as_nothing_was_left_out() {
        Caller pipeline = pipeline(MatchMode.GLOB);
        for (int day = 0; day < 2; day++) {
            for (int i = 0; i < UsedRights.MOST_A_DAY; i++) use(pipeline, "demo/" + day + "/" + i);
            world.rightsInUse.write();
            world.clock.advance(Duration.ofDays(1));
        }

        assertThat(usage(30).used()).hasSize(2 * UsedRights.MOST_A_DAY);
        assertThat(usage(30).complete()).isTrue();
    }

    @Test
    void a_day_of_too_many_uses_is_told_for_as_long_as_it_is_asked_for() {
        Caller pipeline = pipeline(MatchMode.GLOB);
        IntStream.rangeClosed(0, UsedRights.MOST_A_DAY).forEach(each -> use(pipeline, "demo/" + each));
        world.rightsInUse.write();
        world.clock.advance(Duration.ofDays(1));
        use(pipeline, "demo/web");
        world.rightsInUse.write();

        assertThat(usage(2).complete()).isFalse();
        assertThat(usage(1).complete()).isTrue();
        assertThat(usage(1).used())
                .extracting(Used::right)
                .extracting(AccessQuestion::object)
                .containsExactly("demo/web");
    }

    @ParameterizedTest
    @ValueSource(ints = {UsedRights.LONGEST_OBJECT, UsedRights.LONGEST_OBJECT + 1})
    void a_use_of_something_with_too_long_a_name_is_told_to_be_missing(int length) {
        Caller pipeline = pipeline(MatchMode.GLOB);
        use(pipeline, "demo/" + "x".repeat(length - "demo/".length()));
        world.rightsInUse.write();

        assertThat(usage(1).complete()).isEqualTo(length <= UsedRights.LONGEST_OBJECT);
    }

    @Test
    void a_use_that_no_line_could_allow_is_shown_and_told_to_be_missing_among_the_lines() {
        Caller pipeline = pipeline(MatchMode.GLOB);
        use(pipeline, "demo/web");
        use(pipeline, "demo/" + "*".repeat(UsedRights.LONGEST_OBJECT - "demo/".length()));
        world.rightsInUse.write();

        assertThat(usage(1).used()).hasSize(2);
        assertThat(usage(1).enough()).containsExactly("p, proj:demo:ci, applications, get, demo/web, allow");
        assertThat(usage(1).complete()).isFalse();
    }

    @Test
    void what_a_token_is_kept_from_is_nothing_that_it_does_not_use() {
        world.project("demo");
        NewToken narrowed = new NewToken(
                Optional.of("t"),
                "",
                Optional.of(3600L),
                Optional.empty(),
                new NewToken.Restricted(
                        Optional.empty(), Optional.of(List.of("applications, get, demo/web")), Optional.empty()),
                Optional.empty());
        world.managingTokens.issue(world.admin(), "proj:demo:ci", narrowed);
        world.managingTokens.issue(world.admin(), "proj:demo:ci", new NewToken(Optional.of("wide"), "", 3600));

        assertThat(unused("t")).containsExactly("p, proj:demo:ci, applications, get, demo/*, allow");
        assertThat(unused("wide"))
                .containsExactlyInAnyOrder(
                        "p, proj:demo:ci, applications, get, demo/*, allow",
                        "p, proj:demo:ci, events, create, demo/*, allow",
                        "p, proj:demo:ci, projects, get, demo, allow");
    }

    private List<String> unused(String id) {
        return world.readingTokenUsage.usage(world.admin(), id, 1).unused().stream()
                .map(each -> each.rule().text())
                .toList();
    }

    @Test
    void a_token_that_was_never_used_has_nothing_and_that_is_all() {
        pipeline(MatchMode.REGEX);

        assertThat(usage(90).used()).isEmpty();
        assertThat(usage(90).enough()).isEmpty();
        assertThat(usage(90).complete()).isTrue();
    }
}
