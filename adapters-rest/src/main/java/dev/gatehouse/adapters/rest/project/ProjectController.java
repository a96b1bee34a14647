package dev.gatehouse.adapters.rest.project;

import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.IdempotencyKey;
import dev.gatehouse.adapters.rest.Json;
import dev.gatehouse.adapters.rest.Nothing;
import dev.gatehouse.adapters.rest.ProblemRaised;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.adapters.rest.Rehearsal;
import dev.gatehouse.adapters.rest.Sent;
import dev.gatehouse.adapters.rest.Wording;
import dev.gatehouse.application.project.ManagingProjects;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Refusal;
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
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Projects (Argo CD contract 4). */
@Controller("/api/v1/projects")
@Consumes(MediaType.ALL)
@ExecuteOn(TaskExecutors.BLOCKING)
@Refusals
@Tag(name = "project")
class ProjectController {
    private final ManagingProjects projects;

    ProjectController(ManagingProjects projects) {
        this.projects = projects;
    }

    @Get
    @Operation(operationId = "listProjects", summary = "The projects one may see, by name")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AppProject.Listing.class)))
    @Parameter(
            name = "fields",
            in = ParameterIn.QUERY,
            description = "Only these members, as items.metadata.name,items.spec; with - in front, all but these")
    Json list(@Parameter(hidden = true) Caller caller, HttpRequest<?> request) {
        Json all = AppProject.list(projects.list(caller));
        return FieldChoice.of(Optional.ofNullable(request.getParameters().get("fields")))
                .map(each -> each.from(all))
                .orElse(all);
    }

    @Get("/{name}")
    @Operation(operationId = "getProject", summary = "One project")
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = AppProject.class)))
    Json get(@Parameter(hidden = true) Caller caller, String name) {
        return AppProject.of(projects.get(caller, name), AppProject.StatusForm.SHOWN);
    }

    @Get("/{name}/detailed")
    @Operation(operationId = "getDetailedProject", summary = "One project; there are no clusters and repositories")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AppProject.Detailed.class)))
    Json detailed(@Parameter(hidden = true) Caller caller, String name) {
        try {
            return AppProject.detailed(projects.get(caller, name));
        } catch (Refusal.NotFound e) {
            throw new ProblemRaised(Wording.ofDetailed(e));
        }
    }

    @Get("/{name}/globalprojects")
    @Operation(operationId = "getGlobalProjects", summary = "Always empty: there are no global projects")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AppProject.Globals.class)))
    Nothing globals(@Parameter(hidden = true) Caller caller, String name) {
        projects.get(caller, name);
        return Nothing.AT_ALL;
    }

    @Get("/{name}/links")
    @Operation(operationId = "listProjectLinks", summary = "Always empty: there are no links")
    Nothing links(@Parameter(hidden = true) Caller caller, String name) {
        projects.get(caller, name);
        return Nothing.AT_ALL;
    }

    @Get("/{name}/syncwindows")
    @Operation(operationId = "getSyncWindowsState", summary = "The sync windows that are open now")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AppProject.Windows.class)))
    Json windows(@Parameter(hidden = true) Caller caller, String name) {
        return AppProject.windows(projects.windows(caller, name));
    }

    @Get("/{name}/events")
    @Operation(
            operationId = "listProjectEvents",
            summary = "What was done to the project, the newest last; at most 100")
    @ApiResponse(
            responseCode = "200",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ProjectEvents.Listing.class)))
    Json events(@Parameter(hidden = true) Caller caller, String name) {
        return ProjectEvents.of(projects.events(caller, name));
    }

    @Post
    @Operation(operationId = "createProject", summary = "Make a project, or replace its spec")
    @Parameter(name = IdempotencyKey.HEADER, in = ParameterIn.HEADER, description = IdempotencyKey.DESCRIPTION)
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AppProject.CreateRequest.class)))
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = AppProject.class)))
    HttpResponse<Json> create(
            @Parameter(hidden = true) Caller caller,
            @Parameter(hidden = true) @Nullable @Header(IdempotencyKey.HEADER) String key,
            @Parameter(hidden = true) Sent body) {
        Body sent = Body.argo(body);
        Optional<Body> project = sent.object("project");
        if (project.isEmpty()) throw Body.invalid("missing payload 'project' in request");
        ManagingProjects.Kept made = projects.create(
                caller,
                AppProject.draft(project, Optional.empty()),
                sent.flag("upsert").orElse(false),
                IdempotencyKey.of(key, sent, "project"));
        return HttpResponse.ok(AppProject.of(made, AppProject.StatusForm.STORED))
                .header(
                        HttpHeaders.LOCATION,
                        "/api/v1/projects/" + made.project().name().value());
    }

    @Put("/{name}")
    @Operation(operationId = "updateProject", summary = "Replace labels and spec of a project")
    @Parameter(name = Rehearsal.PARAMETER, in = ParameterIn.QUERY, description = Rehearsal.DESCRIPTION)
    @RequestBody(
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AppProject.UpdateRequest.class)))
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(implementation = AppProject.class)))
    Json update(
            @Parameter(hidden = true) Caller caller,
            String name,
            HttpRequest<?> request,
            @Parameter(hidden = true) Sent body) {
        boolean dryRun = Rehearsal.isAskedFor(request);
        ManagingProjects.Draft draft = AppProject.draft(Body.argo(body).object("project"), Optional.of(name));
        return dryRun
                ? AppProject.of(projects.rehearseUpdate(caller, draft))
                : AppProject.of(projects.update(caller, draft), AppProject.StatusForm.SHOWN);
    }

    @Delete("/{name}")
    @Operation(operationId = "deleteProject", summary = "Delete a project; its tokens end at once")
    @Parameter(name = Rehearsal.PARAMETER, in = ParameterIn.QUERY, description = Rehearsal.DESCRIPTION)
    Rehearsal delete(@Parameter(hidden = true) Caller caller, String name, HttpRequest<?> request) {
        if (Rehearsal.isAskedFor(request))
            return Rehearsal.of(new Rehearsal.Ends(0, projects.rehearseDeletion(caller, name)));
        projects.delete(caller, name);
        return Rehearsal.DONE;
    }
}
