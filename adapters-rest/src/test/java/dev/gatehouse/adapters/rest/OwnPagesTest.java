package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose pages a cookie acts for, by what is known of the way to this server (D4). */
class OwnPagesTest {

    /** A write by cookie that lacks everything else: 400 when the page is one of ours, 403 when it is not. */
    private static int write(Api api, String origin, String host, String... more) {
        List<String> lines = new ArrayList<>(List.of("POST /api/v1/projects HTTP/1.1", "Host: " + host));
        lines.addAll(List.of("Origin: " + origin, Api.JSON, "Content-Length: 0", api.cookieOf("admin")));
        lines.addAll(List.of(more));
        return api.raw(lines.toArray(String[]::new)).orElseThrow().status();
    }

    @Nested
    @MicronautTest
    class WithoutAnySetting {
        private final Api api;

        WithoutAnySetting(Api api) {
            this.api = api;
        }

        @ParameterizedTest
        @CsvSource({
            "http://gate.example, gate.example, 400",
            "http://gate.example, GATE.example, 400",
            "http://gate.example, gate.example:80, 400",
            "http://gate.example:8080, gate.example:8080, 400",
            "http://[::1]:8080, [::1]:8080, 400",
            "http://[::1]:8080, [0:0::1]:8080, 400",
            // TLS may have ended at a proxy that this server was not told of.
            "https://gate.example, gate.example, 400",
            "https://gate.example, gate.example:443, 400",
            "http://gate.example:8080, gate.example, 403",
            "http://gate.example, gate.example:8080, 403",
            "http://gate.example, gate.example:443, 403",
            "https://gate.example, gate.example:80, 403",
            "http://www.gate.example, gate.example, 403",
            "http://gate.example.evil, gate.example, 403",
            "http://gate.example., gate.example, 403",
            "http://[::2]:8080, [::1]:8080, 403",
            "null, gate.example, 403",
            "null, 'null', 403"
        })
        void they_are_those_of_the_host_that_was_asked(String origin, String host, int status) {
            assertThat(write(api, origin, host)).isEqualTo(status);
        }

        @ParameterizedTest
        @CsvSource({"X-Forwarded-Host: gate.example", "Forwarded: host=gate.example"})
        void what_anybody_says_of_another_host_is_not_believed(String header) {
            assertThat(write(api, "http://gate.example", "10.0.0.1:8080", header))
                    .isEqualTo(403);
        }
    }

    @Nested
    @MicronautTest
    @Property(name = "gatehouse.public-url", value = "https://gate.example")
    class WithAPublicUrl {
        private final Api api;

        WithAPublicUrl(Api api) {
            this.api = api;
        }

        @ParameterizedTest
        @CsvSource({
            "https://gate.example, 10.0.0.1:8080, 400",
            "https://gate.example:443, 10.0.0.1:8080, 400",
            "https://GATE.example, 10.0.0.1:8080, 400",
            "https://gate.example, gate.example, 400",
            "http://localhost:8080, localhost:8080, 400",
            "http://gate.example:8080, gate.example:8080, 400",
            // The same host without TLS is where somebody on the way could write pages.
            "http://gate.example, gate.example, 403",
            "http://gate.example, 10.0.0.1:8080, 403",
            "https://gate.example:8443, 10.0.0.1:8080, 403",
            "https://other.example, gate.example, 403",
            "null, gate.example, 403"
        })
        void they_are_those_of_that_url_too(String origin, String host, int status) {
            assertThat(write(api, origin, host)).isEqualTo(status);
        }
    }

    @Nested
    @MicronautTest
    @Property(name = "gatehouse.trusted-proxies", value = "127.0.0.0/8")
    class BehindATrustedProxy {
        private final Api api;

        BehindATrustedProxy(Api api) {
            this.api = api;
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "http://gate.example | X-Forwarded-Host: gate.example | 400",
                    "https://gate.example | X-Forwarded-Host: gate.example | 400",
                    "https://gate.example:8443 | X-Forwarded-Host: gate.example:8443 | 400",
                    "https://gate.example | Forwarded: for=203.0.113.7;host=gate.example;proto=https | 400",
                    "https://[2001:db8::1] | Forwarded: host=\"[2001:db8::1]\" | 400",
                    "http://10.0.0.1:8080 | X-Forwarded-Host: gate.example | 400",
                    // Only what the nearest says was not told to it by somebody else.
                    "http://evil.example | X-Forwarded-Host: evil.example, gate.example | 403",
                    "http://gate.example | Forwarded: host=gate.example;proto=https | 403",
                    "http://gate.example | X-Forwarded-Host: | 403",
                    "http://gate.example | Forwarded: for=203.0.113.7 | 403",
                    "http://evil.example | X-Forwarded-Host: gate.example | 403"
                })
        void they_are_those_of_the_host_that_the_proxy_was_asked_for(String origin, String header, int status) {
            assertThat(write(api, origin, "10.0.0.1:8080", header)).isEqualTo(status);
        }

        @ParameterizedTest
        @CsvSource({"gate.example, other.example", "other.example, gate.example"})
        void where_two_headers_disagree_neither_is_believed(String one, String two) {
            assertThat(write(
                            api,
                            "http://gate.example",
                            "10.0.0.1:8080",
                            "X-Forwarded-Host: " + one,
                            "Forwarded: host=" + two))
                    .isEqualTo(403);
        }
    }
}
