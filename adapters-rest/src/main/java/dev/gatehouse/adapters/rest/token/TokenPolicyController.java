package dev.gatehouse.adapters.rest.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.Query;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.ResourceVersion;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.application.token.ManagingTokenPolicy;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.SessionPolicy;
import dev.gatehouse.domain.token.TokenPolicy;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How long tokens live and how many there may be (Gatehouse contract 4). */
@Controller("/api/v1")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "token")
class TokenPolicyController {
    private final ManagingTokenPolicy policy;

    TokenPolicyController(ManagingTokenPolicy policy) {
        this.policy = policy;
    }

    @Get("/token-policy")
    @Operation(operationId = "getTokenPolicy", summary = "The policy on all tokens")
    HttpResponse<PolicyView> read(@Parameter(hidden = true) Caller caller) {
        return reply(PolicyView.of(policy.read(caller, Optional.empty())));
    }

    @Put("/token-policy")
    @Operation(
            operationId = "replaceTokenPolicy",
            summary = "Put another policy on all tokens in force",
            description =
                    "Ends every token and session that does not fit it now; dryRun=true tells first which. They count no"
                            + " more once this answers; the records of very many tokens follow within minutes, and until"
                            + " then the policy takes no other change. Needs the resourceVersion that was read, in the"
                            + " body or as If-Match.")
    @Parameter(name = "dryRun", in = ParameterIn.QUERY, description = "true or false")
    @Parameter(name = "If-Match", in = ParameterIn.HEADER, description = "The resourceVersion that was read")
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = PolicyView.class)))
    HttpResponse<PolicyView> replace(
            @Parameter(hidden = true) Caller caller, HttpRequest<?> request, @Parameter(hidden = true) Sent body) {
        return replaced(caller, Optional.empty(), request, body);
    }

    @Get("/projects/{project}/token-policy")
    @Operation(operationId = "getProjectTokenPolicy", summary = "What a project says beside the policy on all tokens")
    HttpResponse<PolicyView> readOfProject(@Parameter(hidden = true) Caller caller, String project) {
        return reply(PolicyView.of(policy.read(caller, Optional.of(project))));
    }

    @Put("/projects/{project}/token-policy")
    @Operation(
            operationId = "replaceProjectTokenPolicy",
            summary = "Tighten the policy on tokens for one project",
            description = "As for all tokens; only the member project, and nothing wider than for all.")
    @Parameter(name = "dryRun", in = ParameterIn.QUERY, description = "true or false")
    @Parameter(name = "If-Match", in = ParameterIn.HEADER, description = "The resourceVersion that was read")
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = PolicyView.class)))
    HttpResponse<PolicyView> replaceOfProject(
            @Parameter(hidden = true) Caller caller,
            String project,
            HttpRequest<?> request,
            @Parameter(hidden = true) Sent body) {
        return replaced(caller, Optional.of(project), request, body);
    }

    private HttpResponse<PolicyView> replaced(
            Caller caller, Optional<String> project, HttpRequest<?> request, Sent body) {
        boolean dryRun = Query.of(request, "dryRun").flag("dryRun");
        Optional<String> ifMatch = Optional.ofNullable(request.getHeaders().get(HttpHeaders.IF_MATCH));
        ManagingTokenPolicy.Outcome outcome = policy.replace(caller, project, PolicyView.read(body, ifMatch), dryRun);
        return reply(PolicyView.of(outcome, dryRun));
    }

    private static HttpResponse<PolicyView> reply(PolicyView view) {
        return HttpResponse.ok(view).header(HttpHeaders.ETAG, "\"" + view.resourceVersion() + "\"");
    }

    @Serdeable
    @Schema(name = "TokenPolicy")
    record PolicyView(
            @JsonInclude(JsonInclude.Include.ALWAYS) KindView account,
            @JsonInclude(JsonInclude.Include.ALWAYS) KindView project,

            @Schema(description = "Of the policy on all tokens: what holds for sessions") @Nullable
            SessionsView session,

            String resourceVersion,

            @Schema(description = "What putting it in force ended, or would end") @Nullable
            EndsView ends,

            @Nullable Boolean dryRun) {
        static PolicyView of(TokenPolicy policy) {
            return new PolicyView(
                    KindView.of(policy.account()),
                    KindView.of(policy.project()),
                    policy.session().equals(SessionPolicy.SILENT) ? null : SessionsView.of(policy.session()),
                    Integer.toString(policy.version()),
                    null,
                    null);
        }

        static PolicyView of(ManagingTokenPolicy.Outcome outcome, boolean dryRun) {
            PolicyView policy = of(outcome.policy());
            return new PolicyView(
                    policy.account(),
                    policy.project(),
                    policy.session(),
                    policy.resourceVersion(),
                    EndsView.of(outcome),
                    dryRun ? true : null);
        }

        static ManagingTokenPolicy.Draft read(Sent body, Optional<String> ifMatch) {
            Body sent = Body.own(body, "account", "project", "session", "resourceVersion");
            return new ManagingTokenPolicy.Draft(
                    sent.object("account").map(KindView::read).orElse(KindPolicy.LENIENT),
                    sent.object("project").map(KindView::read).orElse(KindPolicy.LENIENT),
                    sent.object("session").map(SessionsView::read).orElse(SessionPolicy.SILENT),
                    ResourceVersion.of(sent.text("resourceVersion"), ifMatch));
        }
    }

    @Serdeable
    @Schema(name = "TokenKindPolicy")
    record KindView(
            @Schema(description = "The lifetime of a token for which none is asked") @Nullable
            Long defaultSeconds,

            @Schema(description = "The ceiling of any lifetime") @Nullable
            Long maxSeconds,

            @JsonInclude(JsonInclude.Include.ALWAYS)
            @Schema(description = "Whether a token may be without an end; true when left out")
            boolean allowNoExpiry,

            @Schema(description = "A token that was not used for so long counts no more") @Nullable
            Long unusedForSeconds,

            @Schema(
                    description =
                            "So many of one account or role count and have no successor, and as many others have one and"
                                    + " are open still")
            @Nullable
            Integer maxLive,

            @Schema(
                    description =
                            "So long before its end, by whatever ends it, a token has endsSoon in the list and in the"
                                    + " view of one")
            @Nullable
            Long warnBeforeSeconds) {
        static KindView of(KindPolicy policy) {
            return new KindView(
                    seconds(policy.usual()),
                    seconds(policy.longest()),
                    policy.endlessAllowed(),
                    seconds(policy.unusedFor()),
                    policy.mostLive().orElse(null),
                    seconds(policy.warnBefore()));
        }

        static KindPolicy read(Body sent) {
            sent.only(
                    "defaultSeconds",
                    "maxSeconds",
                    "allowNoExpiry",
                    "unusedForSeconds",
                    "maxLive",
                    "warnBeforeSeconds");
            return new KindPolicy(
                    length(sent, "defaultSeconds"),
                    length(sent, "maxSeconds"),
                    sent.flag("allowNoExpiry").orElse(true),
                    length(sent, "unusedForSeconds"),
                    sent.member("maxLive").map(any -> Math.clamp(sent.integer("maxLive"), 0, Integer.MAX_VALUE)),
                    length(sent, "warnBeforeSeconds"));
        }
    }

    private static @Nullable Long seconds(Optional<Duration> length) {
        return length.map(Duration::toSeconds).orElse(null);
    }

    /** What is negative is out of every range, and never read as 0, which means something. */
    private static Optional<Duration> length(Body sent, String name) {
        return sent.member(name).map(any -> Duration.ofSeconds(Math.clamp(sent.integer(name), -1, Long.MAX_VALUE / 2)));
    }

    @Serdeable
    @Schema(name = "TokenPolicySession")
    record SessionsView(
            @Schema(description = "A session that nobody uses for so long ends; 0: it does not") @Nullable
            Long idleSeconds,

            @Schema(description = "From the sign-in to the end") @Nullable
            Long absoluteSeconds,

            @Schema(description = "Live sessions of one account, from the next sign-in on; 0: any number") @Nullable
            Integer maxPerAccount,

            @Schema(
                    description = "So long ago a person may have signed in who does something grave; kept, nobody is"
                            + " asked to sign in again yet")
            @Nullable
            Long reauthenticateSeconds) {
        static SessionsView of(SessionPolicy policy) {
            return new SessionsView(
                    seconds(policy.idle()),
                    seconds(policy.absolute()),
                    policy.most().orElse(null),
                    seconds(policy.recent()));
        }

        static SessionPolicy read(Body sent) {
            sent.only("idleSeconds", "absoluteSeconds", "maxPerAccount", "reauthenticateSeconds");
            return new SessionPolicy(
                    length(sent, "idleSeconds"),
                    length(sent, "absoluteSeconds"),
                    sent.member("maxPerAccount")
                            .map(any -> Math.clamp(sent.integer("maxPerAccount"), -1, Integer.MAX_VALUE)),
                    length(sent, "reauthenticateSeconds"));
        }
    }

    @Serdeable
    @Schema(name = "TokenPolicyEnds")
    record EndsView(
            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(description = "Tokens and sessions")
            long count,

            @JsonInclude(JsonInclude.Include.ALWAYS) long tokens,

            @JsonInclude(JsonInclude.Include.ALWAYS) long sessions,

            @JsonInclude(JsonInclude.Include.ALWAYS)
            @Schema(
                    description =
                            "The first 100 of them: tokens, then sessions, each the newest first; kind tells which"
                                    + " is which")
            List<EndedView> items) {
        static EndsView of(ManagingTokenPolicy.Outcome outcome) {
            ManagingTokenPolicy.Ends ends = outcome.ends();
            return new EndsView(
                    ends.tokens() + ends.sessions(),
                    ends.tokens(),
                    ends.sessions(),
                    Stream.concat(
                                    ends.firstTokens().stream().map(each -> EndedView.of(each, outcome)),
                                    ends.firstSessions().stream().map(EndedView::of))
                            .toList());
        }
    }

    @Serdeable
    @Schema(name = "TokenPolicyEnded")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record EndedView(
            @Schema(description = "account or project: a token; session: a session")
            String kind,

            String id,

            @Schema(description = "Of a token: what its creator calls it") @Nullable
            String name,

            @Schema(description = "bob, or proj:demo:ci") String subject,
            @Nullable String project,
            @Nullable String role,

            @Schema(description = "Of a token: under the policy before") @Nullable
            String state,

            String createdAt,
            @Nullable String expiresAt,
            @Nullable String lastUsedAt,
            @Nullable String lastUsedFrom) {
        static EndedView of(ApiToken token, ManagingTokenPolicy.Outcome outcome) {
            TokenItem item = TokenItem.of(token, outcome.before().of(token.subject()), outcome.now());
            return new EndedView(
                    item.kind(),
                    item.id(),
                    item.name(),
                    item.subject(),
                    item.project(),
                    item.role(),
                    item.state(),
                    item.createdAt(),
                    item.expiresAt(),
                    item.lastUsedAt(),
                    item.lastUsedFrom());
        }

        static EndedView of(Session session) {
            return new EndedView(
                    Session.KIND,
                    session.id().value(),
                    null,
                    session.name().value(),
                    null,
                    null,
                    null,
                    session.startedAt().toString(),
                    session.endsAt().toString(),
                    session.lastUse().map(LastUse::at).map(Instant::toString).orElse(null),
                    session.lastUse().map(LastUse::address).orElse(null));
        }
    }
}
