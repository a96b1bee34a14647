package dev.gatehouse.adapters.rest;

import dev.gatehouse.application.access.Authenticating.Rejection;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.AccessRule;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.account.Account;
import dev.gatehouse.domain.account.AccountRule;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.project.Project;
import dev.gatehouse.domain.project.ProjectRule;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionRule;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.shared.Rule;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.token.TokenVerifier.Flaw;
import dev.gatehouse.domain.webhook.WebhookClient;
import dev.gatehouse.domain.webhook.WebhookRule;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The one place where refusals become sentences; those of Argo CD where its clients know them (contract 1.1 to 5.8). */
public final class Wording {
    /** What somebody is told who showed no credential. */
    static final String NO_SESSION = "no session information";

    private static final String RFC_1123 = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
            + " characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com',"
            + " regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
    private static final String POLICY = "invalid policy rule '";
    /** What a document is called, a line and a column. */
    private static final Pattern PLACE = Pattern.compile("(.*):(\\d+):(\\d+)", Pattern.DOTALL);

    private static final String GIVE_WHAT_YOU_HOLD =
            "give only what you hold yourself, or ask somebody who may update all projects";

    private Wording() {}

    /** A code and its sentence. */
    private record Said(Code code, String text) {}

    /** The problem that a refusal is on the wire. */
    public static Problem of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Invalid invalid -> invalid(invalid.faults());
            case Refusal.Forbidden forbidden -> Problem.of(Code.PERMISSION_DENIED, forbidden(forbidden));
            case Refusal.NotFound missing -> Problem.of(Code.NOT_FOUND, notFound(missing));
            case Refusal.Conflict conflict -> conflict(conflict);
            case Refusal.Unmet unmet -> unmet(unmet.fault());
            case Refusal.SignInTooOld old -> signInTooOld(old.most().toSeconds());
            case Refusal.Unavailable unavailable ->
                new Problem(
                        Code.UNAVAILABLE.status(),
                        Code.UNAVAILABLE,
                        unavailable(unavailable.part()),
                        List.of(),
                        Optional.of(unavailable.retryAfter()));
        };
    }

    private static String unavailable(String part) {
        return switch (part) {
            case PasswordHasher.PART -> "too many are signing in at once; try again in a moment";
            case Account.KIND -> "the account was changed meanwhile; sign in again";
            default -> part + " is unavailable; try again in a moment";
        };
    }

    /** RFC 9470, section 3, for those who can read it; the sentence for everybody else. */
    private static Problem signInTooOld(long seconds) {
        return Problem.of(
                        Code.UNAUTHENTICATED,
                        "you signed in too long ago for this: the token policy asks for a sign-in within the last "
                                + seconds + " seconds; sign in again, by POST /api/v1/session, and repeat the request"
                                + " with the new token")
                .withChallenge("Bearer error=\"insufficient_user_authentication\","
                        + " error_description=\"a more recent sign-in is required\", max_age=\"" + seconds + "\"");
    }

    private static Problem invalid(List<Fault> faults) {
        Said first = say(faults.getFirst());
        if (faults.size() == 1) return Problem.of(first.code(), first.text());
        return new Problem(
                first.code().status(),
                first.code(),
                first.text() + "; and " + (faults.size() - 1) + " more, see details",
                faults.stream()
                        .map(each -> new Problem.Detail(each.field(), say(each).text()))
                        .toList(),
                Optional.empty());
    }

    /** The problem of a project that is missing where it is asked for in detail: clients know another text for it there. */
    public static Problem ofDetailed(Refusal.NotFound missing) {
        return Problem.of(
                Code.NOT_FOUND,
                "error getting app project \"" + missing.name() + "\": appproject.argoproj.io \"" + missing.name()
                        + "\" not found");
    }

    private static String forbidden(Refusal.Forbidden forbidden) {
        return denied(forbidden)
                + forbidden.because().map(each -> "; " + say(each).text()).orElse("");
    }

    private static String denied(Refusal.Forbidden forbidden) {
        return "permission denied: " + forbidden.resource() + ", " + forbidden.action() + ", " + forbidden.object()
                + (forbidden.subject().isEmpty() ? "" : ", sub: " + forbidden.subject())
                + forbidden
                        .issuedAt()
                        .map(each -> ", iat: " + each.truncatedTo(ChronoUnit.SECONDS))
                        .orElse("");
    }

    private static String notFound(Refusal.NotFound missing) {
        String name = missing.name();
        return switch (missing.kind()) {
            case Account.KIND -> "account '" + name + "' does not exist";
            case Project.KIND -> "appprojects.argoproj.io \"" + name + "\" not found";
            case Project.ROLE_KIND -> "project '" + missing.within() + "' does not have role '" + name + "'";
            case ApiToken.KIND -> "token with id '" + name + "' does not exist";
            case WebhookClient.KIND ->
                "webhook client '" + name + "' does not exist in project '" + missing.within() + "'";
            case SigningKey.KIND -> "signing key '" + name + "' does not exist";
            case Session.KIND -> "session '" + name + "' does not exist";
            default -> missing.kind() + " '" + name + "' does not exist";
        };
    }

    private static Problem conflict(Refusal.Conflict conflict) {
        String name = conflict.name();
        return switch (conflict.reason()) {
            case ALREADY_EXISTS ->
                Problem.of(
                        Code.ALREADY_EXISTS,
                        switch (conflict.kind()) {
                            case ApiToken.KIND ->
                                "a token of this account or role was called '" + name
                                        + "' before, and none ever is again; choose another id, or leave it out to have"
                                        + " one made up";
                            case Account.KIND -> "account '" + name + "' already exists";
                            case Project.KIND -> "appprojects.argoproj.io \"" + name + "\" already exists";
                            case WebhookClient.KIND -> "webhook client '" + name + "' already exists";
                            default -> conflict.kind() + " '" + name + "' already exists";
                        });
            case STALE ->
                Problem.of(
                        Code.ABORTED,
                        switch (conflict.kind()) {
                            case Project.KIND ->
                                "Operation cannot be fulfilled on appprojects.argoproj.io \"" + name
                                        + "\": the object has been modified; please apply your changes to the latest"
                                        + " version and try again";
                            case PolicyDocument.KIND ->
                                "the policy has been modified since that resourceVersion; read it again and apply your"
                                        + " changes to the latest version";
                            case ApiToken.KIND ->
                                "token '" + name
                                        + "' was rotated, ended or has expired; read it again and go on with its successor";
                            default ->
                                conflict.kind() + " '" + name
                                        + "' has been modified meanwhile; read it again and try again";
                        });
            case SPENT ->
                Problem.of(
                        Code.ALREADY_EXISTS,
                        called(conflict.kind()) + " '" + name
                                + "' was made by this Idempotency-Key and has been used since; its secret is not shown"
                                + " again");
            case GONE ->
                Problem.of(
                        Code.ABORTED,
                        called(conflict.kind()) + " '" + name
                                + "' was made by this Idempotency-Key and is gone since; use a new key to make another");
        };
    }

    private static String called(String kind) {
        return kind.equals(WebhookClient.KIND) ? "webhook client" : kind;
    }

    private static Problem unmet(Fault fault) {
        Said said = say(fault);
        Problem problem = Problem.of(said.code(), said.text());
        if (fault.rule() == TokenRule.KEY_REUSED) return problem.withStatus(422);
        if (fault.rule() == TokenRule.POLICY_VERSION) return problem.withStatus(428);
        return fault.rule() == AccessRule.VERSION_REQUIRED || fault.rule() == AccountRule.VERSION_REQUIRED
                ? problem.withStatus(428)
                : problem;
    }

    /** The sentence of a fault, without the line and column that its field may hold. */
    public static String sentence(Fault fault) {
        String field = PLACE.matcher(fault.field()).replaceFirst("$1");
        return say(new Fault(field, fault.rule(), fault.arguments())).text();
    }

    private static Said say(Fault fault) {
        List<String> arguments = fault.arguments();
        return switch (fault.rule()) {
            case AccountRule rule -> say(rule, arguments);
            case ProjectRule rule -> say(rule, arguments, fault.field());
            case TokenRule rule -> say(rule, arguments, fault.field());
            case WebhookRule rule -> say(rule, arguments);
            case SessionRule rule -> say(rule, arguments);
            case AccessRule rule -> say(rule, arguments, fault.field());
            case AccessQuestion.Broken rule -> say(rule, arguments);
            case PageRequest.Broken rule -> say(rule, arguments);
            case Rule.OfText rule -> say(rule, arguments, fault.field());
            default -> throw new IllegalStateException("no sentence for the rule " + fault.rule());
        };
    }

    private static Said no(String text) {
        return new Said(Code.INVALID_ARGUMENT, text);
    }

    private static Said say(Rule.OfText rule, List<String> arguments, String field) {
        return switch (rule) {
            case CONTROL_CHARACTER ->
                no(field + " holds the control character " + arguments.get(0)
                        + "; leave it out: of these, line feeds and tabs alone are taken");
        };
    }

    private static Said say(AccountRule rule, List<String> arguments) {
        return switch (rule) {
            case NAME_SHAPE ->
                no("invalid account name '" + arguments.get(0)
                        + "': use 1 to 32 letters, digits, '-' and '_', with a letter or digit at both ends");
            case NAME_RESERVED -> no("the account name '" + arguments.get(0) + "' is reserved; choose another");
            case NAME_LIKE_ANOTHER ->
                new Said(
                        Code.ALREADY_EXISTS,
                        "account '" + arguments.get(0) + "' differs from '" + arguments.get(1)
                                + "' by letter case only; choose another name");
            case NAME_IN_POLICY ->
                new Said(
                        Code.PERMISSION_DENIED,
                        "the policy gives '" + arguments.get(0)
                                + "' rights already, and an account of that name would have them; choose another name, or"
                                + " ask somebody who may change the policy");
            case SIGN_IN_NAME_LENGTH -> no("Username is too long (32 bytes max)");
            case CAPABILITY -> no("unknown capability '" + arguments.get(0) + "'; there is: login, apiKey");
            case DESCRIPTION_LENGTH -> no("description is too long; use at most 255 characters");
            case PASSWORD_SHAPE ->
                no("the new password does not fit: it must have " + arguments.get(0) + " to " + arguments.get(1)
                        + " characters and no control characters");
            case PASSWORD_COMMON ->
                no("the new password is among the first that anybody would try; choose another, longer is better");
            case PASSWORD_OF_NAMES ->
                no("the new password is made of names that anybody would try; choose another, longer is better");
            case PASSWORD_UNCHANGED -> no("the new password is the one to be changed; choose another");
            case PASSWORD_CHANGE_REQUIRED ->
                new Said(
                        Code.PERMISSION_DENIED,
                        "the password of account '" + arguments.get(0)
                                + "' has to be changed first, by PUT /api/v1/account/password");
            case LACKS_CAPABILITY ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "account '" + arguments.get(0) + "' does not have " + arguments.get(1) + " capability");
            case DISABLED ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "account '" + arguments.get(0) + "' is disabled; enable it before you give it a token");
            case VERSION_REQUIRED -> versionRequired();
            case LAST_ADMINISTRATOR ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "account '" + arguments.get(0)
                                + "' is the last one that can sign in and change the policy; make"
                                + " another administrator first");
            case CURRENT_PASSWORD -> no("current password does not match");
            case OWN_PASSWORD ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "account '" + arguments.get(0)
                                + "' is your own: its password is changed with the current one; send both by PUT"
                                + " /api/v1/account/password");
            case NOT_AN_ACCOUNT ->
                no("password can only be changed for local users, not user \"" + arguments.get(0) + "\"");
        };
    }

    private static Said say(ProjectRule rule, List<String> arguments, String field) {
        return switch (rule) {
            case NAME_REQUIRED ->
                no("AppProject.argoproj.io \"\" is invalid: metadata.name: Required value: name or generateName is"
                        + " required");
            case NAME_SHAPE ->
                no("AppProject.argoproj.io \"" + arguments.get(0) + "\" is invalid: metadata.name: Invalid value: \""
                        + arguments.get(0) + "\": "
                        + (arguments.get(0).length() > 253 ? "must be no more than 253 characters" : RFC_1123));
            case FORMAT -> no(arguments.get(0) + " has an invalid format, '" + arguments.get(1) + "'");
            case ALREADY_ADDED -> no(arguments.get(0) + " '" + arguments.get(1) + "' already added");
            case DESCRIPTION_LENGTH -> no("spec.description is too long; use at most 255 characters");
            case ROLE_TWICE -> new Said(Code.ALREADY_EXISTS, "role '" + arguments.get(0) + "' already exists");
            case ROLE_SHAPE ->
                no("invalid role name '" + arguments.get(0)
                        + "'. Must consist of alphanumeric characters, '-' or '_', and must start and end with an"
                        + " alphanumeric character");
            case POLICY_TWICE ->
                new Said(
                        Code.ALREADY_EXISTS,
                        "policy '" + arguments.get(0) + "' already exists for role '" + arguments.get(1) + "'");
            case POLICY_FORM -> no(POLICY + arguments.get(0) + "': must be of the form: 'p, sub, res, act, obj, eft'");
            case POLICY_SUBJECT ->
                no(POLICY + arguments.get(0) + "': policy subject must be: '" + arguments.get(1) + "', not '"
                        + arguments.get(2) + "'");
            case POLICY_RESOURCE ->
                no(POLICY + arguments.get(0)
                        + "': project resource must be: 'applications', 'applicationsets', 'repositories', 'exec',"
                        + " 'logs' or 'clusters', not '" + arguments.get(1) + "'");
            case POLICY_ACTION -> no(POLICY + arguments.get(0) + "': invalid action '" + arguments.get(1) + "'");
            case POLICY_OBJECT ->
                no(POLICY + arguments.get(0) + "': object must be of form '" + arguments.get(1) + "/*', '"
                        + arguments.get(1) + "[/<NAMESPACE>]/<APPNAME>' or '" + arguments.get(1)
                        + "/<APPNAME>', not '" + arguments.get(2) + "'");
            case POLICY_EFFECT -> no(POLICY + arguments.get(0) + "': effect must be: 'allow' or 'deny'");
            case GROUP_TWICE ->
                new Said(
                        Code.ALREADY_EXISTS,
                        "group '" + arguments.get(0) + "' already exists for role '" + arguments.get(1) + "'");
            case GROUP_QUOTED -> no("group '" + arguments.get(0) + "' must be quoted");
            case GROUP_EMPTY -> no("group '' is empty");
            case GROUP_CHARACTERS -> no("group '" + arguments.get(0) + "' contains invalid characters");
            case GROUP_LEADING_SPACE -> no("group '" + arguments.get(0) + "' contains a leading space");
            case GROUP_TRAILING_SPACE -> no("group '" + arguments.get(0) + "' contains a trailing space");
            case WINDOW_TWICE ->
                new Said(
                        Code.ALREADY_EXISTS,
                        "sync window with kind '" + arguments.get(0) + "', schedule '" + arguments.get(1)
                                + "', and duration '" + arguments.get(2) + "' already exists (hash="
                                + WindowHash.of(arguments) + ", duplicate detected)");
            case WINDOW_TIME_ZONE ->
                no("unknown timeZone '" + arguments.get(0)
                        + "'; use a name of the IANA database, as Europe/Berlin, or leave it out for UTC");
            case WINDOW_KIND -> no("kind '" + arguments.get(0) + "' mismatch: can only be allow or deny");
            case WINDOW_SCHEDULE -> no("cannot parse schedule '" + arguments.get(0) + "': " + arguments.get(1));
            case WINDOW_DURATION ->
                no("cannot parse duration '" + arguments.get(0) + "': use numbers with units, as 90m or 1h30m");
            case WINDOW_DESCRIPTION -> no("description must not exceed 255 characters");
            case WINDOW_TARGET ->
                new Said(
                        Code.OUT_OF_RANGE,
                        "window '" + arguments.get(0) + "':'" + arguments.get(1) + "':'" + arguments.get(2)
                                + "' requires one of application, cluster or namespace");
            case GRANT_BY_ROLE ->
                no("role '" + arguments.get(0) + "' would allow it to whoever has the role; " + GIVE_WHAT_YOU_HOLD);
            case GRANT_BY_GLOBAL_POLICY ->
                no("the global policy speaks of role '" + arguments.get(0) + "' itself; ask somebody who may update all"
                        + " projects");
            case GRANT_BY_POLICY ->
                no("role '" + arguments.get(0) + "' would allow it by '" + arguments.get(1) + "'; "
                        + GIVE_WHAT_YOU_HOLD);
            case GRANT_BY_REMOVAL ->
                no("role '" + arguments.get(0) + "' would not forbid it any more by '" + arguments.get(1) + "'; "
                        + GIVE_WHAT_YOU_HOLD);
            case GRANT_TO_GROUP ->
                no("group '" + arguments.get(2) + "' would get it from role '" + arguments.get(0) + "' by '"
                        + arguments.get(1) + "'; " + GIVE_WHAT_YOU_HOLD);
            case TOO_MANY ->
                no((field.isEmpty() ? "" : field + ": ") + "more than " + arguments.get(1) + " " + arguments.get(0)
                        + "; that is the most a project holds");
            case DEFAULT_STAYS -> no("name 'default' is reserved and cannot be deleted");
            case VERSION_ON_CREATE -> no("resourceVersion should not be set on objects to be created");
            case VERSION_REQUIRED ->
                no("appprojects.argoproj.io \"" + arguments.get(0)
                        + "\" is invalid: metadata.resourceVersion: Invalid value: 0: must be specified for an update");
            case VERSION_SHAPE ->
                no("metadata.resourceVersion '" + arguments.get(0)
                        + "' is none that was ever given out; send the one you read");
            case DIFFERENT_SPEC -> no("existing project spec is different; use upsert flag to force update");
            case NAMESPACE ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "the namespace of the provided object does not match the namespace sent on the request");
        };
    }

    private static Said say(TokenRule rule, List<String> arguments, String field) {
        return switch (rule) {
            case ID_SHAPE ->
                no("invalid token id: use 1 to 128 visible ASCII characters without blanks and without | : / % ? # \\"
                        + " and quotes");
            case LIFETIME_NEGATIVE ->
                no("expiresIn is negative: " + arguments.get(0) + "; send seconds above 0, or 0 for no end");
            case LIFETIME_TOO_LONG ->
                no("expiresIn is too long: " + arguments.get(0) + "; send at most " + arguments.get(1) + " seconds");
            case DESCRIPTION_LENGTH -> no("description is too long; use at most 255 characters");
            case AMBIGUOUS_TIME ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "role '" + arguments.get(0) + "' has several tokens issued at " + arguments.get(1)
                                + "; name the one to delete with ?id=");
            case USAGE_DAYS -> no("days must be 1 to " + arguments.get(1) + ", not " + arguments.get(0));
            case ALGORITHM_UNKNOWN ->
                no("algorithm '" + arguments.get(0) + "' is none to sign with; use one of " + arguments.get(1));
            case KEY_GONE ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "the key that signs this token was revoked, so it would not count; make another one, with an"
                                + " Idempotency-Key of its own if you send one");
            case ROTATION_UNDER_WAY ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "signing key '" + arguments.get(0) + "' takes over at " + arguments.get(1)
                                + " already; wait for that, or revoke the present key if somebody else has it");
            case POLICY_ENDING ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "what the last change of the policy on tokens ended is still being written down; send this again in"
                                + " a minute");
            case NEVER_VALID ->
                no("notBefore is not before the end of the token; send an earlier one, or a longer lifetime");
            case USES -> no("maxUses must be 1 to 2147483647; leave it out for any number of uses");
            case USES_SPENT ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "token '" + arguments.get(0)
                                + "' has no use left that a successor could have; make a new token");
            case OVERLAP -> no("overlapSeconds must be 0 to " + arguments.get(1) + ", not " + arguments.get(0));
            case OVERLAP_OF_USES ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "a token whose number of uses is limited does not count beside its successor, which gets the uses"
                                + " that are left; send overlapSeconds 0");
            case WIDER ->
                new Said(
                        Code.PERMISSION_DENIED,
                        "restrictions." + arguments.get(0)
                                + " would be wider than those of the token you show; ask for less or leave them out,"
                                + " or show one that is as wide");
            case MORE_THAN_SHOWN ->
                new Said(
                        Code.PERMISSION_DENIED,
                        "what this Idempotency-Key stands for may do more, or counts longer, than the token you show; use"
                                + " a new Idempotency-Key, or show what you first sent this one with");
            case USES_LIMITED ->
                new Said(Code.PERMISSION_DENIED, "a token whose number of uses is limited gives out no other token");
            case RESTRICTION_EMPTY -> no(field + " is empty; name at least one, or leave it out for no restriction");
            case RESTRICTION_LENGTH -> no(field + " has too many entries; use at most " + arguments.get(0));
            case SUBJECT_SHAPE ->
                no("subject must be the name of an account, or proj:<project>:<role>, not '" + arguments.get(0) + "'");
            case KEY_REUSED ->
                no("this Idempotency-Key was used for another request within the last 24 hours; use a new key");
            case KEY_SHAPE -> no("Idempotency-Key must be 1 to 255 visible ASCII characters");
            case REASON_LENGTH -> no("reason is too long; use at most 255 characters");
            case POLICY_RANGE -> no(field + " must be " + arguments.get(0) + " to " + arguments.get(1));
            case POLICY_RANGE_OR_NONE ->
                no(field + " must be " + arguments.get(0) + " to " + arguments.get(1) + ", or 0 for none");
            case POLICY_CEILING ->
                no(field + " is false and there is no ceiling; set maxSeconds, which takes the place of no end");
            case POLICY_DEFAULT -> no(field + " is over maxSeconds; send at most that");
            case POLICY_WIDER -> no(field + " is wider than in the policy for all; a project may only tighten it");
            case POLICY_OF_PROJECT -> no(field + " is not for a project to say; send project alone");
            case POLICY_VERSION -> versionRequired();
            case TOO_MANY_LIVE ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        arguments.get(0) + " has " + arguments.get(1)
                                + " tokens that count, which is the most that the policy allows; end one first");
            case TOO_MANY_OPEN ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "of the tokens of " + arguments.get(0) + " that were rotated " + arguments.get(1)
                                + " still count, which is the most that the policy allows; send overlapSeconds 0, or end"
                                + " one of them first");
            case CLEAN_UP_OF_NOTHING ->
                no("nothing is asked for; send at least one of expiredForSeconds, unusedForSeconds and"
                        + " neverUsedForSeconds");
            case CLEAN_UP_OF_ACCOUNTS -> no("kinds holds account, and a project has none; leave out one of both");
        };
    }

    private static Said say(WebhookRule rule, List<String> arguments) {
        return switch (rule) {
            case NAME_SHAPE ->
                no("invalid webhook client name '" + arguments.get(0)
                        + "': use 1 to 63 lower case letters, digits, '-' and '.', with a letter or digit at both"
                        + " ends");
            case TYPE -> no("unknown type '" + arguments.get(0) + "'; there is: " + arguments.get(1));
            case SECRET_LENGTH -> no("secret must have 1 to 1024 characters; leave it out to have one made");
            case ROLE_REQUIRED -> no("role is missing; name the role of the project that the client acts as");
        };
    }

    private static Said say(SessionRule rule, List<String> arguments) {
        return switch (rule) {
            case TOO_MANY ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "account '" + arguments.get(0) + "' has " + arguments.get(1)
                                + " live sessions already; sign out somewhere, or ask an administrator to end one");
            case SUBJECT_REQUIRED -> no("subject is missing; say whose sessions to end, with ?subject=");
        };
    }

    private static Said say(AccessRule rule, List<String> arguments, String field) {
        String at = place(field);
        return switch (rule) {
            case LINE_KIND ->
                no(at + "a line begins with 'p' or 'g', not with '" + arguments.get(0) + "'; comments begin with '#'");
            case FIELD_COUNT ->
                no(at + "a '" + arguments.get(0) + "' line has " + arguments.get(1) + " fields, this one has "
                        + arguments.get(2));
            case QUOTE -> no(at + "a quote opens or closes a whole field; double it inside a quoted field");
            case FIELD_EMPTY -> no(at + "the " + arguments.get(0) + " is empty");
            case EFFECT -> no(at + "the effect is 'allow' or 'deny', not '" + arguments.get(0) + "'");
            case PATTERN -> no(at + "the pattern '" + arguments.get(0) + "' does not read: " + arguments.get(1));
            case CHARACTER -> no(at + "a control character or a byte-order mark; remove it");
            case BLANK_BEHIND ->
                no(at + "'" + arguments.get(0)
                        + "' ends in a blank, which would be part of it; remove it or use quotes");
            case COMMENT_BEHIND ->
                no(at + "a comment stands on a line of its own; here it would be part of the name of the role, '"
                        + arguments.get(0) + "'; move it, or use quotes if the role is named so");
            case DOCUMENT_LENGTH -> no(field + " is too long; use at most " + arguments.get(0) + " characters");
            case EXTRA_NAME -> no("extra '" + arguments.get(0) + "' must have a name as policy.x.csv");
            case DEFAULT_UNKNOWN ->
                no("policyDefault '" + arguments.get(0) + "' is no role of this policy; define it or name another");
            case MATCH_MODE -> no("matchMode must be 'glob' or 'regex', not '" + arguments.get(0) + "'");
            case SCOPES -> no("scopes must be names of claims; none of them may be blank");
            case VERSION_REQUIRED -> versionRequired();
            case STORED ->
                no("what is stored as the " + arguments.get(0)
                        + " of the policy does not read; put a whole policy in its place");
            case NO_ADMINISTRATOR ->
                new Said(
                        Code.FAILED_PRECONDITION,
                        "with this policy nobody who can sign in could change it again; leave an account the right to"
                                + " policies, update, *");
            case NETWORK_SHAPE ->
                no(field + " '" + arguments.get(0)
                        + "' is no network; write 192.0.2.0/24, 2001:db8::/32 or an address");
            case NETWORK_BITS ->
                no(field + " '" + arguments.get(0) + "' has bits set behind its prefix; write " + arguments.get(1)
                        + ", or a longer prefix");
            case PERMISSION_SHAPE ->
                no(field + " '" + arguments.get(0)
                        + "' does not read; write resource, action, object, as in applications," + " sync, demo/*");
        };
    }

    private static Said versionRequired() {
        return new Said(
                Code.FAILED_PRECONDITION,
                "resourceVersion is missing; send the one you read, in the body or as If-Match");
    }

    /** {@code policyCsv:3:7} for people. */
    private static String place(String field) {
        Matcher place = PLACE.matcher(field);
        return place.matches() ? place.group(1) + ", line " + place.group(2) + ", column " + place.group(3) + ": " : "";
    }

    private static Said say(AccessQuestion.Broken rule, List<String> arguments) {
        return switch (rule) {
            // Our own action 'list' is understood, too, but clients know this list by heart.
            case ACTION ->
                no(AccessQuestion.ACTIONS.stream()
                                .filter(each -> !each.equals("list"))
                                .collect(Collectors.joining(" ", "[", "]"))
                        + " does not contain " + arguments.get(0));
            case RESOURCE ->
                no("[" + String.join(" ", AccessQuestion.RESOURCES) + "] does not contain " + arguments.get(0));
        };
    }

    private static Said say(PageRequest.Broken rule, List<String> arguments) {
        return switch (rule) {
            case LIMIT -> no("limit must be 1 to 1000, not " + arguments.get(0));
            case CONTINUE -> no("continue is none that this list gave out; start again without it");
        };
    }

    /** The problem of a token that does not count. */
    public static Problem of(Rejection rejection) {
        return Problem.of(Code.UNAUTHENTICATED, "invalid session: " + why(rejection));
    }

    private static String why(Rejection rejection) {
        return switch (rejection) {
            case Rejection.Forged(Flaw flaw) -> flaw(flaw);
            case Rejection.Expired expired -> "token has invalid claims: token is expired";
            case Rejection.NotYetValid early -> "token has invalid claims: token is not valid yet";
            case Rejection.SubjectUnknown unknown -> "token has invalid claims: the subject is unknown here";
            // Argo CD's own words, down to those of its transport.
            case Rejection.AccountGone(String name) ->
                "rpc error: code = NotFound desc = account '" + name + "' does not exist";
            case Rejection.AccountDisabled(String name) -> "account " + name + " is disabled";
            case Rejection.CapabilityGone gone ->
                "account " + gone.name() + " does not have '"
                        + gone.capability().word() + "' capability";
            case Rejection.SessionEnded ended -> "token is revoked, please re-login";
            case Rejection.PasswordChanged changed -> "account password has changed since token issued";
            case Rejection.AccountTokenGone gone ->
                "account " + gone.name() + " does not have token with id " + gone.tokenName();
            case Rejection.ProjectTokenGone gone ->
                "JWT token for role '" + gone.role() + "' issued at '"
                        + gone.issuedAt().getEpochSecond() + "' does not exist in project '" + gone.project() + "'";
            case Rejection.SourceRefused refused -> "token may not be used from this address";
            case Rejection.PolicyEnded ended -> "token is ended by the token policy: too old, or not used for too long";
            case Rejection.UsesSpent spent -> "token has been used as often as it may be";
            case Rejection.ProjectGone(String project) -> "appproject.argoproj.io \"" + project + "\" not found";
        };
    }

    private static String flaw(Flaw flaw) {
        return switch (flaw) {
            case TOO_LONG -> "token is malformed: token is longer than 8192 characters";
            case SEGMENTS -> "token is malformed: token contains an invalid number of segments";
            case ENCODING -> "token is malformed: a part is not base64url";
            case JSON -> "token is malformed: header or claims are not a JSON object with each member once";
            case ALGORITHM_MISSING -> "token is unverifiable: signing method (alg) is unspecified";
            case ALGORITHM_UNEXPECTED -> "token is unverifiable: unexpected signing method";
            case HEADER_UNEXPECTED -> "token is unverifiable: the header asks for what is not done here";
            case TYPE_UNEXPECTED -> "token is unverifiable: typ is not JWT";
            case KEY_UNKNOWN -> "token is unverifiable: it names no signing key of ours";
            case KEY_REVOKED -> "token is signed by a key that is revoked; sign in again, or have another token made";
            case SIGNATURE -> "token signature is invalid: signature is invalid";
            case ISSUER -> "token has invalid claims: issuer or subject is not ours";
            case AUDIENCE -> "token has invalid claims: token has invalid audience";
            case ISSUED_AT_MISSING -> "token does not have iat claim";
            case ISSUED_AT_TYPE -> "token has invalid claims: invalid type for claim: iat is invalid";
            case EXPIRES_AT_TYPE -> "token has invalid claims: invalid type for claim: exp is invalid";
            case NOT_BEFORE_TYPE -> "token has invalid claims: invalid type for claim: nbf is invalid";
            case ID_MISSING -> "token does not have a unique identifier (jti claim) and cannot be validated";
        };
    }
}
