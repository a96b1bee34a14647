package dev.gatehouse.adapters.testkit.token;

import static dev.gatehouse.adapters.testkit.token.CallerFixtures.aCaller;
import static dev.gatehouse.adapters.testkit.token.CallerFixtures.aRoleCaller;
import static dev.gatehouse.adapters.testkit.token.CallerFixtures.aVerified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.VerifiedTokens;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What all {@link VerifiedTokens} promise. They may forget at any time, so that absence is never a fault. */
public interface VerifiedTokensContract {
    /** The port under test. */
    VerifiedTokens verifiedTokens();

    @Test
    default void what_is_found_is_what_was_remembered() {
        for (VerifiedTokens.Verified each : List.of(
                aVerified(0),
                aVerified(Long.MAX_VALUE),
                new VerifiedTokens.Verified(
                        aCaller("alice", "team", "ops"), "jti-1", Samples.NOW, Optional.empty(), 7, List.of()),
                new VerifiedTokens.Verified(
                        aRoleCaller("demo", "ci"),
                        "jti-2",
                        Samples.NOW,
                        Optional.of(Samples.NOW.plusSeconds(60)),
                        7,
                        List.of()))) {
            PlainToken token = aToken();
            verifiedTokens().remember(token, each);
            assertThat(verifiedTokens().find(token)).isIn(Optional.of(each), Optional.empty());
        }
    }

    @Test
    default void it_remembers_at_least_for_a_moment() {
        int found = 0;
        for (int i = 0; i < 100; i++) {
            PlainToken token = aToken();
            verifiedTokens().remember(token, aVerified(i));
            if (verifiedTokens().find(token).isPresent()) found++;
        }

        assertThat(found).isPositive();
    }

    @Test
    default void nothing_is_found_of_a_token_that_was_never_remembered() {
        verifiedTokens().remember(aToken(), aVerified(1));

        assertThat(verifiedTokens().find(aToken())).isEmpty();
        assertThat(verifiedTokens().find(new PlainToken(""))).isEmpty();
    }

    @Test
    default void a_later_memory_takes_the_place_of_an_earlier_one() {
        for (int i = 0; i < 100; i++) {
            PlainToken token = aToken();
            VerifiedTokens.Verified later = aVerified(2);
            verifiedTokens().remember(token, aVerified(1));
            verifiedTokens().remember(token, later);
            assertThat(verifiedTokens().find(token)).isIn(Optional.of(later), Optional.empty());
        }
    }

    @Test
    default void many_more_than_fit_are_never_mixed_up() {
        List<PlainToken> tokens = java.util.stream.Stream.generate(VerifiedTokensContract::aToken)
                .limit(20_000)
                .toList();
        for (int i = 0; i < tokens.size(); i++) verifiedTokens().remember(tokens.get(i), aVerified(i));

        for (int i = 0; i < tokens.size(); i++) {
            int wanted = i;
            verifiedTokens()
                    .find(tokens.get(i))
                    .ifPresent(each -> assertThat(each.since()).isEqualTo(wanted));
        }
    }

    @Test
    default void threads_that_remember_together_find_their_own() {
        Race<Boolean> race = Race.of(8, () -> {
            for (int i = 0; i < 500; i++) {
                PlainToken token = aToken();
                VerifiedTokens.Verified mine = aVerified(i);
                verifiedTokens().remember(token, mine);
                if (!verifiedTokens().find(token).map(mine::equals).orElse(true)) return false;
            }
            return true;
        });

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsOnly(true);
    }

    private static PlainToken aToken() {
        return new PlainToken(Samples.unique());
    }
}
