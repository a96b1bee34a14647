package dev.gatehouse.application.token;

import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.Lifetime;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenName;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenSigner;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.InstantSource;

/** How a token comes into being, whoever it speaks for. */
public final class Issuing {
    private static final int MARK_LENGTH = 8;

    private final ApiTokens tokens;
    private final TokenSigner signer;
    private final Ids ids;
    private final TokenRules rules;
    private final InstantSource clock;

    public Issuing(ApiTokens tokens, TokenSigner signer, Ids ids, TokenRules rules, InstantSource clock) {
        this.tokens = tokens;
        this.signer = signer;
        this.ids = ids;
        this.rules = rules;
        this.clock = clock;
    }

    /** Stores a new token, in the caller's transaction. */
    ApiToken store(TokenSubject subject, NewToken command, String createdBy) {
        TokenName name =
                new TokenName(command.name().filter(each -> !each.isEmpty()).orElseGet(ids::newId));
        Lifetime lifetime = rules.grant(Lifetime.ofSeconds(command.expiresInSeconds()));
        if (tokens.named(subject, name).isPresent())
            throw new Refusal.Conflict(Refusal.Conflict.Reason.ALREADY_EXISTS, ApiToken.KIND, name.value());
        ApiToken token =
                ApiToken.issue(idFor(name), name, subject, command.description(), lifetime, createdBy, clock.instant());
        tokens.insert(token);
        return token;
    }

    /** Signs what was stored; a signature costs time that no transaction should hold. */
    IssuedToken sign(ApiToken token) {
        return new IssuedToken(token, signer.sign(token.claims(rules.issuer())));
    }

    /** The name itself, unless somebody else's token has it as its id already. */
    private TokenId idFor(TokenName name) {
        TokenId plain = new TokenId(name.value());
        return tokens.find(plain).isEmpty()
                ? plain
                : new TokenId(name + "~" + ids.newId().replace("-", "").substring(0, MARK_LENGTH));
    }
}
