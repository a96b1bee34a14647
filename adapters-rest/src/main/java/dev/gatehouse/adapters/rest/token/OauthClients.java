package dev.gatehouse.adapters.rest.token;

import dev.gatehouse.adapters.rest.Problem;
import dev.gatehouse.adapters.rest.Visitor;
import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.token.PlainToken;
import io.micronaut.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Who calls the OAuth endpoints: by a bearer token (RFC 6750), or as client libraries do, by HTTP Basic with the name of the
 * subject and a token of it in place of a secret (RFC 6749 section 2.3.1). Never by a cookie.
 */
@Singleton
class OauthClients {
    private static final String BASIC = "Basic ";
    private static final String BEARER = "Bearer";

    private final Authenticating authenticating;

    OauthClients(Authenticating authenticating) {
        this.authenticating = authenticating;
    }

    /** Who it is, or what to answer. */
    sealed interface Client {
        record Known(Caller caller) implements Client {}

        record Unknown(OauthError error, String message) implements Client {}
    }

    Client of(Visitor visitor, HttpHeaders headers) {
        List<String> shown = headers.getAll(HttpHeaders.AUTHORIZATION);
        Optional<String> basic = shown.stream()
                .filter(each -> each.regionMatches(true, 0, BASIC, 0, BASIC.length()))
                .findFirst();
        if (shown.size() > 1)
            return new Client.Unknown(
                    OauthError.INVALID_REQUEST, "say who you are once: there are several Authorization headers");
        if (basic.isPresent())
            return byBasic(basic.get().substring(BASIC.length()).strip(), visitor);
        if (visitor.byCookie() || !visitor.headerShown() || !shown.stream().allMatch(OauthClients::isBearer))
            return new Client.Unknown(
                    OauthError.INVALID_CLIENT,
                    "say who you are with Authorization: Bearer and a token, or Basic with a name and a token of it");
        return visitor.caller()
                .<Client>map(Client.Known::new)
                .orElseGet(() -> new Client.Unknown(
                        OauthError.INVALID_TOKEN,
                        visitor.refusal().map(Problem::message).orElse("no token was shown")));
    }

    /** Also one without a token behind it. */
    private static boolean isBearer(String header) {
        int end = BEARER.length();
        return header.regionMatches(true, 0, BEARER, 0, end) && (header.length() == end || header.charAt(end) == ' ');
    }

    private Client byBasic(String encoded, Visitor visitor) {
        Client unknown = new Client.Unknown(
                OauthError.INVALID_CLIENT,
                "the name and the token in Authorization: Basic do not belong together, or do not count");
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return unknown;
        }
        int colon = pair.indexOf(':');
        if (colon < 0) return unknown;
        String name;
        PlainToken secret;
        try {
            name = decoded(pair.substring(0, colon));
            secret = new PlainToken(decoded(pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return unknown;
        }
        return authenticating
                .inspect(secret, visitor.origin())
                .map(Authenticating.Inspected::caller)
                .filter(each -> each.name().equals(name))
                .<Client>map(Client.Known::new)
                .orElse(unknown);
    }

    /** RFC 6749 section 2.3.1: each half is encoded as in a form; a name with colons could not be sent otherwise. */
    private static String decoded(String half) {
        return URLDecoder.decode(half, StandardCharsets.UTF_8);
    }
}
