package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.domain.access.Pattern.Shape.Kind;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTest {
    /** More of them with {@code make fuzz}. */
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1);

    /** The rows of the Argo CD contract 5.2, as its authors saw them run. */
    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "*, '', true",
                "*, a/b, true",
                "**, a/b, true",
                "*/*, a, false",
                "*/*, /, true",
                "*/*, a/b/c, true",
                "?, /, true",
                "?, '', false",
                "update/*, update/, true",
                "update/*, update, false",
                "[a-c], b, true",
                "[a-c], d, false",
                "[!a-c], d, true",
                "[!a], '', false",
                "[abc], c, true",
                "[a0-9], -, true",
                "[a0-9], 5, false",
                "[^a], a, true",
                "[^a], ^, true",
                "[^a], b, false",
                "'{a,b}', b, true",
                "'{a,{b,c}}x', cx, true",
                "'{a*,b}/x', a/b/x, true",
                "\\*, *, true",
                "\\*, a, false",
                "Get, get, false",
                "p1/*/web, p1/web, false",
                "p1/*/web, p1/a/web, true",
                "'', '', true",
                "'', a, false",
                "p?, pé, true",
                "*.*.*, a.b, false",
                "a*b*a, aba, true",
                "a*b*a, ab, false"
            })
    void a_glob_stands_for_what_it_says(String pattern, String text, boolean expected) throws Exception {
        assertThat(Glob.compile(pattern).matches(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[]", "[!]", "[a-z0-9]", "[c-a]", "p1/{}", "p1/{", "{a,b", "a}", "a]", "a\\"})
    void what_is_no_glob_is_refused(String pattern) {
        assertThatThrownBy(() -> Glob.compile(pattern)).isInstanceOf(Pattern.Malformed.class);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "get, forget, true",
                "^get$, forget, false",
                "p/.*, xp/y, true",
                "'', anything, true",
                "^$, '', true",
                "^$, a, false",
                "(?i)GET, forget, true",
                "a|b$, xb, true",
                "'^a{2,3}$', aaaa, false",
                "\\bget\\b, a get b, true",
                "[[:alpha:]]+\\d, a1, true",
                "\\pL, é, true",
                "\\p{Greek}, a, false"
            })
    void a_regular_expression_is_searched_for(String pattern, String text, boolean expected) throws Exception {
        assertThat(Regex.compile(pattern).matches(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "*/*",
                "+",
                "a**",
                "(",
                ")",
                "a)",
                "[",
                "[a",
                "[z-a]",
                "(?=a)",
                "(?<!a)",
                "(a)\\1",
                "\\Z",
                "\\8",
                "\\",
                "a{1001}",
                "a{3,2}",
                "(?z)",
                "\\p{Nonsense}",
                "[[:nonsense:]]",
                "(?P<n>a)(?P<n>b)"
            })
    void what_re2_refuses_is_refused(String pattern) {
        assertThatThrownBy(() -> Regex.compile(pattern)).isInstanceOf(Pattern.Malformed.class);
        assertThatThrownBy(() -> com.google.re2j.Pattern.compile(pattern))
                .isInstanceOf(com.google.re2j.PatternSyntaxException.class);
    }

    /** As Go does; the RE2 for Java would unroll it. */
    @Test
    void repetitions_multiply() {
        assertThatThrownBy(() -> Regex.compile("(a{500}){3}")).isInstanceOf(Pattern.Malformed.class);
        assertThatThrownBy(() -> Regex.compile("(" + "a".repeat(20) + "){1000}"))
                .isInstanceOf(Pattern.Malformed.class);
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void no_pattern_makes_matching_slow() throws Exception {
        String text = "a".repeat(8_000) + "!";
        List<String> nasty = List.of(
                "(a+)+$",
                "(a|aa)+$",
                "(a*)*b",
                "(.*)*x$",
                "(?:a?){200}a{200}$",
                "(a|a|a|a)*c",
                "^(([a-z])+.)+[A-Z]([a-z])+$");
        for (String each : nasty)
            assertThat(Regex.compile(each).matches(text)).as(each).isFalse();
        for (String each : List.of("*a*a*a*a*a*a*a*a*b", "{a,aa}*{a,aa}*{a,aa}*b", "*?*?*?*?*?*b", "*[ab]*[ab]*[ab]*c"))
            assertThat(Glob.compile(each).matches(text)).as(each).isFalse();
    }

    private static final String[] GLOB_PIECES = {
        "a",
        "b",
        "/",
        "*",
        "**",
        "?",
        "[ab]",
        "[!a]",
        "[a-b]",
        "{a,b}",
        "{a,b*}",
        "{,a}",
        "{a/,{b,?}}",
        "\\*",
        "\\a",
        "ab"
    };
    private static final String[] REGEX_PIECES = {
        "a",
        "b",
        "/",
        ".",
        ".*",
        "^",
        "$",
        "[ab]",
        "[^a]",
        "(a|b)",
        "(ab)*",
        "a+",
        "b?",
        "(?:a|)",
        "a{2}",
        "(?i)A",
        "\\b",
        "\\w",
        "|",
        "(?:b{1,2})+",
        "\\x61",
        "\\Qa.\\E",
        "[[:lower:]]",
        "(?s).",
        "a*?",
        "\\A",
        "\\z",
        "[a-b/]",
        "\\d",
        "\n",
        "(?m)^b",
        "é",
        "\\pL",
        "{",
        "a{,2}"
    };

    @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
    void globs_agree_with_trying_every_way(@ForAll long seed) throws Exception {
        for (int round = 0; round < ROUNDS; round++) tryGlob(seed + round * 7_919L);
    }

    private void tryGlob(long seed) throws Exception {
        Random random = new Random(seed);
        String pattern = of(random, GLOB_PIECES, 6);
        Pattern glob = Glob.compile(pattern);
        for (int i = 0; i < 30; i++) {
            String text = text(random, "ab/*", 7);
            assertThat(glob.matches(text))
                    .as("%s on %s", pattern, text)
                    .isEqualTo(NaivePolicy.glob(pattern, 0, text, 0));
        }
    }

    @Property(tries = 10_000, shrinking = ShrinkingMode.OFF)
    void regular_expressions_agree_with_re2(@ForAll long seed) {
        for (int round = 0; round < ROUNDS; round++) tryRegex(seed + round * 7_919L);
    }

    private void tryRegex(long seed) {
        Random random = new Random(seed);
        String pattern = of(random, REGEX_PIECES, 6);
        com.google.re2j.Pattern theirs;
        Pattern ours;
        try {
            theirs = com.google.re2j.Pattern.compile(pattern);
        } catch (com.google.re2j.PatternSyntaxException e) {
            assertThatThrownBy(() -> Regex.compile(pattern)).as(pattern).isInstanceOf(Pattern.Malformed.class);
            return;
        }
        try {
            ours = Regex.compile(pattern);
        } catch (Pattern.Malformed e) {
            throw new AssertionError(pattern + " is refused: " + e.reason(), e);
        }
        for (int i = 0; i < 20; i++) {
            String text = text(random, "abA/ .\né1", 6);
            assertThat(ours.matches(text))
                    .as("%s on %s", pattern, text)
                    .isEqualTo(theirs.matcher(text).find());
        }
    }

    /** What the index takes a pattern for is true of every text. */
    @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
    void shapes_are_true(@ForAll long seed) throws Exception {
        Random random = new Random(seed);
        boolean glob = random.nextBoolean();
        String written = of(random, glob ? GLOB_PIECES : REGEX_PIECES, 4);
        Pattern pattern;
        try {
            pattern = Pattern.compile(glob ? MatchMode.GLOB : MatchMode.REGEX, written);
        } catch (Pattern.Malformed e) {
            return;
        }
        String key = pattern.shape().key();
        for (int i = 0; i < 30; i++)
            shapeIsTrue(pattern, random.nextBoolean() ? text(random, "ab/*", 5) : key + text(random, "ab/", 3));
        for (String each : Samples.of(pattern))
            assertThat(pattern.matches(each)).as(written).isTrue();
    }

    /** What is known of the pattern is true of this text. */
    static void shapeIsTrue(Pattern pattern, String text) {
        String key = pattern.shape().key();
        boolean matches = pattern.matches(text);
        boolean known = switch (pattern.shape().kind()) {
            case ANYTHING -> matches;
            case NOTHING -> !matches;
            case EXACT -> matches == text.equals(key);
            case PREFIX -> matches == text.startsWith(key);
            case STARTS -> !matches || text.startsWith(key);
            case ENDS -> !matches || text.endsWith(key);
            case HOLDS -> !matches || text.contains(key);
            case OTHER -> true;
        };
        assertThat(known).as("%s, %s, on %s", pattern, pattern.shape(), text).isTrue();
        assertThat(!matches || new Marks(text).may(Marks.of(pattern)))
                .as("the mark of %s on %s", pattern, text)
                .isTrue();
    }

    /** Regular expressions of which something is known are found by it, in whatever form they are written. */
    @ParameterizedTest
    @CsvSource({
        "^p1/web$, EXACT, p1/web",
        "^p1/, PREFIX, p1/",
        "^p1/.*, PREFIX, p1/",
        "^p1/.*$, STARTS, p1/",
        "p1/web, HOLDS, p1/web",
        ".*p1/web.*, HOLDS, p1/web",
        "p[12]/web$, ENDS, /web",
        "^.+/web$, ENDS, /web",
        "p[12]/web-[a-z]+x, HOLDS, /web-",
        "(?i)web, OTHER, ''",
        "a|bb, OTHER, ''"
    })
    void a_regular_expression_is_found_by_what_it_must_hold(String written, Kind kind, String key) throws Exception {
        assertThat(Regex.compile(written).shape()).isEqualTo(new Pattern.Shape(kind, key));
    }

    @ParameterizedTest
    @CsvSource({
        "p1/*, PREFIX, p1/",
        "p?/web, ENDS, /web",
        "project-?/web, STARTS, project-",
        "*web*, HOLDS, web",
        "[pq]1/*, HOLDS, 1/",
        "'{a,b}*', OTHER, ''"
    })
    void a_glob_is_found_by_what_it_must_hold(String written, Kind kind, String key) throws Exception {
        assertThat(Glob.compile(written).shape()).isEqualTo(new Pattern.Shape(kind, key));
    }

    private static String of(Random random, String[] pieces, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) text.append(pieces[random.nextInt(pieces.length)]);
        return text.toString();
    }

    private static String text(Random random, String alphabet, int most) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--)
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        return text.toString();
    }
}
