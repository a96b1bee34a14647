package dev.gatehouse.adapters.rest;

import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.Refusal;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import jakarta.inject.Singleton;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever ends a request early into the one shape of errors; what nobody foresaw goes to the log alone. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** Says nothing but where the log has more. */
    private static Problem incident(Ids ids, Throwable cause) {
        String incident = ids.newId();
        LOG.error("incident {}", incident, cause);
        return Problem.of(Code.INTERNAL, "internal error; incident " + incident);
    }

    @Singleton
    @Produces
    static final class OnRefusal implements ExceptionHandler<Refusal, HttpResponse<?>> {
        @Override
        @SuppressWarnings("rawtypes")
        public HttpResponse<?> handle(HttpRequest request, Refusal refusal) {
            // One line for each: in an outage every request comes here.
            if (refusal instanceof Refusal.Unavailable)
                LOG.warn("{}: {}", refusal.getMessage(), String.valueOf(refusal.getCause()));
            return Wording.of(refusal).reply();
        }
    }

    @Singleton
    @Produces
    static final class OnProblem implements ExceptionHandler<ProblemRaised, HttpResponse<?>> {
        @Override
        @SuppressWarnings("rawtypes")
        public HttpResponse<?> handle(HttpRequest request, ProblemRaised raised) {
            return raised.reply();
        }
    }

    @Singleton
    @Produces
    static final class OnFault implements ExceptionHandler<Throwable, HttpResponse<?>> {
        private final Ids ids;

        OnFault(Ids ids) {
            this.ids = ids;
        }

        @Override
        @SuppressWarnings("rawtypes")
        public HttpResponse<?> handle(HttpRequest request, Throwable fault) {
            return incident(ids, fault).reply();
        }
    }

    /** Words what the framework itself refuses, also where no filter and no handler runs. */
    @Singleton
    static final class OfTheFramework implements ErrorResponseProcessor<Problem.Shape> {
        private final Ids ids;
        private final RequestTrace trace;

        OfTheFramework(Ids ids, RequestTrace trace) {
            this.ids = ids;
            this.trace = trace;
        }

        @Override
        public MutableHttpResponse<Problem.Shape> processResponse(ErrorContext context, MutableHttpResponse<?> base) {
            int status = precise(base.code(), context.getRequest());
            Problem problem = status >= 500
                    ? context.getRootCause()
                            .map(each -> incident(ids, each))
                            .orElseGet(() -> Problem.of(Code.INTERNAL, "internal error"))
                    : worded(status, context.getRootCause());
            MutableHttpResponse<Problem.Shape> reply = base.status(problem.status())
                    .body(problem.shape())
                    .contentType(io.micronaut.http.MediaType.APPLICATION_JSON_TYPE);
            trace.finish(context.getRequest(), reply);
            return reply;
        }

        /** The framework knows one status for all that is too long. */
        private static int precise(int status, HttpRequest<?> request) {
            if (status != 413 || !(request instanceof NettyHttpRequest<?> netty)) return status;
            Throwable cause = netty.getNativeRequest().decoderResult().cause();
            if (cause instanceof TooLongHttpLineException) return 414;
            return cause instanceof TooLongHttpHeaderException ? 431 : status;
        }

        private static Problem worded(int status, Optional<Throwable> cause) {
            String text = switch (status) {
                case 400 ->
                    cause.filter(URISyntaxException.class::isInstance).isPresent()
                            ? "the path is no URI; check its percent signs"
                            : "the request does not read; check its head, its path and its parameters";
                case 401 -> Wording.NO_SESSION;
                case 403 -> "permission denied";
                case 404 -> "Not Found";
                case 405 -> "Method Not Allowed";
                case 406 -> "this is given as application/json only; accept that";
                case 413 -> "the body is too large; make it shorter";
                case 414 -> "the path and its parameters are too long; make them shorter";
                case 415 -> "Invalid content type: send Content-Type: application/json";
                case 431 -> "the headers are too large or too many; send fewer";
                default -> "the request is refused";
            };
            return new Problem(status, Code.forStatus(status), text, List.of(), Optional.empty());
        }
    }
}
