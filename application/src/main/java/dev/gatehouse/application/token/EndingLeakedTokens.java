package dev.gatehouse.application.token;

import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.PlainToken;

/** What whoever holds a token may do without any other right: end it. */
public interface EndingLeakedTokens {
    /**
     * Ends this very token at once, or the session that it is of; also one that does not count now, so that it never will.
     * Whatever else is shown changes nothing. Nobody learns what it was.
     */
    void end(PlainToken token, Origin origin);
}
