package dev.gatehouse.domain.access;

import dev.gatehouse.domain.access.Pattern.Shape.Kind;
import dev.gatehouse.domain.access.Tree.Condition;
import java.util.List;

/**
 * A regular expression in the syntax of RE2, searched for anywhere in a text (Argo CD contract 5.2): {@code get} stands for
 * {@code forget}, too, and {@code ^get$} for {@code get} alone. An empty one stands for every text. There are no back
 * references and no looking around.
 */
public final class Regex extends Pattern {
    private final Form form;
    private final Shape shape;

    private sealed interface Form {
        record Anything() implements Form {}

        record Literal(String text) implements Form {}

        record Prefix(String text) implements Form {}

        record Containing(String text) implements Form {}

        record Places(Automaton automaton) implements Form {}
    }

    private Regex(String text, Form form, Shape shape) {
        super(text);
        this.form = form;
        this.shape = shape;
    }

    /**
     * Reads a pattern.
     *
     * @throws Malformed when RE2 does not know it, or when it is over 1000 characters or grows too large
     */
    public static Regex compile(String pattern) throws Malformed {
        if (pattern.length() > LONGEST) throw new Malformed("it is longer than " + LONGEST + " characters");
        Tree tree = new RegexReader(pattern).read();
        if (tree.nullable()) return new Regex(pattern, new Form.Anything(), Shape.ANYTHING);
        List<Tree> parts = tree instanceof Tree.Sequence(List<Tree> inside) ? inside : List.of(tree);
        boolean fromStart = parts.getFirst().equals(new Tree.Where(Condition.TEXT_START));
        boolean toEnd = parts.getLast().equals(new Tree.Where(Condition.TEXT_END));
        int from = fromStart ? 1 : 0;
        int to = parts.size() - (toEnd ? 1 : 0);
        StringBuilder start = new StringBuilder();
        int at = from;
        for (; at < to && parts.get(at) instanceof Tree.One(int character); at++) start.appendCodePoint(character);
        String literal = start.toString();
        // A literal that ends in one half of a pair of surrogates would be found inside the pair.
        boolean whole = literal.codePoints().noneMatch(each -> each >= 0xD800 && each <= 0xDFFF);
        if (whole && from < at && at == to) {
            if (fromStart && toEnd)
                return new Regex(pattern, new Form.Literal(literal), new Shape(Kind.EXACT, literal));
            if (fromStart) return new Regex(pattern, new Form.Prefix(literal), new Shape(Kind.PREFIX, literal));
            if (!toEnd) return new Regex(pattern, new Form.Containing(literal), Shape.OTHER);
        }
        Shape shape = Shape.OTHER;
        if (whole && fromStart && !literal.isEmpty()) shape = new Shape(Kind.STARTS, literal);
        return new Regex(pattern, new Form.Places(Automaton.of(tree)), shape);
    }

    @Override
    public boolean matches(String candidate) {
        return switch (form) {
            case Form.Anything _ -> true;
            case Form.Literal(String text) -> text.equals(candidate);
            case Form.Prefix(String text) -> candidate.startsWith(text);
            case Form.Containing(String text) -> candidate.contains(text);
            case Form.Places(Automaton automaton) -> automaton.finds(candidate);
        };
    }

    @Override
    Shape shape() {
        return shape;
    }
}
