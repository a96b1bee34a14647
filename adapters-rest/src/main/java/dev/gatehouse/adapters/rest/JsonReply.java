package dev.gatehouse.adapters.rest;

import io.micronaut.core.annotation.Order;
import io.micronaut.core.io.buffer.ByteBuffer;
import io.micronaut.core.io.buffer.ByteBufferFactory;
import io.micronaut.core.type.Argument;
import io.micronaut.core.type.MutableHeaders;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.body.MessageBodyWriter;
import io.micronaut.http.codec.CodecException;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.body.JsonMessageHandler;
import jakarta.inject.Singleton;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes every JSON reply, in the form that Argo's servers give theirs: {@code <}, {@code >}, {@code &}, U+2028 and U+2029
 * are escaped, so that a reply is harmless wherever it is pasted (Argo CD contract 0.2).
 */
@Singleton
@Order(JsonMessageHandler.ORDER - 10)
@Produces(MediaType.APPLICATION_JSON)
final class JsonReply<T> implements MessageBodyWriter<T> {
    private final JsonMapper mapper;

    JsonReply(JsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public MessageBodyWriter<T> createSpecific(Argument<T> type) {
        return new JsonReply<>(mapper.createSpecific(type));
    }

    @Override
    public void writeTo(
            Argument<T> type, MediaType mediaType, T object, MutableHeaders headers, OutputStream outputStream) {
        headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        try {
            outputStream.write(bytes(type, object));
        } catch (IOException e) {
            throw new CodecException("a reply could not be written", e);
        }
    }

    @Override
    public ByteBuffer<?> writeTo(
            Argument<T> type,
            MediaType mediaType,
            T object,
            MutableHeaders headers,
            ByteBufferFactory<?, ?> bufferFactory) {
        headers.set(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        return bufferFactory.wrap(bytes(type, object));
    }

    private byte[] bytes(Argument<T> type, T object) {
        return switch (object) {
            case byte[] ready -> ready;
            case ReadyJson ready -> ready.json();
            case CharSequence text -> text.toString().getBytes(StandardCharsets.UTF_8);
            case Json json -> escaped(JsonText.write(json));
            default -> {
                try {
                    yield escaped(mapper.writeValueAsBytes(type, object));
                } catch (IOException e) {
                    throw new CodecException("a reply could not be written", e);
                }
            }
        };
    }

    /** None of these characters stands outside a text in JSON, so that their bytes can be replaced wherever they are. */
    static byte[] escaped(byte[] json) {
        int first = 0;
        while (first < json.length && escape(json, first) == null) first++;
        if (first == json.length) return json;
        ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 64);
        out.write(json, 0, first);
        for (int i = first; i < json.length; i++) {
            byte[] escape = escape(json, i);
            if (escape == null) {
                out.write(json[i]);
            } else {
                out.writeBytes(escape);
                if (json[i] == (byte) 0xE2) i += 2;
            }
        }
        return out.toByteArray();
    }

    private static final byte[] LESS = "\\u003c".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] MORE = "\\u003e".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AND = "\\u0026".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LINE = "\\u2028".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PARAGRAPH = "\\u2029".getBytes(StandardCharsets.US_ASCII);

    private static byte @Nullable [] escape(byte[] json, int at) {
        return switch (json[at]) {
            case '<' -> LESS;
            case '>' -> MORE;
            case '&' -> AND;
            case (byte) 0xE2 ->
                at + 2 < json.length && json[at + 1] == (byte) 0x80
                        ? switch (json[at + 2]) {
                            case (byte) 0xA8 -> LINE;
                            case (byte) 0xA9 -> PARAGRAPH;
                            default -> null;
                        }
                        : null;
            default -> null;
        };
    }
}
