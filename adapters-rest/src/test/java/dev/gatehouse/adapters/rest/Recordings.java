package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Conversations with Argo CD, replayed in a world of a few accounts, one project and a policy: the same answers, but for
 * what we add to them and for what a step says is {@code ours}. A step with {@code claims} asks about somebody whom an
 * identity provider knows; its answer is that of {@code can-i} for this caller.
 */
public final class Recordings {
    private static final String DEMO =
            "{\"project\":{\"metadata\":{\"name\":\"demo\"},\"spec\":{\"description\":\"Demo\","
                    + "\"sourceRepos\":[\"*\"],\"destinations\":[{\"server\":\"*\",\"namespace\":\"*\"}],\"roles\":[{\"name\":\"ci\","
                    + "\"policies\":[\"p, proj:demo:ci, applications, get, demo/*, allow\","
                    + "\"p, proj:demo:ci, applications, sync, demo/*, allow\"],\"groups\":[\"demo-devs\"]},"
                    + "{\"name\":\"empty\"}]}}}";
    private static final String POLICY = "{\"policyCsv\":\"p, role:dev, projects, get, *, allow\\n"
            + "p, role:dev, applications, *, demo/*, allow\\np, role:dev, applications, delete, demo/*, deny\\n"
            + "g, alice, role:dev\\n\",\"resourceVersion\":\"%s\"}";
    private static final Pattern PLACE = Pattern.compile("\\{\\{([\\w-]+)}}");

    private final Api api;

    /** To be made with a world in which nothing happened yet. */
    public Recordings(Api api, World world) {
        this.api = api;
        api.once(() -> {
            world.account("alice", "login", "apiKey");
            world.account("carol", "login");
            String version = api.get("/api/v1/policy", api.as("admin"))
                    .body()
                    .replaceAll("(?s).*\"resourceVersion\":\"(\\d+)\".*", "$1");
            assertThat(api.put("/api/v1/policy", POLICY.formatted(version), api.as("admin"))
                            .status())
                    .isEqualTo(200);
        });
    }

    /** One test for each conversation of a file, of which there are so many. */
    public Stream<DynamicTest> of(String file, int count) {
        try (InputStream in = Objects.requireNonNull(Recordings.class.getResourceAsStream("/recordings/" + file))) {
            Json.Members all = JsonText.reread(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            List<Json> cases = items(all, "cases");
            assertThat(cases).hasSize(count);
            return IntStream.range(0, cases.size())
                    .mapToObj(each -> renamed(cases.get(each), "k" + each))
                    .map(each -> DynamicTest.dynamicTest(text(each, "name"), () -> replay(each)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids of this world repeat too soon for one name of a token to be used in each conversation. */
    private static Json.Members renamed(Json conversation, String token) {
        String text = JsonText.text(conversation)
                .replace("\"id\":\"k\"", "\"id\":\"" + token + "\"")
                .replace("\\\"id\\\":\\\"k\\\"", "\\\"id\\\":\\\"" + token + "\\\"")
                .replace("?id=k", "?id=" + token);
        return JsonText.reread(text);
    }

    private void replay(Json.Members conversation) {
        startAnew();
        Map<String, String> seen = new HashMap<>();
        for (Json each : items(conversation, "steps")) {
            Json.Members step = (Json.Members) each;
            if (step.member("claims").isPresent()) {
                assertThat(answer(step)).isEqualTo(step.member("ours").or(() -> step.member("reply")));
                continue;
            }
            Reply reply = send(step, seen);
            assertThat(reply.status() + "").as(reply.body()).isEqualTo(spelled(step.member("status")));
            Json got = JsonText.reread(reply.body());
            step.member("ours")
                    .or(() -> step.member("reply"))
                    .ifPresent(wanted -> assertThat(differences("", filled(wanted, seen), got))
                            .isEmpty());
            if (step.member("capture").orElse(Json.Members.NONE) instanceof Json.Members(Map<String, Json> captured))
                captured.forEach((name, pointer) -> seen.put(name, at(got, spelled(Optional.of(pointer)))));
        }
    }

    private void startAnew() {
        String admin = api.as("admin");
        Matcher names = Pattern.compile("\"metadata\":\\{\"name\":\"([^\"]+)\"")
                .matcher(api.get("/api/v1/projects", admin).body());
        List<String> all = names.results().map(each -> each.group(1)).toList();
        for (String name : all) if (!name.equals("default")) api.delete("/api/v1/projects/" + name, admin);
        assertThat(api.post("/api/v1/projects", DEMO, admin).status()).isEqualTo(200);
    }

    private Optional<Json> answer(Json.Members step) {
        List<Json> question = items(step, "question");
        Json asked = new Json.Builder()
                .put("claims", step.member("claims").orElseThrow())
                .put("resource", question.get(0))
                .put("action", question.get(1))
                .put("object", question.get(2))
                .build();
        String told = api.post("/api/v1/policy/can", JsonText.text(asked), api.as("admin"))
                .told();
        assertThat(told).startsWith("200 ");
        boolean yes = told.equals("200 {\"allowed\":true}");
        return Optional.of(new Json.Builder().text("value", yes ? "yes" : "no").build());
    }

    private Reply send(Json.Members step, Map<String, String> seen) {
        List<String> headers = new ArrayList<>();
        step.member("as").ifPresent(each -> headers.add(api.as(spelled(Optional.of(each)))));
        if (step.member("headers").orElse(Json.Members.NONE) instanceof Json.Members(Map<String, Json> sent))
            sent.forEach((name, value) -> headers.add(name + ": " + filled(spelled(Optional.of(value)), seen)));
        String body = step.member("body")
                .map(each -> filled(spelled(Optional.of(each)), seen))
                .orElse("");
        return api.send(
                text(step, "method"),
                filled(text(step, "path"), seen),
                body.getBytes(StandardCharsets.UTF_8),
                headers.toArray(String[]::new));
    }

    private static List<String> differences(String path, Json wanted, Json got) {
        if (wanted instanceof Json.Members(Map<String, Json> members) && got instanceof Json.Members found) {
            List<String> differences = new ArrayList<>();
            if (members.isEmpty() && !found.all().isEmpty()) differences.add(path + ": not empty");
            members.forEach((name, each) -> differences.addAll(found.member(name)
                    .map(value -> differences(path + "/" + name, each, value))
                    .orElseGet(() -> List.of(path + "/" + name + ": missing"))));
            return differences;
        }
        if (wanted instanceof Json.Items(List<Json> some)
                && got instanceof Json.Items(List<Json> others)
                && some.size() == others.size())
            return Stream.iterate(0, each -> each < some.size(), each -> each + 1)
                    .flatMap(each -> differences(path + "/" + each, some.get(each), others.get(each)).stream())
                    .toList();
        if (wanted instanceof Json.Text(String pattern) && pattern.contains("{{"))
            return like(pattern, spelled(Optional.of(got)))
                    ? List.of()
                    : List.of(path + ": not like " + pattern + ": " + got);
        return wanted.equals(got) ? List.of() : List.of(path + ": wanted " + wanted + ", got " + got);
    }

    private static boolean like(String pattern, String got) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        Matcher place = PLACE.matcher(pattern);
        while (place.find()) {
            regex.append(Pattern.quote(pattern.substring(at, place.start())))
                    .append(
                            switch (place.group(1)) {
                                case "jwt" -> "[\\w-]+\\.[\\w-]+\\.[\\w-]+";
                                case "uid" -> "[\\w.-]+";
                                case "time" -> "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
                                case "integer" -> "-?\\d+";
                                default -> "(?s:.*)";
                            });
            at = place.end();
        }
        return got.matches(regex + Pattern.quote(pattern.substring(at)));
    }

    private static Json filled(Json value, Map<String, String> seen) {
        return switch (value) {
            case Json.Text(String text) -> Json.of(filled(text, seen));
            case Json.Items(List<Json> all) ->
                new Json.Items(all.stream().map(each -> filled(each, seen)).toList());
            case Json.Members(Map<String, Json> all) -> {
                Json.Builder built = new Json.Builder();
                all.forEach((name, each) -> built.put(name, filled(each, seen)));
                yield built.build();
            }
            default -> value;
        };
    }

    private static String filled(String text, Map<String, String> seen) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(seen.getOrDefault(place.group(1), place.group())));
    }

    private static String at(Json value, String pointer) {
        Json found = value;
        for (String each : pointer.substring(1).split("/", -1))
            found = switch (found) {
                case Json.Items(List<Json> all) -> all.get(Integer.parseInt(each));
                case Json.Members members -> members.member(each).orElseThrow();
                default -> throw new AssertionError("nothing at " + pointer);
            };
        return spelled(Optional.of(found));
    }

    private static String spelled(Optional<Json> value) {
        return switch (value.orElseThrow()) {
            case Json.Text(String text) -> text;
            case Json.Numeral(String number) -> number;
            case Json other -> other.toString();
        };
    }

    private static String text(Json.Members object, String name) {
        return spelled(object.member(name));
    }

    private static List<Json> items(Json.Members object, String name) {
        return object.member(name).orElseThrow() instanceof Json.Items(List<Json> all) ? all : List.of();
    }
}
