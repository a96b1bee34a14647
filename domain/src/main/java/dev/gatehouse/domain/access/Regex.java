package dev.gatehouse.domain.access;

import dev.gatehouse.domain.access.Pattern.Shape.Kind;
import dev.gatehouse.domain.access.Tree.Condition;
import java.util.ArrayList;
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
        int from = 0;
        int to = parts.size();
        // What can stand for nothing changes nothing at an end that is open.
        while (parts.get(from).nullable()) from++;
        while (parts.get(to - 1).nullable()) to--;
        if (to - from < parts.size()) tree = new Tree.Sequence(parts.subList(from, to));
        boolean fromStart = parts.get(from).equals(new Tree.Where(Condition.TEXT_START));
        boolean toEnd = parts.get(to - 1).equals(new Tree.Where(Condition.TEXT_END));
        if (fromStart) from++;
        if (toEnd) to--;
        List<String> literals = literals(parts.subList(from, to));
        String first = literals.getFirst();
        // A literal that ends in one half of a pair of surrogates would be found inside the pair.
        boolean whole = Shape.unbroken(first);
        if (whole && !first.isEmpty() && literals.size() == 1) {
            if (fromStart && toEnd) return new Regex(pattern, new Form.Literal(first), new Shape(Kind.EXACT, first));
            if (fromStart) return new Regex(pattern, new Form.Prefix(first), new Shape(Kind.PREFIX, first));
            if (!toEnd) return new Regex(pattern, new Form.Containing(first), Shape.holding(literals));
        }
        Shape shape = Shape.holding(literals);
        if (whole && fromStart && !first.isEmpty()) shape = new Shape(Kind.STARTS, first);
        else if (toEnd && !literals.getLast().isEmpty() && Shape.unbroken(literals.getLast()))
            shape = new Shape(Kind.ENDS, literals.getLast());
        return new Regex(pattern, new Form.Places(Automaton.of(tree)), shape);
    }

    /** The texts between which something else stands; the first at the beginning, the last at the end. */
    private static List<String> literals(List<Tree> parts) {
        List<String> literals = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        for (Tree each : parts) {
            if (each instanceof Tree.One(int character)) literal.appendCodePoint(character);
            else {
                literals.add(literal.toString());
                literal.setLength(0);
            }
        }
        literals.add(literal.toString());
        return literals;
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
