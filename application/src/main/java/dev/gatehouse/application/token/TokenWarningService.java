package dev.gatehouse.application.token;

import dev.gatehouse.application.access.TokenPolicyInForce;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Change;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenEnd;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenPolicySnapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Finds the tokens that are about to end and says so, each in a transaction of its own. */
public final class TokenWarningService implements WarningOfEnds {
    private static final int AT_ONCE = 200;

    private final ApiTokens tokens;
    private final TokenPolicyInForce policies;
    private final Acts acts;
    private final InstantSource clock;

    public TokenWarningService(ApiTokens tokens, TokenPolicyInForce policies, Acts acts, InstantSource clock) {
        this.tokens = tokens;
        this.policies = policies;
        this.acts = acts;
        this.clock = clock;
    }

    @Override
    public void warn(Origin origin) {
        Instant now = clock.instant();
        TokenPolicySnapshot inForce = policies.all();
        TokenFilter soon = TokenFilter.all(now).under(inForce).endingSoon(true);
        List<ApiToken> some;
        int warned;
        do {
            some = tokens.unwarned(soon, AT_ONCE);
            warned = 0;
            for (ApiToken each : some) {
                Optional<TokenEnd> end = inForce.of(each.subject()).warnsOf(each, now);
                if (end.isPresent() && warn(each, end.get(), origin, now)) warned++;
            }
            // Without one of its own to warn of, another process is at it.
        } while (some.size() == AT_ONCE && warned > 0 && !Thread.currentThread().isInterrupted());
    }

    private boolean warn(ApiToken token, TokenEnd end, Origin origin, Instant now) {
        return acts.performIfAny(
                        Caller.itself(origin),
                        AuditAction.TOKEN_WARNED,
                        TokenOwners.of(token.subject()).target(token.name().value()),
                        () -> Optional.of(end).filter(any -> tokens.warned(token.id(), end, now)),
                        done -> List.of(
                                new Change("endsAt", "", done.at().toString()),
                                new Change("endsBy", "", done.reason().word())))
                .isPresent();
    }
}
