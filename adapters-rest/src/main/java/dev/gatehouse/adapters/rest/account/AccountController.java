package dev.gatehouse.adapters.rest.account;

import dev.gatehouse.adapters.rest.BeforePasswordChange;
import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.IdempotencyKey;
import dev.gatehouse.adapters.rest.Nothing;
import dev.gatehouse.adapters.rest.Query;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Rehearsal;
import dev.gatehouse.adapters.rest.ResourceVersion;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.application.account.ManagingAccounts;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.PlainPassword;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Accounts (Argo CD contract 3, Gatehouse contract 3). */
@Controller("/api/v1/account")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "account")
class AccountController {
    private static final String PASSWORD = "password";

    private final ManagingAccounts accounts;

    AccountController(ManagingAccounts accounts) {
        this.accounts = accounts;
    }

    @Get
    @Operation(operationId = "listAccounts", summary = "The accounts one may see, by name")
    AccountView.ListView list(@Parameter(hidden = true) Caller caller) {
        return new AccountView.ListView(
                accounts.list(caller).stream().map(AccountView::of).toList());
    }

    @Get("/{name}")
    @Operation(operationId = "getAccount", summary = "One account")
    AccountView get(@Parameter(hidden = true) Caller caller, String name) {
        return AccountView.of(accounts.get(caller, name));
    }

    @Post
    @Operation(operationId = "createAccount", summary = "Make an account")
    @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER, description = IdempotencyKey.DESCRIPTION)
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = CreateRequest.class)))
    HttpResponse<AccountView> create(
            @Parameter(hidden = true) Caller caller,
            HttpRequest<?> request,
            @Parameter(hidden = true) @Nullable @Header(IdempotencyKey.HEADER) String key,
            @Parameter(hidden = true) Sent body) {
        Query.of(request);
        AccountView made = AccountView.of(accounts.create(caller, CreateRequest.read(body, key)));
        return HttpResponse.ok(made).header(HttpHeaders.LOCATION, "/api/v1/account/" + made.name());
    }

    @Put("/{name}")
    @Operation(
            operationId = "changeAccount",
            summary = "Change what an account may hold",
            description = "What it loses by that ends at once and for good: sessions, tokens, or both.")
    @Parameter(name = Rehearsal.PARAMETER, in = ParameterIn.QUERY, description = Rehearsal.DESCRIPTION)
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ChangeRequest.class)))
    AccountView change(
            @Parameter(hidden = true) Caller caller,
            String name,
            @Nullable @Header(HttpHeaders.IF_MATCH) String ifMatch,
            HttpRequest<?> request,
            @Parameter(hidden = true) Sent body) {
        boolean dryRun = Query.of(request, Rehearsal.PARAMETER).flag(Rehearsal.PARAMETER);
        ManagingAccounts.Change command = ChangeRequest.read(name, body, Optional.ofNullable(ifMatch));
        return dryRun
                ? AccountView.of(accounts.rehearseChange(caller, command))
                : AccountView.of(accounts.change(caller, command));
    }

    @Delete("/{name}")
    @Operation(operationId = "deleteAccount", summary = "Remove an account, and end its sessions and tokens for good")
    @Parameter(name = Rehearsal.PARAMETER, in = ParameterIn.QUERY, description = Rehearsal.DESCRIPTION)
    Rehearsal delete(@Parameter(hidden = true) Caller caller, String name, HttpRequest<?> request) {
        if (Query.of(request, Rehearsal.PARAMETER).flag(Rehearsal.PARAMETER)) {
            ManagingAccounts.Ends ends = accounts.rehearseDeletion(caller, name);
            return Rehearsal.of(new Rehearsal.Ends(ends.sessions(), ends.tokens()));
        }
        accounts.delete(caller, name);
        return Rehearsal.DONE;
    }

    @Put("/{name}/password")
    @Operation(
            operationId = "resetPassword",
            summary = "Set somebody else's password, as an administrator",
            description = "Until its holder has set another, signing in is good for that alone. Without newPassword the"
                    + " service makes one, and shows it this once.")
    @Parameter(name = Rehearsal.PARAMETER, in = ParameterIn.QUERY, description = Rehearsal.DESCRIPTION)
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ResetRequest.class)))
    ResetView resetPassword(
            @Parameter(hidden = true) Caller caller,
            String name,
            HttpRequest<?> request,
            @Parameter(hidden = true) Sent body) {
        boolean dryRun = Query.of(request, Rehearsal.PARAMETER).flag(Rehearsal.PARAMETER);
        ManagingAccounts.PasswordReset command = ResetRequest.read(name, body);
        return dryRun
                ? ResetView.of(accounts.rehearseReset(caller, command))
                : ResetView.of(accounts.resetPassword(caller, command));
    }

    @Put("/password")
    @BeforePasswordChange
    @Operation(operationId = "updatePassword", summary = "Set a password: one's own, or another's")
    @RequestBody(
            content =
                    @Content(mediaType = "application/json", schema = @Schema(implementation = PasswordRequest.class)))
    Nothing changePassword(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) Sent body) {
        Body sent = Body.argo(body);
        accounts.changePassword(
                caller,
                new ManagingAccounts.PasswordChange(
                        sent.textOrEmpty("name"),
                        new PlainPassword(sent.textOrEmpty("currentPassword")),
                        new PlainPassword(sent.textOrEmpty("newPassword")),
                        sent.flag("revokeTokens").orElse(false)));
        return Nothing.AT_ALL;
    }

    @Serdeable
    @Schema(name = "CreateAccountRequest")
    record CreateRequest(
            String name,
            @Schema(description = "login, apiKey") List<String> capabilities,
            @Schema(defaultValue = "true") boolean enabled,
            String description,

            @Schema(description = "Without one nobody can sign in", format = "password")
            String password,

            @Schema(description = "Whether its holder has to set another before anything else")
            boolean passwordChangeRequired) {

        static ManagingAccounts.NewAccount read(Sent body, @Nullable String key) {
            Body sent = Body.own(
                    body, "name", "capabilities", "enabled", "description", PASSWORD, "passwordChangeRequired");
            return new ManagingAccounts.NewAccount(
                    sent.textOrEmpty("name"),
                    sent.texts("capabilities"),
                    sent.flag("enabled").orElse(true),
                    sent.textOrEmpty("description"),
                    sent.text(PASSWORD).map(PlainPassword::new),
                    sent.flag("passwordChangeRequired").orElse(false),
                    // Of a password nothing may be kept but its slow hash.
                    IdempotencyKey.of(key, sent, "account", PASSWORD));
        }
    }

    @Serdeable
    @Schema(name = "ChangeAccountRequest")
    record ChangeRequest(
            @Schema(description = "All that it has from then on")
            List<String> capabilities,

            boolean enabled,
            String description,

            @Schema(description = "The one that was read; or as If-Match")
            String resourceVersion) {

        static ManagingAccounts.Change read(String name, Sent body, Optional<String> ifMatch) {
            Body sent = Body.own(body, "capabilities", "enabled", "description", "resourceVersion");
            // What was forgotten neither takes rights away nor gives them back.
            if (sent.member("capabilities").isEmpty())
                throw Body.invalid("capabilities is missing; send all that the account has from then on, [] for none");
            return new ManagingAccounts.Change(
                    name,
                    sent.texts("capabilities"),
                    sent.flag("enabled").orElseThrow(() -> Body.invalid("enabled is missing; send true or false")),
                    sent.textOrEmpty("description"),
                    ResourceVersion.of(sent.text("resourceVersion"), ifMatch));
        }
    }

    @Serdeable
    @Schema(name = "ResetPasswordRequest")
    record ResetRequest(
            @Schema(description = "Left out: the service makes one", format = "password")
            String newPassword,

            @Schema(description = "Whether the account's tokens end, too")
            boolean revokeTokens) {

        static ManagingAccounts.PasswordReset read(String name, Sent body) {
            Body sent = Body.own(body, "newPassword", "revokeTokens");
            return new ManagingAccounts.PasswordReset(
                    name,
                    sent.text("newPassword").map(PlainPassword::new),
                    sent.flag("revokeTokens").orElse(false));
        }
    }

    /** Empty when the caller sent the password; a rehearsal makes none. */
    @Serdeable
    @Schema(name = "ResetPasswordResponse")
    record ResetView(
            @Schema(description = "The password that was made, shown this once") @Nullable
            String secret,

            @Schema(description = "When it ends, if its holder does not change it before") @Nullable
            String endsAt,

            @Schema(description = "Of a rehearsal") Rehearsal.@Nullable Ends ends,

            @Nullable Boolean dryRun) {
        static ResetView of(ManagingAccounts.Ends ends) {
            return new ResetView(null, null, new Rehearsal.Ends(ends.sessions(), ends.tokens()), true);
        }

        static ResetView of(Optional<ManagingAccounts.Generated> made) {
            return new ResetView(
                    made.map(each -> each.password().reveal()).orElse(null),
                    made.map(each -> each.endsAt().toString()).orElse(null),
                    null,
                    null);
        }

        @Override
        public String toString() {
            return "ResetView[…]";
        }
    }

    @Serdeable
    @Schema(name = "UpdatePasswordRequest")
    record PasswordRequest(
            @Schema(format = "password") String newPassword,

            @Schema(description = "The caller's own", format = "password")
            String currentPassword,

            @Schema(description = "Whose; left out: the caller's own")
            String name,

            @Schema(description = "Whether the account's tokens end, too; Argo CD does not know it")
            boolean revokeTokens) {}
}
