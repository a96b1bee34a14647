package dev.gatehouse.adapters.testkit.token;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads one JSON object and nothing beside it: each member once, nested at most {@value #DEEPEST} deep. */
final class StrictJson {
    private static final int DEEPEST = 32;
    private final String text;
    private int at;

    /** A value, as far as anybody here needs it. */
    sealed interface Value {
        record Text(String value) implements Value {}

        /** A number without fraction and exponent that fits into 64 bits. */
        record Whole(long value) implements Value {}

        /** Everything else. */
        record Other() implements Value {}
    }

    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken() {
            super(null, null, false, false);
        }
    }

    private StrictJson(String text) {
        this.text = text;
    }

    /** The members in their order; absent when this is no such object. */
    static Optional<Map<String, Value>> object(byte[] utf8) {
        try {
            StrictJson json = new StrictJson(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
            json.blanks();
            Map<String, Value> members = json.members(1);
            json.blanks();
            return json.at == json.text.length() ? Optional.of(members) : Optional.empty();
        } catch (CharacterCodingException | Broken e) {
            return Optional.empty();
        }
    }

    private Map<String, Value> members(int depth) throws Broken {
        if (depth > DEEPEST) throw new Broken();
        Map<String, Value> members = new LinkedHashMap<>();
        take('{');
        blanks();
        if (peek() == '}') {
            at++;
            return members;
        }
        while (true) {
            blanks();
            String name = string();
            blanks();
            take(':');
            if (members.put(name, value(depth)) != null) throw new Broken();
            blanks();
            if (peek() == '}') {
                at++;
                return members;
            }
            take(',');
        }
    }

    private void elements(int depth) throws Broken {
        if (depth > DEEPEST) throw new Broken();
        take('[');
        blanks();
        if (peek() == ']') {
            at++;
            return;
        }
        while (true) {
            value(depth);
            if (peek() == ']') {
                at++;
                return;
            }
            take(',');
        }
    }

    private Value value(int depth) throws Broken {
        blanks();
        Value value = new Value.Other();
        switch (peek()) {
            case '{' -> members(depth + 1);
            case '[' -> elements(depth + 1);
            case '"' -> value = new Value.Text(string());
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> value = number();
        }
        blanks();
        return value;
    }

    private Value number() throws Broken {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) at++;
        String number = text.substring(start, at);
        if (!number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) throw new Broken();
        if (!number.matches("-?[0-9]+")) return new Value.Other();
        try {
            return new Value.Whole(Long.parseLong(number));
        } catch (NumberFormatException e) {
            return new Value.Other();
        }
    }

    private String string() throws Broken {
        take('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char next = text.charAt(at++);
            if (next < ' ') throw new Broken();
            string.append(next == '\\' ? escaped() : next);
        }
        at++;
        return string.toString();
    }

    private char escaped() throws Broken {
        char kind = peek();
        at++;
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9A-Fa-f]{4}")) throw new Broken();
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> throw new Broken();
        };
    }

    private void word(String word) throws Broken {
        if (!text.startsWith(word, at)) throw new Broken();
        at += word.length();
    }

    private void take(char wanted) throws Broken {
        if (peek() != wanted) throw new Broken();
        at++;
    }

    private char peek() throws Broken {
        if (at >= text.length()) throw new Broken();
        return text.charAt(at);
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) at++;
    }
}
