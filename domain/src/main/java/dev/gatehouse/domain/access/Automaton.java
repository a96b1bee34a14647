package dev.gatehouse.domain.access;

import dev.gatehouse.domain.access.Tree.Characters;
import dev.gatehouse.domain.access.Tree.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Follows all ways through a pattern at once, so that no pattern and no text makes it go back: the time is at most places
 * times characters.
 */
final class Automaton {
    private static final int MOST_PLACES = 5_000;
    private static final int[] NOWHERE = {};
    private static final Characters NONE = character -> false;

    /** What a place takes to lead to the next one. */
    private final Characters[] takes;
    /** Where a place leads without taking anything. */
    private final int[][] jumps;
    /** On what condition it does so. */
    private final List<Optional<Condition>> conditions;

    private final int last;

    private Automaton(Builder builder) {
        this.takes = builder.takes.toArray(Characters[]::new);
        this.jumps = builder.jumps.toArray(int[][]::new);
        this.conditions = List.copyOf(builder.conditions);
        this.last = takes.length - 1;
    }

    static Automaton of(Tree tree) throws Pattern.Malformed {
        Builder builder = new Builder();
        builder.add(tree);
        builder.place(NONE, NOWHERE, Optional.empty());
        return new Automaton(builder);
    }

    int places() {
        return takes.length;
    }

    /** Whether it stands for the whole text. */
    boolean matches(String text) {
        return new Run(text).all();
    }

    /** Whether it stands for a part of the text. */
    boolean finds(String text) {
        return new Run(text).part();
    }

    private final class Run {
        private final String text;
        /** The step in which a place was entered last. */
        private final int[] entered = new int[takes.length];

        private int[] here = new int[takes.length];
        private int[] spare = new int[takes.length];
        private int count;
        private int[] stack = new int[16];

        Run(String text) {
            this.text = text;
        }

        boolean all() {
            return run(false);
        }

        boolean part() {
            return run(true);
        }

        private boolean run(boolean anywhere) {
            int step = 1;
            int before = -1;
            int at = 0;
            while (true) {
                int behind = characterAt(at);
                if (anywhere || at == 0) enter(0, step, before, behind);
                if (entered[last] == step && (anywhere || behind < 0)) return true;
                if (behind < 0 || (count == 0 && !anywhere)) return false;
                at += Character.charCount(behind);
                int next = characterAt(at);
                int[] places = here;
                int open = count;
                here = spare;
                spare = places;
                count = 0;
                step++;
                for (int i = 0; i < open; i++)
                    if (takes[places[i]].hold(behind)) enter(places[i] + 1, step, behind, next);
                before = behind;
            }
        }

        private int characterAt(int at) {
            return at < text.length() ? text.codePointAt(at) : -1;
        }

        private void enter(int index, int step, int before, int behind) {
            int depth = 0;
            stack[depth++] = index;
            while (depth > 0) {
                int at = stack[--depth];
                if (entered[at] == step) continue;
                entered[at] = step;
                // Whoever leads nowhere without a character takes one, but for the last.
                if (jumps[at].length == 0 && at != last) here[count++] = at;
                Optional<Condition> condition = conditions.get(at);
                if (condition.isPresent() && !condition.get().holds(before, behind)) continue;
                int[] to = jumps[at];
                if (depth + to.length > stack.length) stack = Arrays.copyOf(stack, (stack.length + to.length) * 2);
                for (int jump : to) stack[depth++] = jump;
            }
        }
    }

    /** Lays the places out in a row; a place that takes a character leads to the one behind it. */
    private static final class Builder {
        private final List<Characters> takes = new ArrayList<>();
        private final List<int[]> jumps = new ArrayList<>();
        private final List<Optional<Condition>> conditions = new ArrayList<>();

        private int place(Characters characters, int[] to, Optional<Condition> condition) throws Pattern.Malformed {
            if (takes.size() >= MOST_PLACES) throw new Pattern.Malformed("it is too large");
            takes.add(characters);
            jumps.add(to);
            conditions.add(condition);
            return takes.size() - 1;
        }

        private int jump(int... to) throws Pattern.Malformed {
            return place(NONE, to, Optional.empty());
        }

        private void add(Tree tree) throws Pattern.Malformed {
            switch (tree) {
                case Tree.One(int character) -> place(each -> each == character, NOWHERE, Optional.empty());
                case Tree.Any(Characters characters) -> place(characters, NOWHERE, Optional.empty());
                case Tree.Where(Condition condition) ->
                    place(NONE, new int[] {takes.size() + 1}, Optional.of(condition));
                case Tree.Sequence(List<Tree> parts) -> {
                    for (Tree each : parts) add(each);
                }
                case Tree.Either(List<Tree> choices) -> {
                    int fork = jump();
                    int[] starts = new int[choices.size()];
                    int[] ends = new int[choices.size()];
                    for (int i = 0; i < starts.length; i++) {
                        starts[i] = takes.size();
                        add(choices.get(i));
                        ends[i] = jump();
                    }
                    jumps.set(fork, starts);
                    int[] behind = {takes.size()};
                    for (int end : ends) jumps.set(end, behind);
                }
                case Tree.Repeat(Tree part, int least, int most) -> {
                    for (int i = 0; i < least; i++) add(part);
                    if (most == Tree.UNLIMITED) {
                        int fork = jump();
                        add(part);
                        jump(fork);
                        jumps.set(fork, new int[] {fork + 1, takes.size()});
                    } else {
                        List<Integer> forks = new ArrayList<>();
                        for (int i = least; i < most; i++) {
                            forks.add(jump());
                            add(part);
                        }
                        for (int fork : forks) jumps.set(fork, new int[] {fork + 1, takes.size()});
                    }
                }
            }
        }
    }
}
