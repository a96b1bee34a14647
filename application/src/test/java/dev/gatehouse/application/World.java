package dev.gatehouse.application;

import dev.gatehouse.adapters.testkit.access.InMemoryAccessChanges;
import dev.gatehouse.adapters.testkit.access.InMemoryPolicies;
import dev.gatehouse.adapters.testkit.access.InMemoryUsedRights;
import dev.gatehouse.adapters.testkit.account.FewKnownPasswords;
import dev.gatehouse.adapters.testkit.account.InMemoryAccounts;
import dev.gatehouse.adapters.testkit.account.InMemoryInitialPassword;
import dev.gatehouse.adapters.testkit.account.InMemorySignInFailures;
import dev.gatehouse.adapters.testkit.account.PlainHasher;
import dev.gatehouse.adapters.testkit.audit.InMemoryAuditTrail;
import dev.gatehouse.adapters.testkit.project.InMemoryProjects;
import dev.gatehouse.adapters.testkit.session.InMemorySessions;
import dev.gatehouse.adapters.testkit.shared.CountingIds;
import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.shared.InMemoryTransactions;
import dev.gatehouse.adapters.testkit.shared.MutableClock;
import dev.gatehouse.adapters.testkit.shared.PlainSealer;
import dev.gatehouse.adapters.testkit.token.CountingKeys;
import dev.gatehouse.adapters.testkit.token.InMemoryApiTokens;
import dev.gatehouse.adapters.testkit.token.InMemoryCleanUps;
import dev.gatehouse.adapters.testkit.token.InMemoryRepeats;
import dev.gatehouse.adapters.testkit.token.InMemorySigningKeys;
import dev.gatehouse.adapters.testkit.token.InMemoryTokenPolicies;
import dev.gatehouse.adapters.testkit.token.InMemoryVerifiedTokens;
import dev.gatehouse.adapters.testkit.token.UnsignedTokens;
import dev.gatehouse.adapters.testkit.webhook.InMemoryDeliveries;
import dev.gatehouse.adapters.testkit.webhook.InMemoryWebhookClients;
import dev.gatehouse.application.access.Administrators;
import dev.gatehouse.application.access.AskingPolicy;
import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.access.AuthenticationService;
import dev.gatehouse.application.access.AuthorizationService;
import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.CredentialCheck;
import dev.gatehouse.application.access.LastUses;
import dev.gatehouse.application.access.ManagingPolicy;
import dev.gatehouse.application.access.PolicyAdviceService;
import dev.gatehouse.application.access.PolicyInForce;
import dev.gatehouse.application.access.PolicyService;
import dev.gatehouse.application.access.RecentSignIn;
import dev.gatehouse.application.access.RightsInUse;
import dev.gatehouse.application.access.TokenPolicyInForce;
import dev.gatehouse.application.account.AccountService;
import dev.gatehouse.application.account.ManagingAccounts;
import dev.gatehouse.application.account.NewPasswords;
import dev.gatehouse.application.account.PasswordCheck;
import dev.gatehouse.application.account.Provisioning;
import dev.gatehouse.application.account.ProvisioningService;
import dev.gatehouse.application.audit.AuditService;
import dev.gatehouse.application.audit.ReadingAudit;
import dev.gatehouse.application.project.ManagingProjects;
import dev.gatehouse.application.project.ProjectService;
import dev.gatehouse.application.session.ManagingSessions;
import dev.gatehouse.application.session.SessionService;
import dev.gatehouse.application.session.SignInService;
import dev.gatehouse.application.session.SigningIn;
import dev.gatehouse.application.session.TidyingSessions;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.application.token.AccountTokenService;
import dev.gatehouse.application.token.CleanUpService;
import dev.gatehouse.application.token.CleaningUpTokens;
import dev.gatehouse.application.token.EndingLeakedTokens;
import dev.gatehouse.application.token.Introspecting;
import dev.gatehouse.application.token.IntrospectionService;
import dev.gatehouse.application.token.Issuing;
import dev.gatehouse.application.token.KeyService;
import dev.gatehouse.application.token.LeakedTokenService;
import dev.gatehouse.application.token.ManagingAccountTokens;
import dev.gatehouse.application.token.ManagingProjectTokens;
import dev.gatehouse.application.token.ManagingTokenPolicy;
import dev.gatehouse.application.token.ManagingTokens;
import dev.gatehouse.application.token.ProjectTokenService;
import dev.gatehouse.application.token.PublishingKeys;
import dev.gatehouse.application.token.ReadingTokenUsage;
import dev.gatehouse.application.token.SigningKeyService;
import dev.gatehouse.application.token.TidyingTokens;
import dev.gatehouse.application.token.TokenPolicyService;
import dev.gatehouse.application.token.TokenService;
import dev.gatehouse.application.token.TokenUsageService;
import dev.gatehouse.application.token.TokenWarningService;
import dev.gatehouse.application.token.WarningOfEnds;
import dev.gatehouse.application.webhook.ManagingWebhookClients;
import dev.gatehouse.application.webhook.ReceivingWebhooks;
import dev.gatehouse.application.webhook.WebhookClientService;
import dev.gatehouse.application.webhook.WebhookService;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.PasswordRules;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInFailures;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.account.SignInThrottle;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditFilter;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeyMaker;
import dev.gatehouse.domain.token.TokenId;
import dev.gatehouse.domain.token.TokenRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

/** The whole application over ports in memory, with a clock that stands still: what use cases and slices are tested in. */
public final class World {
    /** The password of the first administrator and of everybody made by {@link #account}. */
    public static final String PASSWORD = "correct horse battery";

    /** How long a signing key signs. */
    public static final Duration KEY_PERIOD = Duration.ofDays(90);

    public final InMemoryStore store = new InMemoryStore();
    public final MutableClock clock = new MutableClock();
    public final CountingIds ids = new CountingIds();
    public final PlainHasher hasher = new PlainHasher();
    public final UnsignedTokens keys = new UnsignedTokens();
    public final InMemoryTransactions transactions = new InMemoryTransactions(store);
    public final InMemoryAccounts accounts = new InMemoryAccounts(store);
    public final InMemorySignInFailures failures = new InMemorySignInFailures(store);
    public final InMemoryInitialPassword initialPassword = new InMemoryInitialPassword();
    public final InMemoryProjects projects = new InMemoryProjects(store);
    public final InMemoryApiTokens tokens = new InMemoryApiTokens(store);
    public final InMemoryTokenPolicies tokenPolicies = new InMemoryTokenPolicies(store);
    public final InMemoryCleanUps cleanUps = new InMemoryCleanUps(store);
    public final InMemoryRepeats repeats = new InMemoryRepeats(store);
    public final InMemorySessions sessions = new InMemorySessions(store);
    public final InMemoryPolicies policies = new InMemoryPolicies(store);
    public final InMemoryAccessChanges changes = new InMemoryAccessChanges(store);
    public final InMemoryVerifiedTokens verified = new InMemoryVerifiedTokens();
    public final InMemoryWebhookClients webhookClients = new InMemoryWebhookClients(store);
    public final InMemoryDeliveries deliveries = new InMemoryDeliveries(store);
    public final InMemoryAuditTrail trail = new InMemoryAuditTrail(store);
    public final LastUses lastUses = new LastUses(sessions, tokens, clock);
    public final InMemoryUsedRights usedRights = new InMemoryUsedRights(store);
    public final RightsInUse rightsInUse = new RightsInUse(usedRights, clock);
    public final CountingKeys keyMaker = new CountingKeys();
    public final InMemorySigningKeys signingKeys = new InMemorySigningKeys(store);
    /** The stored policies that did not read. */
    public final List<PolicyInForce.Unreadable> unreadable = new CopyOnWriteArrayList<>();
    /** Tokens that were shown after they were closed, when the process did not keep up. */
    public final List<TokenId> unjudged = new CopyOnWriteArrayList<>();

    public final TokenRules tokenRules;
    public final Acts acts;
    public final OncePerKey oncePerKey;

    public final Provisioning provisioning;
    public final SigningIn signingIn;
    public final ManagingSessions managingSessions;
    public final TidyingSessions tidyingSessions;
    public final Authenticating authenticating;
    public final Authorizing authorizing;
    public final ManagingPolicy managingPolicy;
    public final AskingPolicy askingPolicy;
    public final ManagingAccounts managingAccounts;
    public final ManagingAccountTokens managingAccountTokens;
    public final ManagingProjects managingProjects;
    /** The same with another number of tokens that a reply shows at most. */
    public final IntFunction<ManagingProjects> projectsShowing;

    public final ManagingProjectTokens managingProjectTokens;
    public final ManagingTokenPolicy managingTokenPolicy;
    public final WarningOfEnds warningOfEnds;
    public final ManagingTokens managingTokens;
    public final CleaningUpTokens cleaningUpTokens;
    public final EndingLeakedTokens endingLeakedTokens;
    public final PublishingKeys publishingKeys;
    public final SigningKeyService signingKeyService;
    public final Introspecting introspecting;
    public final ReadingTokenUsage readingTokenUsage;
    public final ManagingWebhookClients managingWebhookClients;
    public final ReceivingWebhooks receivingWebhooks;
    public final ReadingAudit readingAudit;

    public World() {
        this(TokenRules.DEFAULT, SessionRules.DEFAULT);
    }

    public World(SessionRules sessionRules) {
        this(TokenRules.DEFAULT, sessionRules);
    }

    public World(TokenRules tokenRules) {
        this(tokenRules, SessionRules.DEFAULT);
    }

    /** A world with a first administrator and the project {@code default}. */
    public World(TokenRules tokenRules, SessionRules sessionRules) {
        this.tokenRules = tokenRules;
        TokenPolicyInForce tokenPolicyInForce = new TokenPolicyInForce(tokenPolicies, changes, sessionRules);
        PolicyInForce inForce = new PolicyInForce(policies, projects, accounts, changes, unreadable::add);
        RecentSignIn recentSignIn = new RecentSignIn(tokenPolicyInForce, inForce, clock);
        acts = new Acts(transactions, trail, clock, recentSignIn::before);
        PasswordCheck passwords = new PasswordCheck(
                accounts,
                hasher,
                failures,
                transactions,
                SignInThrottle.DEFAULT,
                PasswordRules.DEFAULT,
                changes,
                clock);
        NewPasswords newPasswords = new NewPasswords(PasswordRules.DEFAULT, new FewKnownPasswords(), hasher, ids);
        oncePerKey = new OncePerKey(repeats, clock);
        Issuing issuing = new Issuing(
                new Issuing.Ports(tokens, accounts, projects, changes, tokenPolicies, keys, ids),
                tokenPolicyInForce,
                recentSignIn,
                oncePerKey,
                acts,
                tokenRules,
                clock);
        Administrators administrators = new Administrators(inForce, accounts);
        authorizing = new AuthorizationService(inForce, rightsInUse, acts);
        askingPolicy = new PolicyAdviceService(authorizing, inForce, projects, accounts);
        authenticating = new AuthenticationService(
                new AuthenticationService.Ports(verified, changes, keys, accounts, sessions, tokens, projects),
                lastUses,
                tokenPolicyInForce,
                acts,
                unjudged::add,
                tokenRules,
                clock);
        managingPolicy = new PolicyService(authorizing, administrators, policies, changes, acts);
        signingIn = new SignInService(
                passwords,
                new SignInService.Ports(accounts, hasher, sessions, changes, keys, new PlainSealer(), ids),
                acts,
                tokenPolicyInForce,
                tokenRules,
                clock);
        SessionService sessionService =
                new SessionService(authorizing, sessions, accounts, lastUses, changes, acts, tokenPolicyInForce, clock);
        managingSessions = sessionService;
        tidyingSessions = sessionService;
        managingAccounts = new AccountService(
                authorizing,
                new CredentialCheck(accounts, sessions, tokens, tokenPolicyInForce, clock),
                administrators,
                recentSignIn,
                oncePerKey,
                passwords,
                new AccountService.Ports(accounts, tokens, sessions, initialPassword, changes, ids),
                acts,
                newPasswords,
                clock);
        provisioning = new ProvisioningService(
                new ProvisioningService.Ports(accounts, projects, initialPassword, changes, ids),
                acts,
                newPasswords,
                clock);
        managingAccountTokens =
                new AccountTokenService(authorizing, accounts, projects, tokens, changes, issuing, acts, clock);
        projectsShowing = most -> new ProjectService(
                authorizing,
                recentSignIn,
                oncePerKey,
                new ProjectService.Ports(projects, tokens, trail, webhookClients, changes, ids),
                acts,
                clock,
                most);
        managingProjects = projectsShowing.apply(ApiTokens.MOST_SHOWN);
        managingProjectTokens = new ProjectTokenService(authorizing, projects, tokens, changes, issuing, acts, clock);
        warningOfEnds = new TokenWarningService(tokens, tokenPolicyInForce, acts, clock);
        managingTokenPolicy = tokenPolicyService(sessionRules, TokenPolicyService.Pace.USUAL);
        managingTokens =
                new TokenService(authorizing, projects, tokens, changes, tokenPolicyInForce, issuing, acts, clock);
        cleaningUpTokens = cleanUpService(TidyingTokens.Schedule.NEVER, CleanUpService.Pace.USUAL);
        endingLeakedTokens = new LeakedTokenService(keys, tokens, sessions, changes, acts, tokenRules, clock);
        publishingKeys = new KeyService(keys, tokenRules);
        readingTokenUsage = new TokenUsageService(managingTokens, usedRights, inForce, clock);
        introspecting = new IntrospectionService(authorizing, authenticating);
        signingKeys.insertFirst(
                keyMaker.make(SigningKey.Algorithm.ES256, clock.instant()).from(clock.instant()));
        signingKeyService = signingKeyService(keyMaker);
        managingWebhookClients =
                new WebhookClientService(authorizing, oncePerKey, projects, webhookClients, ids, acts, clock);
        receivingWebhooks = new WebhookService(authorizing, projects, webhookClients, deliveries, ids, acts, clock);
        readingAudit = new AuditService(authorizing, trail);
        provisioning.provision(Optional.of(new PlainPassword(PASSWORD)), false, origin());
    }

    /** Another process that keeps the policy on tokens. */
    public TokenPolicyService tokenPolicyService(SessionRules settings, TokenPolicyService.Pace pace) {
        return new TokenPolicyService(
                authorizing,
                new TokenPolicyService.Ports(tokenPolicies, projects, tokens, sessions, changes, transactions),
                lastUses,
                settings,
                pace,
                acts,
                clock);
    }

    /** Another process that keeps the keys. */
    public SigningKeyService signingKeyService(SigningKeyMaker maker) {
        return new SigningKeyService(
                authorizing,
                oncePerKey,
                new SigningKeyService.Ports(signingKeys, maker, tokens, sessions, tokenPolicies, changes, transactions),
                acts,
                Optional.of(KEY_PERIOD),
                clock);
    }

    /** Another process that cleans up tokens. */
    public CleanUpService cleanUpService(TidyingTokens.Schedule schedule, CleanUpService.Pace pace) {
        return cleanUpService(tokens, schedule, pace);
    }

    /** The same on another store of tokens. */
    public CleanUpService cleanUpService(ApiTokens stored, TidyingTokens.Schedule schedule, CleanUpService.Pace pace) {
        return new CleanUpService(
                authorizing,
                oncePerKey,
                new CleanUpService.Ports(cleanUps, stored, projects, changes, transactions, ids),
                acts,
                schedule,
                pace,
                clock);
    }

    /** Where every request of this world comes from. */
    public static Origin origin() {
        return new Origin("192.0.2.7", "world/1", "request-1");
    }

    /** The first administrator, signed in. */
    public Caller admin() {
        return signIn("admin");
    }

    /** Somebody with {@link #PASSWORD}, signed in. */
    public Caller signIn(String name) {
        return caller(sessionToken(name));
    }

    /** The token of a new session. */
    public PlainToken sessionToken(String name) {
        SigningIn.Answer answer = signingIn.signIn(new SigningIn.SignIn(name, new PlainPassword(PASSWORD), origin()));
        if (answer instanceof SigningIn.Answer.SignedIn(var session, var token)) return token;
        throw new AssertionError(name + " could not sign in: " + answer);
    }

    /** Who shows this token, which must count. */
    public Caller caller(PlainToken token) {
        Authenticating.Answer answer = authenticating.authenticate(token, origin());
        if (answer instanceof Authenticating.Answer.Authenticated(Caller caller)) return caller;
        throw new AssertionError("the token does not count: " + answer);
    }

    /** Why this token does not count. */
    public Authenticating.Rejection rejection(PlainToken token) {
        Authenticating.Answer answer = authenticating.authenticate(token, origin());
        if (answer instanceof Authenticating.Answer.Rejected(Authenticating.Rejection why)) return why;
        throw new AssertionError("the token counts: " + answer);
    }

    /** A new account with {@link #PASSWORD}. */
    public void account(String name, String... capabilities) {
        managingAccounts.create(
                admin(),
                new ManagingAccounts.NewAccount(
                        name, List.of(capabilities), true, "", Optional.of(new PlainPassword(PASSWORD))));
    }

    /** A new project with one role {@code ci} that may get its applications and create its events. */
    public void project(String name) {
        managingProjects.create(
                admin(),
                draft(
                        name,
                        new ManagingProjects.RoleDraft(
                                "ci",
                                "",
                                List.of(
                                        "p, proj:" + name + ":ci, applications, get, " + name + "/*, allow",
                                        "p, proj:" + name + ":ci, events, create, " + name + "/*, allow"),
                                List.of())),
                false);
    }

    /** A project as its owner would send it. */
    public static ManagingProjects.Draft draft(String name, ManagingProjects.RoleDraft... roles) {
        return new ManagingProjects.Draft(name, "", "", ProjectLabels.NONE, "", List.of(roles), "{}");
    }

    /** How many failures are counted for this name from there. */
    public int failuresOf(String name, String address) {
        return failures.past(new SignInFailures.Key(name, address), SignInPlace.of(address))
                .here()
                .map(SignInFailures.Count::failures)
                .orElse(0);
    }

    /** The newest entry of the audit. */
    public AuditEntry lastEntry() {
        return trail.find(AuditFilter.ALL, new PageRequest(1, Optional.empty()))
                .items()
                .getFirst()
                .entry();
    }

    /** The entries of one action, the newest first. */
    public List<AuditEntry> entries(AuditAction action) {
        return trail.find(AuditFilter.ALL, new PageRequest(PageRequest.MOST, Optional.empty())).items().stream()
                .map(AuditTrail.Numbered::entry)
                .filter(each -> each.action() == action)
                .toList();
    }
}
