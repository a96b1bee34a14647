package dev.gatehouse.adapters.rest;

import dev.gatehouse.domain.access.Caller;
import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Hands controllers what the filter found out about who asks. */
final class CallerBinding {
    private static final String VISITOR = "gatehouse.visitor";

    private CallerBinding() {}

    static void remember(HttpRequest<?> request, Visitor visitor) {
        request.setAttribute(VISITOR, visitor);
    }

    /** The caller, when the request got as far as that. */
    static Optional<Caller> callerOf(HttpRequest<?> request) {
        return request.getAttributes().getValue(VISITOR) instanceof Visitor visitor
                ? visitor.caller()
                : Optional.empty();
    }

    private static Visitor visitorOf(HttpRequest<?> request) {
        if (request.getAttributes().getValue(VISITOR) instanceof Visitor visitor) return visitor;
        throw new IllegalStateException("a controller ran without the authentication filter");
    }

    @Singleton
    static final class CallerBinder implements TypedRequestArgumentBinder<Caller> {
        @Override
        public Argument<Caller> argumentType() {
            return Argument.of(Caller.class);
        }

        @Override
        public BindingResult<Caller> bind(ArgumentConversionContext<Caller> context, HttpRequest<?> source) {
            Optional<Caller> caller = Optional.of(visitorOf(source).require());
            return () -> caller;
        }
    }

    @Singleton
    static final class VisitorBinder implements TypedRequestArgumentBinder<Visitor> {
        @Override
        public Argument<Visitor> argumentType() {
            return Argument.of(Visitor.class);
        }

        @Override
        public BindingResult<Visitor> bind(ArgumentConversionContext<Visitor> context, HttpRequest<?> source) {
            Optional<Visitor> visitor = Optional.of(visitorOf(source));
            return () -> visitor;
        }
    }
}
