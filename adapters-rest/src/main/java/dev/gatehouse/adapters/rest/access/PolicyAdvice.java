package dev.gatehouse.adapters.rest.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.adapters.rest.PermissionView;
import dev.gatehouse.adapters.rest.Wording;
import dev.gatehouse.application.access.AskingPolicy.Answer;
import dev.gatehouse.application.access.AskingPolicy.Why;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Explanation;
import dev.gatehouse.domain.access.PolicyDiff;
import dev.gatehouse.domain.access.PolicyRule;
import dev.gatehouse.domain.access.WhoCan;
import dev.gatehouse.domain.shared.Fault;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The shapes of what a policy answers (Gatehouse contract 5). */
final class PolicyAdvice {
    private static final String NO_SUCH_ROLE = "no such role";
    /** A document, a line and a column, as faults of policies name their place. */
    private static final Pattern PLACE = Pattern.compile("(.*):(\\d{1,9}):(\\d{1,9})", Pattern.DOTALL);

    private static final String MAIN_DOCUMENT = "policyCsv";
    private static final String EXTRA = "extra.";

    private PolicyAdvice() {}

    @Serdeable
    @Schema(name = "PolicyValidation")
    record ValidationView(
            boolean valid,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<ProblemView> problems) {

        static ValidationView of(List<Fault> faults) {
            return new ValidationView(
                    faults.isEmpty(), faults.stream().map(ProblemView::of).toList());
        }
    }

    @Serdeable
    @Schema(name = "PolicyProblem")
    record ProblemView(
            @Schema(description = "The further document or the role of a project; left out: policyCsv") @Nullable
            String document,

            @Schema(description = "The member, where it is no matter of a line") @Nullable
            String field,

            @Schema(description = "From 1") @Nullable Integer line,
            @Schema(description = "From 1") @Nullable Integer column,
            String message) {

        static ProblemView of(Fault fault) {
            String message = Wording.sentence(fault);
            Matcher place = PLACE.matcher(fault.field());
            if (!place.matches()) return new ProblemView(null, fault.field(), null, null, message);
            String document = place.group(1);
            return new ProblemView(
                    document.equals(MAIN_DOCUMENT)
                            ? null
                            : document.startsWith(EXTRA) ? document.substring(EXTRA.length()) : document,
                    null,
                    Integer.valueOf(place.group(2)),
                    Integer.valueOf(place.group(3)),
                    message);
        }
    }

    /** One answer, or many. */
    @Serdeable
    @Schema(name = "PolicyAnswers")
    record CanView(
            @Schema(description = "The answer to a single question") @Nullable
            Boolean allowed,

            @Schema(description = "Why it cannot be a yes") @Nullable
            String message,

            @Schema(description = "The answers to many, in the order of the questions") @Nullable
            List<AnswerView> answers) {

        static CanView ofOne(Answer answer) {
            AnswerView view = AnswerView.of(answer);
            return new CanView(view.allowed(), view.message(), null);
        }

        static CanView ofMany(List<Answer> answers) {
            return new CanView(null, null, answers.stream().map(AnswerView::of).toList());
        }
    }

    @Serdeable
    @Schema(name = "PolicyAnswer")
    record AnswerView(boolean allowed, @Nullable String message) {
        static AnswerView of(Answer answer) {
            return switch (answer) {
                case Answer.Decided(Decision decision) -> new AnswerView(PolicyAdvice.allowed(decision), null);
                case Answer.NoSuchRole missing -> new AnswerView(false, NO_SUCH_ROLE);
            };
        }
    }

    private static boolean allowed(Decision decision) {
        return switch (decision) {
            case Decision.Allowed allowed -> true;
            case Decision.Denied denied -> false;
        };
    }

    @Serdeable
    @Schema(name = "PolicyExplanation")
    record ExplanationView(
            boolean allowed,

            @Schema(description = "Why it cannot be a yes") @Nullable
            String message,

            @Schema(description = "Left out when no rule spoke of it") @Nullable
            RuleView decidedBy,

            @Schema(description = "Every rule that applies, in the order in which they were found")
            @JsonInclude(JsonInclude.Include.ALWAYS)
            List<RuleView> matched,

            @Schema(description = "When no rule spoke of it: what would have allowed it but for a field or two")
            @JsonInclude(JsonInclude.Include.ALWAYS)
            List<NearMissView> nearest,

            @Schema(description = "Who was asked about, and every group and role reached from there")
            @JsonInclude(JsonInclude.Include.ALWAYS)
            List<String> roles) {

        static ExplanationView of(Why why) {
            return switch (why) {
                case Why.Explained(Explanation explanation) ->
                    new ExplanationView(
                            PolicyAdvice.allowed(explanation.decision()),
                            null,
                            explanation.decidedBy().map(RuleView::of).orElse(null),
                            explanation.matched().stream().map(RuleView::of).toList(),
                            explanation.nearest().stream().map(NearMissView::of).toList(),
                            explanation.roles());
                case Why.NoSuchRole missing ->
                    new ExplanationView(false, NO_SUCH_ROLE, null, List.of(), List.of(), List.of());
            };
        }
    }

    /** @param line absent for a rule that nobody wrote */
    @Serdeable
    @Schema(name = "PolicyRule")
    record RuleView(
            String rule,

            @Schema(description = "builtIn, global, global:policy.x.csv, project:name, implied:name or default")
            String source,

            @Nullable Integer line) {
        static RuleView of(Explanation.Found found) {
            return new RuleView(found.rule().text(), found.source(), lineOf(found.rule()));
        }
    }

    @Serdeable
    @Schema(name = "PolicyNearMiss")
    record NearMissView(
            String rule,
            String source,
            @Nullable Integer line,

            @Schema(description = "subject, resource, action or object")
            List<String> differsIn) {
        static NearMissView of(Explanation.NearMiss miss) {
            return new NearMissView(miss.rule().text(), miss.rule().source(), lineOf(miss.rule()), miss.differsIn());
        }
    }

    private static @Nullable Integer lineOf(PolicyRule rule) {
        return rule.line() == 0 ? null : rule.line();
    }

    @Serdeable
    @Schema(name = "PolicyHolders")
    record WhoCanView(
            @JsonInclude(JsonInclude.Include.ALWAYS) List<HolderView> items,

            @Schema(description = "The default role, when by it everybody signed in may") @Nullable
            String everybody,

            @Schema(description = "Whom a rule of their own forbids it although everybody may") @Nullable
            List<String> except) {

        static WhoCanView of(WhoCan who) {
            return new WhoCanView(
                    who.holders().stream().map(HolderView::of).toList(),
                    who.everybody().orElse(null),
                    who.except().isEmpty() ? null : who.except());
        }
    }

    @Serdeable
    @Schema(name = "PolicyHolder")
    record HolderView(
            String subject,

            @Schema(
                    description =
                            "The roles between the subject and the rule; empty when the rule is the subject's own")
            @JsonInclude(JsonInclude.Include.ALWAYS)
            List<String> via) {
        static HolderView of(WhoCan.Holder holder) {
            return new HolderView(holder.subject(), holder.via());
        }
    }

    @Serdeable
    @Schema(name = "PolicyDiff")
    record DiffView(
            @JsonInclude(JsonInclude.Include.ALWAYS) List<ChangeView> gained,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<ChangeView> lost,

            @Schema(description = "Whether nothing else changes")
            boolean complete) {

        static DiffView of(PolicyDiff diff) {
            return new DiffView(
                    diff.gained().stream().map(ChangeView::of).toList(),
                    diff.lost().stream().map(ChangeView::of).toList(),
                    diff.complete());
        }
    }

    @Serdeable
    @Schema(name = "PolicyChange")
    record ChangeView(
            @Schema(description = "Empty for everybody whom the policies do not name")
            @JsonInclude(JsonInclude.Include.ALWAYS)
            String subject,

            String resource,
            String action,
            @JsonInclude(JsonInclude.Include.ALWAYS) String object) {
        static ChangeView of(PolicyDiff.Change change) {
            return new ChangeView(
                    change.subject(),
                    change.question().resource(),
                    change.question().action(),
                    change.question().object());
        }
    }

    @Serdeable
    @Schema(name = "Permissions")
    record PermissionsView(
            @JsonInclude(JsonInclude.Include.ALWAYS) List<PermissionView> items) {
        static PermissionsView of(List<Explanation.Found> found) {
            return new PermissionsView(found.stream().map(PermissionView::of).toList());
        }
    }
}
