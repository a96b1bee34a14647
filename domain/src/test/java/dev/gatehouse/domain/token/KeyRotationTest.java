package dev.gatehouse.domain.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.shared.SealedSecret;
import dev.gatehouse.domain.token.KeyRotation.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeyRotationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");

    private final SigningKey old = key("old").from(NOW.minusSeconds(100));
    private final SigningKey present = key("present").from(NOW.minusSeconds(50));
    private final SigningKey coming = key("coming").from(NOW.plusSeconds(50));
    private final SigningKey waiting = key("waiting");
    private final SigningKey revoked = key("revoked").from(NOW.minusSeconds(10)).revoke(NOW, "alice");

    private final KeyRotation all = new KeyRotation(List.of(waiting, revoked, coming, old, present));

    private static SigningKey key(String kid) {
        return new SigningKey(
                kid,
                SigningKey.Algorithm.ES256,
                new SealedSecret("sealed"),
                NOW.minusSeconds(1_000),
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void of_the_keys_whose_turn_has_come_the_last_one_signs_and_a_revoked_one_never() {
        assertThat(all.activeAt(NOW)).contains(present);
        assertThat(all.activeAt(NOW.plusSeconds(50))).contains(coming);
        assertThat(all.activeAt(NOW.minusSeconds(51))).contains(old);
        assertThat(all.activeAt(NOW.minusSeconds(101))).isEmpty();
    }

    @Test
    void each_key_has_one_standing() {
        assertThat(all.keys())
                .extracting(each -> all.standing(each, NOW))
                .containsExactly(Standing.RETIRED, Standing.ACTIVE, Standing.REVOKED, Standing.NEXT, Standing.NEXT);
    }

    @Test
    void a_key_retires_when_the_next_one_takes_its_turn() {
        assertThat(all.retiresAt(old)).isEqualTo(present.activeFrom());
        assertThat(all.retiresAt(present)).isEqualTo(coming.activeFrom());
        assertThat(all.retiresAt(coming)).isEmpty();
        assertThat(all.retiresAt(waiting)).isEmpty();
        assertThat(all.retiresAt(revoked)).isEmpty();
    }

    @Test
    void published_are_the_one_that_signs_those_that_will_and_those_that_did() {
        assertThat(all.verifyingAt(NOW)).containsExactly(present, waiting, coming, old);
    }

    @Test
    void no_key_takes_its_turn_before_everybody_can_know_it() {
        SigningKey fresh = new SigningKey(
                "fresh",
                SigningKey.Algorithm.ES256,
                new SealedSecret("sealed"),
                NOW,
                Optional.empty(),
                Optional.empty());
        assertThat(KeyRotation.earliestTurn(fresh, NOW)).isEqualTo(NOW.plus(KeyRotation.LEAD));
        assertThat(KeyRotation.earliestTurn(fresh, NOW.plusSeconds(1_000))).isEqualTo(NOW.plusSeconds(1_000));
    }

    @Test
    void of_two_whose_turns_come_together_the_one_made_later_signs() {
        SigningKey younger = new SigningKey(
                "younger",
                SigningKey.Algorithm.ES256,
                new SealedSecret("sealed"),
                NOW.minusSeconds(60),
                present.activeFrom(),
                Optional.empty());
        assertThat(new KeyRotation(List.of(younger, present)).activeAt(NOW)).contains(younger);
    }
}
