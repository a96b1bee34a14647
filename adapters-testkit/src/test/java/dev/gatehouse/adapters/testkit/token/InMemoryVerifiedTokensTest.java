package dev.gatehouse.adapters.testkit.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.VerifiedTokens;
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
        tokens.remember(TOKEN, CallerFixtures.aVerified(1));

        tokens.forget();

        assertThat(tokens.find(TOKEN)).isEmpty();
    }
}
