package dev.gatehouse.application.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.application.World;
import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.PlainToken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** A family of tokens against a model of it that a person can check: whatever is done to it, in whatever order. */
class RotationMachineTest {
    private static final int WINDOW = 100;
    private static final Duration ACCUSED_AFTER = Duration.ofSeconds(1);

    /** What can be done to one of the tokens there are, or between. */
    private enum Act {
        USE,
        ROTATE_UNTIL_USED,
        ROTATE_FOR_THE_WINDOW,
        ROTATE_AT_ONCE,
        /** The request that rotated it is sent once more, with its key. */
        REPEAT,
        REVOKE,
        WAIT
    }

    /**
     * @param millis how much later than the one before it is
     * @param seconds how long it waits, if that is what it does
     */
    private record Step(Act act, int which, int millis, int seconds) {}

    /**
     * The first of a family.
     *
     * @param seconds until its end, 0 for none
     * @param maxUses absent: any number
     * @param mostLive as the policy on tokens has it; absent: any number
     */
    private record First(int seconds, Optional<Integer> maxUses, Optional<Integer> mostLive) {}

    @Provide
    Arbitrary<First> firsts() {
        return Combinators.combine(
                        Arbitraries.of(0, WINDOW / 2, 3 * WINDOW),
                        Arbitraries.of(Optional.<Integer>empty(), Optional.<Integer>empty(), Optional.of(3)),
                        Arbitraries.of(Optional.<Integer>empty(), Optional.of(1), Optional.of(2)))
                .as(First::new);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                Tuple.of(6, Arbitraries.just(Act.USE)),
                                Tuple.of(4, Arbitraries.of(Act.ROTATE_UNTIL_USED, Act.ROTATE_FOR_THE_WINDOW)),
                                Tuple.of(3, Arbitraries.of(Act.ROTATE_AT_ONCE, Act.REPEAT)),
                                Tuple.of(1, Arbitraries.just(Act.REVOKE)),
                                Tuple.of(3, Arbitraries.just(Act.WAIT))),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of(0, 500, 1000),
                        Arbitraries.of(1, WINDOW / 2, WINDOW, 2 * WINDOW))
                .as(Step::new)
                .list()
                .ofMaxSize(14);
    }

    /** One token as a person would keep book of it. */
    private static final class Kept {
        private final PlainToken secret;
        private final String id;
        /** When its own end comes. */
        private final Instant ends;
        /** How often it may be used. */
        private final int mostUses;

        private int uses;
        private boolean revoked;
        private boolean untilUsed;
        /** When it stops counting beside its successor. */
        private Instant closes = Instant.MAX;
        /** What rotated it, and what that put in its place. */
        private Optional<Rotation> rotation = Optional.empty();

        private Optional<Kept> successor = Optional.empty();

        Kept(IssuedToken issued, First first, int mostUses, Instant now) {
            this.secret = issued.secret();
            this.id = issued.token().id().value();
            this.ends = first.seconds() == 0
                    ? Instant.MAX
                    : now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(first.seconds());
            this.mostUses = mostUses;
        }

        boolean hasEnded(Instant now) {
            return !now.isBefore(ends);
        }

        boolean isClosed(Instant now) {
            return successor.isPresent() && !now.isBefore(closes);
        }

        /** Whether it counts beside its successor. */
        boolean isOpen(Instant now) {
            return !revoked && !hasEnded(now) && successor.isPresent() && !isClosed(now);
        }

        boolean counts(Instant now) {
            return !revoked && !hasEnded(now) && !isClosed(now) && uses < mostUses;
        }

        /** Whether whoever shows it now has no business to. */
        boolean accuses(Instant now) {
            return !revoked && !hasEnded(now) && successor.isPresent() && !now.isBefore(closes.plus(ACCUSED_AFTER));
        }
    }

    @Property(tries = 1500)
    void a_family_has_one_heir_and_ends_only_when_a_closed_one_is_used(
            @ForAll("firsts") First first, @ForAll("steps") List<Step> steps) {
        World world = new World();
        world.project("demo");
        first.mostLive().ifPresent(most -> onlyLive(world, most));
        List<Kept> family = new ArrayList<>();
        family.add(new Kept(
                world.managingTokens.issue(world.admin(), "proj:demo:ci", newToken(first)),
                first,
                first.maxUses().orElse(Integer.MAX_VALUE),
                world.clock.instant()));
        boolean ended = false;
        for (Step step : steps) {
            world.clock.advance(Duration.ofMillis(step.millis()));
            int which = step.which() % family.size();
            Kept token = family.get(which);
            Instant now = world.clock.instant();
            switch (step.act()) {
                case WAIT -> world.clock.advance(Duration.ofSeconds(step.seconds()));
                case REVOKE -> {
                    world.managingTokens.revoke(world.admin(), token.id, "");
                    token.revoked = true;
                }
                case USE -> {
                    boolean counts = token.counts(now);
                    if (world.authenticating
                            .recall(token.secret, World.origin())
                            .isPresent())
                        assertThat(counts).as("what is remembered").isTrue();
                    assertThat(
                                    world.authenticating.authenticate(token.secret, World.origin())
                                            instanceof Authenticating.Answer.Authenticated)
                            .isEqualTo(counts);
                    if (counts) {
                        token.uses++;
                        for (Kept earlier : family.subList(0, which))
                            if (earlier.untilUsed && now.isBefore(earlier.closes)) earlier.closes = now;
                    }
                    if (token.accuses(now)) {
                        ended = true;
                        for (Kept each : family) each.revoked = true;
                    }
                }
                case REPEAT -> {
                    if (token.rotation.isEmpty()) break;
                    Kept next = token.successor.orElseThrow();
                    try {
                        IssuedToken again = world.managingTokens
                                .rotate(world.admin(), token.id, token.rotation.get())
                                .issued();
                        assertThat(next.uses).isZero();
                        assertThat(again.token().id().value()).isEqualTo(next.id);
                    } catch (Refusal.Conflict e) {
                        assertThat(e.reason()).isEqualTo(Refusal.Conflict.Reason.SPENT);
                        assertThat(next.uses).isPositive();
                    }
                }
                case ROTATE_UNTIL_USED, ROTATE_FOR_THE_WINDOW, ROTATE_AT_ONCE -> {
                    boolean counted = token.mostUses < Integer.MAX_VALUE;
                    int window = step.act() == Act.ROTATE_AT_ONCE ? 0 : WINDOW;
                    boolean untilUsed = step.act() == Act.ROTATE_UNTIL_USED;
                    boolean room = window == 0
                            || first.mostLive()
                                    .filter(most -> open(family, now) >= most)
                                    .isEmpty();
                    Rotation rotation = rotation(window, untilUsed, "key-" + family.size());
                    try {
                        Kept next = new Kept(
                                world.managingTokens
                                        .rotate(world.admin(), token.id, rotation)
                                        .issued(),
                                first,
                                counted ? token.mostUses - token.uses : token.mostUses,
                                now);
                        assertThat(token.revoked || token.hasEnded(now) || token.successor.isPresent())
                                .isFalse();
                        assertThat(counted && window > 0).isFalse();
                        assertThat(room).isTrue();
                        assertThat(next.mostUses).isPositive();
                        token.rotation = Optional.of(rotation);
                        token.successor = Optional.of(next);
                        token.untilUsed = untilUsed;
                        Instant end = now.plusSeconds(window);
                        token.closes = end.isBefore(token.ends) ? end : token.ends;
                        family.add(next);
                    } catch (Refusal.Conflict e) {
                        assertThat(token.revoked || token.hasEnded(now) || token.successor.isPresent())
                                .isTrue();
                    } catch (Refusal.Unmet e) {
                        assertThat(!room || counted && (window > 0 || token.uses == token.mostUses))
                                .isTrue();
                    }
                }
            }
            assertThat(live(world)).isEqualTo(ended || family.getLast().revoked ? 0 : 1);
            assertThat(world.entries(AuditAction.TOKEN_REUSED)).hasSize(ended ? 1 : 0);
            first.mostLive()
                    .ifPresent(most -> assertThat(unrevoked(world))
                            .filteredOn(each -> each.countsAt(world.clock.instant()))
                            .hasSizeLessThanOrEqualTo(2 * most));
        }
    }

    private static NewToken newToken(First first) {
        return new NewToken(
                Optional.of("first"),
                "",
                Optional.of((long) first.seconds()),
                Optional.empty(),
                new NewToken.Restricted(
                        Optional.empty(), Optional.empty(), first.maxUses().map(Long::valueOf)),
                Optional.empty());
    }

    private static Rotation rotation(int window, boolean untilUsed, String key) {
        return new Rotation(
                window,
                untilUsed,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Repetition(key, key)));
    }

    private static void onlyLive(World world, int most) {
        KindPolicy policy = new KindPolicy(
                Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.of(most), Optional.empty());
        world.managingTokenPolicy.replace(
                world.admin(),
                Optional.empty(),
                new ManagingTokenPolicy.Draft(KindPolicy.LENIENT, policy, Optional.of(0)),
                false);
    }

    private static long open(List<Kept> family, Instant now) {
        return family.stream().filter(each -> each.isOpen(now)).count();
    }

    /** How many of the family nobody revoked and nothing took the place of. */
    private static long live(World world) {
        return unrevoked(world).stream()
                .filter(each -> each.state() instanceof ApiToken.State.Live)
                .count();
    }

    private static List<ApiToken> unrevoked(World world) {
        ApiToken first = world.managingTokens.get(world.admin(), "first").token();
        return world.tokens.unrevokedOf(first.subject(), ApiTokens.MOST_SHOWN);
    }
}
