package dev.gatehouse.adapters.rest.access;

import dev.gatehouse.adapters.rest.ReadyJson;
import dev.gatehouse.adapters.rest.Refusals;
import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.inject.Named;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Asks the policy about oneself (Argo CD contract 3.7). */
@Controller("/api/v1/account/can-i")
@Refusals
@Tag(name = "account")
class CanIController {
    /** The one namespace that Argo's clients put between a project and a name. */
    private static final String NAMESPACE = "argocd";

    private static final Set<String> WITH_NAMESPACE =
            Set.of("applications", "applicationsets", "logs", "exec", "clusters", "repositories");

    private final Authorizing authorizing;
    private final Executor blocking;

    CanIController(Authorizing authorizing, @Named(TaskExecutors.BLOCKING) Executor blocking) {
        this.authorizing = authorizing;
        this.blocking = blocking;
    }

    @Get("/{resource}/{action}")
    @Hidden
    CompletableFuture<AnswerView> canI(@Parameter(hidden = true) Caller caller, String resource, String action) {
        return answer(caller, AccessQuestion.inBareWords(resource, action, ""));
    }

    @Get("/{resource}/{action}/{object:.*}")
    @Operation(
            operationId = "canI",
            summary = "May I do this?",
            description = "The object may hold slashes, and may be empty.")
    CompletableFuture<AnswerView> canI(
            @Parameter(hidden = true) Caller caller, String resource, String action, String object) {
        return answer(caller, AccessQuestion.inBareWords(resource, action, withoutNamespace(resource, object)));
    }

    /** What memory can answer is answered here and now; only what needs the store costs a thread. */
    private CompletableFuture<AnswerView> answer(Caller caller, AccessQuestion question) {
        Optional<Decision> known = authorizing.recall(caller, question);
        if (known.isPresent()) return CompletableFuture.completedFuture(AnswerView.of(known.get()));
        Supplier<AnswerView> later = () -> AnswerView.of(authorizing.decide(caller, question));
        return CompletableFuture.supplyAsync(PropagatedContext.getOrEmpty().wrap(later), blocking);
    }

    private static String withoutNamespace(String resource, String object) {
        if (!WITH_NAMESPACE.contains(resource)) return object;
        String[] parts = object.split("/", -1);
        return parts.length == 3 && parts[1].equals(NAMESPACE) ? parts[0] + "/" + parts[2] : object;
    }

    @Serdeable
    @Schema(name = "CanIResponse")
    record AnswerView(@Schema(description = "yes or no") String value) implements ReadyJson {
        static final AnswerView YES = new AnswerView("yes");
        static final AnswerView NO = new AnswerView("no");

        private static final byte[] YES_JSON = "{\"value\":\"yes\"}".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] NO_JSON = "{\"value\":\"no\"}".getBytes(StandardCharsets.US_ASCII);

        static AnswerView of(Decision decision) {
            return switch (decision) {
                case Decision.Allowed allowed -> YES;
                case Decision.Denied denied -> NO;
            };
        }

        @Override
        public byte[] json() {
            return (value.equals("yes") ? YES_JSON : NO_JSON).clone();
        }
    }
}
