package dev.gatehouse.adapters.rest.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.adapters.rest.Json;
import dev.gatehouse.adapters.rest.ProblemRaised;
import dev.gatehouse.application.token.PublishingKeys;
import dev.gatehouse.domain.token.PublishedKey;
import io.micronaut.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataControllerTest {
    private static MetadataController of(String issuer) {
        return new MetadataController(new PublishingKeys() {
            @Override
            public List<PublishedKey> published() {
                return List.of(
                        new PublishedKey(Map.of("kid", "a", "alg", "EdDSA")),
                        new PublishedKey(Map.of("kid", "b", "alg", "ES256")),
                        new PublishedKey(Map.of("kid", "c", "alg", "ES256")));
            }

            @Override
            public String issuer() {
                return issuer;
            }
        });
    }

    private static Map<String, Json> members(HttpResponse<Json> reply) {
        assertThat(reply.getHeaders().get("Cache-Control")).isEqualTo("public, max-age=300");
        return ((Json.Members) reply.body()).all();
    }

    private static Json texts(String... texts) {
        return new Json.Items(List.of(texts).stream().<Json>map(Json.Text::new).toList());
    }

    @Test
    void the_metadata_names_what_is_served_and_says_what_is_not() {
        Map<String, Json> all = members(of("https://gate.example.com").authorizationServer());
        assertThat(all)
                .containsEntry("issuer", new Json.Text("https://gate.example.com"))
                .containsEntry("jwks_uri", new Json.Text("https://gate.example.com/.well-known/jwks.json"))
                .containsEntry("introspection_endpoint", new Json.Text("https://gate.example.com/oauth2/introspect"))
                .containsEntry("revocation_endpoint", new Json.Text("https://gate.example.com/oauth2/revoke"))
                .containsEntry("introspection_endpoint_auth_methods_supported", texts("client_secret_basic", "Bearer"))
                .containsEntry("revocation_endpoint_auth_methods_supported", texts("client_secret_basic"))
                .containsEntry("response_types_supported", texts())
                .containsEntry("grant_types_supported", texts())
                .doesNotContainKeys("authorization_endpoint", "token_endpoint", "registration_endpoint");
    }

    @Test
    void openid_discovery_says_how_tokens_are_signed() {
        assertThat(members(of("https://gate.example.com/sub/").openid()))
                .containsEntry("issuer", new Json.Text("https://gate.example.com/sub/"))
                .containsEntry("jwks_uri", new Json.Text("https://gate.example.com/sub/.well-known/jwks.json"))
                .containsEntry("id_token_signing_alg_values_supported", texts("EdDSA", "ES256"))
                .containsEntry("subject_types_supported", texts("public"));
    }

    @Test
    void an_address_of_this_machine_may_do_without_tls() {
        assertThat(members(of("http://localhost:8080").openid()))
                .containsEntry("issuer", new Json.Text("http://localhost:8080"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "argocd",
                "http://gate.example.com",
                "https://gate.example.com?a=b",
                "https://gate.example.com#a",
                "https://me@gate.example.com",
                "https:///x",
                "https:gate",
                "a b",
                "ftp://gate.example.com"
            })
    void what_is_no_address_has_no_metadata(String issuer) {
        assertThatExceptionOfType(ProblemRaised.class)
                .isThrownBy(() -> of(issuer).authorizationServer());
        assertThatExceptionOfType(ProblemRaised.class)
                .isThrownBy(() -> of(issuer).openid());
    }
}
