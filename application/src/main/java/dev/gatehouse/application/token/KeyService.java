package dev.gatehouse.application.token;

import dev.gatehouse.domain.token.PublishedKey;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.TokenRules;
import java.util.List;

/** Hands on the public keys. */
public final class KeyService implements PublishingKeys {
    private final PublishedKeys keys;
    private final TokenRules rules;

    public KeyService(PublishedKeys keys, TokenRules rules) {
        this.keys = keys;
        this.rules = rules;
    }

    @Override
    public List<PublishedKey> published() {
        return keys.published();
    }

    @Override
    public String issuer() {
        return rules.issuer();
    }
}
