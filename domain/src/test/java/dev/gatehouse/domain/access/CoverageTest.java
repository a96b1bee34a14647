package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CoverageTest {
    private static Pattern pattern(MatchMode mode, String text) {
        try {
            return Pattern.compile(mode, text);
        } catch (Pattern.Malformed e) {
            throw new AssertionError(text, e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "*,            demo/*,      true",
        "*/*,          demo/*,      true",
        "demo/*,       demo/*,      true",
        "demo/*,       demo/a*,     true",
        "demo/*,       demo/a/b,    true",
        "demo/a*,      demo/*,      false",
        "demo/*,       other/*,     false",
        "demo/*/x,     demo/*,      false",
        "demo/*,       demo/*/x,    true",
        "*a*,          a*b,         true",
        "get,          get,         true",
        "get,          *,           false",
        "?,            *,           false",
        "demo/?,       demo/*,      false",
        "demo/?*,      demo/*,      false",
        "demo/[!a]*,   demo/*,      false",
        "'demo/{a,b}', demo/a,      true",
        "'demo/{*,b}', demo/*,      false",
        "'{*,a}',      '{*,a}',     true",
        "demo/[ab],    demo/a,      true",
    })
    void a_glob_covers_what_it_plainly_covers(String wide, String narrow, boolean covered) {
        assertThat(Coverage.covers(pattern(MatchMode.GLOB, wide), pattern(MatchMode.GLOB, narrow)))
                .isEqualTo(covered);
    }

    @ParameterizedTest
    @CsvSource({
        "get,      get,      true",
        "get,      delete,   false",
        "*,        delete,   true",
        "demo/a*,  demo/*b,  true",
        "demo/a*,  demo/b*,  false",
        "demo/*a,  demo/*b,  false",
        "demo/*,   other/*,  false",
        "demo/[ab],demo/*,   true",
        "demo/[ab],demo/c,   false",
    })
    void two_globs_touch_unless_they_are_plainly_apart(String one, String other, boolean touching) {
        Pattern left = pattern(MatchMode.GLOB, one);
        Pattern right = pattern(MatchMode.GLOB, other);
        assertThat(Coverage.touch(left, right)).isEqualTo(touching);
        assertThat(Coverage.touch(right, left)).isEqualTo(touching);
    }

    /** Whatever is said to be covered is, and whatever is said to be apart is, for every short text there is. */
    @ParameterizedTest
    @EnumSource(MatchMode.class)
    void no_yes_and_no_apart_is_ever_wrong(MatchMode mode) {
        List<String> texts = new ArrayList<>(List.of(""));
        for (int from = 0, length = 0; length < 5; length++) {
            int to = texts.size();
            for (; from < to; from++) for (String sign : List.of("a", "b", "/")) texts.add(texts.get(from) + sign);
        }
        List<String> parts = mode == MatchMode.GLOB
                ? List.of("a", "b", "/", "*", "*", "?", "[ab]", "[!a]", "{a,b*}")
                : List.of("a", "b", "/", ".*", "*", "^", "$", "[ab]", "(a|b)");
        Random random = new Random(11);
        List<Pattern> patterns = new ArrayList<>();
        while (patterns.size() < 300) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(5); i >= 0; i--) text.append(parts.get(random.nextInt(parts.size())));
            try {
                patterns.add(Pattern.compile(mode, text.toString()));
            } catch (Pattern.Malformed e) {
                assertThat(e.reason()).isNotBlank();
            }
        }
        int covered = 0;
        for (Pattern one : patterns) {
            List<String> mine = texts.stream().filter(one::matches).toList();
            for (Pattern other : patterns) {
                if (Coverage.covers(other, one)) {
                    covered++;
                    assertThat(mine).as(other + " covers " + one).allMatch(other::matches);
                }
                if (!Coverage.touch(other, one))
                    assertThat(mine).as(other + " and " + one).noneMatch(other::matches);
            }
        }
        assertThat(covered).isGreaterThan(300);
    }

    @Test
    void somebody_holds_what_one_of_their_lines_allows_and_no_deny_touches() {
        Policy policy = Policy.of(new PolicyDocument("""
                p, role:dev, applications, get, demo/*, allow
                p, role:dev, applications, sync, demo/a*, allow
                p, role:all, applications, *, demo/*, allow
                p, role:all, applications, delete, demo/prod-*, deny
                g, alice, role:dev
                g, bob, role:all
                """, "", List.of("groups"), 1));
        Asker alice = Asker.local("alice");
        Asker bob = Asker.local("bob");
        Optional<ProjectPolicy> none = Optional.empty();

        assertThat(policy.covers(alice, "applications", "get", "demo/*", none)).isTrue();
        assertThat(policy.covers(alice, "applications", "get", "demo/x", none)).isTrue();
        assertThat(policy.covers(alice, "applications", "get", "*", none)).isFalse();
        assertThat(policy.covers(alice, "applications", "sync", "demo/*", none)).isFalse();
        assertThat(policy.covers(alice, "applications", "sync", "demo/ab*", none))
                .isTrue();
        assertThat(policy.covers(alice, "applications", "*", "demo/a", none)).isFalse();
        assertThat(policy.covers(alice, "logs", "get", "demo/*", none)).isFalse();
        assertThat(policy.covers(bob, "applications", "*", "demo/test-*", none)).isTrue();
        assertThat(policy.covers(bob, "applications", "*", "demo/*", none)).isFalse();
        assertThat(policy.covers(bob, "applications", "delete", "demo/*", none)).isFalse();
        assertThat(policy.covers(bob, "applications", "get", "demo/*", none)).isTrue();
        assertThat(policy.coversAll(Asker.local("admin"), "projects", "update")).isTrue();
        assertThat(policy.coversAll(bob, "applications", "get")).isFalse();
        assertThat(policy.covers(Asker.anonymous(), "applications", "get", "demo/*", none))
                .isFalse();
    }
}
