package dev.gatehouse.adapters.rest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a request, read strictly: whatever does not fit is refused with the path of the member and what to
 * change.
 */
public final class Body {
    /** More bytes than this are no body of ours, where a call does not take more of its own. */
    public static final int MOST_BYTES = 1 << 20;

    /**
     * More bytes than this are no body of a call that strangers may make, as signing in: what they have read costs them
     * little, so it must cost little here, too. Also the longest password fits, with every character of it escaped.
     */
    public static final int MOST_BYTES_OF_STRANGERS = 16 << 10;

    private final String path;
    private final Json.Members members;
    private final boolean argo;
    /** What Argo CD calls the whole message; empty where nobody knows its texts by heart. */
    private final String message;

    private Body(String path, Json.Members members, boolean argo, String message) {
        this.path = path;
        this.members = members;
        this.argo = argo;
        this.message = message;
    }

    /**
     * The body of a request that Argo's clients make: empty and {@code null} count as {@code {}}, the letter case of
     * names does not count, members nobody asks for and bytes behind the first value are passed over (Argo CD contract
     * 0.2).
     */
    public static Body argo(Sent sent) {
        return argo(sent, MOST_BYTES, "");
    }

    /** As {@link #argo(Sent)}, of at most so many bytes. */
    public static Body argo(Sent sent, int most) {
        return argo(sent, most, "");
    }

    /** As {@link #argo(Sent)}; numbers that are none are refused in the words that Argo CD has for this message of its. */
    public static Body argo(Sent sent, String message) {
        return argo(sent, MOST_BYTES, message);
    }

    private static Body argo(Sent sent, int most, String message) {
        return switch (read(sent, most, false)) {
            case null -> new Body("", Json.Members.NONE, true, message);
            case Json.Nothing nothing -> new Body("", Json.Members.NONE, true, message);
            case Json.Members members -> new Body("", members, true, message);
            case Json other -> throw notAnObject(other);
        };
    }

    /**
     * The body of a request of our own: one object and nothing else, with these members and no others, so that a slip of
     * the pen never widens what is given out (Gatehouse contract 1).
     */
    public static Body own(Sent sent, String... names) {
        return own(sent, MOST_BYTES, names);
    }

    /** As {@link #own(Sent, String...)}, of at most so many bytes. */
    public static Body own(Sent sent, int most, String... names) {
        return switch (read(sent, most, true)) {
            case null -> throw invalid("the body is empty; send a JSON object with " + String.join(", ", names));
            case Json.Members members -> new Body("", members, false, "").only(names);
            case Json other -> throw notAnObject(other);
        };
    }

    /** As {@link #own}, where no member is needed: an empty body counts as {@code {}}. */
    public static Body ownOrNothing(Sent sent, String... names) {
        return switch (read(sent, MOST_BYTES, true)) {
            case null -> new Body("", Json.Members.NONE, false, "");
            case Json.Members members -> new Body("", members, false, "").only(names);
            case Json other -> throw notAnObject(other);
        };
    }

    private static @Nullable Json read(Sent sent, int most, boolean alone) {
        byte[] bytes = sent.bytes(most);
        try {
            return JsonText.read(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(CodingErrorAction.REPORT)
                            .onUnmappableCharacter(CodingErrorAction.REPORT)
                            .decode(ByteBuffer.wrap(bytes))
                            .toString(),
                    alone);
        } catch (CharacterCodingException e) {
            throw invalid("the body is not UTF-8; encode it as UTF-8");
        } catch (JsonText.Malformed e) {
            throw invalid(e.reason());
        }
    }

    /** The refusal of a body over this size. */
    public static ProblemRaised tooLarge(int most) {
        return new ProblemRaised(new Problem(
                413,
                Code.INVALID_ARGUMENT,
                "the body is too large; send at most " + most + " bytes",
                List.of(),
                Optional.empty()));
    }

    /** The refusal of something that was sent. */
    public static ProblemRaised invalid(String message) {
        return new ProblemRaised(Problem.of(Code.INVALID_ARGUMENT, message));
    }

    private static ProblemRaised notAnObject(Json other) {
        return invalid("the body must be a JSON object, not " + other.kind());
    }

    /** This object, which must hold these members and no others. */
    public Body only(String... names) {
        for (String each : members.all().keySet())
            if (!List.of(names).contains(each))
                throw invalid("unknown member '" + pathOf(each) + "'; there is: " + String.join(", ", names));
        return this;
    }

    /** The member, or nothing when it is absent or {@code null}. */
    public Optional<Json> member(String name) {
        Json found = argo ? anyCase(name) : members.all().get(name);
        return found instanceof Json.Nothing ? Optional.empty() : Optional.ofNullable(found);
    }

    private @Nullable Json anyCase(String name) {
        Json found = null;
        for (Map.Entry<String, Json> each : members.all().entrySet()) {
            if (!each.getKey().equalsIgnoreCase(name)) continue;
            if (found != null) throw invalid(pathOf(name) + " is given twice; give it once");
            found = each.getValue();
        }
        return found;
    }

    /** The members that none of these names means, in the order they stand. */
    public Map<String, Json> others(List<String> names) {
        Map<String, Json> others = new LinkedHashMap<>(members.all());
        others.keySet().removeIf(each -> names.stream().anyMatch(argo ? each::equalsIgnoreCase : each::equals));
        return others;
    }

    /** The path of a member of this object, from the root of the body. */
    public String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    public Optional<String> text(String name) {
        return member(name).map(each -> switch (each) {
            case Json.Text(String value) -> value;
            default -> throw mustBe(pathOf(name), "a text", each);
        });
    }

    /** The text, or the empty one when it is absent. */
    public String textOrEmpty(String name) {
        return text(name).orElse("");
    }

    public Optional<Boolean> flag(String name) {
        return member(name).map(each -> switch (each) {
            case Json.Flag(boolean value) -> value;
            default -> throw mustBe(pathOf(name), "true or false", each);
        });
    }

    /** A whole number of 64 bits; 0 when it is absent. */
    public long integer(String name) {
        return member(name)
                .map(each -> switch (each) {
                    case Json.Numeral(String spelling) -> whole(name, spelling);
                    default ->
                        throw message.isEmpty()
                                ? mustBe(pathOf(name), "a whole number without quotes", each)
                                : cannotUnmarshal(name, goKind(each));
                })
                .orElse(0L);
    }

    private long whole(String name, String spelling) {
        try {
            return Long.parseLong(spelling);
        } catch (NumberFormatException e) {
            if (!message.isEmpty()) throw cannotUnmarshal(name, "number " + spelling);
            throw invalid(pathOf(name) + " must be a whole number of 64 bits, without fraction and exponent, not "
                    + (spelling.length() > 40 ? spelling.substring(0, 40) + "…" : spelling));
        }
    }

    /** The recordings of Argo CD hold its clients to this text (contract 0.2). */
    private ProblemRaised cannotUnmarshal(String name, String what) {
        return invalid(
                "json: cannot unmarshal " + what + " into Go struct field " + message + "." + name + " of type int64");
    }

    private static String goKind(Json value) {
        return switch (value) {
            case Json.Text text -> "string";
            case Json.Flag flag -> "bool";
            case Json.Items items -> "array";
            case Json.Members members -> "object";
            case Json.Numeral number -> "number";
            case Json.Nothing nothing -> "null";
        };
    }

    /** A time in RFC 3339. */
    public Optional<Instant> instant(String name) {
        return text(name).map(each -> {
            try {
                return OffsetDateTime.parse(each).toInstant();
            } catch (DateTimeParseException e) {
                throw invalid(pathOf(name) + " must be a time as 2026-08-22T10:00:00Z, not '"
                        + (each.length() > 40 ? each.substring(0, 40) + "…" : each) + "'");
            }
        });
    }

    /**
     * The same for the same members, however they are spaced, sent for the same act; nothing can be read from it.
     *
     * @param unsaid members of which it says only whether they are there: who has it could try out what they are
     */
    String fingerprint(String act, String... unsaid) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((act + "\n").getBytes(StandardCharsets.UTF_8));
            Map<String, Json> said = new LinkedHashMap<>(members.all());
            for (String each : unsaid) said.computeIfPresent(each, (name, value) -> new Json.Text(""));
            return HexFormat.of().formatHex(digest.digest(JsonText.write(new Json.Members(said))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A list of texts; empty when it is absent. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Json each : items(name)) {
            if (!(each instanceof Json.Text(String value)))
                throw mustBe(pathOf(name) + "[" + texts.size() + "]", "a text", each);
            texts.add(value);
        }
        return texts;
    }

    /** An object of texts; empty when it is absent. */
    public Map<String, String> textMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        object(name)
                .ifPresent(map -> map.members.all().forEach((key, each) -> {
                    if (!(each instanceof Json.Text(String value))) throw mustBe(map.pathOf(key), "a text", each);
                    texts.put(key, value);
                }));
        return texts;
    }

    /** An object within this one. */
    public Optional<Body> object(String name) {
        return member(name).map(each -> inner(pathOf(name), each));
    }

    /** A list of objects; empty when it is absent. */
    public List<Body> objects(String name) {
        List<Body> objects = new ArrayList<>();
        for (Json each : items(name)) objects.add(inner(pathOf(name) + "[" + objects.size() + "]", each));
        return objects;
    }

    private Body inner(String at, Json value) {
        return switch (value) {
            case Json.Members inner -> new Body(at, inner, argo, "");
            default -> throw mustBe(at, "an object", value);
        };
    }

    private List<Json> items(String name) {
        return member(name)
                .map(each -> switch (each) {
                    case Json.Items(List<Json> all) -> all;
                    default -> throw mustBe(pathOf(name), "a list", each);
                })
                .orElse(List.of());
    }

    /** The refusal of a member of the wrong type. */
    public static ProblemRaised mustBe(String at, String wanted, Json found) {
        return invalid(at + " must be " + wanted + ", not " + found.kind());
    }
}
