package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.function.IntPredicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class GlobTest {
    @Test
    void a_pattern_without_signs_stands_for_itself() {
        stands("abc", "abc");
        standsNot("abc", "", "ab", "abcd", "xabc", "ABC", "ab\u0441");
        stands("", "");
        standsNot("", "a", " ");
    }

    @Test
    void a_star_stands_for_any_text_also_none_and_also_over_slashes() {
        for (String pattern : List.of("*", "**", "***")) stands(pattern, "", "a", "a/b", "/", "\uD83D\uDD11\n");
        stands("a*", "a", "ab", "a/b/c");
        standsNot("a*", "", "ba");
        stands("*a", "a", "ba", "b/a");
        standsNot("*a", "", "ab");
        stands("a*b", "ab", "a/b", "aabb");
        standsNot("a*b", "a", "b", "aba");
        stands("*/*", "/", "a/", "/a", "a/b", "a/b/c");
        standsNot("*/*", "", "a");
    }

    @Test
    void what_stands_before_and_behind_a_star_never_overlaps() {
        standsNot("p1/*/web", "p1/web");
        stands("p1/*/web", "p1//web", "p1/x/web", "p1/x/y/web");
        standsNot("aba*aba", "aba", "ababa");
        stands("aba*aba", "abaaba", "abaxaba");
    }

    @Test
    void a_composed_action_needs_its_slash() {
        stands("update/*", "update/", "update/apps/Deployment");
        standsNot("update/*", "update");
    }

    @Test
    void a_question_mark_stands_for_exactly_one_character() {
        stands("a?c", "abc", "a/c", "a?c", "a\uD83D\uDD11c", "a\nc");
        standsNot("a?c", "ac", "abbc");
        stands("?", "a", "\uD83D\uDD11");
        standsNot("?", "", "ab");
    }

    @Test
    void a_class_is_one_list_or_one_range() {
        stands("[abc]", "a", "b", "c");
        standsNot("[abc]", "", "d", "ab", "A", "[abc]");
        stands("[a-c]", "a", "b", "c");
        standsNot("[a-c]", "d", "-", "");
        stands("[a0-9]", "a", "0", "-", "9");
        standsNot("[a0-9]", "5");
        stands("[^a]", "^", "a");
        standsNot("[^a]", "b");
        stands("[-a]", "-", "a");
        stands("[*?{,]", "*", "?", "{", ",");
        stands("[\\]\\\\]", "]", "\\");
        stands("[а-я]", "ж");
        stands("[\uD83D\uDD11x]", "\uD83D\uDD11", "x");
    }

    @Test
    void an_exclamation_mark_turns_a_class_round() {
        stands("[!abc]", "d", "!", "\uD83D\uDD11");
        standsNot("[!abc]", "", "a", "b", "de");
        stands("[!a-c]", "d", "-");
        standsNot("[!a-c]", "b");
        stands("[!!]", "a");
        standsNot("[!!]", "!");
    }

    @Test
    void braces_stand_for_one_of_several_patterns() {
        stands("{a,b}", "a", "b");
        standsNot("{a,b}", "", "ab", "c", "a,b", "{a,b}");
        stands("x{a,bc,}y", "xay", "xbcy", "xy");
        stands("{a*,*b}", "a", "axx", "xxb", "b");
        standsNot("{a*,*b}", "xax");
        stands("{web*,web}", "web", "webapp");
        stands("{a,{b,c{d,e}}}f", "af", "bf", "cdf", "cef");
        standsNot("{a,{b,c{d,e}}}f", "cf", "f", "af,");
        stands("{[ab],?c}", "a", "b", "xc");
        stands("{,}", "");
        stands("a,b", "a,b");
    }

    @Test
    void a_backslash_takes_the_next_character_as_it_is() {
        stands("\\*", "*");
        standsNot("\\*", "a", "\\*");
        stands("a\\?\\[\\]\\{\\}\\\\", "a?[]{}\\");
        stands("\\a", "a");
        stands("{a\\,b,c}", "a,b", "c");
        standsNot("{a\\,b,c}", "a", "b");
    }

    @Test
    void a_pattern_that_stands_for_nothing_is_malformed() {
        for (String each : List.of(
                "[",
                "]",
                "[]",
                "[!]",
                "[a",
                "[a-",
                "[a-]",
                "[a-z0-9]",
                "[c-a]",
                "[a\\",
                "[\\",
                "a]",
                "{",
                "}",
                "{}",
                "{a",
                "{a,",
                "{a,b",
                "{a}}",
                "a}",
                "p1/{}",
                "p1/{",
                "{{a}",
                "{a]}",
                "[a}",
                "\\",
                "a\\",
                "{a\\}")) malformed(each);
    }

    @Test
    void braces_stand_in_at_most_eight_others_and_a_pattern_has_at_most_1000_characters() throws Glob.Malformed {
        assertThat(Glob.compile("{".repeat(8) + "a" + "}".repeat(8)).matches("a"))
                .isTrue();
        malformed("{".repeat(9) + "a" + "}".repeat(9));
        assertThat(Glob.compile("a".repeat(1_000)).matches("a".repeat(1_000))).isTrue();
        malformed("a".repeat(1_001));
    }

    @Test
    void a_literal_has_no_signs() {
        assertThat(Glob.literal("a*").matches("a*")).isTrue();
        assertThat(Glob.literal("a*").matches("ab")).isFalse();
        assertThat(Glob.literal("a*")).isNotEqualTo(Glob.leniently("a*"));
        assertThat(Glob.leniently("a*")).isEqualTo(Glob.leniently("a*")).hasToString("a*");
    }

    /** Each of these takes longer than the world will stand where every way is tried, and a moment where places are kept. */
    @Test
    void no_pattern_takes_more_places_than_it_has_characters() {
        String text = "a".repeat(5_000);
        for (String part : List.of("*a", "*a*", "{a,a}", "{a,aa}", "{a*,*a}", "{*,a}", "?*", "[a]*", "{{a,a},{a,a}}")) {
            String pattern = part.repeat(900 / part.length()) + "b";
            Glob glob = Glob.leniently(pattern);
            assertThat(glob.places()).as(pattern).isLessThanOrEqualTo(3 * pattern.length() + 2);
            assertThat(glob.matches(text)).isFalse();
            assertThat(glob.matches("a".repeat(3_000) + "b")).isEqualTo(part.contains("*"));
        }
    }

    @Property(tries = 5_000)
    void it_agrees_with_trying_every_way(@ForAll("patterns") List<Node> pattern, @ForAll("texts") String text)
            throws Glob.Malformed {
        Glob glob = Glob.compile(write(pattern));

        assertThat(glob.matches(text))
                .as("%s for %s", write(pattern), text)
                .isEqualTo(tryAll(pattern, 0, text, 0, end -> end == text.length()));
    }

    @Property(tries = 2_000)
    void any_text_is_a_pattern_or_malformed_and_nothing_else(
            @ForAll("signs") String pattern, @ForAll("texts") String text) {
        try {
            Glob glob = Glob.compile(pattern);
            assertThat(glob.places()).isLessThanOrEqualTo(3 * pattern.length() + 2);
            assertThat(glob.text()).isEqualTo(pattern);
            assertThat(glob.matches(text)).isIn(true, false);
        } catch (Glob.Malformed e) {
            assertThat(e.reason()).isNotEmpty();
        }
    }

    // A second, simple reading: of the pattern's parts, before they are written.

    sealed interface Node {
        record One(char character) implements Node {}

        record AnyOne() implements Node {}

        record AnyText() implements Node {}

        record Of(boolean not, String members) implements Node {}

        record Range(boolean not, char first, char last) implements Node {}

        record Either(List<List<Node>> ways) implements Node {}
    }

    private static boolean tryAll(List<Node> nodes, int at, String text, int from, IntPredicate rest) {
        if (at == nodes.size()) return rest.test(from);
        IntPredicate then = next -> tryAll(nodes, at + 1, text, next, rest);
        boolean more = from < text.length();
        char next = more ? text.charAt(from) : 0;
        return switch (nodes.get(at)) {
            case Node.One(char character) -> more && next == character && then.test(from + 1);
            case Node.AnyOne() -> more && then.test(from + 1);
            case Node.AnyText() -> {
                for (int end = from; end <= text.length(); end++) if (then.test(end)) yield true;
                yield false;
            }
            case Node.Of(boolean not, String members) ->
                more && members.indexOf(next) >= 0 != not && then.test(from + 1);
            case Node.Range(boolean not, char first, char last) ->
                more && (first <= next && next <= last) != not && then.test(from + 1);
            case Node.Either(List<List<Node>> ways) -> ways.stream().anyMatch(way -> tryAll(way, 0, text, from, then));
        };
    }

    private static String write(List<Node> nodes) {
        StringBuilder pattern = new StringBuilder();
        for (Node node : nodes)
            switch (node) {
                case Node.One(char character) -> {
                    if ("*?[]{}\\,".indexOf(character) >= 0) pattern.append('\\');
                    pattern.append(character);
                }
                case Node.AnyOne() -> pattern.append('?');
                case Node.AnyText() -> pattern.append('*');
                case Node.Of(boolean not, String members) ->
                    pattern.append(not ? "[!" : "[").append(members).append(']');
                case Node.Range(boolean not, char first, char last) ->
                    pattern.append(not ? "[!" : "[")
                            .append(first)
                            .append('-')
                            .append(last)
                            .append(']');
                case Node.Either(List<List<Node>> ways) ->
                    pattern.append('{')
                            .append(String.join(
                                    ",", ways.stream().map(GlobTest::write).toList()))
                            .append('}');
            }
        return pattern.toString();
    }

    @Provide
    Arbitrary<List<Node>> patterns() {
        return sequences(2);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab/,*").ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> signs() {
        return Arbitraries.strings().withChars("ab/*?[]{},!-\\").ofMaxLength(20);
    }

    private static Arbitrary<List<Node>> sequences(int depth) {
        return nodes(depth).list().ofMaxSize(4);
    }

    private static Arbitrary<Node> nodes(int depth) {
        Arbitrary<Character> letters = Arbitraries.of('a', 'b', '/');
        Arbitrary<Boolean> not = Arbitraries.of(true, false);
        Arbitrary<Node> one = Arbitraries.of('a', 'b', '/', ',', '*').map(Node.One::new);
        Arbitrary<Node> any = Arbitraries.of(new Node.AnyText(), new Node.AnyText(), new Node.AnyOne());
        Arbitrary<Node> of = Combinators.combine(
                        not,
                        Arbitraries.strings().withChars("ab/,*").ofMinLength(1).ofMaxLength(3))
                .as(Node.Of::new);
        Arbitrary<Node> range = Combinators.combine(not, letters, letters)
                .as((turned, x, y) -> new Node.Range(turned, (char) Math.min(x, y), (char) Math.max(x, y)));
        if (depth == 0) return Arbitraries.oneOf(one, one, any, of, range);
        Arbitrary<Node> either = sequences(depth - 1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .filter(ways -> ways.size() > 1 || !ways.getFirst().isEmpty())
                .map(Node.Either::new);
        return Arbitraries.oneOf(one, one, any, of, range, either);
    }

    private static void stands(String pattern, String... texts) {
        for (String text : texts)
            assertThat(Glob.leniently(pattern).matches(text))
                    .as("%s for '%s'", pattern, text)
                    .isTrue();
    }

    private static void standsNot(String pattern, String... texts) {
        for (String text : texts)
            assertThat(Glob.leniently(pattern).matches(text))
                    .as("%s for '%s'", pattern, text)
                    .isFalse();
    }

    private static void malformed(String pattern) {
        assertThatExceptionOfType(Glob.Malformed.class).as(pattern).isThrownBy(() -> Glob.compile(pattern));
    }
}
