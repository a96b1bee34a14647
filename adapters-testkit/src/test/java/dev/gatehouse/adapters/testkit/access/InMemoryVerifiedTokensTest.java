package dev.gatehouse.adapters.testkit.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.access.VerifiedTokens;
import dev.gatehouse.domain.token.PlainToken;
import org.junit.jupiter.api.Test;

class InMemoryVerifiedTokensTest implements VerifiedTokensContract {
    private static final PlainToken TOKEN = new PlainToken("token");

    private final InMemoryVerifiedTokens tokens = new InMemoryVerifiedTokens();

    @Override
    public VerifiedTokens verifiedTokens() {
        return tokens;
    }

    @Test
    void it_can_be_made_to_forget() {
        tokens.remember(TOKEN, AccessFixtures.aVerified(1));

        tokens.forget();

        assertThat(tokens.find(TOKEN)).isEmpty();
    }
}
