package dev.gatehouse.adapters.rest;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.body.CloseableAvailableByteBody;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** The bytes that come with a request, whatever their content type says they are; read once, and only when asked for. */
public final class Sent {
    private final ByteBody body;

    private Sent(ByteBody body) {
        this.body = body;
    }

    /**
     * All of them. Blocks until they are there.
     *
     * @param most more are refused, if possible before they arrive
     */
    public byte[] bytes(int most) {
        if (body.expectedLength().orElse(0) > most) throw Body.tooLarge(most);
        try (CloseableAvailableByteBody all = body.buffer().get()) {
            byte[] bytes = all.toByteArray();
            if (bytes.length > most) throw Body.tooLarge(most);
            return bytes;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ContentLengthExceededException
                            || e.getCause() instanceof BufferLengthExceededException
                    ? Body.tooLarge(most)
                    : Body.invalid("the body did not arrive whole; send it again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Body.invalid("the server stops; send it again");
        }
    }

    @Singleton
    static final class Binder implements TypedRequestArgumentBinder<Sent> {
        @Override
        public Argument<Sent> argumentType() {
            return Argument.of(Sent.class);
        }

        @Override
        public BindingResult<Sent> bind(ArgumentConversionContext<Sent> context, HttpRequest<?> source) {
            if (!(source instanceof ServerHttpRequest<?> request))
                throw new IllegalStateException("only a server has requests with bytes");
            Optional<Sent> sent = Optional.of(new Sent(request.byteBody()));
            return () -> sent;
        }
    }
}
