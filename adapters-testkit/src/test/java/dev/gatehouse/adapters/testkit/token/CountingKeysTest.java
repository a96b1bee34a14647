package dev.gatehouse.adapters.testkit.token;

import dev.gatehouse.domain.token.SigningKeyMaker;

class CountingKeysTest implements SigningKeyMakerContract {
    @Override
    public SigningKeyMaker signingKeyMaker() {
        return new CountingKeys();
    }
}
