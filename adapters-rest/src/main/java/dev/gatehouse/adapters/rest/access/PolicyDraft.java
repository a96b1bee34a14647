package dev.gatehouse.adapters.rest.access;

import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.application.access.AskingPolicy;
import dev.gatehouse.application.access.AskingPolicy.DraftProject;
import dev.gatehouse.domain.access.MatchMode;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.access.ProjectPolicy.DraftRole;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;

/** A policy that is only drafted, with the projects beside it. What is left out is as in a service without any settings. */
@Schema(name = "PolicyDraft")
record PolicyDraft(
        @Schema(description = "Lines of p and g") String policyCsv,

        @Schema(description = "Further documents by name, policy.x.csv")
        Map<String, String> extra,

        String policyDefault,

        @Schema(description = "The claims whose values are groups; left out: groups")
        List<String> scopes,

        @Schema(description = "glob or regex") String matchMode,
        List<ProjectDraft> projects) {

    /** So many bytes may come with a draft, some 250,000 rules, from those who may deal with one; else what any call takes. */
    private static final int MOST_BYTES = 16 << 20;

    /** The names of its members. */
    static final String[] MEMBERS = {"policyCsv", "extra", "policyDefault", "scopes", "matchMode", "projects"};

    /** The body of a request that may hold a draft, with these members and no others. */
    static Body body(Sent sent, boolean mayDraft, String... names) {
        return Body.own(sent, mayDraft ? MOST_BYTES : Body.MOST_BYTES, names);
    }

    /** @param sent with these members, and perhaps others that are not looked at */
    static AskingPolicy.Draft read(Body sent) {
        return new AskingPolicy.Draft(
                sent.textOrEmpty("policyCsv"),
                sent.textMap("extra"),
                sent.textOrEmpty("policyDefault"),
                sent.member("scopes").isPresent() ? sent.texts("scopes") : PolicyDocument.FIRST.scopes(),
                sent.text("matchMode").orElse(MatchMode.GLOB.word()),
                sent.objects("projects").stream().map(ProjectDraft::read).toList());
    }

    @Schema(name = "PolicyDraftProject")
    record ProjectDraft(String name, List<RoleDraft> roles) {
        static DraftProject read(Body sent) {
            sent.only("name", "roles");
            return new DraftProject(
                    PolicyQuestion.required(sent, "name"),
                    sent.objects("roles").stream().map(RoleDraft::read).toList());
        }
    }

    @Schema(name = "PolicyDraftRole")
    record RoleDraft(String name, List<String> policies, List<String> groups) {
        static DraftRole read(Body sent) {
            sent.only("name", "policies", "groups");
            return new DraftRole(PolicyQuestion.required(sent, "name"), sent.texts("policies"), sent.texts("groups"));
        }
    }
}
