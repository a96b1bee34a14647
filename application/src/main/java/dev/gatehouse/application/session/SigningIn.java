package dev.gatehouse.application.session;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.PlainToken;
import java.util.Optional;

/** What a person does first and last. */
public interface SigningIn {
    /**
     * Signs in with a password. Blocks while the password is hashed.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when the name is over 32 bytes
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when too many are signing in
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when the account has as many sessions as it may and none gives way
     */
    Answer signIn(SignIn command);

    /**
     * The next token of the caller's session, when the one that was shown has less than five minutes left and the session
     * goes on longer. Absent otherwise, and for callers without a session. Blocks only where {@link #isNearEnd}.
     */
    Optional<PlainToken> renew(Caller caller);

    /** Whether {@link #renew} may have something to give. Never blocks. */
    boolean isNearEnd(Caller caller);

    /** Ends the caller's session, for good; a caller without a session ends nothing. */
    void signOut(Caller caller);

    /**
     * @param username as it was typed, whether or not there is such an account
     * @param before whose session the client has and gives up for the new one: it ends when that begins (ASVS 5.0 7.2.4).
     *     Absent, or without a session: none ends
     */
    record SignIn(String username, PlainPassword password, Origin origin, Optional<Caller> before) {
        /** Of a client that has no session yet. */
        public SignIn(String username, PlainPassword password, Origin origin) {
            this(username, password, origin, Optional.empty());
        }
    }

    sealed interface Answer {
        record SignedIn(Session session, PlainToken token) implements Answer {}

        /** Name or password is empty. */
        record NoCredentials() implements Answer {}

        /** Unknown name, wrong password, no password set, or too many failures before: nobody learns which. */
        record BadCredentials() implements Answer {}

        /** Only for who knows the password. */
        record AccountDisabled(String username) implements Answer {}

        /** Only for who knows the password. */
        record NoLogin(String username) implements Answer {}

        /** Somebody else set the password, and it was not changed in time. Only for who knows it. */
        record PasswordOver(String username) implements Answer {}
    }
}
