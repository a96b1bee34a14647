package dev.gatehouse.adapters.testkit.access;

import static dev.gatehouse.adapters.testkit.access.AccessFixtures.aCaller;
import static dev.gatehouse.adapters.testkit.access.AccessFixtures.aRoleCaller;
import static dev.gatehouse.adapters.testkit.access.AccessFixtures.aVerified;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.domain.access.VerifiedTokens;
import dev.gatehouse.domain.token.PlainToken;
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
                new VerifiedTokens.Verified(aCaller("alice", "team", "ops"), Samples.NOW, Optional.empty(), 7),
                new VerifiedTokens.Verified(
                        aRoleCaller("demo", "ci"), Samples.NOW, Optional.of(Samples.NOW.plusSeconds(60)), 7))) {
            String digest = aDigest();
            verifiedTokens().remember(digest, each);
            assertThat(verifiedTokens().find(digest)).isIn(Optional.of(each), Optional.empty());
        }
    }

    @Test
    default void it_remembers_at_least_for_a_moment() {
        int found = 0;
        for (int i = 0; i < 100; i++) {
            String digest = aDigest();
            verifiedTokens().remember(digest, aVerified(i));
            if (verifiedTokens().find(digest).isPresent()) found++;
        }

        assertThat(found).isPositive();
    }

    @Test
    default void nothing_is_found_of_a_token_that_was_never_remembered() {
        verifiedTokens().remember(aDigest(), aVerified(1));

        assertThat(verifiedTokens().find(aDigest())).isEmpty();
        assertThat(verifiedTokens().find("")).isEmpty();
    }

    @Test
    default void a_later_memory_takes_the_place_of_an_earlier_one() {
        for (int i = 0; i < 100; i++) {
            String digest = aDigest();
            VerifiedTokens.Verified later = aVerified(2);
            verifiedTokens().remember(digest, aVerified(1));
            verifiedTokens().remember(digest, later);
            assertThat(verifiedTokens().find(digest)).isIn(Optional.of(later), Optional.empty());
        }
    }

    @Test
    default void many_more_than_fit_are_never_mixed_up() {
        List<String> digests = java.util.stream.Stream.generate(VerifiedTokensContract::aDigest)
                .limit(20_000)
                .toList();
        for (int i = 0; i < digests.size(); i++) verifiedTokens().remember(digests.get(i), aVerified(i));

        for (int i = 0; i < digests.size(); i++) {
            int wanted = i;
            verifiedTokens()
                    .find(digests.get(i))
                    .ifPresent(each -> assertThat(each.changes()).isEqualTo(wanted));
        }
    }

    @Test
    default void threads_that_remember_together_find_their_own() {
        Race<Boolean> race = Race.of(8, () -> {
            for (int i = 0; i < 500; i++) {
                String digest = aDigest();
                VerifiedTokens.Verified mine = aVerified(i);
                verifiedTokens().remember(digest, mine);
                if (!verifiedTokens().find(digest).map(mine::equals).orElse(true)) return false;
            }
            return true;
        });

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsOnly(true);
    }

    private static String aDigest() {
        return new PlainToken(Samples.unique()).digest();
    }
}
