package dev.gatehouse.adapters.rest.access;

import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.application.access.AskingPolicy;
import dev.gatehouse.application.access.AskingPolicy.Draft;
import dev.gatehouse.domain.access.Caller;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Questions to the policy in force or to a draft, for those who keep it (Gatehouse contract 5). Changes nothing. */
@Controller("/api/v1")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "policy")
class PolicyAdviceController {
    private static final int MOST_QUESTIONS = 1000;
    private static final String QUESTIONS = "questions";
    private static final String DRAFT = "draft";

    private final AskingPolicy policy;

    PolicyAdviceController(AskingPolicy policy) {
        this.policy = policy;
    }

    @Post("/policy/validate")
    @Operation(
            operationId = "validatePolicy",
            summary = "What stands against putting this policy in force?",
            description = "Every fault with its line and column; a draft without any could be put in force as it is.")
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = PolicyDraft.class)))
    PolicyAdvice.ValidationView validate(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) Sent body) {
        Body sent = PolicyDraft.body(body, policy.mayAsk(caller), PolicyDraft.MEMBERS);
        requirePolicy(sent);
        return PolicyAdvice.ValidationView.of(policy.validate(caller, PolicyDraft.read(sent)));
    }

    @Post("/policy/can")
    @Operation(
            operationId = "askPolicy",
            summary = "May somebody do this?",
            description = "One question, or up to 1000 as questions. Of the policy in force or of a draft, which takes"
                    + " nothing from it. A role that does not exist is never allowed anything.")
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = CanRequest.class)))
    PolicyAdvice.CanView can(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) Sent body) {
        Body sent = PolicyDraft.body(body, policy.mayAsk(caller), with(PolicyQuestion.MEMBERS, QUESTIONS, DRAFT));
        Optional<Draft> draft = draft(sent);
        if (sent.member(QUESTIONS).isEmpty())
            return PolicyAdvice.CanView.ofOne(policy.can(caller, draft, List.of(PolicyQuestion.read(sent)))
                    .getFirst());
        for (String each : PolicyQuestion.MEMBERS)
            if (sent.member(each).isPresent())
                throw Body.invalid(each + " stands beside questions; send one question, or questions");
        List<Body> questions = sent.objects(QUESTIONS);
        if (questions.isEmpty() || questions.size() > MOST_QUESTIONS)
            throw Body.invalid("questions has " + questions.size() + " items; send 1 to " + MOST_QUESTIONS);
        return PolicyAdvice.CanView.ofMany(policy.can(
                caller,
                draft,
                questions.stream()
                        .map(each -> PolicyQuestion.read(each.only(PolicyQuestion.MEMBERS)))
                        .toList()));
    }

    @Post("/policy/explain")
    @Operation(
            operationId = "explainPolicy",
            summary = "Why may somebody do this, or not?",
            description = "The rule that decides, every rule that applies, and what would have allowed it.")
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = ExplainRequest.class)))
    PolicyAdvice.ExplanationView explain(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) Sent body) {
        Body sent = PolicyDraft.body(body, policy.mayAsk(caller), with(PolicyQuestion.MEMBERS, DRAFT));
        return PolicyAdvice.ExplanationView.of(policy.explain(caller, draft(sent), PolicyQuestion.read(sent)));
    }

    @Post("/policy/who-can")
    @Operation(
            operationId = "whoCan",
            summary = "Who may do this?",
            description = "Everybody whom the policy in force names, by name, and by which roles they may.")
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = WhoCanRequest.class)))
    PolicyAdvice.WhoCanView whoCan(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) Sent body) {
        Body sent = Body.own(body, "resource", "action", "object");
        return PolicyAdvice.WhoCanView.of(policy.whoCan(caller, PolicyQuestion.about(sent)));
    }

    @Post("/policy/diff")
    @Operation(
            operationId = "diffPolicy",
            summary = "Whose answers change with this draft?",
            description = "Against the policy in force; projects stay as they are.")
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = DiffRequest.class)))
    PolicyAdvice.DiffView diff(@Parameter(hidden = true) Caller caller, @Parameter(hidden = true) Sent body) {
        Body sent = PolicyDraft.body(
                body, policy.mayAsk(caller), "policyCsv", "extra", "policyDefault", "scopes", "matchMode");
        requirePolicy(sent);
        return PolicyAdvice.DiffView.of(policy.diff(caller, PolicyDraft.read(sent)));
    }

    @Get("/projects/{project}/roles/{role}/permissions")
    @Operation(
            operationId = "getRolePermissions",
            summary = "Everything that a role of a project has",
            description = "By its own policies, by global ones, and by the default role. Its tokens have the same,"
                    + " unless they are narrowed to some of it.")
    PolicyAdvice.PermissionsView permissions(@Parameter(hidden = true) Caller caller, String project, String role) {
        return PolicyAdvice.PermissionsView.of(policy.permissions(caller, project, role));
    }

    private static Optional<Draft> draft(Body sent) {
        return sent.object(DRAFT).map(each -> PolicyDraft.read(each.only(PolicyDraft.MEMBERS)));
    }

    private static void requirePolicy(Body sent) {
        if (sent.text("policyCsv").isEmpty())
            throw Body.invalid("policyCsv is missing; send the whole policy, \"\" for none");
    }

    private static String[] with(String[] members, String... more) {
        return Stream.of(members, more).flatMap(Stream::of).toArray(String[]::new);
    }

    @Schema(name = "AskPolicyRequest")
    record CanRequest(
            String subject,
            List<String> groups,
            Map<String, Object> claims,
            String resource,
            String action,
            String object,

            @Schema(description = "In place of all of these: up to 1000 questions")
            List<PolicyQuestion> questions,

            PolicyDraft draft) {}

    @Schema(name = "ExplainPolicyRequest")
    record ExplainRequest(
            String subject,
            List<String> groups,
            Map<String, Object> claims,
            String resource,
            String action,
            String object,
            PolicyDraft draft) {}

    @Schema(name = "WhoCanRequest")
    record WhoCanRequest(
            String resource,
            String action,
            @Schema(description = "Left out: empty") String object) {}

    @Schema(name = "DiffPolicyRequest")
    record DiffRequest(
            String policyCsv, Map<String, String> extra, String policyDefault, List<String> scopes, String matchMode) {}
}
