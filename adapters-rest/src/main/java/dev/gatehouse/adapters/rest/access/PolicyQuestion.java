package dev.gatehouse.adapters.rest.access;

import dev.gatehouse.adapters.rest.Body;
import dev.gatehouse.adapters.rest.Json;
import dev.gatehouse.application.access.AskingPolicy.Question;
import dev.gatehouse.application.access.AskingPolicy.Who;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.IdentityClaims;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** May somebody do this? Asked of a policy, and not about oneself. */
@Schema(name = "PolicyQuestion")
record PolicyQuestion(
        @Schema(description = "An account, proj:project:role or role:name; \"\" for somebody anonymous")
        String subject,

        @Schema(description = "Groups that the subject is in")
        List<String> groups,

        @Schema(description = "In place of subject and groups: what an identity provider says of somebody")
        Map<String, Object> claims,

        String resource,
        String action,

        @Schema(description = "Left out: empty") String object) {

    /** The names of its members. */
    static final String[] MEMBERS = {"subject", "groups", "claims", "resource", "action", "object"};

    /** No name that means anything is longer, in characters. */
    private static final int LONGEST = 1024;

    private static final int MOST_GROUPS = 1000;

    /** @param sent with these members, and perhaps others that are not looked at */
    static Question read(Body sent) {
        return new Question(who(sent), about(sent));
    }

    /** What is asked, whoever it is about. */
    static AccessQuestion about(Body sent) {
        return new AccessQuestion(
                required(sent, "resource"),
                required(sent, "action"),
                bounded(sent, "object", sent.textOrEmpty("object")));
    }

    private static Who who(Body sent) {
        boolean named =
                sent.member("subject").isPresent() || sent.member("groups").isPresent();
        if (sent.member("claims").isPresent()) {
            if (named)
                throw Body.invalid(
                        sent.pathOf("claims") + " stands in place of subject and groups; send one or the other");
            return new Who.Claimed(new IdentityClaims(claims(sent)));
        }
        String subject = sent.text("subject")
                .orElseThrow(() -> Body.invalid(
                        sent.pathOf("subject") + " is missing; send \"\" for somebody anonymous, or claims"));
        List<String> groups = sent.texts("groups");
        if (groups.size() > MOST_GROUPS)
            throw Body.invalid(sent.pathOf("groups") + " has more than " + MOST_GROUPS + " groups; send fewer");
        groups.forEach(each -> bounded(sent, "groups", each));
        return new Who.Named(bounded(sent, "subject", subject), groups);
    }

    private static Map<String, Object> claims(Body sent) {
        return switch (sent.member("claims").orElseThrow()) {
            case Json.Members members -> plain(members);
            case Json other -> throw Body.mustBe(sent.pathOf("claims"), "an object", other);
        };
    }

    private static Map<String, Object> plain(Json.Members members) {
        Map<String, Object> claims = new LinkedHashMap<>();
        members.all().forEach((name, value) -> {
            // A claim without a value says nothing.
            if (!(value instanceof Json.Nothing)) claims.put(name, plain(value));
        });
        return claims;
    }

    private static Object plain(Json value) {
        return switch (value) {
            case Json.Text(String text) -> text;
            case Json.Flag(boolean flag) -> flag;
            case Json.Numeral(String spelling) -> Double.valueOf(spelling);
            case Json.Items(List<Json> all) ->
                all.stream()
                        .filter(each -> !(each instanceof Json.Nothing))
                        .map(PolicyQuestion::plain)
                        .toList();
            case Json.Members members -> plain(members);
            case Json.Nothing nothing -> "";
        };
    }

    /** A text that must be there and must not be empty. */
    static String required(Body sent, String name) {
        String text = sent.textOrEmpty(name);
        if (text.isEmpty()) throw Body.invalid(sent.pathOf(name) + " is missing");
        return bounded(sent, name, text);
    }

    private static String bounded(Body sent, String name, String text) {
        if (text.length() > LONGEST)
            throw Body.invalid(sent.pathOf(name) + " is too long; use at most " + LONGEST + " characters");
        return text;
    }
}
