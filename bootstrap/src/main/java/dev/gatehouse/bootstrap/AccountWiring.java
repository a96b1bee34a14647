package dev.gatehouse.bootstrap;

import dev.gatehouse.application.access.Administrators;
import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.application.access.CredentialCheck;
import dev.gatehouse.application.access.RecentSignIn;
import dev.gatehouse.application.account.AccountService;
import dev.gatehouse.application.account.ManagingAccounts;
import dev.gatehouse.application.account.NewPasswords;
import dev.gatehouse.application.account.PasswordCheck;
import dev.gatehouse.application.account.Provisioning;
import dev.gatehouse.application.account.ProvisioningService;
import dev.gatehouse.application.shared.Acts;
import dev.gatehouse.application.shared.OncePerKey;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.InitialPassword;
import dev.gatehouse.domain.account.KnownPasswords;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PasswordRules;
import dev.gatehouse.domain.account.SignInFailures;
import dev.gatehouse.domain.project.Projects;
import dev.gatehouse.domain.session.Sessions;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Transactions;
import dev.gatehouse.domain.token.ApiTokens;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Accounts and their passwords. */
@Factory
final class AccountWiring {
    @Singleton
    PasswordCheck passwordCheck(
            Accounts accounts,
            PasswordHasher hasher,
            SignInFailures failures,
            Transactions transactions,
            Settings settings,
            PasswordRules rules,
            AccessChanges changes,
            InstantSource clock) {
        return new PasswordCheck(
                accounts, hasher, failures, transactions, settings.signInThrottle(), rules, changes, clock);
    }

    @Singleton
    PasswordRules passwordRules(Settings settings) {
        return settings.passwordRules();
    }

    @Singleton
    NewPasswords newPasswords(PasswordRules rules, KnownPasswords common, PasswordHasher hasher, Ids ids) {
        return new NewPasswords(rules, common, hasher, ids);
    }

    @Singleton
    ManagingAccounts managingAccounts(
            Authorizing authorizing,
            CredentialCheck credentials,
            Administrators administrators,
            RecentSignIn recentSignIn,
            OncePerKey oncePerKey,
            PasswordCheck passwords,
            Accounts accounts,
            ApiTokens tokens,
            Sessions sessions,
            NewPasswords newPasswords,
            InitialPassword initialPassword,
            AccessChanges changes,
            Ids ids,
            Acts acts,
            InstantSource clock) {
        return new AccountService(
                authorizing,
                credentials,
                administrators,
                recentSignIn,
                oncePerKey,
                passwords,
                new AccountService.Ports(accounts, tokens, sessions, initialPassword, changes, ids),
                acts,
                newPasswords,
                clock);
    }

    @Singleton
    Provisioning provisioning(
            Accounts accounts,
            Projects projects,
            NewPasswords newPasswords,
            InitialPassword initialPassword,
            AccessChanges changes,
            Ids ids,
            Acts acts,
            InstantSource clock) {
        return new ProvisioningService(
                new ProvisioningService.Ports(accounts, projects, initialPassword, changes, ids),
                acts,
                newPasswords,
                clock);
    }
}
