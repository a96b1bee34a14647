package dev.gatehouse.adapters.rest;

import io.micronaut.core.convert.ArgumentConversionContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.bind.binders.TypedRequestArgumentBinder;
import io.micronaut.http.body.ByteBody;
import io.micronaut.http.exceptions.BufferLengthExceededException;
import io.micronaut.http.exceptions.ContentLengthExceededException;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The bytes that come with a request, whatever their content type says they are; read once, and only when asked for. */
public final class Sent {
    private final ByteBody body;
    private final String encoding;

    private Sent(ByteBody body, List<String> encodings) {
        this.body = body;
        this.encoding = String.join(",", encodings).strip().toLowerCase(Locale.ROOT);
    }

    /**
     * All of them. Blocks until they are there.
     *
     * @param most more are refused, if possible before they arrive
     */
    public byte[] bytes(int most) {
        if (body.expectedLength().orElse(0) > most) throw Body.tooLarge(most);
        byte[] bytes = plain(arrived(most), most);
        if (bytes.length > most) throw Body.tooLarge(most);
        return bytes;
    }

    /** As they come, so that no more of them is kept than this call takes, whatever others may take. */
    private byte[] arrived(int most) {
        try (InputStream arriving = body.toInputStream()) {
            byte[] bytes = arriving.readNBytes(most + 1);
            if (bytes.length > most) throw Body.tooLarge(most);
            return bytes;
        } catch (InterruptedIOException e) {
            Thread.currentThread().interrupt();
            throw Body.invalid("the server stops; send it again");
        } catch (IOException e) {
            if (e.getCause() instanceof LateBody) throw late();
            throw e.getCause() instanceof ContentLengthExceededException
                            || e.getCause() instanceof BufferLengthExceededException
                    ? Body.tooLarge(most)
                    : Body.invalid("the body did not arrive whole; send it again");
        }
    }

    /** At most one byte more than the most, however much was packed. */
    private byte[] plain(byte[] bytes, int most) {
        switch (encoding) {
            case "", "identity" -> {
                return bytes;
            }
            case "gzip", "x-gzip" -> {
                try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                    return unpacked.readNBytes(most + 1);
                } catch (IOException e) {
                    throw encoded();
                }
            }
            default -> throw encoded();
        }
    }

    private static ProblemRaised late() {
        return new ProblemRaised(new Problem(
                408,
                Code.INVALID_ARGUMENT,
                "the body did not arrive in time; send it at once",
                List.of(),
                Optional.empty()));
    }

    private static ProblemRaised encoded() {
        return new ProblemRaised(new Problem(
                415,
                Code.INVALID_ARGUMENT,
                "the body does not unpack; send the body without Content-Encoding",
                List.of(),
                Optional.empty()));
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
            Optional<Sent> sent = Optional.of(
                    new Sent(request.byteBody(), request.getHeaders().getAll(HttpHeaders.CONTENT_ENCODING)));
            return () -> sent;
        }
    }
}
