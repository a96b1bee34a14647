package dev.gatehouse.adapters.rest.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in a project's spec besides roles is checked, too (Argo CD contract 4.3). */
@MicronautTest
class ProjectRulesTest {
    private final Api api;
    private final String admin;

    ProjectRulesTest(Api api) {
        this.api = api;
        this.admin = api.as("admin");
    }

    private String create(String name, String spec) {
        return api.post(
                        "/api/v1/projects",
                        "{\"project\":{\"metadata\":{\"name\":\"" + name + "\"},\"spec\":" + spec + "}}",
                        admin)
                .told();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"destinations\":[{\"server\":\"!*\",\"namespace\":\"x\"}]} | 400 | 3 | server has an invalid format, '!*'",
                "{\"destinations\":[{\"name\":\"!*\",\"namespace\":\"x\"}]} | 400 | 3 | name has an invalid format, '!*'",
                "{\"destinations\":[{\"server\":\"x\",\"namespace\":\"!*\"}]} | 400 | 3 | namespace has an invalid format, '!*'",
                "{\"destinations\":[{\"name\":\"s\",\"namespace\":\"n\"},{\"server\":\"s\",\"namespace\":\"n\"}]} | 400 | 3 | destination 's/n' already added",
                "{\"destinations\":[{\"name\":\"c\",\"namespace\":\"n\"},{\"name\":\"c\",\"namespace\":\"n\"}]} | 400 | 3 | destination 'c/n' already added",
                "{\"roles\":[{\"name\":\"r\",\"groups\":[\"a\\\"b\"]}]} | 400 | 3 | group 'a\"b' contains invalid characters",
                "{\"sourceNamespaces\":[\"a\",\"a\"]} | 400 | 3 | source namespace 'a' already added",
                "{\"sourceRepos\":[\"!*\"]} | 400 | 3 | source repository has an invalid format, '!*'",
                "{\"sourceRepos\":[\"a\",\"b\",\"a\"]} | 400 | 3 | source repository 'a' already added",
                "{\"destinations\":[{\"server\":\"!*\"}],\"sourceRepos\":[\"!*\"],\"roles\":[{\"name\":\"-\"}]} | 400 | 3 | server has an invalid format, '!*'",
                "{\"roles\":[{\"name\":\"-\"}],\"syncWindows\":[{}]} | 400 | 3 | invalid role name '-'. Must consist of alphanumeric characters, '-' or '_', and must start and end with an alphanumeric character",
                "{\"roles\":[{\"name\":\"r\"},{\"name\":\"r\",\"groups\":[\"\"]}]} | 409 | 6 | role 'r' already exists",
                "{\"syncWindows\":[{\"kind\":\"x\",\"schedule\":\"* * * * *\",\"duration\":\"1h\",\"applications\":[\"*\"]}]} | 400 | 3 | kind 'x' mismatch: can only be allow or deny",
                "{\"syncWindows\":[{\"kind\":\"deny\",\"schedule\":\"@daily\",\"duration\":\"1h\",\"applications\":[\"*\"]}]} | 400 | 3 | cannot parse schedule '@daily': use five fields in place of '@daily'",
                "{\"syncWindows\":[{\"kind\":\"deny\",\"schedule\":\"* * * *\",\"duration\":\"1h\",\"applications\":[\"*\"]}]} | 400 | 3 | cannot parse schedule '* * * *': it must have five fields (minute, hour, day, month, weekday), not 4",
                "{\"description\":\"a\\u001bb\"} | 400 | 3 | spec.description holds the control character U+001B; leave it out: of these, line feeds and tabs alone are taken",
                "{\"roles\":[{\"name\":\"ci\",\"description\":\"a\\u007fb\"}]} | 400 | 3 | spec.roles.description holds the control character U+007F; leave it out: of these, line feeds and tabs alone are taken",
                "{\"syncWindows\":[{\"kind\":\"allow\",\"schedule\":\"* * * * *\",\"duration\":\"1h\",\"applications\":[\"*\"],\"description\":\"\\u0085\"}]} | 400 | 3 | spec.syncWindows.description holds the control character U+0085; leave it out: of these, line feeds and tabs alone are taken",
                "{\"syncWindows\":[{\"kind\":\"allow\",\"schedule\":\"* * * * *\",\"duration\":\"x\",\"applications\":[\"*\"]}]} | 400 | 3 | cannot parse duration 'x': use numbers with units, as 90m or 1h30m",
                "{\"syncWindows\":[{\"kind\":\"allow\",\"schedule\":\"* * * * *\",\"duration\":\"1h\",\"timeZone\":\"Mars/Olympus\",\"applications\":[\"*\"]}]} | 400 | 3 | unknown timeZone 'Mars/Olympus'; use a name of the IANA database, as Europe/Berlin, or leave it out for UTC",
                "{\"syncWindows\":[{\"kind\":\"allow\",\"schedule\":\"* * * * *\",\"duration\":\"1h\"}]} | 400 | 11 | window 'allow':'* * * * *':'1h' requires one of application, cluster or namespace",
                "{\"syncWindows\":[{\"kind\":\"allow\",\"schedule\":\"* * * * *\",\"duration\":\"1h\",\"applications\":[\"*\"]},{\"kind\":\"allow\",\"schedule\":\"* * * * *\",\"duration\":\"1h\",\"applications\":[\"*\"],\"manualSync\":true,\"description\":\"d\"}]} | 409 | 6 | sync window with kind 'allow', schedule '* * * * *', and duration '1h' already exists (hash=16039333382972161742, duplicate detected)",
                "{\"destinationServiceAccounts\":[{\"server\":\"!s\",\"defaultServiceAccount\":\"sa\"}]} | 400 | 3 | server has an invalid format, '!s'",
                "{\"destinationServiceAccounts\":[{\"server\":\"s\",\"namespace\":\"!n\",\"defaultServiceAccount\":\"sa\"}]} | 400 | 3 | namespace has an invalid format, '!n'",
                "{\"destinationServiceAccounts\":[{\"server\":\"s\",\"namespace\":\"[a\",\"defaultServiceAccount\":\"sa\"}]} | 400 | 3 | namespace has an invalid format, '[a'",
                "{\"destinationServiceAccounts\":[{\"server\":\"{s\",\"defaultServiceAccount\":\"sa\"}]} | 400 | 3 | server has an invalid format, '{s'",
                "{\"destinationServiceAccounts\":[{\"server\":\"s\",\"defaultServiceAccount\":\" \"}]} | 400 | 3 | defaultServiceAccount has an invalid format, ' '",
                "{\"destinationServiceAccounts\":[{\"server\":\"s\",\"defaultServiceAccount\":\"a/b\"}]} | 400 | 3 | defaultServiceAccount has an invalid format, 'a/b'",
                "{\"destinationServiceAccounts\":[{\"server\":\"s\",\"namespace\":\"n\",\"defaultServiceAccount\":\"a\"},{\"server\":\"s\",\"namespace\":\"n\",\"defaultServiceAccount\":\"b\"}]} | 400 | 3 | destinationServiceAccount 's/n' already added",
            })
    void each_rule_of_the_bounds_is_told(String spec, int status, int code, String told) {
        assertThat(create("x", spec)).isEqualTo(Api.error(status, code, told));
        String version = api.get("/api/v1/projects/default", admin)
                .body()
                .replaceAll("(?s).*?\"resourceVersion\":\"(\\d+)\".*", "$1");
        assertThat(api.put(
                                "/api/v1/projects/default",
                                "{\"project\":{\"metadata\":{\"resourceVersion\":\"" + version + "\"},\"spec\":" + spec
                                        + "}}",
                                admin)
                        .told())
                .isEqualTo(Api.error(status, code, told));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!a", "a*", "[a", "a]", "{a", "a}", "a\\b", "a/b"})
    void what_is_no_part_of_an_account_is_refused_wherever_it_stands(String account) {
        String written = account.replace("\\", "\\\\");
        assertThat(create(
                        "x",
                        "{\"destinationServiceAccounts\":[{\"server\":\"s\",\"defaultServiceAccount\":\"" + written
                                + "\"}]}"))
                .isEqualTo(Api.error(400, 3, "defaultServiceAccount has an invalid format, '" + account + "'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"description\":\"two\\nlines\\tand a tab\"}",
                "{\"syncWindows\":[{\"kind\":\"allow\",\"schedule\":\"0 0 * * 1-5\",\"duration\":\"1h30m\",\"clusters\":[\"*\"]},{\"kind\":\"deny\",\"schedule\":\"0 0 * * 1-5\",\"duration\":\"1h30m\",\"clusters\":[\"*\"]}]}",
                "{\"destinationServiceAccounts\":[{\"server\":\"https://*.example.com\",\"namespace\":\"{a,b}-[a-c]\",\"defaultServiceAccount\":\"ns:sa\"}]}",
                "{\"destinations\":[{\"server\":\"!https://x\",\"namespace\":\"!n\"},{\"server\":\"s\",\"namespace\":\"n\",\"name\":\"!x\"}]}"
            })
    void what_breaks_no_rule_is_kept(String spec) {
        assertThat(create("kept", spec)).startsWith("200 ").contains("\"spec\":" + spec);
        api.delete("/api/v1/projects/kept", admin);
    }

    @Test
    void a_description_of_a_window_has_255_characters_at_most() {
        String window =
                "{\"syncWindows\":[{\"kind\":\"allow\",\"schedule\":\"* * * * *\",\"duration\":\"1h\",\"namespaces\":[\"*\"],"
                        + "\"description\":\"%s\"}]}";
        assertThat(create("x", window.formatted("e".repeat(256))))
                .isEqualTo(Api.error(400, 3, "description must not exceed 255 characters"));
        assertThat(create("wide", window.formatted("\u00e9".repeat(255)))).startsWith("200 ");
    }

    @Test
    void a_project_holds_so_much_and_no_more() {
        String roles = IntStream.rangeClosed(0, 1000)
                .mapToObj(each -> "{\"name\":\"r" + each + "\"}")
                .collect(Collectors.joining(",", "{\"roles\":[", "]}"));
        assertThat(create("x", roles))
                .isEqualTo(Api.error(400, 3, "spec.roles: more than 1000 roles; that is the most a project holds"));
        String groups = IntStream.rangeClosed(0, 1000)
                .mapToObj(each -> "\"g" + each + "\"")
                .collect(Collectors.joining(",", "{\"roles\":[{\"name\":\"r\",\"groups\":[", "]}]}"));
        assertThat(create("x", groups))
                .isEqualTo(Api.error(
                        400, 3, "spec.roles.groups: more than 1000 groups; that is the most a project holds"));
        assertThat(create("x", groups.replace("groups", "policies")))
                .isEqualTo(Api.error(
                        400, 3, "spec.roles.policies: more than 1000 policies; that is the most a project holds"));
        assertThat(create("x", "{\"roles\":[{\"name\":\"r\",\"groups\":[\"" + "g".repeat(1001) + "\"]}]}"))
                .isEqualTo(Api.error(
                        400, 3, "spec.roles.groups: more than 1000 characters; that is the most a project holds"));
        assertThat(create("x", "{\"roles\":[{\"name\":\"r\",\"description\":\"" + "d".repeat(1001) + "\"}]}"))
                .isEqualTo(Api.error(
                        400, 3, "spec.roles.description: more than 1000 characters; that is the most a project holds"));
        assertThat(api.post(
                                "/api/v1/projects",
                                "{\"project\":{\"metadata\":{\"name\":\"x\",\"annotations\":{\"a\":\""
                                        + "a".repeat(256 << 10) + "\"}}}}",
                                admin)
                        .told())
                .isEqualTo(Api.error(
                        400,
                        3,
                        "metadata: more than 262144 characters of labels and annotations; that is the most a project"
                                + " holds"));
    }
}
