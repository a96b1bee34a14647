package dev.gatehouse.application.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.application.World;
import dev.gatehouse.application.token.NewToken;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.UsedRights.Used;
import dev.gatehouse.domain.shared.Refusal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
