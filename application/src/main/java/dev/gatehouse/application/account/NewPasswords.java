package dev.gatehouse.application.account;

import dev.gatehouse.domain.account.AccountRule;
import dev.gatehouse.domain.account.KnownPasswords;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PasswordRules;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;

/** What every password goes through before it is stored, whoever sets it. */
public final class NewPasswords {
    private final PasswordRules rules;
    private final KnownPasswords common;
    private final PasswordHasher hasher;
    private final Ids ids;

    public NewPasswords(PasswordRules rules, KnownPasswords common, PasswordHasher hasher, Ids ids) {
        this.rules = rules;
        this.common = common;
        this.hasher = hasher;
        this.ids = ids;
    }

    /** One that nobody chose, and that fits the rules: of 256 random bits, in 43 characters or as many as are asked for. */
    PlainPassword generate() {
        StringBuilder characters = new StringBuilder(ids.newSecret());
        int length = Math.max(characters.length(), rules.least());
        while (characters.length() < length) characters.append(ids.newSecret());
        return new PlainPassword(characters.substring(0, length));
    }

    PasswordRules rules() {
        return rules;
    }

    /** @throws Refusal.Invalid when this account may not have it */
    void check(PlainPassword password, String accountName) {
        rules.check(password, accountName);
        if (common.holds(password)) throw new Refusal.Invalid("newPassword", AccountRule.PASSWORD_COMMON);
    }

    /**
     * The hash of a password that this account may have. Blocks while it is hashed.
     *
     * @param origin of the request that sets it
     * @throws Refusal.Invalid when it breaks a rule
     * @throws Refusal.Unavailable when too many are being hashed
     */
    PasswordHash hash(PlainPassword password, String accountName, Origin origin) {
        check(password, accountName);
        return hasher.hash(password, SignInPlace.of(origin.address()));
    }
}
