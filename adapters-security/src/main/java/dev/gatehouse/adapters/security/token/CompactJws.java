package dev.gatehouse.adapters.security.token;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gatehouse.adapters.security.Base64Url;
import dev.gatehouse.adapters.security.token.StrictJson.Value;
import dev.gatehouse.domain.token.TokenVerifier.Flaw;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A compact JWS (RFC 7515 section 7.1) taken apart. Nothing of it may be believed before its key has said so.
 */
final class CompactJws {
    /** No token needs more; nothing of a longer one is read. */
    static final int LONGEST = 8192;

    private static final String NONE = "none";
    private static final List<String> NEVER = List.of("crit", "jku", "jwk", "x5u", "x5c", "b64", "zip", "enc");

    private final Map<String, Value> header;
    private final byte[] payload;
    private final byte[] signed;
    private final byte[] signature;

    private CompactJws(Map<String, Value> header, byte[] payload, byte[] signed, byte[] signature) {
        this.header = header;
        this.payload = payload;
        this.signed = signed;
        this.signature = signature;
    }

    /** What came of reading. */
    sealed interface Reading {
        record Read(CompactJws jws) implements Reading {}

        record Unreadable(Flaw flaw) implements Reading {}
    }

    static Reading read(String text) {
        if (text.length() > LONGEST) return new Reading.Unreadable(Flaw.TOO_LONG);
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        if (first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) return new Reading.Unreadable(Flaw.SEGMENTS);
        Optional<byte[]> header = Base64Url.decode(text.substring(0, first));
        Optional<byte[]> payload = Base64Url.decode(text.substring(first + 1, second));
        Optional<byte[]> signature = Base64Url.decode(text.substring(second + 1));
        if (header.isEmpty() || payload.isEmpty() || signature.isEmpty()) return new Reading.Unreadable(Flaw.ENCODING);
        Optional<Map<String, Value>> members = StrictJson.object(header.get());
        if (members.isEmpty()) return new Reading.Unreadable(Flaw.JSON);
        byte[] signed = text.substring(0, second).getBytes(US_ASCII);
        return new Reading.Read(new CompactJws(members.get(), payload.get(), signed, signature.get()));
    }

    /** What was signed, decoded. */
    byte[] payload() {
        return payload;
    }

    /** Whether the signature fits the bytes that it has to cover. */
    boolean passes(SignatureCheck check) {
        return check.fits(signed, signature);
    }

    /** A member of the header that is a text. */
    Optional<String> text(String member) {
        return header.get(member) instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
    }

    /**
     * The first thing wrong with the header.
     *
     * @param expected the algorithm of the key; absent when no key is known
     */
    Optional<Flaw> headerFlaw(Optional<String> expected) {
        Optional<String> algorithm = text("alg");
        if (algorithm.isEmpty()) return Optional.of(Flaw.ALGORITHM_MISSING);
        if (algorithm.get().toLowerCase(Locale.ROOT).equals(NONE)
                || expected.filter(word -> !word.equals(algorithm.get())).isPresent())
            return Optional.of(Flaw.ALGORITHM_UNEXPECTED);
        if (NEVER.stream().anyMatch(header::containsKey)) return Optional.of(Flaw.HEADER_UNEXPECTED);
        if (header.containsKey("typ") && !text("typ").equals(Optional.of("JWT")))
            return Optional.of(Flaw.TYPE_UNEXPECTED);
        return Optional.empty();
    }
}
