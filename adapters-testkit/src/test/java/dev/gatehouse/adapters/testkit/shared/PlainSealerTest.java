package dev.gatehouse.adapters.testkit.shared;

import dev.gatehouse.domain.shared.SecretSealer;

class PlainSealerTest implements SecretSealerContract {
    private final SecretSealer sealer = new PlainSealer();

    @Override
    public SecretSealer secretSealer() {
        return sealer;
    }

    @Override
    public SecretSealer sealerWithAnotherMasterKey() {
        return new PlainSealer("another master key");
    }
}
