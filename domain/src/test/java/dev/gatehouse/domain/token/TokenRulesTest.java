package dev.gatehouse.domain.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenRulesTest {
    private final TokenRules capped = new TokenRules("argocd", Optional.of(Duration.ofHours(1)));

    @Test
    void without_a_ceiling_what_is_asked_is_granted() {
        assertThat(TokenRules.DEFAULT.grant(Lifetime.ENDLESS)).isEqualTo(Lifetime.ENDLESS);
        assertThat(TokenRules.DEFAULT.grant(Lifetime.ofSeconds(7_200))).isEqualTo(Lifetime.ofSeconds(7_200));
    }

    @Test
    void up_to_the_ceiling_what_is_asked_is_granted() {
        assertThat(capped.grant(Lifetime.ofSeconds(1))).isEqualTo(Lifetime.ofSeconds(1));
        assertThat(capped.grant(Lifetime.ofSeconds(3_600))).isEqualTo(Lifetime.ofSeconds(3_600));
    }

    @Test
    void above_the_ceiling_and_without_an_end_the_ceiling_is_granted() {
        assertThat(capped.grant(Lifetime.ofSeconds(3_601))).isEqualTo(Lifetime.ofSeconds(3_600));
        assertThat(capped.grant(Lifetime.ENDLESS)).isEqualTo(Lifetime.ofSeconds(3_600));
    }

    @Test
    void a_ceiling_is_a_whole_number_of_seconds_above_zero() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenRules("argocd", Optional.of(Duration.ZERO)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenRules("argocd", Optional.of(Duration.ofMillis(1_500))));
    }
}
