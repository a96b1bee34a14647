package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatehouse.domain.shared.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * 6,066 questions with the answers of Argo CD's own enforcer. Each answer is the same, or the reason why it is not stands in
 * docs/compatibility.
 */
class RecordedAnswersTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Why an answer differs; each is a row of docs/compatibility. */
    enum Why {
        /** A deny on the user or on a group wins over every allow (D9). */
        DENY_WINS,
        /** A deny of which the pattern matches by a bug of their library only. */
        DENY_BY_A_BUG_OF_GLOBS,
        /** A pattern means what it says. */
        GLOBS_AS_WRITTEN,
        /** A pattern that fails while it is matched takes nothing else along; the built-in roles are never regular expressions. */
        NOTHING_FAILS_WHILE_MATCHING,
        /** Links are followed however far. */
        LINKS_OF_ANY_NUMBER,
        /** What an identity provider says never names what is local. */
        PROVIDERS_NAME_NOTHING_LOCAL,
        /** The administrator may create and delete accounts, too. */
        ADMINISTRATORS_MANAGE_ACCOUNTS,
        /** Nobody without a name is asked about. */
        NO_EMPTY_NAME
    }

    /**
     * Where the deny stands by an error of their library only, so that ours allows: who asks, of which groups, what. The deny
     * in each reads {@code p1/*}{@code /web}, which their library takes to stand for {@code p1/web}.
     */
    private static final Set<String> DENIED_BY_A_BUG = Set.of(
            "random-079: bob [eng, qa, devs] applications, update/apps/Deployment/ns/web, p1/web",
            "random-106: alice [qa, devs] applications, update, p1/web",
            "random-106: bob [ops, devs] applications, update, p1/web",
            "random-264: bob [] applications, update, p1/web");

    @Test
    void every_recorded_answer_is_given_or_differs_for_a_named_reason() {
        List<String> unexplained = new ArrayList<>();
        Map<Why, Integer> differing = new EnumMap<>(Why.class);
        int asked = 0;
        int same = 0;
        for (JsonNode set : sets())
            for (JsonNode question : set.get("questions")) {
                asked++;
                Optional<Boolean> ours = answer(set, question);
                Optional<Boolean> theirs = question.get("answer").isNull()
                        ? Optional.empty()
                        : Optional.of(question.get("answer").asBoolean());
                if (ours.equals(theirs) && !(ours.equals(Optional.of(true)) && question.has("defect"))) same++;
                else
                    why(set, question, ours)
                            .ifPresentOrElse(
                                    each -> differing.merge(each, 1, Integer::sum),
                                    () -> unexplained.add(set.get("name").asText() + ": " + ours + " " + question));
            }

        assertThat(unexplained).isEmpty();
        assertThat(asked).isEqualTo(6066);
        assertThat(differing)
                .as("a change of these numbers is a change of behaviour")
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        Why.DENY_WINS, 263,
                        Why.DENY_BY_A_BUG_OF_GLOBS, 4,
                        Why.GLOBS_AS_WRITTEN, 53,
                        Why.NOTHING_FAILS_WHILE_MATCHING, 21,
                        Why.LINKS_OF_ANY_NUMBER, 15,
                        Why.PROVIDERS_NAME_NOTHING_LOCAL, 8,
                        Why.ADMINISTRATORS_MANAGE_ACCOUNTS, 5,
                        Why.NO_EMPTY_NAME, 1));
        assertThat(same).isEqualTo(6066 - 370);
    }

    static Optional<Why> why(JsonNode set, JsonNode question, Optional<Boolean> ours) {
        String name = set.get("name").asText();
        if (question.has("defect"))
            return ours.equals(Optional.of(false))
                    ? Optional.of(Why.DENY_WINS)
                    : DENIED_BY_A_BUG.contains(name + ": " + words(question))
                            ? Optional.of(Why.DENY_BY_A_BUG_OF_GLOBS)
                            : Optional.empty();
        if (question.has("globBug") || name.equals("glob-question-mark-beyond-ascii"))
            return Optional.of(Why.GLOBS_AS_WRITTEN);
        if (question.has("swallowed")) return Optional.of(Why.NOTHING_FAILS_WHILE_MATCHING);
        if (name.startsWith("chain-")) return Optional.of(Why.LINKS_OF_ANY_NUMBER);
        if (name.equals("identity-sso-user-named-like-a-role") || name.equals("project-group-named-like-things"))
            return Optional.of(Why.PROVIDERS_NAME_NOTHING_LOCAL);
        if (name.equals("identity-missing-or-odd-sub")) return Optional.of(Why.NO_EMPTY_NAME);
        if (question.get("resource").asText().equals("accounts")
                && List.of("create", "delete").contains(question.get("action").asText())
                && ours.equals(Optional.of(true))) return Optional.of(Why.ADMINISTRATORS_MANAGE_ACCOUNTS);
        return Optional.empty();
    }

    private static String words(JsonNode question) {
        JsonNode claims = question.path("claims");
        return claims.path("sub").asText() + " " + list(claims.path("groups")) + " "
                + question.get("resource").asText() + ", "
                + question.get("action").asText() + ", "
                + question.get("object").asText();
    }

    @Test
    void a_deny_that_matches_by_a_bug_only_is_the_sole_reason_to_allow_what_they_call_a_defect() {
        assertThat(Glob.leniently("p1/*/web").matches("p1/web")).isFalse();
        int found = 0;
        for (JsonNode set : sets())
            for (JsonNode question : set.get("questions")) {
                if (!DENIED_BY_A_BUG.contains(set.get("name").asText() + ": " + words(question))) continue;
                found++;
                assertThat(answer(set, question)).contains(true);
                // With a deny that means what theirs does, ours denies.
                assertThat(answer(meaningWhatTheirsDoes(set), question)).contains(false);
            }
        assertThat(found).isEqualTo(DENIED_BY_A_BUG.size());
    }

    private static JsonNode meaningWhatTheirsDoes(JsonNode set) {
        try {
            return JSON.readTree(set.toString().replace("p1/*/web, deny", "p1/*web, deny"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode sets() {
        try (InputStream in = new GZIPInputStream(
                Objects.requireNonNull(RecordedAnswersTest.class.getResourceAsStream("/rbac/vectors.json.gz")))) {
            return JSON.readTree(in).get("sets");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Absent when the policy is refused. */
    static Optional<Boolean> answer(JsonNode set, JsonNode asked) {
        Optional<List<String>> scopes = scopes(set.get("scopes").asText());
        if (scopes.isEmpty()) return Optional.empty();
        Policy policy;
        try {
            policy = Policy.draft(new PolicyDocument(
                    set.get("policyCsv").asText(),
                    texts(set.get("extra")),
                    set.get("policyDefault").asText(),
                    scopes.get(),
                    MatchMode.of(set.get("matchMode").asText()).orElse(MatchMode.GLOB),
                    1));
        } catch (Refusal.Invalid e) {
            return Optional.empty();
        }
        AccessQuestion question = new AccessQuestion(
                asked.get("resource").asText(),
                asked.get("action").asText(),
                asked.get("object").asText());
        Optional<ProjectPolicy> project = question.project().flatMap(name -> project(set, name, policy.mode()));
        return Optional.of(policy.decide(asker(asked, scopes.get()), question, project) instanceof Decision.Allowed);
    }

    private static Asker asker(JsonNode asked, List<String> scopes) {
        if (!asked.has("claims")) {
            String subject = asked.get("subject").asText();
            return subject.isEmpty() ? Asker.anonymous() : Asker.local(subject);
        }
        Map<String, Object> claims = new HashMap<>();
        for (Map.Entry<String, JsonNode> each : asked.get("claims").properties())
            if (!each.getValue().isNull()) claims.put(each.getKey(), JSON.convertValue(each.getValue(), Object.class));
        return Asker.of(new IdentityClaims(claims), scopes);
    }

    private static Optional<ProjectPolicy> project(JsonNode set, String name, MatchMode mode) {
        for (JsonNode each : set.get("projects"))
            if (each.get("name").asText().equals(name)) {
                List<ProjectPolicy.DraftRole> roles = new ArrayList<>();
                for (JsonNode role : each.get("roles"))
                    roles.add(new ProjectPolicy.DraftRole(
                            role.get("name").asText(), list(role.get("policies")), list(role.get("groups"))));
                return Optional.of(ProjectPolicy.draft(name, roles, mode));
            }
        return Optional.empty();
    }

    static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : object.properties())
            texts.put(each.getKey(), each.getValue().asText());
        return texts;
    }

    private static List<String> list(JsonNode array) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : array) texts.add(each.asText());
        return texts;
    }

    /** Their scopes are YAML; absent when they are no list. */
    static Optional<List<String>> scopes(String yaml) {
        String text = yaml.replaceAll("#.*", "").strip();
        if (text.isEmpty() || text.equals("~")) return Optional.of(List.of("groups"));
        if (text.startsWith("- ")) return Optional.of(List.of(text.substring(2).split("\n- ")));
        if (!text.startsWith("[") || !text.endsWith("]")) return Optional.empty();
        List<String> scopes = new ArrayList<>();
        for (String each : text.substring(1, text.length() - 1).split(","))
            if (!each.isBlank()) scopes.add(each.strip().replace("\"", ""));
        return Optional.of(scopes);
    }
}
