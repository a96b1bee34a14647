package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatehouse.domain.access.RecordedAnswersTest.Why;
import dev.gatehouse.domain.shared.Fault;
import dev.gatehouse.domain.shared.Refusal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the Argo CD contract says in its section 5 that was seen to run, sentence by sentence: which recordings of Argo CD's
 * enforcer show it, for what reasons an answer of ours may differ there, and what becomes of such a text when it is saved.
 */
class ContractRowsTest {
    private static final Map<String, JsonNode> RECORDED = new HashMap<>();

    static {
        for (JsonNode each : RecordedAnswersTest.sets())
            RECORDED.put(each.get("name").asText(), each);
    }

    /**
     * @param words what they do
     * @param saved what is refused first when the text of the first recording is saved, as {@code line:column RULE}; empty
     *     when it is taken
     */
    private record Row(String words, String saved, Set<Why> differing, List<String> recordings) {
        @Override
        public String toString() {
            return words;
        }

        Row differing(Why first, Why... more) {
            return new Row(words, saved, EnumSet.of(first, more), recordings);
        }
    }

    private static Row row(String words, String... recordings) {
        return new Row(words, "", Set.of(), List.of(recordings));
    }

    private static Row refused(String saved, String words, String... recordings) {
        return new Row(words, saved, Set.of(), List.of(recordings));
    }

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        // 5.1
        rows.add(refused(
                "1:36 EFFECT", "5.1 other effects are ignored", "csv-unknown-effects", "deny-unknown-effect-beside"));
        rows.add(row("5.1 links lead ten times", "chain-of-1-links", "chain-of-8-links", "chain-of-10-links"));
        rows.add(row("5.1 the eleventh link is not followed; ours is", "chain-of-11-links", "chain-of-12-links")
                .differing(Why.LINKS_OF_ANY_NUMBER));
        rows.add(row("5.1 a deny so far away is lost; ours is not", "chain-deny-beyond-10-links-is-lost")
                .differing(Why.DENY_WINS, Why.LINKS_OF_ANY_NUMBER));
        rows.add(row("5.1 circles are harmless", "chain-cycle-of-two", "chain-cycle-of-three-and-self"));
        rows.add(row("5.1 subjects are literal", "csv-star-subject-is-nobody", "regex-subjects-stay-literal"));
        rows.add(refused("1:4 FIELD_EMPTY", "5.1 the empty subject is everybody", "csv-empty-subject-is-everyone"));
        rows.add(refused(
                "1:4 FIELD_EMPTY",
                "5.1 a deny for everybody counts in the last step only",
                "csv-empty-subject-deny",
                "deny-everything-for-everyone"));
        rows.add(refused("1:10 FIELD_EMPTY", "5.1 an empty role links to everybody", "csv-empty-role-in-g"));
        // 5.2
        rows.add(row(
                "5.2 stars and question marks cross slashes, stars may be empty",
                "glob-star",
                "glob-star-and-empty",
                "glob-star-crosses-slashes",
                "glob-longest-and-many-stars"));
        rows.add(row("5.2 update/* is update/ and not update", "action-update-and-delete-of-resources"));
        rows.add(row("5.2 action/* is action/ and not action", "action-custom-actions")
                .differing(Why.GLOBS_AS_WRITTEN));
        rows.add(row("5.2 */* needs a slash", "object-odd-shapes", "object-applications-in-namespaces")
                .differing(Why.GLOBS_AS_WRITTEN));
        rows.add(row("5.2 a class is a list", "glob-class-list"));
        rows.add(refused("4:27 PATTERN", "5.2 a class is one range", "glob-class-range"));
        rows.add(refused(
                "1:27 PATTERN",
                "5.2 two ranges do not compile and stand for nothing",
                "glob-class-with-two-ranges-does-not-compile"));
        rows.add(row("5.2 a class may be negated", "glob-class-negated").differing(Why.GLOBS_AS_WRITTEN));
        rows.add(row("5.2 alternatives, nested", "glob-alternatives").differing(Why.GLOBS_AS_WRITTEN));
        rows.add(refused("6:27 PATTERN", "5.2 a backslash escapes", "glob-backslash")
                .differing(Why.GLOBS_AS_WRITTEN));
        rows.add(row("5.2 letter case counts", "object-case-and-spaces", "action-is-not-trimmed-or-folded"));
        rows.add(refused(
                        "1:27 PATTERN",
                        "5.2 an open or empty brace panics and takes other allows along",
                        "glob-open-brace-at-end",
                        "glob-alternatives-empty")
                .differing(Why.GLOBS_AS_WRITTEN, Why.NOTHING_FAILS_WHILE_MATCHING));
        rows.add(row("5.2 text*text may overlap; ours does not", "glob-text-star-text-may-overlap")
                .differing(Why.GLOBS_AS_WRITTEN));
        rows.add(row("5.2 a lone ? stands for nothing, too; ours does not", "glob-one-character-patterns-match-empty")
                .differing(Why.GLOBS_AS_WRITTEN));
        rows.add(row("5.2 a question mark is one character", "glob-question-mark")
                .differing(Why.GLOBS_AS_WRITTEN));
        rows.add(row(
                        "5.2 wildcards in alternatives are unreliable; ours are not, and nothing fails",
                        "glob-alternatives-with-stars")
                .differing(Why.GLOBS_AS_WRITTEN, Why.NOTHING_FAILS_WHILE_MATCHING));
        rows.add(row(
                        "5.2 characters beyond ASCII are unreliable; ours are not",
                        "glob-question-mark-beyond-ascii",
                        "glob-characters-beyond-ascii")
                .differing(Why.GLOBS_AS_WRITTEN));
        rows.add(row("5.2 a regular expression is searched for", "regex-is-a-search"));
        rows.add(refused("8:27 PATTERN", "5.2 with the flags of RE2", "regex-case-and-flags")
                .differing(Why.NOTHING_FAILS_WHILE_MATCHING));
        rows.add(refused("1:27 PATTERN", "5.2 without looking around", "regex-re2-has-no-lookaround-or-backreference")
                .differing(Why.NOTHING_FAILS_WHILE_MATCHING));
        rows.add(refused(
                        "1:30 PATTERN",
                        "5.2 one that does not read ends the question about one subject",
                        "regex-invalid-pattern-of-one-identity",
                        "regex-globs-read-as-regex")
                .differing(Why.NOTHING_FAILS_WHILE_MATCHING));
        rows.add(row(
                        "5.2 the built-in rules are no regular expressions; ours hold",
                        "regex-built-in-lines-do-not-work",
                        "regex-default-role-readonly-is-lost",
                        "regex-admin-rights-restored")
                .differing(Why.NOTHING_FAILS_WHILE_MATCHING, Why.ADMINISTRATORS_MANAGE_ACCOUNTS));
        rows.add(
                row("5.2 other modes are globs", "match-mode-upper-case", "match-mode-with-space", "match-mode-empty"));
        // 5.3
        rows.add(refused("1:4 BLANK_BEHIND", "5.3 a blank behind a field is part of it", "csv-space-after-a-field"));
        rows.add(row(
                "5.3 blanks before fields are dropped, comments and quotes read",
                "csv-many-spaces-and-tabs-before-fields",
                "csv-comments",
                "csv-crlf",
                "csv-unicode-names",
                "csv-backslash-is-plain-text"));
        rows.add(refused("2:4 FIELD_COUNT", "5.3 g has three fields", "csv-bad-g-one-name", "csv-bad-g-three-names"));
        rows.add(refused("2:29 FIELD_COUNT", "5.3 p has six fields", "csv-bad-five-columns", "csv-bad-seven-columns"));
        rows.add(refused("2:1 LINE_KIND", "5.3 r, e and m load and do nothing", "csv-lines-r-e-m-are-accepted"));
        rows.add(
                refused("2:1 LINE_KIND", "5.3 another first word does not load", "csv-bad-unknown-word", "csv-bad-p2"));
        rows.add(refused("1:36 EFFECT", "5.3 a comment behind a p line disarms it", "csv-comment-behind-a-p-line"));
        rows.add(refused(
                "1:20 COMMENT_BEHIND", "5.3 a comment behind a g line disarms it", "csv-comment-behind-a-g-line"));
        rows.add(refused("2:49 FIELD_COUNT", "5.3 with a comma in it nothing loads", "csv-comment-behind-with-comma"));
        rows.add(refused("1:1 CHARACTER", "5.3 a byte-order mark", "csv-bom-before-p", "csv-bom-alone-on-a-line"));
        rows.add(refused("2:6 QUOTE", "5.3 a bare quote", "csv-bad-quote-in-the-middle", "csv-bad-quote-not-closed"));
        rows.add(refused("2:9 QUOTE", "5.3 text behind a closing quote", "csv-bad-text-behind-a-quote"));
        rows.add(refused("1:9 CHARACTER", "5.3 a lone CR ends no line", "csv-lone-cr-in-a-field"));
        rows.add(refused("5:35 EFFECT", "5.3 letter case of effects", "csv-case"));
        rows.add(refused(
                "EXTRA_NAME", "5.3 documents beside the first", "csv-extra-documents", "csv-extra-document-keys"));
        rows.add(refused("1:9 FIELD_COUNT", "5.3 one that does not load stops all", "csv-extra-document-bad"));
        // 5.4
        rows.add(row("5.4 no deny undoes the default; ours does", "deny-on-user-default-role-allows")
                .differing(Why.DENY_WINS));
        rows.add(row(
                "5.4 the default is asked with the project's lines, but not for anonymous callers",
                "default-role-in-project-lines"));
        rows.add(refused("1:4 FIELD_EMPTY", "5.4 anonymous callers have the global lines alone", "project-anonymous"));
        rows.add(row(
                "5.4 for objects of unknown projects the global lines count", "project-of-the-caller-does-not-exist"));
        rows.add(row("5.4 groups are asked one by one, in order", "deny-two-groups-same-role", "identity-many-groups")
                .differing(Why.DENY_WINS));
        rows.add(refused("DEFAULT_UNKNOWN", "5.4 the default is not trimmed", "default-with-spaces", "default-case"));
        rows.add(row("5.4 a user works as default", "default-is-a-user"));
        rows.add(refused("DEFAULT_UNKNOWN", "5.4 a project role works as default", "default-is-a-project-role"));
        rows.add(row("5.4 a project role is shut out of other projects", "project-global-lines-for-a-project-role"));
        rows.add(row("5.4 its groups are not asked where its project exists", "identity-project-sub-loses-its-groups")
                .differing(Why.PROVIDERS_NAME_NOTHING_LOCAL));
        rows.add(row("5.4 groups count where they stand first in a g line", "deny-on-group-without-g-line")
                .differing(Why.DENY_WINS));
        rows.add(row(
                        "5.4 a deny of one group does not stop another; ours does",
                        "deny-on-one-group-allow-on-another",
                        "deny-on-user-allow-on-group",
                        "deny-on-group-allow-on-user")
                .differing(Why.DENY_WINS));
        rows.add(row("5.4 the issuer is not looked at; ours is", "identity-sso-user-named-like-a-role")
                .differing(Why.PROVIDERS_NAME_NOTHING_LOCAL));
        rows.add(refused("1:4 FIELD_EMPTY", "5.4 without a subject", "identity-missing-or-odd-sub")
                .differing(Why.NO_EMPTY_NAME, Why.PROVIDERS_NAME_NOTHING_LOCAL));
        rows.add(row("5.4 two questions share a cached answer; ours do not", "identity-cache-key-collision"));
        // 5.5
        rows.add(row("5.5 scopes that are no list do not start", "scopes-bad-plain-string", "scopes-bad-map"));
        rows.add(row(
                "5.5 the default is groups, an empty list is none, names are literal",
                "scopes-default",
                "scopes-empty-list",
                "scopes-tilde",
                "scopes-unknown",
                "scopes-claim-values"));
        rows.add(row(
                "5.5 however the list is written, and whatever it names",
                "scopes-groups",
                "scopes-email",
                "scopes-groups-and-email",
                "scopes-json",
                "scopes-block-list",
                "scopes-sub",
                "scopes-twice",
                "scopes-local-callers-have-no-groups"));
        rows.add(row("5.5 a list that does not read does not start", "scopes-bad-two-words", "scopes-bad-broken-list"));
        // 5.6
        rows.add(row(
                "5.6 one line that does not load drops the project's lines",
                "project-bad-policy-line",
                "project-group-with-bare-comma-breaks-the-project"));
        rows.add(row(
                        "5.6 global denies hold beside the lines of a project, and the other way round",
                        "project-role-policies",
                        "project-deny-on-global-allow",
                        "project-two-roles-one-group-denies")
                .differing(Why.DENY_WINS));
        rows.add(row(
                "5.6 which object picks the project",
                "project-which-object-picks-the-project",
                "object-write-repositories",
                "object-extensions"));
        rows.add(row("5.6 a group needs no global line", "project-group-needs-no-global-line"));
        rows.add(row(
                "5.6 lines of a project count for its own objects alone, whatever they name",
                "project-lines-naming-another-project",
                "project-roles-of-equal-name",
                "project-names-are-not-globs",
                "project-object-star"));
        rows.add(row(
                "5.6 whoever reaches a name of the project over global links has what it has there",
                "project-chain-out-of-the-project",
                "project-foreign-role-through-global-g"));
        // 5.7
        rows.add(row(
                        "5.7 the built-in roles",
                        "builtin-readonly-1",
                        "builtin-admin-2",
                        "builtin-admin-4",
                        "builtin-composed-actions",
                        "builtin-object-needs-a-slash")
                .differing(Why.ADMINISTRATORS_MANAGE_ACCOUNTS));
        return rows;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void each_sentence_holds_or_differs_for_a_named_reason(Row row) {
        for (String name : row.recordings()) {
            JsonNode set = recording(name);
            for (JsonNode question : set.get("questions")) {
                Optional<Boolean> ours = RecordedAnswersTest.answer(set, question);
                Optional<Boolean> theirs = question.get("answer").isNull()
                        ? Optional.empty()
                        : Optional.of(question.get("answer").asBoolean());
                if (!ours.equals(theirs))
                    assertThat(RecordedAnswersTest.why(set, question, ours))
                            .as("%s: theirs %s, ours %s: %s", name, theirs, ours, question)
                            .hasValueSatisfying(why -> assertThat(why).isIn(row.differing()));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void what_would_surprise_is_refused_when_it_is_saved(Row row) {
        JsonNode set = recording(row.recordings().getFirst());
        PolicyDocument document = new PolicyDocument(
                set.get("policyCsv").asText(),
                RecordedAnswersTest.texts(set.get("extra")),
                set.get("policyDefault").asText(),
                List.of(),
                MatchMode.of(set.get("matchMode").asText()).orElse(MatchMode.GLOB),
                1);
        List<String> faults = new ArrayList<>();
        try {
            Policy.of(document);
        } catch (Refusal.Invalid e) {
            e.faults().stream().map(ContractRowsTest::words).forEach(faults::add);
        }
        if (row.saved().isEmpty()) assertThat(faults).isEmpty();
        else assertThat(faults).startsWith(row.saved());
    }

    private static String words(Fault fault) {
        int place = fault.field().indexOf(':');
        return place < 0 ? fault.rule().toString() : fault.field().substring(place + 1) + " " + fault.rule();
    }

    private static JsonNode recording(String name) {
        JsonNode set = RECORDED.get(name);
        assertThat(set).as(name).isNotNull();
        return set;
    }
}
