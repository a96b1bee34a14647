package dev.gatehouse.adapters.testkit.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.domain.token.PublishedKey;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.TokenSigner;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What all {@link PublishedKeys} promise. */
public interface PublishedKeysContract {
    /** The port under test. */
    PublishedKeys publishedKeys();

    /** What signs with the active key. */
    TokenSigner tokenSigner();

    @Test
    default void the_key_that_signs_now_comes_first() {
        String header = CompactForm.of(
                        tokenSigner().sign(TokenFixtures.claims()).reveal())
                .header();
        Map<String, StrictJson.Value> members =
                StrictJson.object(CompactForm.decode(header)).orElseThrow();

        PublishedKey first = publishedKeys().published().getFirst();

        assertThat(members.get("kid"))
                .isEqualTo(new StrictJson.Value.Text(first.members().getOrDefault("kid", "")));
    }

    @Test
    default void every_key_says_what_a_stranger_needs() {
        assertThat(publishedKeys().published()).isNotEmpty().allSatisfy(key -> {
            Map<String, String> members = key.members();
            assertThat(members).containsKeys("kty", "kid", "alg").containsEntry("use", "sig");
            assertThat(members.values()).noneMatch(String::isEmpty);
            switch (members.getOrDefault("alg", "")) {
                case "ES256" ->
                    assertThat(members)
                            .containsEntry("kty", "EC")
                            .containsEntry("crv", "P-256")
                            .hasEntrySatisfying("x", each -> assertThat(each).hasSize(43))
                            .hasEntrySatisfying("y", each -> assertThat(each).hasSize(43));
                case "EdDSA" ->
                    assertThat(members)
                            .containsEntry("kty", "OKP")
                            .containsEntry("crv", "Ed25519")
                            .hasEntrySatisfying("x", each -> assertThat(each).hasSize(43));
                case "RS256" ->
                    assertThat(members)
                            .containsEntry("kty", "RSA")
                            .containsKey("e")
                            .hasEntrySatisfying("n", each -> assertThat(each).hasSizeGreaterThanOrEqualTo(342));
                default -> throw new AssertionError("no algorithm of ours: " + members);
            }
        });
    }

    @Test
    default void no_key_shows_a_private_member() {
        assertThat(publishedKeys().published())
                .allSatisfy(key -> assertThat(key.members())
                        .doesNotContainKeys("d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"));
    }

    @Test
    default void no_two_keys_have_one_name() {
        assertThat(publishedKeys().published())
                .extracting(each -> each.members().getOrDefault("kid", ""))
                .doesNotHaveDuplicates();
    }
}
