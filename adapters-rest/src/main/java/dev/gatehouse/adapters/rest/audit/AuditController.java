package dev.gatehouse.adapters.rest.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.adapters.rest.PageMetadata;
import dev.gatehouse.adapters.rest.Query;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.application.audit.ReadingAudit;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.audit.AuditAction;
import dev.gatehouse.domain.audit.AuditEntry;
import dev.gatehouse.domain.audit.AuditFilter;
import dev.gatehouse.domain.audit.AuditTrail;
import dev.gatehouse.domain.shared.Page;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was done, and by whom (Gatehouse contract 7). */
@Controller("/api/v1/audit")
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "audit")
class AuditController {
    private final ReadingAudit audit;

    AuditController(ReadingAudit audit) {
        this.audit = audit;
    }

    @Get
    @Operation(operationId = "listAudit", summary = "The entries of the audit, the newest first")
    @Parameter(name = "from", in = ParameterIn.QUERY, description = "RFC 3339: at this time or later")
    @Parameter(name = "to", in = ParameterIn.QUERY, description = "RFC 3339: before this time")
    @Parameter(name = "actor", in = ParameterIn.QUERY, description = "Exactly this subject")
    @Parameter(name = "action", in = ParameterIn.QUERY, description = "For instance token.created")
    @Parameter(name = "target", in = ParameterIn.QUERY, description = "Exactly this name")
    @Parameter(name = "outcome", in = ParameterIn.QUERY, description = "done, refused or failed")
    @Parameter(name = "project", in = ParameterIn.QUERY, description = "Exactly this project")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 100 when left out")
    @Parameter(name = "continue", in = ParameterIn.QUERY, description = "metadata.continue of the page before")
    ListView find(@Parameter(hidden = true) Caller caller, HttpRequest<?> request) {
        Query query =
                Query.of(request, "from", "to", "actor", "action", "target", "outcome", "project", "limit", "continue");
        AuditFilter filter = new AuditFilter(
                query.instant("from"),
                query.instant("to"),
                query.text("actor"),
                query.text("action").map(AuditController::action).map(Set::of).orElse(Set.of()),
                query.text("target"),
                query.text("outcome").map(AuditController::outcome),
                query.text("project"));
        return ListView.of(audit.find(caller, filter, query.page()));
    }

    private static AuditAction action(String word) {
        return AuditAction.of(word)
                .orElseThrow(() -> Query.unknown(
                        "action", word, Arrays.stream(AuditAction.values()).map(AuditAction::word)));
    }

    private static AuditEntry.Outcome outcome(String word) {
        return Arrays.stream(AuditEntry.Outcome.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Query.unknown(
                        "outcome",
                        word,
                        Arrays.stream(AuditEntry.Outcome.values()).map(AuditEntry.Outcome::word)));
    }

    @Serdeable
    @Schema(name = "AuditList")
    record ListView(
            @JsonInclude(JsonInclude.Include.ALWAYS) List<EntryView> items,
            @JsonInclude(JsonInclude.Include.ALWAYS) PageMetadata metadata) {
        static ListView of(Page<AuditTrail.Numbered> page) {
            return new ListView(page.items().stream().map(EntryView::of).toList(), PageMetadata.of(page));
        }
    }

    @Serdeable
    @Schema(name = "AuditEntry")
    record EntryView(
            long sequence,
            String at,
            ActorView actor,
            String from,
            String userAgent,
            String action,
            TargetView target,
            String outcome,
            String reason,
            String requestId,
            List<ChangeView> changes) {
        static EntryView of(AuditTrail.Numbered numbered) {
            AuditEntry entry = numbered.entry();
            return new EntryView(
                    numbered.sequence(),
                    entry.at().toString(),
                    ActorView.of(entry.actor()),
                    entry.from().address(),
                    entry.from().userAgent(),
                    entry.action().word(),
                    TargetView.of(entry.target()),
                    entry.outcome().word(),
                    entry.reason(),
                    entry.from().requestId(),
                    entry.changes().stream().map(ChangeView::of).toList());
        }
    }

    @Serdeable
    @Schema(name = "AuditActor")
    record ActorView(String subject, @Nullable String tokenId, String method) {
        static ActorView of(AuditEntry.Actor actor) {
            return new ActorView(actor.subject(), actor.tokenId().orElse(null), actor.method());
        }
    }

    @Serdeable
    @Schema(name = "AuditTarget")
    record TargetView(String kind, String project, String name) {
        static TargetView of(AuditEntry.Target target) {
            return new TargetView(target.kind(), target.project(), target.name());
        }
    }

    @Serdeable
    @Schema(name = "AuditChange")
    record ChangeView(String field, String before, String after) {
        static ChangeView of(AuditEntry.Change change) {
            return new ChangeView(change.field(), change.before(), change.after());
        }
    }
}
