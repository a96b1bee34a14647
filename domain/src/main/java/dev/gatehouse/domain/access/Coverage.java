package dev.gatehouse.domain.access;

import dev.gatehouse.domain.access.Pattern.Shape.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Whether one pattern stands for everything that another stands for. Where that is hard to say, the answer is the cautious
 * one: what is not plainly covered is not, what is not plainly apart touches.
 */
final class Coverage {
    /** A character that is no part of any text, in place of whatever a star stands for. */
    private static final String ANY_TEXT = "\uFFFF";

    private Coverage() {}

    /** Whether every text of the narrow pattern is one of the wide one; a no may be wrong. */
    static boolean covers(Pattern wide, Pattern narrow) {
        if (wide.equals(narrow) || wide.shape().kind() == Kind.ANYTHING) return true;
        Optional<List<String>> pieces = pieces(narrow);
        if (pieces.isEmpty()) return false;
        if (pieces.get().size() == 1) return wide.matches(pieces.get().getFirst());
        // Where a pattern of characters and stars stands for a text, a character that it does not hold itself falls to
        // a
        // star, which could stand for any other text there. Classes and alternatives could stand for it otherwise.
        return pieces(wide).isPresent()
                && !wide.text().contains(ANY_TEXT)
                && wide.matches(String.join(ANY_TEXT, pieces.get()));
    }

    /** Whether some text is one of both; a yes may be wrong. */
    static boolean touch(Pattern one, Pattern other) {
        if (one.shape().kind() == Kind.NOTHING || other.shape().kind() == Kind.NOTHING) return false;
        Optional<List<String>> mine = pieces(one);
        Optional<List<String>> theirs = pieces(other);
        if (mine.isPresent() && mine.get().size() == 1)
            return other.matches(mine.get().getFirst());
        if (theirs.isPresent() && theirs.get().size() == 1)
            return one.matches(theirs.get().getFirst());
        if (mine.isEmpty() || theirs.isEmpty()) return true;
        // Both have a star, so that whatever stands between beginning and end finds its place.
        String begin = mine.get().getFirst();
        String otherBegin = theirs.get().getFirst();
        String end = mine.get().getLast();
        String otherEnd = theirs.get().getLast();
        return (begin.startsWith(otherBegin) || otherBegin.startsWith(begin))
                && (end.endsWith(otherEnd) || otherEnd.endsWith(end));
    }

    /** The texts between the stars of a glob that has nothing else. */
    private static Optional<List<String>> pieces(Pattern pattern) {
        return pattern instanceof Glob glob ? glob.pieces() : Optional.empty();
    }
}
