package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.shared.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyLinesTest {
    private static final Caller ALICE = new Caller(
            new Subject.OfAccount(new AccountId("1"), new Username("alice")),
            List.of(),
            Caller.Method.SESSION,
            Optional.of("id-1"),
            Optional.of(Instant.EPOCH),
            "argocd",
            Origin.itself("request-1"));

    @ParameterizedTest
    @ValueSource(
            strings = {
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
                "demo/a\np, alice, *, *, *, allow"
            })
    void a_policy_of_this_line_alone_allows_what_it_was_made_of_and_nothing_beside(String object) {
        String line = PolicyLines.allowing("alice", new AccessQuestion("applications", "get", object));
        assertThat(PolicyText.parse(line, "here").rules()).hasSize(1);
        Policy policy = Policy.of(new PolicyDocument(line, "", List.of("groups"), 1));

        assertThat(allows(policy, "applications", "get", object)).isTrue();
        for (String other : List.of("demo/other", "demo/wex", "demo/b", object + "x", "x" + object))
            assertThat(allows(policy, "applications", "get", other)).as(other).isFalse();
        assertThat(allows(policy, "applications", "sync", object)).isFalse();
        assertThat(allows(policy, "logs", "get", object)).isFalse();
    }

    @Test
    void several_lines_are_one_policy() {
        AccessQuestion first = new AccessQuestion("applications", "get", "demo/a\nb");
        AccessQuestion second = new AccessQuestion("applications", "action/apps/Deployment/restart", "demo/*");
        Policy policy = Policy.of(new PolicyDocument(
                PolicyLines.allowing("alice", first) + "\n" + PolicyLines.allowing("alice", second),
                "",
                List.of("groups"),
                1));

        assertThat(allows(policy, first.resource(), first.action(), first.object()))
                .isTrue();
        assertThat(allows(policy, second.resource(), second.action(), second.object()))
                .isTrue();
        assertThat(allows(policy, second.resource(), second.action(), "demo/a")).isFalse();
    }

    private static boolean allows(Policy policy, String resource, String action, String object) {
        return policy.decide(ALICE, new AccessQuestion(resource, action, object), Optional.empty())
                instanceof Decision.Allowed;
    }
}
