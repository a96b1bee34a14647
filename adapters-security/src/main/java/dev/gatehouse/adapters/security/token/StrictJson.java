package dev.gatehouse.adapters.security.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads one JSON object as RFC 8259 has it: valid UTF-8, each member once, not deep, and nothing after it. */
final class StrictJson {
    private static final int DEEPEST = 8;

    /** What a member holds, as far as anybody here asks. */
    sealed interface Value {
        record Text(String text) implements Value {}

        /** A number without fraction or exponent that fits a {@code long}. */
        record Whole(long number) implements Value {}

        record Other() implements Value {}
    }

    // Names come from strangers: they are neither interned nor kept for the next document.
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    private StrictJson() {}

    /** The members; absent when it is anything but one object. */
    static Optional<Map<String, Value>> object(byte[] utf8) {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
            try (JsonParser parser = JSON.createParser(text)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) return Optional.empty();
                Map<String, Value> members = new HashMap<>();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    members.put(name, value(parser));
                }
                return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null
                        ? Optional.of(members)
                        : Optional.empty();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Value value(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING) return new Value.Text(parser.getText());
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER)
            return new Value.Whole(parser.getLongValue());
        parser.skipChildren();
        return new Value.Other();
    }
}
