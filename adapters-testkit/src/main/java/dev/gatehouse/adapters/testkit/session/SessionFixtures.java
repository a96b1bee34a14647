package dev.gatehouse.adapters.testkit.session;

import dev.gatehouse.adapters.testkit.account.AccountFixtures;
import dev.gatehouse.adapters.testkit.shared.Samples;
import dev.gatehouse.adapters.testkit.shared.TransactionsContract;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionId;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Origin;
import java.time.Duration;

/** Sessions in every state of their life. Each has an id that no other has. */
public final class SessionFixtures {
    /** Of the key that signed the tokens of sessions where it does not matter which: one that is never lost. */
    public static final String KID = "kept";

    private SessionFixtures() {}

    /** A session that counts at {@link Samples#NOW}, of an account that nobody stored. */
    public static Session aLiveSession() {
        return aSessionOf(AccountFixtures.anAccount());
    }

    /** A session of this account that counts at {@link Samples#NOW}. */
    public static Session aSessionOf(Account account) {
        return Session.start(
                aSessionId(),
                account,
                SessionRules.DEFAULT,
                new Origin("192.0.2.7", "curl/8.5", "request-" + Samples.unique()),
                Samples.NOW);
    }

    /** A session from a new place, after three sign-ins that were refused. */
    public static Session anUnusualSession() {
        return Session.start(
                aSessionId(),
                AccountFixtures.anAccount(),
                SessionRules.DEFAULT,
                new Origin("198.51.100.7", "curl/8.5", "request-" + Samples.unique()),
                new Session.Unusual(true, 3),
                Samples.NOW);
    }

    /** A session whose holder signed out at {@link Samples#NOW}. */
    public static Session anEndedSession() {
        return aLiveSession().end(Samples.NOW, Session.Reason.SIGNED_OUT);
    }

    /** A session that was over before {@link Samples#NOW}. */
    public static Session anExpiredSession() {
        return Session.start(
                aSessionId(),
                AccountFixtures.anAccount(),
                SessionRules.DEFAULT,
                Origin.itself("request-" + Samples.unique()),
                Samples.NOW.minus(Duration.ofDays(2)));
    }

    public static SessionId aSessionId() {
        return new SessionId(Samples.unique());
    }

    /** A new session, for {@link TransactionsContract#rows()}. */
    public static TransactionsContract.Row aRow(Sessions sessions) {
        Session session = aLiveSession();
        return new TransactionsContract.Row() {
            @Override
            public void write() {
                sessions.insert(session, KID);
            }

            @Override
            public boolean isThere() {
                return sessions.find(session.id()).isPresent();
            }
        };
    }
}
