package dev.gatehouse.domain.access;

import java.util.List;

/** A pattern as it was read, before it becomes an {@link Automaton}. */
sealed interface Tree {
    /** No limit to a repetition. */
    int UNLIMITED = -1;

    /** This character. */
    record One(int character) implements Tree {}

    /** A character of these. */
    record Any(Characters characters) implements Tree {}

    /** No character, where the condition holds. */
    record Where(Condition condition) implements Tree {}

    /** One after the other; nothing when empty. */
    record Sequence(List<Tree> parts) implements Tree {
        static final Sequence EMPTY = new Sequence(List.of());

        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /** One of these. */
    record Either(List<Tree> choices) implements Tree {
        public Either {
            choices = List.copyOf(choices);
        }
    }

    /** @param most {@link #UNLIMITED} when there is none */
    record Repeat(Tree part, int least, int most) implements Tree {}

    /** A set of characters. */
    @FunctionalInterface
    interface Characters {
        Characters ALL = character -> true;

        boolean hold(int character);
    }

    /** What may be asked about a place between two characters. */
    enum Condition {
        TEXT_START,
        TEXT_END,
        LINE_START,
        LINE_END,
        WORD_EDGE,
        NO_WORD_EDGE;

        /** @param before, behind the characters at both sides, -1 where there is none */
        boolean holds(int before, int behind) {
            return switch (this) {
                case TEXT_START -> before < 0;
                case TEXT_END -> behind < 0;
                case LINE_START -> before < 0 || before == '\n';
                case LINE_END -> behind < 0 || behind == '\n';
                case WORD_EDGE -> ofWord(before) != ofWord(behind);
                case NO_WORD_EDGE -> ofWord(before) == ofWord(behind);
            };
        }

        static boolean ofWord(int character) {
            return ('a' <= character && character <= 'z')
                    || ('A' <= character && character <= 'Z')
                    || ('0' <= character && character <= '9')
                    || character == '_';
        }
    }

    /** Whether it can stand for no character at all, wherever it stands. */
    default boolean nullable() {
        return switch (this) {
            case One _, Any _, Where _ -> false;
            case Sequence(List<Tree> parts) -> parts.stream().allMatch(Tree::nullable);
            case Either(List<Tree> choices) -> choices.stream().anyMatch(Tree::nullable);
            case Repeat(Tree part, int least, int most) -> least == 0 || part.nullable();
        };
    }
}
