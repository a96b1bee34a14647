package dev.gatehouse.domain.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A pattern over a whole text, without separators (Argo CD contract 5.2): {@code *} and {@code **} stand for any text, also
 * none and also over {@code /}; {@code ?} for one character; {@code [abc]}, {@code [a-c]} and {@code [!a]} for one of a list
 * or a range, or for one that is not; <code>{a,b}</code> for one of several patterns; a backslash takes the next character
 * as it is. Letter case counts. The time to match grows with pattern times text, whatever the pattern.
 */
public final class Glob {
    private static final int LONGEST = 1_000;
    private static final int DEEPEST = 8;

    private final String text;
    private final Form form;
    private final String part;
    private final List<State> states;

    private enum Form {
        ANYTHING,
        LITERAL,
        PREFIX,
        STATES
    }

    private Glob(String text, Form form, String part, List<State> states) {
        this.text = text;
        this.form = form;
        this.part = part;
        this.states = states;
    }

    /** A pattern that stands for this text alone. */
    public static Glob literal(String text) {
        return new Glob(text, Form.LITERAL, text, List.of());
    }

    /** A pattern that is known to be well formed. */
    static Glob of(String pattern) {
        try {
            return compile(pattern);
        } catch (Malformed e) {
            throw new IllegalArgumentException(e);
        }
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
        if (pattern.chars().allMatch(each -> each == '*')) return new Glob(pattern, Form.ANYTHING, "", List.of());
        if (special == pattern.length() - 1 && pattern.charAt(special) == '*')
            return new Glob(pattern, Form.PREFIX, pattern.substring(0, special), List.of());
        return new Glob(pattern, Form.STATES, "", new Reader(pattern).read());
    }

    private static int firstSpecial(String pattern) {
        for (int i = 0; i < pattern.length(); i++) if ("*?[]{}\\".indexOf(pattern.charAt(i)) >= 0) return i;
        return -1;
    }

    /** The pattern as it was written. */
    public String text() {
        return text;
    }

    /** How many places it has; to match takes at most a few steps for each of them and each character. */
    int places() {
        return states.size();
    }

    /** Whether the pattern stands for this text, the whole of it. */
    public boolean matches(String candidate) {
        return switch (form) {
            case ANYTHING -> true;
            case LITERAL -> part.equals(candidate);
            case PREFIX -> candidate.startsWith(part);
            case STATES -> simulate(candidate);
        };
    }

    private boolean simulate(String candidate) {
        BitSet now = new BitSet(states.size());
        enter(0, now);
        for (int i = 0; i < candidate.length() && !now.isEmpty(); ) {
            int character = candidate.codePointAt(i);
            i += Character.charCount(character);
            BitSet next = new BitSet(states.size());
            for (int at = now.nextSetBit(0); at >= 0; at = now.nextSetBit(at + 1)) {
                State state = states.get(at);
                if (state.accepts(character)) enter(state.loops ? at : at + 1, next);
            }
            now = next;
        }
        return now.get(states.size() - 1);
    }

    private void enter(int index, BitSet into) {
        int[] stack = new int[16];
        int depth = 0;
        stack[depth++] = index;
        while (depth > 0) {
            int at = stack[--depth];
            if (into.get(at)) continue;
            into.set(at);
            State state = states.get(at);
            if (depth + state.jumps.length + 1 >= stack.length)
                stack = Arrays.copyOf(stack, stack.length * 2 + state.jumps.length);
            for (int jump : state.jumps) stack[depth++] = jump;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob glob && glob.text.equals(text) && glob.form == form;
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /** The text is no pattern. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Malformed(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        /** Why, as the end of a sentence. */
        public String reason() {
            return reason;
        }
    }

    /** One place in the pattern. */
    private static final class State {
        private static final int[] NONE = {};
        /** The code points taken, as pairs of first and last. */
        private final int[] members;

        private final boolean negated;
        private final boolean loops;
        /** The places that are reached from here without taking a character. */
        private final int[] jumps;

        private State(int[] members, boolean negated, boolean loops, int[] jumps) {
            this.members = members;
            this.negated = negated;
            this.loops = loops;
            this.jumps = jumps;
        }

        static State taking(int[] members, boolean negated) {
            return new State(members, negated, false, NONE);
        }

        static State jumping(int... jumps) {
            return new State(NONE, false, false, jumps);
        }

        boolean accepts(int character) {
            for (int i = 0; i < members.length; i += 2)
                if (members[i] <= character && character <= members[i + 1]) return !negated;
            return negated;
        }
    }

    /** Reads a pattern into states: a state that takes a character leads to the one behind it; jumps cost nothing. */
    private static final class Reader {
        private static final int[] ALL = {0, Character.MAX_CODE_POINT};
        private final int[] pattern;
        private final List<State> states = new ArrayList<>();
        private int at;

        Reader(String pattern) {
            this.pattern = pattern.codePoints().toArray();
        }

        List<State> read() throws Malformed {
            sequence(0);
            if (at < pattern.length) throw new Malformed("'" + Character.toString(pattern[at]) + "' closes nothing");
            states.add(State.jumping());
            return List.copyOf(states);
        }

        private void sequence(int depth) throws Malformed {
            while (at < pattern.length) {
                int character = pattern[at];
                if (character == '}' || character == ']' || (character == ',' && depth > 0)) {
                    if (character == ']' || depth == 0)
                        throw new Malformed("'" + Character.toString(character) + "' closes nothing");
                    return;
                }
                at++;
                switch (character) {
                    case '*' -> star();
                    case '?' -> take(ALL, false);
                    case '[' -> oneOf();
                    case '{' -> alternatives(depth + 1);
                    case '\\' -> {
                        if (at >= pattern.length) throw new Malformed("it ends in a backslash");
                        int literal = pattern[at++];
                        take(new int[] {literal, literal}, false);
                    }
                    default -> take(new int[] {character, character}, false);
                }
            }
        }

        private void take(int[] members, boolean negated) {
            states.add(State.taking(members, negated));
        }

        private void star() {
            while (at < pattern.length && pattern[at] == '*') at++;
            states.add(new State(ALL, false, true, new int[] {states.size() + 1}));
        }

        private void oneOf() throws Malformed {
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
            if (range) {
                if (listed.size() != 2 || listed.get(0) > listed.get(1))
                    throw new Malformed("a class is one range, as [a-c], or a list, as [abc]");
                take(new int[] {listed.get(0), listed.get(1)}, negated);
            } else {
                int[] members = new int[listed.size() * 2];
                for (int i = 0; i < members.length; i++) members[i] = listed.get(i / 2);
                take(members, negated);
            }
        }

        private void alternatives(int depth) throws Malformed {
            if (depth > DEEPEST) throw new Malformed("'{' stands in more than " + DEEPEST + " others");
            int fork = states.size();
            states.add(State.jumping());
            List<Integer> starts = new ArrayList<>();
            List<Integer> ends = new ArrayList<>();
            while (true) {
                starts.add(states.size());
                sequence(depth);
                if (at >= pattern.length) throw new Malformed("'{' is never closed");
                ends.add(states.size());
                states.add(State.jumping());
                if (pattern[at++] == '}') break;
            }
            if (starts.size() == 1 && ends.getFirst().equals(starts.getFirst()))
                throw new Malformed("'{}' stands for nothing");
            states.set(fork, State.jumping(ints(starts)));
            int behind = states.size();
            for (int end : ends) states.set(end, State.jumping(behind));
        }

        private static int[] ints(List<Integer> list) {
            return list.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}
