package dev.gatehouse.adapters.rest.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.rest.SessionCookie;
import dev.gatehouse.domain.token.PlainToken;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionCookieTest {
    private static final String PLAIN = "; path=/; SameSite=lax; httpOnly";
    private static final String SECURE = PLAIN + "; Secure";

    private static List<String> handOut(int length, boolean secure) {
        return SessionCookie.handOut(new PlainToken("x".repeat(length)), "/", secure);
    }

    @Test
    void a_token_of_4046_characters_fits_in_one_cookie_and_one_more_does_not() {
        assertThat(handOut(4046, false)).containsExactly("argocd.token=" + "x".repeat(4046) + PLAIN);
        assertThat(handOut(4047, false))
                .containsExactly("argocd.token=2:" + "x".repeat(4046) + PLAIN, "argocd.token-1=x" + PLAIN);
    }

    @Test
    void over_tls_the_cookie_is_secure_and_holds_4038() {
        assertThat(handOut(4038, true)).containsExactly("argocd.token=" + "x".repeat(4038) + SECURE);
        assertThat(handOut(4039, true))
                .containsExactly("argocd.token=2:" + "x".repeat(4038) + SECURE, "argocd.token-1=x" + SECURE);
    }

    @Test
    void no_cookie_is_longer_than_browsers_take() {
        assertThat(handOut(20 * 4046, false)).hasSize(20).allMatch(each -> each.length() <= 4096);
        assertThatThrownBy(() -> handOut(20 * 4046 + 1, false)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void only_cookies_that_were_sent_are_taken_back() {
        assertThat(SessionCookie.takeBack(List.of("a=b", "argocd.token-3=y; argocd.token-x=1"), "/", true))
                .containsExactly("argocd.token-3=" + SECURE + "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT");
        assertThat(SessionCookie.sent(List.of("a=b; argocd.token=1"))).isTrue();
        assertThat(SessionCookie.sent(List.of("a=b; argocd.token-1=1"))).isFalse();
    }
}
