package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
    private static final Map<String, String> TLS =
            Map.of("GATEHOUSE_TLS_CERTIFICATE", "tls.crt", "GATEHOUSE_TLS_KEY", "tls.key");

    private static Map<String, String> with(Map<String, String> one, String... others) {
        Map<String, String> all = new HashMap<>(one);
        for (int i = 0; i < others.length; i += 2) all.put(others[i], others[i + 1]);
        return all;
    }

    private static void refused(Map<String, String> environment, String... texts) {
        assertThatThrownBy(() -> Settings.from(environment))
                .isInstanceOf(Settings.Unusable.class)
                .hasMessageContainingAll(texts);
    }

    @Test
    void without_any_setting_it_is_plain_http_at_the_root() throws Exception {
        Settings settings = Settings.from(Map.of());
        assertThat(settings.transport().tls()).isEmpty();
        assertThat(settings.properties())
                .containsEntry("gatehouse.root-path", "")
                .containsEntry("gatehouse.transport.connections", 4096)
                .containsEntry("gatehouse.transport.connections-per-address", 1024)
                .containsEntry("gatehouse.transport.head", "10000ms")
                .containsEntry("gatehouse.transport.body", "60000ms")
                .containsEntry("gatehouse.transport.reply", "60000ms")
                .containsEntry("gatehouse.transport.idle", "75000ms")
                .doesNotContainKeys("micronaut.server.ssl.enabled", "micronaut.server.http-version");
    }

    @Test
    void certificate_and_key_make_tls_of_it() throws Exception {
        Settings settings = Settings.from(with(TLS, "GATEHOUSE_PORT", "0"));
        assertThat(settings.transport().tls())
                .hasValueSatisfying(tls -> assertThat(tls.certificate()).isAbsolute());
        assertThat(settings.properties())
                .containsEntry("micronaut.server.ssl.enabled", true)
                .containsEntry("micronaut.server.ssl.port", -1)
                .containsEntry("micronaut.server.http-version", "2.0")
                .containsEntry("gatehouse.transport.redirect-plain", false);
        assertThat(settings.summary()).contains("TLS");
    }

    @Test
    void one_of_the_two_is_not_enough() {
        refused(Map.of("GATEHOUSE_TLS_KEY", "tls.key"), "GATEHOUSE_TLS_CERTIFICATE is not set", "set both");
        refused(Map.of("GATEHOUSE_TLS_CERTIFICATE", "tls.crt"), "GATEHOUSE_TLS_KEY is not set", "set both");
    }

    @Test
    void a_redirect_needs_tls_and_a_place_to_go_to() throws Exception {
        refused(
                Map.of("GATEHOUSE_PLAIN_HTTP", "redirect", "GATEHOUSE_PUBLIC_URL", "https://gate.example.com"),
                "GATEHOUSE_PLAIN_HTTP is 'redirect', and there is no TLS");
        refused(with(TLS, "GATEHOUSE_PLAIN_HTTP", "redirect"), "set GATEHOUSE_PUBLIC_URL");
        refused(
                with(TLS, "GATEHOUSE_PLAIN_HTTP", "redirect", "GATEHOUSE_PUBLIC_URL", "http://gate.example.com"),
                "set GATEHOUSE_PUBLIC_URL",
                "https://");
        assertThat(Settings.from(with(
                                TLS,
                                "GATEHOUSE_PLAIN_HTTP",
                                "redirect",
                                "GATEHOUSE_PUBLIC_URL",
                                "https://gate.example.com/"))
                        .properties())
                .containsEntry("gatehouse.transport.redirect-plain", true);
    }

    @ParameterizedTest
    @CsvSource({"/x, /x", "/x/, /x", "/tools/gate-1, /tools/gate-1", "/, ''", "'', ''", "/...x, /...x"})
    void a_root_path_is_taken_with_and_without_a_slash_at_its_end(String set, String taken) throws Exception {
        assertThat(Settings.from(Map.of("GATEHOUSE_ROOT_PATH", set)).transport().rootPath())
                .isEqualTo(taken);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "//",
                "/x//y",
                "/x//",
                "/..",
                "/x/../y",
                "/.",
                "/a b",
                "/%41",
                "/x;y",
                "/x?y",
                "/é",
                "/healthz"
            })
    void a_root_path_that_is_none_is_named(String set) {
        refused(Map.of("GATEHOUSE_ROOT_PATH", set), "GATEHOUSE_ROOT_PATH is '" + set + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gate.example.com",
                "ftp://gate.example.com",
                "https://",
                "https:///x",
                "https://user@gate.example.com",
                "https://gate.example.com?x",
                "https://gate.example.com#x",
                "https://a b",
                "https://:8443"
            })
    void a_public_url_that_is_none_is_named(String set) {
        refused(Map.of("GATEHOUSE_PUBLIC_URL", set), "GATEHOUSE_PUBLIC_URL is '" + set + "'");
    }

    @Test
    void public_url_and_root_path_agree() throws Exception {
        refused(
                Map.of("GATEHOUSE_PUBLIC_URL", "https://gate.example.com/x"),
                "GATEHOUSE_PUBLIC_URL is",
                "GATEHOUSE_ROOT_PATH is ''");
        refused(
                Map.of("GATEHOUSE_PUBLIC_URL", "https://gate.example.com", "GATEHOUSE_ROOT_PATH", "/x"),
                "GATEHOUSE_ROOT_PATH is '/x'");
        assertThat(Settings.from(Map.of(
                                "GATEHOUSE_PUBLIC_URL", "https://[2001:db8::1]:8443/x/", "GATEHOUSE_ROOT_PATH", "/x"))
                        .properties())
                .containsEntry("gatehouse.public-url", "https://[2001:db8::1]:8443/x/")
                .containsEntry("gatehouse.root-path", "/x");
    }

    @ParameterizedTest
    @CsvSource({
        "GATEHOUSE_PLAIN_HTTP, allow, one of refuse",
        "GATEHOUSE_TLS_RELOAD_SECONDS, 0, from 1 to 3600",
        "GATEHOUSE_HSTS_SECONDS, -1, from 0 to 63072000",
        "GATEHOUSE_MAX_CONNECTIONS, 0, from 1 to 1000000",
        "GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS, -1, from 0 to 1000000",
        "GATEHOUSE_HEAD_SECONDS, 0, from 1 to 3600",
        "GATEHOUSE_BODY_SECONDS, 1h, from 1 to 3600",
        "GATEHOUSE_REPLY_SECONDS, 0, from 1 to 3600",
        "GATEHOUSE_IDLE_SECONDS, 3601, from 1 to 3600"
    })
    void a_wrong_one_is_named_with_what_it_must_be(String name, String value, String demand) {
        refused(Map.of(name, value), name + " is '" + value + "'", demand);
    }
}
