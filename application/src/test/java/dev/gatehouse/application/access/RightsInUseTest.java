package dev.gatehouse.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.application.World;
import dev.gatehouse.application.project.ManagingProjects;
import dev.gatehouse.application.project.ManagingProjects.RoleDraft;
import dev.gatehouse.application.token.NewToken;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.UsedRights;
import dev.gatehouse.domain.access.UsedRights.Used;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.CleanUpOrder;
import dev.gatehouse.domain.token.TokenFilter;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RightsInUseTest {
    private static final AccessQuestion READ = new AccessQuestion("applications", "get", "demo/web");
    private static final AccessQuestion SYNC = new AccessQuestion("applications", "sync", "demo/web");

    private final World world = new World();
    private final Caller pipeline = pipeline();

    private Caller pipeline() {
        world.project("demo");
        return world.caller(world.managingProjectTokens
                .issue(world.admin(), "demo", "ci", new NewToken(Optional.of("t"), "", 0))
                .secret());
    }

    private List<Used> used() {
        return world.usedRights.of("t", LocalDate.of(2000, 1, 1));
    }

    @Test
    void what_was_allowed_to_a_token_is_counted_and_written_later() {
        world.authorizing.decide(pipeline, READ);
        world.clock.advance(Duration.ofSeconds(5));
        assertThat(world.authorizing.recall(pipeline, READ)).isPresent();
        assertThat(used()).isEmpty();

        world.rightsInUse.write();
        world.rightsInUse.write();

        assertThat(used()).containsExactly(new Used(READ, 2, world.clock.instant()));
    }

    @Test
    void what_was_denied_is_no_use() {
        world.authorizing.decide(pipeline, SYNC);
        world.rightsInUse.write();
        assertThat(used()).isEmpty();
    }

    @Test
    void what_a_list_shows_by_a_right_is_a_use_of_it() {
        AccessQuestion itself = new AccessQuestion("projects", "get", "demo");

        assertThat(world.managingProjects.list(pipeline)).isNotEmpty();
        world.rightsInUse.write();

        assertThat(used()).extracting(Used::right).containsExactly(itself);
    }

    @Test
    void what_people_do_in_their_sessions_is_not_counted() {
        Caller admin = world.admin();
        world.authorizing.decide(admin, READ);
        world.rightsInUse.write();
        assertThat(world.usedRights.of(admin.credential().orElseThrow(), LocalDate.of(2000, 1, 1)))
                .isEmpty();
    }

    @Test
    void what_could_not_be_written_is_written_the_next_time() {
        world.authorizing.decide(pipeline, READ);
        world.store.cutOff();
        assertThatExceptionOfType(Refusal.Unavailable.class).isThrownBy(world.rightsInUse::write);
        world.store.reconnect();
        world.authorizing.decide(pipeline, READ);

        world.rightsInUse.write();

        assertThat(used())
                .singleElement()
                .satisfies(each -> assertThat(each.uses()).isEqualTo(2));
    }

    @Test
    void when_there_are_too_many_to_keep_in_mind_that_is_written_down_with_the_day() {
        LocalDate today = LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC);
        RightsInUse two = new RightsInUse(world.usedRights, world.clock, 2);
        for (AccessQuestion each : List.of(READ, SYNC, READ)) two.note(pipeline, each);
        two.write();
        assertThat(world.usedRights.isComplete("another", today)).isTrue();
        for (String each : List.of("demo/1", "demo/2", "demo/3"))
            two.note(pipeline, new AccessQuestion("applications", "get", each));
        world.clock.advance(Duration.ofDays(1));
        world.store.cutOff();
        assertThatExceptionOfType(Refusal.Unavailable.class).isThrownBy(two::write);
        world.store.reconnect();

        two.write();

        assertThat(world.usedRights.isComplete("another", today)).isFalse();
        assertThat(world.usedRights.isComplete("another", today.plusDays(1))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(AtLarge.class)
    void what_is_given_as_a_whole_is_noted_of_that_token_and_that_day(AtLarge act) {
        Caller robot = robot(act.needs);
        LocalDate today = LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC);

        act.of.accept(world, robot);
        world.rightsInUse.write();
        world.rightsInUse.write();

        assertThat(world.usedRights.isComplete("robot-1", today)).isFalse();
        assertThat(world.usedRights.isComplete("robot-1", today.plusDays(1))).isTrue();
        assertThat(world.usedRights.isComplete("t", today)).isTrue();
    }

    @Test
    void what_is_asked_about_one_by_one_or_given_to_nobody_leaves_nothing_out() {
        Caller robot = robot("p, robot, tokens, get, demo/*, allow\np, robot, tokens, delete, demo/x, allow");

        assertThat(AtLarge.list(world, robot)).hasSize(2);
        assertThatExceptionOfType(Refusal.Forbidden.class).isThrownBy(() -> AtLarge.cleanUp(world, robot, "demo"));
        AtLarge.list(world, world.admin());
        world.rightsInUse.write();

        assertThat(world.usedRights.isComplete("robot-1", LocalDate.of(2000, 1, 1)))
                .isTrue();
        assertThat(world.usedRights.of("robot-1", LocalDate.of(2000, 1, 1)))
                .extracting(Used::right)
                .containsExactly(new AccessQuestion("tokens", "get", "demo/t"));
    }

    @Test
    void what_was_given_as_a_whole_and_could_not_be_written_is_written_the_next_time() {
        Caller robot = robot(AtLarge.LIST.needs);
        LocalDate today = LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC);
        AtLarge.list(world, robot);
        world.clock.advance(Duration.ofDays(1));
        world.store.cutOff();
        assertThatExceptionOfType(Refusal.Unavailable.class).isThrownBy(world.rightsInUse::write);
        world.store.reconnect();

        world.rightsInUse.write();

        assertThat(world.usedRights.isComplete("robot-1", today)).isFalse();
        assertThat(world.usedRights.isComplete("robot-1", today.plusDays(1))).isTrue();
    }

    @Test
    void of_too_many_tokens_that_were_given_something_as_a_whole_the_day_is_noted_for_all() {
        LocalDate today = LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC);
        RightsInUse one = new RightsInUse(world.usedRights, world.clock, 1);
        Caller robot = robot("");
        one.noteAtLarge(pipeline);
        one.noteAtLarge(pipeline);
        one.write();
        assertThat(world.usedRights.isComplete("another", today)).isTrue();

        world.clock.advance(Duration.ofDays(1));
        one.noteAtLarge(pipeline);
        one.noteAtLarge(robot);
        one.write();

        assertThat(world.usedRights.isComplete("another", today.plusDays(1))).isFalse();
    }

    @Test
    void what_is_known_to_be_left_out_is_not_written_again_within_the_hour() {
        LocalDate today = LocalDate.ofInstant(world.clock.instant(), ZoneOffset.UTC);
        RightsInUse inUse = new RightsInUse(world.usedRights, world.clock, 2);
        inUse.noteAtLarge(pipeline);
        inUse.write();
        long before = world.store.rowsWritten();

        inUse.noteAtLarge(pipeline);
        inUse.write();

        assertThat(world.store.rowsWritten()).isEqualTo(before);
        world.usedRights.forgetBefore(today.plusDays(1));
        inUse.forget();
        inUse.noteAtLarge(pipeline);
        inUse.write();
        assertThat(world.usedRights.isComplete("t", today)).isFalse();
        world.clock.advance(Duration.ofDays(1));
        inUse.noteAtLarge(pipeline);
        inUse.write();
        assertThat(world.usedRights.isComplete("t", today.plusDays(1))).isFalse();
    }

    @Test
    void what_was_used_is_written_even_where_what_was_left_out_cannot_be() {
        UsedRights withoutGaps = new UsedRights() {
            @Override
            public void add(List<Tally> tallies) {
                world.usedRights.add(tallies);
            }

            @Override
            public List<Used> of(String credential, LocalDate since) {
                return world.usedRights.of(credential, since);
            }

            @Override
            public void leftOut(Collection<Gap> gaps) {
                throw new Refusal.Unavailable("database", Duration.ofSeconds(1));
            }

            @Override
            public boolean isComplete(String credential, LocalDate since) {
                return world.usedRights.isComplete(credential, since);
            }

            @Override
            public int forgetBefore(LocalDate day) {
                return world.usedRights.forgetBefore(day);
            }
        };
        RightsInUse inUse = new RightsInUse(withoutGaps, world.clock, 2);
        inUse.noteAtLarge(pipeline);
        inUse.note(pipeline, READ);

        assertThatExceptionOfType(Refusal.Unavailable.class).isThrownBy(inUse::write);
        assertThatExceptionOfType(Refusal.Unavailable.class).isThrownBy(inUse::write);

        assertThat(used()).containsExactly(new Used(READ, 1, world.clock.instant()));
    }

    /** A token of an account that the policy gives this. */
    private Caller robot(String policy) {
        world.account("robot", "apiKey");
        Caller admin = world.admin();
        world.managingPolicy.replace(
                admin,
                new ManagingPolicy.Draft(
                        policy,
                        "",
                        List.of("groups"),
                        "glob",
                        Optional.of(world.managingPolicy.read(admin).version())));
        return world.caller(world.managingTokens
                .issue(admin, "robot", new NewToken(Optional.of("robot-1"), "", 0))
                .secret());
    }

    /** What a token can do by a right to many things at once. */
    private enum AtLarge {
        LIST("p, robot, tokens, get, *, allow", AtLarge::list),
        CLEAN_UP("p, robot, tokens, delete, *, allow", (world, robot) -> cleanUp(world, robot, "")),
        CLEAN_UP_OF_PROJECT("p, robot, tokens, delete, demo/*, allow", (world, robot) -> cleanUp(world, robot, "demo")),
        CHANGE_ANY_ROLE("p, robot, projects, *, *, allow", AtLarge::give),
        GIVE_WHAT_ONE_HOLDS(
                "p, robot, projects, update, demo, allow\np, robot, applications, *, demo/*, allow", AtLarge::give);

        private final String needs;
        private final BiConsumer<World, Caller> of;

        AtLarge(String needs, BiConsumer<World, Caller> of) {
            this.needs = needs;
            this.of = of;
        }

        private static List<ApiToken> list(World world, Caller caller) {
            return world.managingTokens
                    .find(caller, TokenFilter.all(world.clock.instant()), new PageRequest(10, Optional.empty()))
                    .page()
                    .items();
        }

        private static void cleanUp(World world, Caller caller, String project) {
            world.cleaningUpTokens.start(
                    caller,
                    new CleanUpOrder(
                            ProjectName.ifValid(project),
                            Set.of(),
                            Optional.of(Duration.ofDays(1)),
                            Optional.empty(),
                            Optional.empty()),
                    true,
                    Optional.empty());
        }

        private static void give(World world, Caller caller) {
            String version = world.managingProjects
                    .get(world.admin(), "demo")
                    .project()
                    .resourceVersion()
                    .toString();
            world.managingProjects.update(
                    caller,
                    new ManagingProjects.Draft(
                            "demo",
                            "",
                            version,
                            ProjectLabels.NONE,
                            "",
                            List.of(new RoleDraft(
                                    "ci",
                                    "",
                                    List.of("p, proj:demo:ci, applications, sync, demo/*, allow"),
                                    List.of())),
                            "{}"));
        }
    }

    @Test
    void what_is_older_than_it_is_kept_is_forgotten() {
        world.authorizing.decide(pipeline, READ);
        world.rightsInUse.write();
        world.clock.advance(Duration.ofDays(RightsInUse.KEPT_DAYS));
        world.rightsInUse.forget();
        assertThat(used()).hasSize(1);
        world.clock.advance(Duration.ofDays(1));
        world.rightsInUse.forget();
        assertThat(used()).isEmpty();
    }
}
