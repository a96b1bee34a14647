package dev.gatehouse.application.account;

import dev.gatehouse.application.access.Administrators;
import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.CredentialCheck;
import dev.gatehouse.application.access.RecentSignIn;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.AccountRule;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.Capability;
import dev.gatehouse.domain.account.InitialPassword;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditEntry.Target;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps accounts. Everybody local may see their own account and change their own password. */
public final class AccountService implements ManagingAccounts {
    private final Authorizing authorizing;
    private final CredentialCheck credentials;
    private final Administrators administrators;
    private final RecentSignIn recentSignIn;
    private final OncePerKey oncePerKey;
    private final PasswordCheck passwords;
    private final Accounts accounts;
    private final ApiTokens tokens;
    private final Sessions sessions;
    private final InitialPassword initialPassword;
    private final AccessChanges changes;
    private final Ids ids;
    private final Acts acts;
    private final NewPasswords newPasswords;
    private final InstantSource clock;

    /** The driven ports it asks. */
    public record Ports(
            Accounts accounts,
            ApiTokens tokens,
            Sessions sessions,
            InitialPassword initialPassword,
            AccessChanges changes,
            Ids ids) {}

    public AccountService(
            Authorizing authorizing,
            CredentialCheck credentials,
            Administrators administrators,
            RecentSignIn recentSignIn,
            OncePerKey oncePerKey,
            PasswordCheck passwords,
            Ports ports,
            Acts acts,
            NewPasswords newPasswords,
            InstantSource clock) {
        this.authorizing = authorizing;
        this.credentials = credentials;
        this.administrators = administrators;
        this.recentSignIn = recentSignIn;
        this.oncePerKey = oncePerKey;
        this.passwords = passwords;
        this.accounts = ports.accounts();
        this.tokens = ports.tokens();
        this.sessions = ports.sessions();
        this.initialPassword = ports.initialPassword();
        this.changes = ports.changes();
        this.ids = ports.ids();
        this.acts = acts;
        this.newPasswords = newPasswords;
        this.clock = clock;
    }

    @Override
    public List<Kept> list(Caller caller) {
        return accounts.all().stream()
                .filter(each -> mayAsOneself(caller, "get", each.name().value())
                        || authorizing.decide(caller, on("get", each.name().value())) instanceof Decision.Allowed)
                .map(this::kept)
                .toList();
    }

    @Override
    public Kept get(Caller caller, String name) {
        if (!mayAsOneself(caller, "get", name)) authorizing.require(caller, on("get", name));
        return kept(find(name));
    }

    @Override
    public Kept create(Caller caller, NewAccount command) {
        authorizing.require(caller, on("create", command.name()));
        return oncePerKey.make(
                caller, command.repetition(), id -> madeBefore(caller, command, id), () -> open(caller, command));
    }

    /** Who may only make it learns nothing of it but what they sent, and when. */
    private Kept madeBefore(Caller caller, NewAccount command, String id) {
        Account account = Username.ifValid(command.name())
                .flatMap(accounts::find)
                .filter(each -> each.id().value().equals(id))
                .orElseThrow(() -> new Refusal.Conflict(Refusal.Conflict.Reason.GONE, Account.KIND, command.name()));
        AccessQuestion seeing = on("get", command.name());
        if (mayAsOneself(caller, "get", command.name())
                || authorizing.decide(caller, seeing) instanceof Decision.Allowed) return kept(account);
        return new Kept(
                Account.open(
                        account.id(),
                        account.name(),
                        capabilities(command.capabilities()),
                        command.enabled(),
                        command.description(),
                        account.createdAt()),
                List.of());
    }

    private Kept open(Caller caller, NewAccount command) {
        Target target = new Target(Account.KIND, command.name());
        Optional<PasswordHash> hash = acts.prepare(
                caller,
                AuditAction.ACCOUNT_CREATED,
                target,
                () -> command.password().map(each -> newPasswords.hash(each, command.name(), caller.origin())));
        return acts.perform(caller, AuditAction.ACCOUNT_CREATED, target, () -> {
            if (hash.isPresent()) requireStill(caller, on("create", command.name()), false);
            Instant now = clock.instant();
            Username name = new Username(command.name());
            requireFree(caller, name);
            Account opened = Account.open(
                    new AccountId(ids.newId()),
                    name,
                    capabilities(command.capabilities()),
                    command.enabled(),
                    command.description(),
                    now);
            Account account = hash.map(each -> command.passwordChangeRequired()
                            ? opened.withPasswordToChange(each, now)
                            : opened.withPassword(each, now))
                    .orElse(opened);
            accounts.insert(account);
            oncePerKey.remember(
                    caller, command.repetition(), Account.KIND, account.id().value());
            // That there was no account of this name may be remembered.
            changes.append(new AccessChange.OfAccount(account.name()));
            return kept(account);
        });
    }

    /**
     * No name passes for another, nor comes into rights by itself: an account of a name that the policy gives something to
     * already (a group, somebody who left) has that at once.
     */
    private void requireFree(Caller caller, Username name) {
        boolean taken = accounts.find(name).isPresent();
        if (!taken)
            accounts.all().stream()
                    .map(each -> each.name().value())
                    .filter(each -> each.equalsIgnoreCase(name.value()))
                    .findFirst()
                    .ifPresent(like -> {
                        throw new Refusal.Unmet(AccountRule.NAME_LIKE_ANOTHER, name.value(), like);
                    });
        if (!taken && authorizing.isNamed(name.value()) && !mayChangePolicy(caller))
            throw new Refusal.Unmet(AccountRule.NAME_IN_POLICY, name.value());
    }

    @Override
    public Kept change(Caller caller, ManagingAccounts.Change command) {
        String name = command.name();
        authorizing.require(caller, on("update", name));
        AuditAction action = command.enabled() ? AuditAction.ACCOUNT_CHANGED : AuditAction.ACCOUNT_DISABLED;
        Changed done = acts.perform(
                caller,
                action,
                new Target(Account.KIND, name),
                () -> {
                    Changed changed = replace(caller, command);
                    if (changed.gives()) recentSignIn.require(caller);
                    return changed;
                },
                Changed::changes);
        return kept(done.after());
    }

    @Override
    public Rehearsed rehearseChange(Caller caller, ManagingAccounts.Change command) {
        authorizing.require(caller, on("update", command.name()));
        return acts.rehearse(() -> {
            Ends living = living(find(command.name()));
            Account after = replace(caller, command).after();
            return new Rehearsed(
                    kept(after),
                    new Ends(endsSessions(after) ? living.sessions() : 0, endsTokens(after) ? living.tokens() : 0));
        });
    }

    private Ends living(Account account) {
        Instant now = clock.instant();
        return new Ends(
                sessions.count(new Sessions.Wanted(
                        Optional.of(Set.of(account.id())), now, Sessions.Bounds.NONE, Optional.empty())),
                TokenFilter.all(now).of(TokenFilter.Kind.ACCOUNT).of(account.name()).living().stream()
                        .mapToLong(tokens::count)
                        .sum());
    }

    private static boolean endsSessions(Account after) {
        return !after.enabled() || !after.can(Capability.LOGIN);
    }

    private static boolean endsTokens(Account after) {
        return !after.enabled() || !after.can(Capability.API_KEY);
    }

    private Changed replace(Caller caller, ManagingAccounts.Change command) {
        Optional<Administrators.Turn> turn =
                takesSignIn(command) ? Optional.of(administrators.turn()) : Optional.empty();
        Account stored = find(command.name());
        int version = command.version().orElseThrow(() -> new Refusal.Unmet(AccountRule.VERSION_REQUIRED));
        Account wanted = stored.with(capabilities(command.capabilities()), command.enabled(), command.description());
        Account changed = accounts.update(wanted.readAt(version));
        turn.ifPresent(each -> requireAnotherAdministrator(each, caller, stored));
        Instant now = clock.instant();
        if (endsSessions(changed)) sessions.endAllOf(changed.id(), now, Session.Reason.REVOKED);
        if (endsTokens(changed)) tokens.revokeAllOf(subjectOf(changed), now, caller.name());
        changes.append(new AccessChange.OfAccount(changed.name()));
        return new Changed(stored, changed);
    }

    private static boolean takesSignIn(ManagingAccounts.Change command) {
        return !command.enabled() || !command.capabilities().contains(Capability.LOGIN.word());
    }

    /** What the audit shows of a change. */
    private record Changed(Account before, Account after) {
        /** Whether it lets somebody in who could not get in before. */
        boolean gives() {
            return (after.enabled() && !before.enabled())
                    || !before.capabilities().containsAll(after.capabilities());
        }

        List<AuditEntry.Change> changes() {
            List<AuditEntry.Change> all = new ArrayList<>();
            add(all, "capabilities", words(before), words(after));
            add(all, "enabled", Boolean.toString(before.enabled()), Boolean.toString(after.enabled()));
            add(all, "description", before.description(), after.description());
            return all;
        }

        private static void add(List<AuditEntry.Change> all, String field, String old, String replacement) {
            if (!old.equals(replacement)) all.add(new AuditEntry.Change(field, old, replacement));
        }

        private static String words(Account account) {
            return account.orderedCapabilities().stream().map(Capability::word).collect(Collectors.joining(", "));
        }
    }

    @Override
    public void delete(Caller caller, String name) {
        authorizing.require(caller, on("delete", name));
        acts.perform(caller, AuditAction.ACCOUNT_DELETED, new Target(Account.KIND, name), () -> removed(caller, name));
    }

    @Override
    public Ends rehearseDeletion(Caller caller, String name) {
        authorizing.require(caller, on("delete", name));
        return acts.rehearse(() -> {
            Ends living = living(find(name));
            removed(caller, name);
            return living;
        });
    }

    private Account removed(Caller caller, String name) {
        Administrators.Turn turn = administrators.turn();
        Account stored = find(name);
        Instant now = clock.instant();
        // First, so that whoever signs in or gets a token meanwhile is done, or finds no account.
        accounts.delete(stored);
        requireAnotherAdministrator(turn, caller, stored);
        sessions.endAllOf(stored.id(), now, Session.Reason.REVOKED);
        tokens.revokeAllOf(subjectOf(stored), now, caller.name());
        changes.append(new AccessChange.OfAccount(stored.name()));
        return stored;
    }

    /** Of an account that can sign in no more, or is gone: by what this transaction wrote. */
    private static void requireAnotherAdministrator(Administrators.Turn turn, Caller caller, Account before) {
        if (turn.include(before, caller) && !turn.areLeft(caller))
            throw new Refusal.Unmet(
                    AccountRule.LAST_ADMINISTRATOR, before.name().value());
    }

    private boolean mayChangePolicy(Caller caller) {
        return authorizing.decide(caller, new AccessQuestion("policies", "update", "*")) instanceof Decision.Allowed;
    }

    @Override
    public Optional<Generated> resetPassword(Caller caller, PasswordReset command) {
        String name = command.name();
        authorizing.require(caller, on("update", name));
        Target target = new Target(Account.KIND, name);
        PlainPassword password = command.replacement().orElseGet(newPasswords::generate);
        PasswordHash hash = acts.prepare(caller, AuditAction.PASSWORD_RESET, target, () -> {
            requireAnothers(caller, name);
            recentSignIn.require(caller);
            return newPasswords.hash(password, name, caller.origin());
        });
        Account reset = acts.perform(caller, AuditAction.PASSWORD_RESET, target, () -> {
            requireStill(caller, on("update", name), false);
            return store(caller, find(name), hash, command.revokeTokens());
        });
        forgetInitial(name);
        return command.replacement().isPresent()
                ? Optional.empty()
                : Optional.of(new Generated(
                        password, reset.passwordEndsAt(newPasswords.rules()).orElseThrow()));
    }

    @Override
    public Ends rehearseReset(Caller caller, PasswordReset command) {
        String name = command.name();
        authorizing.require(caller, on("update", name));
        requireAnothers(caller, name);
        command.replacement().ifPresent(each -> newPasswords.check(each, name));
        Ends living = living(find(name));
        return command.revokeTokens() ? living : new Ends(living.sessions(), 0);
    }

    private static void requireAnothers(Caller caller, String name) {
        if (isOwn(caller, name)) throw new Refusal.Unmet(AccountRule.OWN_PASSWORD, name);
    }

    /** @param stored as this transaction read it */
    private Account store(Caller caller, Account stored, PasswordHash hash, boolean revokeTokens) {
        Instant now = clock.instant();
        Account changed = accounts.update(
                isOwn(caller, stored.name().value())
                        ? stored.withPassword(hash, now)
                        : stored.withPasswordToChange(hash, now));
        sessions.endAllOf(changed.id(), now, Session.Reason.PASSWORD_CHANGED);
        if (revokeTokens) tokens.revokeAllOf(subjectOf(changed), now, caller.name());
        changes.append(new AccessChange.OfAccount(changed.name()));
        if (!stored.password().map(PasswordHash::form).equals(Optional.of(hash.form())))
            changes.append(new AccessChange.OfPasswordForms());
        return changed;
    }

    private void forgetInitial(String name) {
        if (name.equals(ProvisioningService.FIRST_ADMINISTRATOR.value())) initialPassword.forget();
    }

    @Override
    public void changePassword(Caller caller, PasswordChange command) {
        String name = command.name().isEmpty() ? caller.name() : command.name();
        boolean own = isOwn(caller, name);
        boolean asOneself =
                own ? mayAsOneself(caller, "update", name) : command.name().isEmpty();
        if (!asOneself) authorizing.require(caller, on("update", name));
        AuditAction action = own ? AuditAction.PASSWORD_CHANGED : AuditAction.PASSWORD_RESET;
        Target target = new Target(Account.KIND, name);
        Prepared prepared = acts.prepare(caller, action, target, () -> {
            Account checked = requireCurrent(caller, command, own);
            return new Prepared(checked, newPasswords.hash(command.replacement(), name, caller.origin()));
        });
        acts.perform(caller, action, target, () -> {
            Account self = stillCurrent(prepared.checked());
            requireStill(caller, on("update", name), asOneself);
            return store(caller, own ? self : find(name), prepared.hash(), command.revokeTokens());
        });
        forgetInitial(name);
    }

    /**
     * The hash took its time: whoever lost their credential or the right meanwhile does nothing with it any more. That is
     * a refusal of this act, so that the audit has it beside the act and not as one more that was denied. The credential
     * and its account are read now; the policy is as this process knows it, a second old at most where another process
     * changed it (D6).
     *
     * @param asOneself whether no policy was asked in the first place
     */
    private void requireStill(Caller caller, AccessQuestion question, boolean asOneself) {
        boolean may = credentials.stillCounts(caller) && (asOneself || authorizing.allows(caller, question));
        if (!may)
            throw new Refusal.Forbidden(
                    question.resource(), question.action(), question.object(), caller.name(), caller.issuedAt());
    }

    /** @param checked whose current password was shown, as it was before the hashes were made */
    private record Prepared(Account checked, PasswordHash hash) {}

    /** Both hashes took their time: what was changed meanwhile decides, and of two changes the second comes too late. */
    private Account stillCurrent(Account checked) {
        return accounts.find(checked.name())
                .filter(each -> each.id().equals(checked.id())
                        && each.canSignIn()
                        && each.passwordChangedAt().equals(checked.passwordChangedAt()))
                .orElseThrow(() -> new Refusal.Invalid("currentPassword", AccountRule.CURRENT_PASSWORD));
    }

    /** The caller's account, whose password it was. */
    private Account requireCurrent(Caller caller, PasswordChange command, boolean own) {
        if (!(caller.subject() instanceof Subject.OfAccount self))
            throw new Refusal.Invalid("name", AccountRule.NOT_AN_ACCOUNT, caller.name());
        if (!(passwords.check(self.name().value(), command.current(), caller.origin())
                instanceof PasswordCheck.Verdict.Right right))
            throw new Refusal.Invalid("currentPassword", AccountRule.CURRENT_PASSWORD);
        Account account = right.account();
        if (!account.passwordChangeRequired()) return account;
        if (!own) throw new Refusal.Unmet(AccountRule.PASSWORD_CHANGE_REQUIRED, caller.name());
        if (command.current().reveal().equals(command.replacement().reveal()))
            throw new Refusal.Invalid("newPassword", AccountRule.PASSWORD_UNCHANGED);
        return account;
    }

    private Account find(String name) {
        return Username.ifValid(name)
                .flatMap(accounts::find)
                .orElseThrow(() -> new Refusal.NotFound(Account.KIND, name));
    }

    private Kept kept(Account account) {
        return new Kept(account, tokens.unrevokedOf(subjectOf(account), ApiTokens.MOST_SHOWN));
    }

    private static TokenSubject subjectOf(Account account) {
        return new TokenSubject.OfAccount(account.id(), account.name());
    }

    /** What is one's own needs no policy, but a credential that may be used for it. */
    private static boolean mayAsOneself(Caller caller, String action, String name) {
        return isOwn(caller, name) && caller.mayUseItFor(on(action, name));
    }

    private static boolean isOwn(Caller caller, String name) {
        return caller.subject() instanceof Subject.OfAccount self
                && self.name().value().equals(name);
    }

    private static AccessQuestion on(String action, String name) {
        return new AccessQuestion("accounts", action, name);
    }

    private static Set<Capability> capabilities(List<String> words) {
        Set<Capability> all = EnumSet.noneOf(Capability.class);
        for (String each : words)
            all.add(Capability.of(each)
                    .orElseThrow(() -> new Refusal.Invalid("capabilities", AccountRule.CAPABILITY, each)));
        return all;
    }
}
