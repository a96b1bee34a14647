package dev.gatehouse.adapters.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.access.VerifiedTokens;
import org.junit.jupiter.api.Test;

class InMemoryVerifiedTokensTest implements VerifiedTokensContract {
    private final InMemoryVerifiedTokens tokens = new InMemoryVerifiedTokens();

    @Override
    public VerifiedTokens verifiedTokens() {
        return tokens;
    }

    @Test
    void it_can_be_made_to_forget() {
        tokens.remember("digest", AccessFixtures.aVerified(1));

        tokens.forget();

        assertThat(tokens.find("digest")).isEmpty();
    }
}
