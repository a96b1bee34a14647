package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.rest.Api.Reply;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import org.junit.jupiter.api.Test;

/** Where a token is taken from, in which order (Argo CD contract 0.3). */
@MicronautTest
class CredentialTest {
    private static final String NOBODY = Api.error(401, 16, "no session information");

    private final Api api;
    private final String token;

    CredentialTest(Api api, World world) {
        this.api = api;
        this.token = world.sessionToken("admin").reveal();
    }

    private Reply ask(String... headers) {
        return api.get("/api/v1/account/admin", headers);
    }

    private void known(String... headers) {
        assertThat(ask(headers).status()).isEqualTo(200);
    }

    private void nobody(String... headers) {
        assertThat(ask(headers).told()).isEqualTo(NOBODY);
    }

    @Test
    void what_a_client_says_it_is_changes_nothing() {
        for (String agent : new String[] {"argocd-client/v1.3.0", "argocd-client/x", "grpc-go/1.15.0"})
            known("Authorization: Bearer " + token, "User-Agent: " + agent);
    }

    @Test
    void nothing_shown_is_nobody() {
        nobody();
    }

    @Test
    void the_metadata_header_wins_even_when_it_is_empty() {
        known("Grpc-Metadata-Token: " + token);
        known("Grpc-Metadata-Token: " + token, "Authorization: Bearer x.y.z");
        nobody("Grpc-Metadata-Token: ", "Authorization: Bearer " + token);
        assertThat(ask("Grpc-Metadata-Token: abc", "Authorization: Bearer " + token)
                        .told())
                .isEqualTo(Api.error(
                        401, 16, "invalid session: token is malformed: token contains an invalid number of segments"));
    }

    @Test
    void a_bearer_token_is_exactly_that() {
        for (String scheme : new String[] {"Bearer", "bearer", "BEARER"})
            known("Authorization: " + scheme + " " + token);
        nobody("Authorization: " + token);
        nobody("Authorization: Basic " + token);
        nobody("Authorization: Bearer abc");
        nobody("Authorization: Bearer a.b");
        nobody("Token: " + token);
    }

    @Test
    void the_first_bearer_token_that_looks_like_one_counts() {
        known("Authorization: Basic x", "Authorization: Bearer " + token);
        known("Authorization: Bearer abc", "Authorization: Bearer " + token);
    }

    @Test
    void a_candidate_without_two_dots_leaves_the_cookie_its_turn() {
        known("Authorization: Bearer abc", "Cookie: argocd.token=" + token);
    }

    @Test
    void a_bad_bearer_token_is_not_made_up_for_by_a_good_cookie() {
        assertThat(ask("Authorization: Bearer a.b.c", "Cookie: argocd.token=" + token)
                        .told())
                .startsWith("401 {\"error\":\"invalid session: ");
    }

    @Test
    void the_cookie_is_found_among_others() {
        known("Cookie: a=b; argocd.token=" + token + "; c=d");
        known("Cookie: a=b;argocd.token=" + token);
        known("Cookie: \"odd; =; argocd.token=" + token);
        nobody("Cookie: argocd.token=abc");
        nobody("Cookie: argocd.token=");
        nobody("Cookie: Argocd.Token=" + token);
    }

    @Test
    void the_cookie_is_put_together_from_its_pieces() {
        int half = token.length() / 2;
        String first = token.substring(0, half);
        String second = token.substring(half);
        known("Cookie: argocd.token=1:" + token);
        known("Cookie: argocd.token-1=" + second + "; argocd.token=2:" + first);
        known("Cookie: argocd.token=3:" + first + "; argocd.token-1=" + second);
        nobody("Cookie: argocd.token=x:" + token);
        nobody("Cookie: argocd.token=2:3:" + token);
        nobody("Cookie: argocd.token=0:" + token);
        nobody("Cookie: argocd.token=-1:" + token);
        nobody("Cookie: argocd.token=99999999999:" + token);
        nobody("Cookie: argocd.token=21:" + token);
    }

    @Test
    void no_reply_asks_for_a_kind_of_credential() {
        assertThat(ask().header("WWW-Authenticate")).isEmpty();
    }
}
