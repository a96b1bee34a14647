package dev.gatehouse.adapters.rest.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.gatehouse.adapters.rest.Nothing;
import dev.gatehouse.adapters.rest.PageMetadata;
import dev.gatehouse.adapters.rest.Query;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.application.session.ManagingSessions;
import dev.gatehouse.application.session.ManagingSessions.Seen;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.session.Session;
import dev.gatehouse.domain.session.SessionRule;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.LastUse;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sign-ins that are still good (Gatehouse contract 2). */
@Controller("/api/v1/sessions")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "session")
class SessionsController {
    private static final String SUBJECT = "subject";

    private final ManagingSessions sessions;

    SessionsController(ManagingSessions sessions) {
        this.sessions = sessions;
    }

    @Get
    @Operation(
            operationId = "listSessions",
            summary = "The live sessions that one may see, the newest first, then by id",
            description = "One's own always; those of others with the right to sessions, get on their name.")
    @Parameter(name = SUBJECT, in = ParameterIn.QUERY, description = "Only those of this account")
    @Parameter(name = "limit", in = ParameterIn.QUERY, description = "1 to 1000, 100 when left out")
    @Parameter(name = "continue", in = ParameterIn.QUERY, description = "metadata.continue of the page before")
    ListView list(@Parameter(hidden = true) Caller caller, HttpRequest<?> request) {
        Query query = Query.of(request, SUBJECT, "limit", "continue");
        return ListView.of(sessions.list(caller, query.text(SUBJECT), query.page()));
    }

    @Get("/{id}")
    @Operation(operationId = "getSession", summary = "One session, also for a week after its end")
    SessionView find(@Parameter(hidden = true) Caller caller, @PathVariable String id, HttpRequest<?> request) {
        Query.of(request);
        return SessionView.of(sessions.find(caller, id));
    }

    @Delete("/{id}")
    @Operation(
            operationId = "endSession",
            summary = "End one session for good",
            description = "One that is over stays as it is.")
    Nothing end(@Parameter(hidden = true) Caller caller, @PathVariable String id, HttpRequest<?> request) {
        Query.of(request);
        sessions.end(caller, id);
        return Nothing.AT_ALL;
    }

    @Delete
    @Operation(operationId = "endSessions", summary = "End every session of an account for good")
    @Parameter(name = SUBJECT, in = ParameterIn.QUERY, required = true, description = "Whose")
    @Parameter(name = "keepCurrent", in = ParameterIn.QUERY, description = "true: the caller's own session goes on")
    @Parameter(name = "dryRun", in = ParameterIn.QUERY, description = "true: only count")
    EndedView endAll(@Parameter(hidden = true) Caller caller, HttpRequest<?> request) {
        Query query = Query.of(request, SUBJECT, "keepCurrent", "dryRun");
        String subject =
                query.text(SUBJECT).orElseThrow(() -> new Refusal.Invalid(SUBJECT, SessionRule.SUBJECT_REQUIRED));
        boolean rehearse = query.flag("dryRun");
        int ended = sessions.endAll(caller, new ManagingSessions.EndAll(subject, query.flag("keepCurrent"), rehearse));
        return new EndedView(ended, rehearse ? true : null);
    }

    @Serdeable
    @Schema(name = "SessionsEnded")
    record EndedView(
            @JsonInclude(JsonInclude.Include.ALWAYS) int ended,
            @Nullable Boolean dryRun) {}

    @Serdeable
    @Schema(name = "SessionList")
    record ListView(
            @JsonInclude(JsonInclude.Include.ALWAYS) List<SessionView> items,
            @JsonInclude(JsonInclude.Include.ALWAYS) PageMetadata metadata) {
        static ListView of(Page<Seen> page) {
            return new ListView(page.items().stream().map(SessionView::of).toList(), PageMetadata.of(page));
        }
    }

    @Serdeable
    @Schema(name = "Session")
    record SessionView(
            String id,
            String subject,
            String provider,
            String createdAt,
            @Nullable String lastUsedAt,
            @Nullable String lastUsedFrom,
            @Nullable String lastUsedBy,
            @Nullable String idleEndsAt,
            String endsAt,
            @Nullable String endedAt,
            @Nullable String reason,
            String sourceAddress,
            String userAgent,

            @Schema(description = "Nobody signed in to the account from there lately") @Nullable
            Boolean newPlace,

            @Schema(description = "At least so many sign-ins under its name were refused shortly before") @Nullable
            Integer refusedBefore,

            @JsonInclude(JsonInclude.Include.ALWAYS) boolean current) {
        static SessionView of(Seen seen) {
            Session session = seen.session();
            @Nullable String endedAt = null;
            @Nullable String reason = null;
            if (session.state() instanceof Session.State.Ended(Instant at, Session.Reason why)) {
                endedAt = at.toString();
                reason = word(why);
            }
            return new SessionView(
                    session.id().value(),
                    session.name().value(),
                    "local",
                    session.startedAt().toString(),
                    session.lastUse().map(LastUse::at).map(Instant::toString).orElse(null),
                    session.lastUse().map(LastUse::address).orElse(null),
                    session.lastUse().map(LastUse::userAgent).orElse(null),
                    seen.idleEndsAt().map(Instant::toString).orElse(null),
                    seen.endsAt().toString(),
                    endedAt,
                    reason,
                    session.address(),
                    session.userAgent(),
                    session.unusual().newPlace() ? true : null,
                    session.unusual().refusedBefore() > 0 ? session.unusual().refusedBefore() : null,
                    seen.current());
        }

        private static String word(Session.Reason reason) {
            return switch (reason) {
                case SIGNED_OUT -> "signedOut";
                case PASSWORD_CHANGED -> "passwordChanged";
                case REVOKED -> "revoked";
                case IDLE -> "idle";
                case GAVE_WAY -> "gaveWay";
            };
        }
    }
}
