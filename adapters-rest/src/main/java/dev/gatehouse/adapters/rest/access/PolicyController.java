package dev.gatehouse.adapters.rest.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.Query;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.ResourceVersion;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.application.access.ManagingPolicy;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.MatchMode;
import dev.gatehouse.domain.access.PolicyDocument;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Header;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The global policy (Gatehouse contract 5). */
@Controller("/api/v1/policy")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "policy")
class PolicyController {

    private final ManagingPolicy policy;

    PolicyController(ManagingPolicy policy) {
        this.policy = policy;
    }

    @Get
    @Operation(operationId = "getPolicy", summary = "The policy in force")
    HttpResponse<PolicyView> read(@Parameter(hidden = true) Caller caller) {
        return reply(policy.read(caller));
    }

    @Put
    @Operation(
            operationId = "replacePolicy",
            summary = "Put another policy in force",
            description = "Needs the resourceVersion that was read, in the body or as If-Match.")
    @RequestBody(
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = PolicyView.class)))
    HttpResponse<PolicyView> replace(
            @Parameter(hidden = true) Caller caller,
            @Nullable @Header(HttpHeaders.IF_MATCH) String ifMatch,
            HttpRequest<?> request,
            @Parameter(hidden = true) Sent body) {
        Query.of(request);
        return reply(
                policy.replace(caller, PolicyView.read(body, policy.mayReplace(caller), Optional.ofNullable(ifMatch))));
    }

    private static HttpResponse<PolicyView> reply(PolicyDocument document) {
        return HttpResponse.ok(PolicyView.of(document)).header(HttpHeaders.ETAG, "\"" + document.version() + "\"");
    }

    @Serdeable
    @Schema(name = "Policy")
    record PolicyView(
            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(description = "Lines of p and g")
            String policyCsv,

            @Schema(description = "Further documents by name, policy.x.csv; read behind policyCsv, by name") @Nullable
            Map<String, String> extra,

            @JsonInclude(JsonInclude.Include.ALWAYS)
            @Schema(description = "The role that everybody has who is signed in")
            String policyDefault,

            @JsonInclude(JsonInclude.Include.ALWAYS) @Schema(description = "The claims whose values are groups")
            List<String> scopes,

            @Schema(description = "glob or regex") String matchMode,
            String resourceVersion) {

        static PolicyView of(PolicyDocument document) {
            return new PolicyView(
                    document.csv(),
                    document.extra().isEmpty() ? null : document.extra(),
                    document.defaultRole(),
                    document.scopes(),
                    document.matchMode().word(),
                    Integer.toString(document.version()));
        }

        static ManagingPolicy.Draft read(Sent body, boolean mayReplace, Optional<String> ifMatch) {
            Body sent = PolicyDraft.body(
                    body, mayReplace, "policyCsv", "extra", "policyDefault", "scopes", "matchMode", "resourceVersion");
            return new ManagingPolicy.Draft(
                    sent.text("policyCsv")
                            .orElseThrow(() ->
                                    Body.invalid("policyCsv is missing; send the whole policy, \"\" for" + " none")),
                    sent.textMap("extra"),
                    sent.textOrEmpty("policyDefault"),
                    sent.member("scopes").isPresent() ? sent.texts("scopes") : PolicyDocument.FIRST.scopes(),
                    sent.text("matchMode").orElse(MatchMode.GLOB.word()),
                    ResourceVersion.of(sent.text("resourceVersion"), ifMatch));
        }
    }
}
