package dev.gatehouse.domain.access;

import dev.gatehouse.domain.access.Pattern.Shape.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A pattern over a whole text, without separators (Argo CD contract 5.2): {@code *} and {@code **} stand for any text, also
 * none and also over {@code /}; {@code ?} for one character; {@code [abc]}, {@code [a-c]} and {@code [!a]} for one of a list
 * or a range, or for one that is not; <code>{a,b}</code> for one of several patterns; a backslash takes the next character
 * as it is. Letter case counts.
 */
public final class Glob extends Pattern {
    private static final int DEEPEST = 8;
    private static final Tree STAR = new Tree.Repeat(new Tree.Any(Tree.Characters.ALL), 0, Tree.UNLIMITED);

    private final Form form;
    private final Shape shape;

    private sealed interface Form {
        record Nothing() implements Form {}

        record Anything() implements Form {}

        record Literal(String text) implements Form {}

        record Prefix(String text) implements Form {}

        /** Texts with stars between them; the first is where the candidate begins, the last where it ends. */
        record Pieces(List<String> texts) implements Form {}

        record Places(Automaton automaton) implements Form {}
    }

    private Glob(String text, Form form, Shape shape) {
        super(text);
        this.form = form;
        this.shape = shape;
    }

    /** A pattern that stands for this text alone. */
    public static Glob literal(String text) {
        return literal(text, text);
    }

    private static Glob literal(String written, String text) {
        return new Glob(written, new Form.Literal(text), new Shape(Kind.EXACT, text));
    }

    /** A pattern that stands for every text. */
    static Glob anything(String text) {
        return new Glob(text, new Form.Anything(), Shape.ANYTHING);
    }

    /** What was written in place of a pattern and stands for no text. */
    static Glob nothing(String text) {
        return new Glob(text, new Form.Nothing(), Shape.NOTHING);
    }

    private static Glob prefix(String written, String text) {
        return new Glob(written, new Form.Prefix(text), new Shape(Kind.PREFIX, text));
    }

    /**
     * Reads a pattern.
     *
     * @throws Malformed when a class or an alternation is empty, nested too deep or never closed, or the whole is over
     *     1000 characters
     */
    public static Glob compile(String pattern) throws Malformed {
        if (pattern.length() > LONGEST) throw new Malformed("it is longer than " + LONGEST + " characters");
        int special = firstSpecial(pattern);
        if (special < 0) return literal(pattern);
        if (special == pattern.length() - 1 && pattern.charAt(special) == '*')
            return special == 0 ? anything(pattern) : prefix(pattern, pattern.substring(0, special));
        return of(pattern, new Reader(pattern, true).read());
    }

    /**
     * Reads a pattern as Argo CD does: a backslash at the end and a bracket that is missing there mean nothing, and what is
     * no pattern stands for no text.
     */
    static Glob leniently(String pattern) {
        try {
            return pattern.length() > LONGEST ? nothing(pattern) : of(pattern, new Reader(pattern, false).read());
        } catch (Malformed e) {
            return nothing(pattern);
        }
    }

    /** The parts of a pattern that reads. */
    static Tree tree(String pattern) throws Malformed {
        return new Reader(pattern, true).read();
    }

    private static int firstSpecial(String pattern) {
        for (int i = 0; i < pattern.length(); i++) if ("*?[]{}\\".indexOf(pattern.charAt(i)) >= 0) return i;
        return -1;
    }

    private static Glob of(String written, Tree.Sequence tree) throws Malformed {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        boolean simple = true;
        for (Tree each : tree.parts()) {
            if (each instanceof Tree.One(int character)) piece.appendCodePoint(character);
            else {
                simple &= each.equals(STAR);
                pieces.add(piece.toString());
                piece.setLength(0);
            }
        }
        pieces.add(piece.toString());
        String first = pieces.getFirst();
        String last = pieces.getLast();
        if (simple && pieces.size() == 1) return literal(written, first);
        if (simple && pieces.stream().allMatch(String::isEmpty)) return anything(written);
        if (simple && pieces.stream().skip(1).allMatch(String::isEmpty)) return prefix(written, first);
        Shape shape = Shape.holding(pieces);
        if (!first.isEmpty() || !last.isEmpty())
            shape = last.length() > first.length() ? new Shape(Kind.ENDS, last) : new Shape(Kind.STARTS, first);
        return new Glob(
                written, simple ? new Form.Pieces(List.copyOf(pieces)) : new Form.Places(Automaton.of(tree)), shape);
    }

    @Override
    public boolean matches(String candidate) {
        return switch (form) {
            case Form.Nothing _ -> false;
            case Form.Anything _ -> true;
            case Form.Literal(String text) -> text.equals(candidate);
            case Form.Prefix(String text) -> candidate.startsWith(text);
            case Form.Pieces(List<String> texts) -> inOrder(texts, candidate);
            case Form.Places(Automaton automaton) -> automaton.matches(candidate);
        };
    }

    /** Each piece as early as it can be: if that does not fit, nothing does. */
    private static boolean inOrder(List<String> pieces, String candidate) {
        String first = pieces.getFirst();
        String last = pieces.getLast();
        int end = candidate.length() - last.length();
        if (end < first.length() || !candidate.startsWith(first) || !candidate.endsWith(last)) return false;
        int at = first.length();
        for (int i = 1; i < pieces.size() - 1; i++) {
            int found = candidate.indexOf(pieces.get(i), at, end);
            if (found < 0) return false;
            at = found + pieces.get(i).length();
        }
        return true;
    }

    /** The texts between its stars, none of them a star's; absent when it holds anything but characters and stars. */
    Optional<List<String>> pieces() {
        return switch (form) {
            case Form.Nothing nothing -> Optional.empty();
            case Form.Anything anything -> Optional.of(List.of("", ""));
            case Form.Literal(String text) -> Optional.of(List.of(text));
            case Form.Prefix(String text) -> Optional.of(List.of(text, ""));
            case Form.Pieces(List<String> texts) -> Optional.of(texts);
            case Form.Places places -> Optional.empty();
        };
    }

    /** How many places its automaton has, if it needs one; to match takes a few steps for each of them and each character. */
    int places() {
        return form instanceof Form.Places(Automaton automaton) ? automaton.places() : 0;
    }

    @Override
    Shape shape() {
        return shape;
    }

    private static final class Reader {
        private final int[] pattern;
        private final boolean strictly;
        private int at;

        Reader(String pattern, boolean strictly) {
            this.strictly = strictly;
            this.pattern = pattern.codePoints().toArray();
        }

        Tree.Sequence read() throws Malformed {
            Tree.Sequence whole = sequence(0);
            if (at < pattern.length) throw new Malformed("'" + Character.toString(pattern[at]) + "' closes nothing");
            return whole;
        }

        private Tree.Sequence sequence(int depth) throws Malformed {
            List<Tree> parts = new ArrayList<>();
            while (at < pattern.length) {
                int character = pattern[at];
                if (character == '}' || character == ']' || (character == ',' && depth > 0)) {
                    if (character == ']' || depth == 0)
                        throw new Malformed("'" + Character.toString(character) + "' closes nothing");
                    break;
                }
                at++;
                if (character == '\\' && at >= pattern.length) {
                    if (strictly) throw new Malformed("it ends in a backslash");
                    break;
                }
                parts.add(
                        switch (character) {
                            case '*' -> star();
                            case '?' -> new Tree.Any(Tree.Characters.ALL);
                            case '[' -> oneOf();
                            case '{' -> alternatives(depth + 1);
                            case '\\' -> new Tree.One(pattern[at++]);
                            default -> new Tree.One(character);
                        });
            }
            return new Tree.Sequence(parts);
        }

        private Tree star() {
            while (at < pattern.length && pattern[at] == '*') at++;
            return STAR;
        }

        private Tree oneOf() throws Malformed {
            boolean negated = at < pattern.length && pattern[at] == '!';
            if (negated) at++;
            List<Integer> listed = new ArrayList<>();
            boolean range = false;
            while (at < pattern.length && pattern[at] != ']') {
                int character = pattern[at++];
                if (character == '-' && listed.size() == 1 && !range) {
                    range = true;
                    continue;
                }
                if (character == '\\') {
                    if (at >= pattern.length) break;
                    character = pattern[at++];
                }
                listed.add(character);
            }
            if (at >= pattern.length) throw new Malformed("'[' is never closed");
            at++;
            if (listed.isEmpty()) throw new Malformed("'[]' stands for nothing");
            if (!range) {
                int[] members = listed.stream().mapToInt(Integer::intValue).toArray();
                return new Tree.Any(character -> {
                    for (int member : members) if (member == character) return !negated;
                    return negated;
                });
            }
            int from = listed.getFirst();
            int to = listed.getLast();
            if (listed.size() != 2 || from > to)
                throw new Malformed("a class is one range, as [a-c], or a list, as [abc]");
            return new Tree.Any(character -> (from <= character && character <= to) != negated);
        }

        private Tree alternatives(int depth) throws Malformed {
            if (depth > DEEPEST) throw new Malformed("'{' stands in more than " + DEEPEST + " others");
            List<Tree> choices = new ArrayList<>();
            while (true) {
                choices.add(sequence(depth));
                if (at >= pattern.length && strictly) throw new Malformed("'{' is never closed");
                if (at >= pattern.length || pattern[at++] == '}') break;
            }
            if (strictly && choices.size() == 1 && choices.getFirst().equals(Tree.Sequence.EMPTY))
                throw new Malformed("'{}' stands for nothing");
            return new Tree.Either(choices);
        }
    }
}
