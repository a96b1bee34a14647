package dev.gatehouse.application.token;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenClaims;
import java.util.Optional;

/** Whether a token that somebody was shown counts (RFC 7662). */
public interface Introspecting {
    /**
     * What the token says. Needs {@code tokens, introspect, *}. Counts as a use of the token: whoever is shown it elsewhere
     * asks here.
     *
     * @param shownFrom the address of whoever showed it, as the caller says; absent: the caller's own
     * @return empty when it does not count, whatever the reason (RFC 7662 section 2.2)
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when that cannot be known now
     */
    Optional<Introspection> introspect(Caller caller, PlainToken token, Optional<String> shownFrom);

    /** @param subject who it speaks for */
    record Introspection(TokenClaims claims, Caller subject) {}
}
