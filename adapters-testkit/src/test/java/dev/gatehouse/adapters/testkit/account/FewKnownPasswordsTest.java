package dev.gatehouse.adapters.testkit.account;

import dev.gatehouse.domain.account.KnownPasswords;

class FewKnownPasswordsTest implements KnownPasswordsContract {
    @Override
    public KnownPasswords knownPasswords() {
        return new FewKnownPasswords();
    }
}
