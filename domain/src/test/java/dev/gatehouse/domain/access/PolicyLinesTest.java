package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.shared.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyLinesTest {
    private static final Caller ALICE = new Caller(
            new Subject.OfAccount(new AccountId("1"), new Username("alice")),
            List.of(),
            Caller.Method.SESSION,
            Optional.of("id-1"),
            Optional.of(Instant.EPOCH),
            "argocd",
            Origin.itself("request-1"));

    static List<Arguments> objects() {
        List<Arguments> all = new ArrayList<>();
        for (MatchMode mode : MatchMode.values()) for (String each : OBJECTS) all.add(Arguments.of(mode, each));
        return all;
    }

    private static final List<String> OBJECTS = List.of(
            "demo/web",
            "demo/we*",
            "demo/w?b",
            "demo/[a-z]",
            "demo/[!a]",
            "demo/{a,b}",
            "demo/a\\b",
            "demo/a\\",
            "demo/a, b",
            "demo/\"a\"",
            "demo/#1",
            " demo/a ",
            "",
            "demo/a\nb",
            "demo/a\r",
            "demo/a\tb",
            "demo/a\u0000",
            "demo/\uFEFFa",
            "\u0434\u0435\u043c\u043e/\u00e4",
            "demo/\ud83d\ude00",
            "demo/a\np, alice, *, *, *, allow",
            "demo/a.b",
            "demo/a+b",
            "demo/^a$",
            "demo/(a|b)",
            "demo/a{2}",
            "demo/\\d",
            "demo/\\Qa\\E",
            "demo/(?i)A",
            "demo/\u2028",
            "demo/\u0085",
            "demo/" + "x".repeat(512),
            "*".repeat(400));

    @ParameterizedTest
    @MethodSource("objects")
    void a_policy_of_this_line_alone_allows_what_it_was_made_of_and_nothing_beside(MatchMode mode, String object) {
        String line = line(mode, new AccessQuestion("applications", "get", object));
        Policy policy = policy(mode, line);
        assertThat(policy.faults()).isEmpty();

        assertThat(allows(policy, "applications", "get", object)).isTrue();
        for (String other : List.of("demo/other", "demo/wex", object + "x", "x" + object))
            assertThat(allows(policy, "applications", "get", other)).as(other).isFalse();
        if (mode == MatchMode.REGEX || object.chars().noneMatch(each -> Character.isISOControl(each) || each == 0xFEFF))
            for (String other : List.of("demo/b", "demo/aXb", "demo/ab", "demo/7"))
                assertThat(allows(policy, "applications", "get", other))
                        .as(other)
                        .isFalse();
        assertThat(allows(policy, "applications", "sync", object)).isFalse();
        assertThat(allows(policy, "logs", "get", object)).isFalse();
        assertThat(allows(policy, "applicationsets", "get", object)).isFalse();
        assertThat(allows(policy, "applications", "forget", object)).isFalse();
    }

    @Test
    void a_line_break_is_exact_in_a_regular_expression_and_one_character_of_any_kind_in_a_glob() {
        AccessQuestion broken = new AccessQuestion("applications", "get", "demo/a\nb");
        Policy globs = policy(MatchMode.GLOB, line(MatchMode.GLOB, broken));
        Policy expressions = policy(MatchMode.REGEX, line(MatchMode.REGEX, broken));

        assertThat(allows(globs, "applications", "get", "demo/a-b")).isTrue();
        assertThat(allows(expressions, "applications", "get", "demo/a\nb")).isTrue();
        assertThat(allows(expressions, "applications", "get", "demo/a-b")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(MatchMode.class)
    void of_what_no_pattern_is_long_enough_for_there_is_no_line(MatchMode mode) {
        String longest = "*".repeat(mode == MatchMode.GLOB ? 500 : 499);

        assertThat(allows(policy(mode, line(mode, new AccessQuestion("r", "a", longest))), "r", "a", longest))
                .isTrue();
        assertThat(PolicyLines.allowing(mode, "alice", new AccessQuestion("r", "a", longest + "*")))
                .isEmpty();
        assertThat(PolicyLines.allowing(mode, "alice", new AccessQuestion("r", longest + "*", "o")))
                .isEmpty();
        assertThat(PolicyLines.allowing(mode, "alice", new AccessQuestion(longest + "*", "a", "o")))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(MatchMode.class)
    void several_lines_are_one_policy(MatchMode mode) {
        AccessQuestion first = new AccessQuestion("applications", "get", "demo/a\nb");
        AccessQuestion second = new AccessQuestion("applications", "action/apps/Deployment/restart", "demo/*");
        Policy policy = policy(mode, line(mode, first) + "\n" + line(mode, second));

        assertThat(allows(policy, first.resource(), first.action(), first.object()))
                .isTrue();
        assertThat(allows(policy, second.resource(), second.action(), second.object()))
                .isTrue();
        assertThat(allows(policy, second.resource(), second.action(), "demo/a")).isFalse();
    }

    private static String line(MatchMode mode, AccessQuestion right) {
        return PolicyLines.allowing(mode, "alice", right).orElseThrow();
    }

    private static Policy policy(MatchMode mode, String csv) {
        return Policy.of(new PolicyDocument(csv, Map.of(), "", List.of("groups"), mode, 1));
    }

    private static boolean allows(Policy policy, String resource, String action, String object) {
        return policy.decide(ALICE, new AccessQuestion(resource, action, object), Optional.empty())
                instanceof Decision.Allowed;
    }
}
