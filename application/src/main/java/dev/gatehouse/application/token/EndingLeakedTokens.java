package dev.gatehouse.application.token;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.PlainToken;

/** What whoever holds a token may do without any other right: end it. */
public interface EndingLeakedTokens {
    /**
     * Ends this very token at once, or the session that it is of; also one that does not count now, so that it never will.
     * Whatever else is shown changes nothing. Nobody learns what it was. In the audit it is its holder who ended it.
     */
    void end(PlainToken token, Origin origin);

    /** The same by somebody who says who they are (RFC 7009), and whom the audit and the record of the token then name. */
    void end(Caller caller, PlainToken token);
}
