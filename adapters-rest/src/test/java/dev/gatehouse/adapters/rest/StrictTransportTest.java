package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import org.junit.jupiter.api.Test;

/** Other services of the host have no TLS, so that browsers are told nothing. */
@MicronautTest
@Property(name = "gatehouse.public-url", value = "https://gate.example.com")
@Property(name = "gatehouse.hsts-seconds", value = "0")
class StrictTransportTest {
    private final Api api;

    StrictTransportTest(Api api) {
        this.api = api;
    }

    @Test
    void no_browser_is_kept_to_tls_where_the_operator_does_not_want_it() {
        Api.Reply reply = api.delete("/api/v1/session", "Cookie: argocd.token=x", Api.JSON);
        assertThat(reply.header("Set-Cookie")).as("it is asked by TLS").contains("; Secure");
        assertThat(reply.header("Strict-Transport-Security")).isEmpty();
    }
}
