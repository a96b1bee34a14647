package dev.gatehouse.adapters.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as text: strict to read, and nothing lost between reading and writing. */
public final class JsonText {
    static final int DEEPEST = 64;
    private static final int LONGEST_NUMBER = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonText() {}

    /** The text is no JSON, or none that is read here. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final String reason;

        Malformed(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        /** What is wrong, as a sentence without its end. */
        String reason() {
            return reason;
        }
    }

    /**
     * Reads the first value of a text.
     *
     * @param alone whether nothing but blanks may follow it
     * @return nothing when the text is blank
     */
    static @Nullable Json read(String text, boolean alone) throws Malformed {
        try (JsonParser parser = FACTORY.createParser(text)) {
            if (parser.nextToken() == null) return null;
            Json value = value(parser, "");
            if (alone && parser.nextToken() != null)
                throw new Malformed("the body goes on behind its JSON value; send one value and nothing else");
            return value;
        } catch (StreamConstraintsException e) {
            throw new Malformed("the JSON is nested more than " + DEEPEST
                    + " levels deep, or a number in it is longer than " + LONGEST_NUMBER + " characters");
        } catch (JsonEOFException e) {
            throw new Malformed("the JSON ends too early: unexpected end of the body");
        } catch (JsonParseException e) {
            throw new Malformed(
                    "the body is not JSON: see line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a text that we wrote ourselves; an unreadable one is a fault of ours. */
    public static Json.Members reread(String text) {
        try {
            return read(text, true) instanceof Json.Members members ? members : Json.Members.NONE;
        } catch (Malformed e) {
            throw new IllegalStateException("stored JSON does not read", e);
        }
    }

    private static Json value(JsonParser parser, String path) throws IOException, Malformed {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> members(parser, path);
            case START_ARRAY -> items(parser, path);
            case VALUE_STRING -> new Json.Text(harmless(parser.getText(), path));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Numeral(parser.getText());
            case VALUE_TRUE -> new Json.Flag(true);
            case VALUE_FALSE -> new Json.Flag(false);
            case VALUE_NULL -> new Json.Nothing();
            default -> throw new Malformed("the body is not JSON");
        };
    }

    private static Json members(JsonParser parser, String path) throws IOException, Malformed {
        Map<String, Json> all = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = harmless(parser.currentName(), path);
            String inner = path.isEmpty() ? name : path + "." + name;
            parser.nextToken();
            if (all.put(name, value(parser, inner)) != null)
                throw new Malformed(inner + " is given twice; give it once");
        }
        return new Json.Members(all);
    }

    private static Json items(JsonParser parser, String path) throws IOException, Malformed {
        List<Json> all = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) all.add(value(parser, path + "[" + all.size() + "]"));
        return new Json.Items(all);
    }

    /** No database keeps U+0000 in a text, and half a surrogate pair is no character at all. */
    private static String harmless(String text, String path) throws Malformed {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            boolean paired = Character.isHighSurrogate(each)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (paired) i++;
            else if (each == 0 || Character.isSurrogate(each))
                throw new Malformed((path.isEmpty() ? "the body" : path)
                        + " holds " + (each == 0 ? "the character U+0000" : "half of a surrogate pair")
                        + "; leave it out");
        }
        return text;
    }

    /** The value as UTF-8, without blanks. */
    static byte[] write(Json value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator generator = FACTORY.createGenerator(out)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The value as text, without blanks. */
    public static String text(Json value) {
        return new String(write(value), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static void write(Json value, JsonGenerator generator) throws IOException {
        switch (value) {
            case Json.Members(Map<String, Json> all) -> {
                generator.writeStartObject();
                for (Map.Entry<String, Json> each : all.entrySet()) {
                    generator.writeFieldName(each.getKey());
                    write(each.getValue(), generator);
                }
                generator.writeEndObject();
            }
            case Json.Items(List<Json> all) -> {
                generator.writeStartArray();
                for (Json each : all) write(each, generator);
                generator.writeEndArray();
            }
            case Json.Text(String text) -> generator.writeString(text);
            case Json.Numeral(String spelling) -> generator.writeNumber(spelling);
            case Json.Flag(boolean flag) -> generator.writeBoolean(flag);
            case Json.Nothing nothing -> generator.writeNull();
        }
    }
}
