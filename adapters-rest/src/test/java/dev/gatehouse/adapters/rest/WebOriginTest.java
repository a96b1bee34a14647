package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebOriginTest {

    @ParameterizedTest
    @CsvSource({
        "http://a.example, http, a.example, 80",
        "https://a.example, https, a.example, 443",
        "https://a.example:8443, https, a.example, 8443",
        "HTTPS://A.Example, https, a.example, 443",
        "http://a.example:443, http, a.example, 443",
        "http://127.0.0.1:8080, http, 127.0.0.1, 8080",
        "http://[::1]:8080, http, [0:0:0:0:0:0:0:1], 8080",
        "https://[2001:DB8::1], https, [2001:db8:0:0:0:0:0:1], 443",
        "https://[2001:db8:0:0::1], https, [2001:db8:0:0:0:0:0:1], 443"
    })
    void one_origin_has_one_form(String text, String scheme, String host, int port) {
        assertThat(WebOrigin.parse(text)).hasValue(new WebOrigin(scheme, host, port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "a.example",
                "http://",
                "http:///",
                "http://a.example/",
                "http://a.example?x",
                "http://a.example#x",
                "http://user@a.example",
                "http://a.example:",
                "http://a.example:x",
                "http://a.example:123456",
                "http://a.example http://b.example",
                "http://a.example,http://b.example",
                "http://[::1",
                "http://::1",
                " http://a.example",
                "file://a.example",
                "chrome-extension://abc"
            })
    void whatever_else_a_header_holds_is_none(String text) {
        assertThat(WebOrigin.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"a.example, 443", "A.EXAMPLE:443, 443", "a.example:8080, 8080"})
    void a_host_without_a_port_has_that_of_the_scheme(String authority, int port) {
        assertThat(WebOrigin.of("https", authority)).hasValue(new WebOrigin("https", "a.example", port));
    }
}
