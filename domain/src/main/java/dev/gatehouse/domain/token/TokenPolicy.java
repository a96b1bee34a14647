package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds for all tokens, or for those of one project.
 *
 * @param account for tokens of accounts
 * @param project for tokens of project roles
 * @param session for sessions; a project says nothing of them
 * @param version at which it was read; 0: nothing was ever said
 */
public record TokenPolicy(KindPolicy account, KindPolicy project, SessionPolicy session, int version) {
    /** What refusals and the audit call it. */
    public static final String KIND = "token policy";

    /** Forbids nothing. */
    public static final TokenPolicy LENIENT = new TokenPolicy(KindPolicy.LENIENT, KindPolicy.LENIENT, 0);

    /** One that says nothing of sessions. */
    public TokenPolicy(KindPolicy account, KindPolicy project, int version) {
        this(account, project, SessionPolicy.SILENT, version);
    }

    /** The same at another version. */
    public TokenPolicy at(int other) {
        return new TokenPolicy(account, project, session, other);
    }

    /** What it says of tokens of this subject's kind. */
    public KindPolicy of(TokenSubject subject) {
        return switch (subject) {
            case TokenSubject.OfAccount each -> account;
            case TokenSubject.OfProjectRole each -> project;
        };
    }

    /** @throws Refusal.Invalid naming everything that does not fit */
    public void check() {
        List<Fault> faults = new ArrayList<>(account.faults("account"));
        faults.addAll(project.faults("project"));
        faults.addAll(session.faults("session"));
        if (!faults.isEmpty()) throw new Refusal.Invalid(faults);
    }

    /** @throws Refusal.Invalid naming everything that is wider than in the policy for all */
    public void checkWithin(TokenPolicy all) {
        List<Fault> faults = new ArrayList<>(project.widerThan(all.project, "project"));
        if (!account.equals(KindPolicy.LENIENT)) faults.add(new Fault("account", TokenRule.POLICY_OF_PROJECT));
        if (!session.equals(SessionPolicy.SILENT)) faults.add(new Fault("session", TokenRule.POLICY_OF_PROJECT));
        if (!faults.isEmpty()) throw new Refusal.Invalid(faults);
    }

    /** This one for all, and the other for one project. */
    public TokenPolicy tightenedBy(TokenPolicy other) {
        return new TokenPolicy(account, project.tightenedBy(other.project), session, version);
    }
}
