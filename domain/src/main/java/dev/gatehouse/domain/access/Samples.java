package dev.gatehouse.domain.access;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Texts that a pattern stands for, to ask questions with. */
final class Samples {
    private static final int MOST = 20;
    private static final String TRIED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:@ ";

    private Samples() {}

    /** Some, in no order that means anything; where the pattern can be taken as a text that it stands for, that text. */
    static Set<String> of(Pattern pattern) {
        Set<String> samples = new LinkedHashSet<>();
        switch (pattern.shape().kind()) {
            case EXACT -> samples.add(pattern.shape().key());
            case PREFIX -> samples.add(pattern.shape().key() + "*");
            case ANYTHING -> samples.add("*");
            case NOTHING -> {}
            case STARTS, ENDS, HOLDS, OTHER -> {
                if (pattern.matches(pattern.text())) samples.add(pattern.text());
                try {
                    Tree tree = switch (pattern) {
                        case Glob glob -> Glob.tree(glob.text());
                        case Regex regex -> new RegexReader(regex.text()).read();
                    };
                    for (String each : of(tree)) if (pattern.matches(each)) samples.add(each);
                } catch (Pattern.Malformed e) {
                    // Read leniently: then what was written is the only sample there is.
                    samples.removeIf(each -> !pattern.matches(each));
                }
            }
        }
        return samples;
    }

    /** Whether its samples tell it from every other pattern of which this is true. */
    static boolean tellAll(Pattern pattern) {
        return switch (pattern.shape().kind()) {
            case ANYTHING, NOTHING -> true;
            // A star that stands for itself looks like the sample of a pattern.
            case EXACT, PREFIX -> pattern.shape().key().indexOf('*') < 0;
            case STARTS, ENDS, HOLDS, OTHER ->
                pattern instanceof Glob && pattern.text().equals("*/*");
        };
    }

    private static List<String> of(Tree tree) {
        return switch (tree) {
            case Tree.One(int character) -> List.of(Character.toString(character));
            case Tree.Any(Tree.Characters characters) ->
                TRIED.chars()
                        .filter(characters::hold)
                        .limit(1)
                        .mapToObj(Character::toString)
                        .toList();
            case Tree.Where _ -> List.of("");
            case Tree.Sequence(List<Tree> parts) -> {
                List<String> texts = List.of("");
                for (Tree part : parts) {
                    List<String> longer = new ArrayList<>();
                    for (String start : texts)
                        for (String end : of(part)) if (longer.size() < MOST) longer.add(start + end);
                    texts = longer;
                }
                yield texts;
            }
            case Tree.Either(List<Tree> choices) ->
                choices.stream().flatMap(each -> of(each).stream()).limit(MOST).toList();
            case Tree.Repeat(Tree part, int least, int most) -> {
                if (most == Tree.UNLIMITED && least == 0) yield List.of("*");
                yield of(part).stream()
                        .map(each -> each.repeat(Math.min(Math.max(1, least), 100)))
                        .toList();
            }
        };
    }
}
