package dev.gatehouse.application.account;

import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.InitialPassword;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Makes what a service cannot be without. */
public final class ProvisioningService implements Provisioning {
    /** The account that the built-in policy makes an administrator. */
    static final Username FIRST_ADMINISTRATOR = new Username("admin");

    private final Accounts accounts;
    private final Projects projects;
    private final InitialPassword initialPassword;
    private final AccessChanges changes;
    private final Ids ids;
    private final Acts acts;
    private final NewPasswords newPasswords;
    private final InstantSource clock;

    /** The driven ports it asks. */
    public record Ports(
            Accounts accounts, Projects projects, InitialPassword initialPassword, AccessChanges changes, Ids ids) {}

    public ProvisioningService(Ports ports, Acts acts, NewPasswords newPasswords, InstantSource clock) {
        this.accounts = ports.accounts();
        this.projects = ports.projects();
        this.initialPassword = ports.initialPassword();
        this.changes = ports.changes();
        this.ids = ports.ids();
        this.acts = acts;
        this.newPasswords = newPasswords;
        this.clock = clock;
    }

    @Override
    public Outcome provision(Optional<PlainPassword> password, boolean toChange, Origin origin) {
        Caller itself = Caller.itself(origin);
        provisionDefaultProject(itself);
        if (accounts.find(FIRST_ADMINISTRATOR).isPresent()) return new Outcome.AlreadyThere();
        PlainPassword secret = password.orElseGet(newPasswords::generate);
        PasswordHash hash = newPasswords.hash(secret, FIRST_ADMINISTRATOR.value(), origin);
        // Kept before the account is made: an account whose password nobody can find would be lost.
        if (password.isEmpty()) initialPassword.keep(secret);
        try {
            acts.perform(
                    itself, AuditAction.ACCOUNT_CREATED, new Target(Account.KIND, FIRST_ADMINISTRATOR.value()), () -> {
                        Instant now = clock.instant();
                        Account opened = Account.open(
                                        new AccountId(ids.newId()),
                                        FIRST_ADMINISTRATOR,
                                        Set.of(Capability.LOGIN),
                                        true,
                                        "",
                                        now)
                                .asProvisioned();
                        Account account = password.isEmpty() && toChange
                                ? opened.withPasswordToChange(hash, now)
                                : opened.withPassword(hash, now);
                        accounts.insert(account);
                        changes.append(new AccessChange.OfAccount(account.name()));
                        return account;
                    });
        } catch (Refusal.Conflict e) {
            if (password.isEmpty()) initialPassword.forget();
            return new Outcome.AlreadyThere();
        }
        return new Outcome.Made(password.isEmpty() ? Optional.of(secret) : Optional.empty());
    }

    private void provisionDefaultProject(Caller itself) {
        if (projects.find(Project.DEFAULT).isPresent()) return;
        try {
            acts.perform(itself, AuditAction.PROJECT_CREATED, new Target(Project.KIND, Project.DEFAULT.value()), () -> {
                Project project = Project.found(
                        new ProjectId(ids.newId()),
                        Project.DEFAULT,
                        ProjectLabels.NONE,
                        Project.DEFAULT_SPEC,
                        clock.instant());
                projects.insert(project);
                changes.append(new AccessChange.OfProject(project.name()));
                return project;
            });
        } catch (Refusal.Conflict e) {
            // Another process that started with this one made it.
        }
    }
}
