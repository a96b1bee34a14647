package dev.gatehouse.domain.access;

import dev.gatehouse.domain.access.Pattern.Malformed;
import dev.gatehouse.domain.access.Tree.Characters;
import dev.gatehouse.domain.access.Tree.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the syntax of RE2 as Go's {@code regexp} does. What groups capture does not matter here. */
final class RegexReader {
    private static final int MOST_REPEATS = 1_000;
    private static final int DEEPEST = 200;

    private final int[] pattern;
    private final Set<String> names = new HashSet<>();
    private int at;
    private Flags flags = new Flags(false, false, false);

    /**
     * @param fold letter case does not count
     * @param lines {@code ^} and {@code $} also stand at line ends
     * @param dotAll {@code .} also stands for a line end
     */
    private record Flags(boolean fold, boolean lines, boolean dotAll) {
        Flags with(int letter, boolean on) throws Malformed {
            return switch (letter) {
                case 'i' -> new Flags(on, lines, dotAll);
                case 'm' -> new Flags(fold, on, dotAll);
                case 's' -> new Flags(fold, lines, on);
                // Greedy or not, it finds the same texts.
                case 'U' -> this;
                default -> throw new Malformed("'" + Character.toString(letter) + "' is no flag");
            };
        }
    }

    RegexReader(String pattern) {
        this.pattern = pattern.codePoints().toArray();
    }

    Tree read() throws Malformed {
        Tree whole = either(0);
        if (at < pattern.length) throw new Malformed("')' closes nothing");
        return whole;
    }

    private Tree either(int depth) throws Malformed {
        if (depth > DEEPEST) throw new Malformed("'(' stands in more than " + DEEPEST + " others");
        List<Tree> choices = new ArrayList<>();
        choices.add(sequence(depth));
        while (next('|')) choices.add(sequence(depth));
        return choices.size() == 1 ? choices.getFirst() : new Tree.Either(choices);
    }

    private Tree sequence(int depth) throws Malformed {
        List<Tree> parts = new ArrayList<>();
        while (at < pattern.length && pattern[at] != '|' && pattern[at] != ')') {
            int size = parts.size();
            atom(depth, parts);
            if (parts.size() == size) {
                // Flags or an empty \Q\E: nothing that could be repeated.
                continue;
            }
            repeats(parts);
        }
        return parts.size() == 1 ? parts.getFirst() : new Tree.Sequence(parts);
    }

    private void repeats(List<Tree> parts) throws Malformed {
        Optional<int[]> bounds = repetition();
        if (bounds.isEmpty()) return;
        next('?');
        Tree repeated = new Tree.Repeat(parts.removeLast(), bounds.get()[0], bounds.get()[1]);
        if (times(repeated) > MOST_REPEATS) throw new Malformed("it repeats more than " + MOST_REPEATS + " times");
        parts.add(repeated);
        int before = at;
        if (repetition().isPresent()) {
            at = before;
            throw new Malformed("a repetition of a repetition needs brackets between");
        }
    }

    /** How often the innermost part can be repeated; what has no limit counts once. */
    private static int times(Tree tree) {
        return switch (tree) {
            case Tree.One _, Tree.Any _, Tree.Where _ -> 1;
            case Tree.Sequence(List<Tree> parts) ->
                parts.stream().mapToInt(RegexReader::times).max().orElse(1);
            case Tree.Either(List<Tree> choices) ->
                choices.stream().mapToInt(RegexReader::times).max().orElse(1);
            case Tree.Repeat(Tree part, int least, int most) ->
                Math.max(1, Math.max(least, most)) * Math.min(times(part), MOST_REPEATS + 1);
        };
    }

    /** Least and most times; absent, and nothing read, when there is no repetition here. */
    private Optional<int[]> repetition() throws Malformed {
        if (at >= pattern.length) return Optional.empty();
        int before = at++;
        Optional<int[]> bounds = switch (pattern[before]) {
            case '*' -> Optional.of(new int[] {0, Tree.UNLIMITED});
            case '+' -> Optional.of(new int[] {1, Tree.UNLIMITED});
            case '?' -> Optional.of(new int[] {0, 1});
            case '{' -> bounds();
            default -> Optional.empty();
        };
        if (bounds.isEmpty()) at = before;
        return bounds;
    }

    /** Behind an opening brace; absent when it is a brace like any other character. */
    private Optional<int[]> bounds() throws Malformed {
        int least = number();
        if (least < 0) return Optional.empty();
        int most = least;
        if (next(',')) {
            if (at < pattern.length && pattern[at] == '}') most = Tree.UNLIMITED;
            else {
                most = number();
                if (most < 0) return Optional.empty();
            }
        }
        if (!next('}')) return Optional.empty();
        if (least > MOST_REPEATS || most > MOST_REPEATS || (most >= 0 && most < least))
            throw new Malformed("it repeats more than " + MOST_REPEATS + " times, or less often than at least");
        return Optional.of(new int[] {least, most});
    }

    private int number() {
        int start = at;
        int value = 0;
        while (at < pattern.length && digit(pattern[at], 10) >= 0) {
            value = Math.min(value * 10 + digit(pattern[at], 10), MOST_REPEATS + 1);
            at++;
        }
        boolean leadingZero = at - start > 1 && pattern[start] == '0';
        return at == start || leadingZero ? -1 : value;
    }

    private void atom(int depth, List<Tree> parts) throws Malformed {
        int character = pattern[at++];
        switch (character) {
            case '(' -> group(depth, parts);
            case '[' -> parts.add(new Tree.Any(bracket()));
            case '.' -> parts.add(new Tree.Any(flags.dotAll ? Characters.ALL : each -> each != '\n'));
            case '^' -> parts.add(new Tree.Where(flags.lines ? Condition.LINE_START : Condition.TEXT_START));
            case '$' -> parts.add(new Tree.Where(flags.lines ? Condition.LINE_END : Condition.TEXT_END));
            case '\\' -> escaped(parts);
            case '*', '+', '?' ->
                throw new Malformed("there is nothing that '" + Character.toString(character) + "' could repeat");
            case '{' -> {
                int before = at;
                if (bounds().isPresent()) throw new Malformed("there is nothing that '{' could repeat");
                at = before;
                parts.add(literal(character));
            }
            default -> parts.add(literal(character));
        }
    }

    private Tree literal(int character) {
        if (!flags.fold || fold(character).length == 1) return new Tree.One(character);
        int[] same = fold(character);
        return new Tree.Any(each -> in(same, each));
    }

    private void group(int depth, List<Tree> parts) throws Malformed {
        Flags before = flags;
        if (next('?')) {
            if (next('P')) {
                if (!next('<')) throw new Malformed("a group is named as (?P<name>…)");
                name();
            } else if (next('<')) {
                name();
            } else if (!flags()) {
                // (?i) holds to the end of the group around it.
                return;
            }
        }
        Tree inside = either(depth + 1);
        if (!next(')')) throw new Malformed("'(' is never closed");
        flags = before;
        // A sequence of its own, so that a repetition behind it takes the whole.
        parts.add(inside);
    }

    private void name() throws Malformed {
        StringBuilder name = new StringBuilder();
        while (at < pattern.length && pattern[at] != '>') {
            if (!Condition.ofWord(pattern[at])) throw new Malformed("the name of a group has letters and digits only");
            name.appendCodePoint(pattern[at++]);
        }
        if (!next('>') || name.isEmpty()) throw new Malformed("a group is named as (?P<name>…)");
        if (!names.add(name.toString())) throw new Malformed("two groups have the name " + name);
    }

    /** Whether a group follows, and not only the closing bracket. */
    private boolean flags() throws Malformed {
        boolean on = true;
        boolean any = false;
        while (at < pattern.length) {
            int character = pattern[at++];
            switch (character) {
                case ')', ':' -> {
                    if (!on && !any) throw new Malformed("'-' in flags needs a flag behind it");
                    return character == ':';
                }
                case '-' -> {
                    if (!on) throw new Malformed("'-' stands twice in flags");
                    on = false;
                    any = false;
                }
                default -> {
                    flags = flags.with(character, on);
                    any = true;
                }
            }
        }
        throw new Malformed("'(' is never closed");
    }

    private void escaped(List<Tree> parts) throws Malformed {
        if (at >= pattern.length) throw new Malformed("it ends in a backslash");
        switch (pattern[at]) {
            case 'A' -> condition(Condition.TEXT_START, parts);
            case 'z' -> condition(Condition.TEXT_END, parts);
            case 'b' -> condition(Condition.WORD_EDGE, parts);
            case 'B' -> condition(Condition.NO_WORD_EDGE, parts);
            case 'Q' -> {
                at++;
                while (at < pattern.length) {
                    if (pattern[at] == '\\' && at + 1 < pattern.length && pattern[at + 1] == 'E') {
                        at += 2;
                        return;
                    }
                    parts.add(literal(pattern[at++]));
                }
            }
            default -> {
                Optional<Characters> named = named();
                if (named.isPresent()) parts.add(new Tree.Any(named.get()));
                else parts.add(literal(escape()));
            }
        }
    }

    private void condition(Condition condition, List<Tree> parts) {
        at++;
        parts.add(new Tree.Where(condition));
    }

    /** {@code \d}, {@code \pL} and the like, behind the backslash; absent, and nothing read, when it is none of them. */
    private Optional<Characters> named() throws Malformed {
        int letter = pattern[at];
        Characters plain;
        switch (letter) {
            case 'd', 'D' -> plain = each -> '0' <= each && each <= '9';
            case 's', 'S' ->
                plain = each -> each == ' ' || each == '\t' || each == '\n' || each == '\f' || each == '\r';
            case 'w', 'W' -> plain = Condition::ofWord;
            case 'p', 'P' -> {
                at++;
                boolean negated = letter == 'P';
                if (at >= pattern.length) throw new Malformed("\\p needs the name of a class");
                StringBuilder name = new StringBuilder();
                if (next('{')) {
                    while (at < pattern.length && pattern[at] != '}') name.appendCodePoint(pattern[at++]);
                    if (!next('}')) throw new Malformed("\\p{ is never closed");
                } else name.appendCodePoint(pattern[at++]);
                if (!name.isEmpty() && name.charAt(0) == '^') {
                    negated = !negated;
                    name.deleteCharAt(0);
                }
                return Optional.of(closed(negated, folded(UnicodeClass.of(name.toString()))));
            }
            default -> {
                return Optional.empty();
            }
        }
        at++;
        return Optional.of(closed(Character.isUpperCase(letter), folded(plain)));
    }

    private static Characters closed(boolean negated, Characters characters) {
        return negated ? each -> !characters.hold(each) : characters;
    }

    private Characters folded(Characters characters) {
        if (!flags.fold) return characters;
        return each -> {
            for (int same : fold(each)) if (characters.hold(same)) return true;
            return false;
        };
    }

    /** One character behind a backslash. */
    private int escape() throws Malformed {
        if (at >= pattern.length) throw new Malformed("it ends in a backslash");
        int character = pattern[at++];
        return switch (character) {
            case 'a' -> 7;
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case 'x' -> hexadecimal();
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(character);
            default -> {
                boolean plain = character < 0x80 && (!Condition.ofWord(character) || character == '_');
                if (!plain) throw meaningless(character);
                yield character;
            }
        };
    }

    private static Malformed meaningless(int character) {
        return new Malformed("'\\" + Character.toString(character) + "' means nothing");
    }

    /** Up to three digits; a single one that is not 0 would be a reference to a group. */
    private int octal(int first) throws Malformed {
        boolean more = at < pattern.length && digit(pattern[at], 8) >= 0;
        if (first != '0' && !more) throw meaningless(first);
        int value = first - '0';
        for (int i = 1; i < 3 && at < pattern.length && digit(pattern[at], 8) >= 0; i++)
            value = value * 8 + digit(pattern[at++], 8);
        return value;
    }

    private int hexadecimal() throws Malformed {
        boolean braces = next('{');
        int value = 0;
        int digits = 0;
        while (at < pattern.length && digit(pattern[at], 16) >= 0 && (braces || digits < 2)) {
            value = value * 16 + digit(pattern[at++], 16);
            if (value > Character.MAX_CODE_POINT) throw new Malformed("there is no such character");
            digits++;
        }
        if (digits == 0 || (braces ? !next('}') : digits < 2))
            throw new Malformed("a character is written as \\x2F or \\x{2F}");
        return value;
    }

    /** Behind an opening square bracket. */
    private Characters bracket() throws Malformed {
        boolean negated = next('^');
        List<Characters> members = new ArrayList<>();
        boolean first = true;
        while (first || at >= pattern.length || pattern[at] != ']') {
            if (at >= pattern.length) throw new Malformed("'[' is never closed");
            first = false;
            if (pattern[at] == '[' && at + 1 < pattern.length && pattern[at + 1] == ':') {
                Optional<Characters> posix = posix();
                if (posix.isPresent()) {
                    members.add(posix.get());
                    continue;
                }
            }
            if (pattern[at] == '\\' && at + 1 < pattern.length) {
                at++;
                Optional<Characters> named = named();
                if (named.isPresent()) {
                    members.add(named.get());
                    continue;
                }
                at--;
            }
            int from = member();
            int to = from;
            if (at + 1 < pattern.length && pattern[at] == '-' && pattern[at + 1] != ']') {
                at++;
                to = member();
                if (to < from) throw new Malformed("a range in '[]' goes from low to high");
            }
            int last = to;
            members.add(folded(each -> from <= each && each <= last));
        }
        at++;
        Characters[] all = members.toArray(Characters[]::new);
        return each -> {
            for (Characters one : all) if (one.hold(each)) return !negated;
            return negated;
        };
    }

    private int member() throws Malformed {
        if (at >= pattern.length) throw new Malformed("'[' is never closed");
        int character = pattern[at++];
        return character == '\\' ? escape() : character;
    }

    /** {@code [:alpha:]} and the like; absent, and nothing read, when it does not end so. */
    private Optional<Characters> posix() throws Malformed {
        StringBuilder name = new StringBuilder();
        int end = at + 2;
        while (end + 1 < pattern.length && !(pattern[end] == ':' && pattern[end + 1] == ']'))
            name.appendCodePoint(pattern[end++]);
        if (end + 1 >= pattern.length) return Optional.empty();
        boolean negated = !name.isEmpty() && name.charAt(0) == '^';
        Characters plain = posix(negated ? name.substring(1) : name.toString());
        at = end + 2;
        return Optional.of(closed(negated, folded(plain)));
    }

    private static Characters posix(String name) throws Malformed {
        return switch (name) {
            case "alnum" -> each -> Condition.ofWord(each) && each != '_';
            case "alpha" -> each -> Condition.ofWord(each) && each != '_' && digit(each, 10) < 0;
            case "ascii" -> each -> each < 0x80;
            case "blank" -> each -> each == ' ' || each == '\t';
            case "cntrl" -> each -> each < 0x20 || each == 0x7F;
            case "digit" -> each -> '0' <= each && each <= '9';
            case "graph" -> each -> '!' <= each && each <= '~';
            case "lower" -> each -> 'a' <= each && each <= 'z';
            case "print" -> each -> ' ' <= each && each <= '~';
            case "punct" -> each -> '!' <= each && each <= '~' && (!Condition.ofWord(each) || each == '_');
            case "space" -> each -> each == ' ' || ('\t' <= each && each <= '\r');
            case "upper" -> each -> 'A' <= each && each <= 'Z';
            case "word" -> Condition::ofWord;
            case "xdigit" -> each -> digit(each, 16) >= 0;
            default -> throw new Malformed("there is no class [:" + name + ":]");
        };
    }

    private boolean next(int character) {
        if (at >= pattern.length || pattern[at] != character) return false;
        at++;
        return true;
    }

    private static int digit(int character, int radix) {
        return character < 0x80 ? Character.digit(character, radix) : -1;
    }

    private static boolean in(int[] list, int character) {
        for (int each : list) if (each == character) return true;
        return false;
    }

    /** Every character that differs from this one in letter case alone, itself included. */
    private static int[] fold(int character) {
        return switch (character) {
            case 'k', 'K', 0x212A -> new int[] {'k', 'K', 0x212A};
            case 's', 'S', 0x17F -> new int[] {'s', 'S', 0x17F};
            case 0xE5, 0xC5, 0x212B -> new int[] {0xE5, 0xC5, 0x212B};
            default -> {
                int lower = Character.toLowerCase(character);
                int upper = Character.toUpperCase(character);
                int back = Character.toLowerCase(upper);
                if (character < 0x80 && lower == upper) yield new int[] {character};
                yield new int[] {character, lower, upper, back, Character.toTitleCase(character)};
            }
        };
    }
}
