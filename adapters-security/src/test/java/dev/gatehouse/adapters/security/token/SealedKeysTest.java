package dev.gatehouse.adapters.security.token;

import dev.gatehouse.adapters.testkit.shared.PlainSealer;
import dev.gatehouse.adapters.testkit.token.SigningKeyMakerContract;
import dev.gatehouse.domain.token.SigningKeyMaker;

class SealedKeysTest implements SigningKeyMakerContract {
    @Override
    public SigningKeyMaker signingKeyMaker() {
        return new SealedKeys(new PlainSealer());
    }
}
