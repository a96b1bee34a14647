package dev.gatehouse.application.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.application.World;
import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.PlainToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A family of tokens against a model of it that a person can check: whatever is done to it, in whatever order. */
class RotationMachineTest {
    private static final int WINDOW = 100;

    /** What can be done to one of the tokens there are, or between. */
    private enum Act {
        USE,
        ROTATE_UNTIL_USED,
        ROTATE_FOR_THE_WINDOW,
        ROTATE_AT_ONCE,
        REVOKE,
        WAIT
    }

    private record Step(Act act, int which, int seconds) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(6, Arbitraries.just(Act.USE)),
                                net.jqwik.api.Tuple.of(
                                        4, Arbitraries.of(Act.ROTATE_UNTIL_USED, Act.ROTATE_FOR_THE_WINDOW)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.of(Act.ROTATE_AT_ONCE, Act.REVOKE)),
                                net.jqwik.api.Tuple.of(3, Arbitraries.just(Act.WAIT))),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(1, WINDOW / 2, WINDOW, 2 * WINDOW))
                .as(Step::new)
                .list()
                .ofMaxSize(14);
    }

    /** One token as a person would keep book of it. */
    private static final class Kept {
        private final PlainToken secret;
        private final String id;
        private boolean rotated;
        private boolean revoked;
        private boolean untilUsed;
        /** When it stops counting beside its successor. */
        private Instant closes = Instant.MAX;

        Kept(IssuedToken issued) {
            this.secret = issued.secret();
            this.id = issued.token().id().value();
        }
    }

    @Property(tries = 400)
    void a_family_has_one_heir_and_ends_only_when_a_closed_one_is_used(@ForAll("steps") List<Step> steps) {
        World world = new World();
        world.project("demo");
        List<Kept> family = new ArrayList<>();
        family.add(new Kept(
                world.managingTokens.issue(world.admin(), "proj:demo:ci", new NewToken(Optional.of("first"), "", 0))));
        boolean ended = false;
        for (Step step : steps) {
            // Each a moment later than the one before.
            world.clock.advance(Duration.ofSeconds(1));
            int which = step.which() % family.size();
            Kept token = family.get(which);
            Instant now = world.clock.instant();
            boolean closed = token.rotated && !now.isBefore(token.closes);
            switch (step.act()) {
                case WAIT -> world.clock.advance(Duration.ofSeconds(step.seconds()));
                case REVOKE -> {
                    world.managingTokens.revoke(world.admin(), token.id, "");
                    token.revoked = true;
                }
                case USE -> {
                    boolean counts = world.authenticating.authenticate(token.secret, World.origin())
                            instanceof Authenticating.Answer.Authenticated;
                    assertThat(counts).isEqualTo(!ended && !token.revoked && !closed);
                    if (counts)
                        for (Kept earlier : family.subList(0, which))
                            if (earlier.untilUsed && now.isBefore(earlier.closes)) earlier.closes = now;
                    // Within a second of the end of a window nobody is accused.
                    if (closed && !token.revoked && !now.isBefore(token.closes.plusSeconds(1))) ended = true;
                }
                default -> {
                    boolean can = !ended && !token.revoked && !token.rotated;
                    long window = step.act() == Act.ROTATE_AT_ONCE ? 0 : WINDOW;
                    boolean untilUsed = step.act() == Act.ROTATE_UNTIL_USED;
                    try {
                        IssuedToken next = world.managingTokens
                                .rotate(
                                        world.admin(),
                                        token.id,
                                        new Rotation(
                                                window,
                                                untilUsed,
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty()))
                                .issued();
                        assertThat(can).isTrue();
                        token.rotated = true;
                        token.untilUsed = untilUsed;
                        token.closes = now.plusSeconds(window);
                        family.add(new Kept(next));
                    } catch (Refusal.Conflict e) {
                        assertThat(can).isFalse();
                    }
                }
            }
            List<ApiToken> live = world
                    .tokens
                    .unrevokedOf(
                            world.managingTokens
                                    .get(world.admin(), "first")
                                    .token()
                                    .subject(),
                            ApiTokens.MOST_SHOWN)
                    .stream()
                    .filter(each -> each.state() instanceof ApiToken.State.Live)
                    .toList();
            assertThat(live).hasSizeLessThanOrEqualTo(1);
            if (ended) assertThat(live).isEmpty();
            else assertThat(live.isEmpty()).isEqualTo(family.getLast().revoked);
            assertThat(world.entries(AuditAction.TOKEN_REUSED)).hasSize(ended ? 1 : 0);
        }
    }
}
