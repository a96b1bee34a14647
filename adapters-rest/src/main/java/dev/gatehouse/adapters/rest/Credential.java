package dev.gatehouse.adapters.rest;

import dev.gatehouse.domain.token.PlainToken;
import io.micronaut.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * What a request shows to prove who asks (Argo CD contract 0.3).
 *
 * @param source where it stood
 */
record Credential(PlainToken token, Source source) {
    private static final String METADATA = "Grpc-Metadata-Token";
    private static final String BEARER = "Bearer ";

    /** Browsers add cookies by themselves, so a cookie proves less about who made the request. */
    enum Source {
        HEADER,
        COOKIE
    }

    /** The first that counts; absent when there is none. */
    static Optional<Credential> of(HttpHeaders headers) {
        List<String> metadata = headers.getAll(METADATA);
        if (!metadata.isEmpty())
            return Optional.of(metadata.getFirst())
                    .filter(each -> !each.isEmpty())
                    .map(each -> new Credential(new PlainToken(each), Source.HEADER));
        for (String each : headers.getAll(HttpHeaders.AUTHORIZATION))
            if (isBearer(each) && looksLikeToken(each))
                return Optional.of(new Credential(new PlainToken(each.substring(BEARER.length())), Source.HEADER));
        List<String> cookies = headers.getAll(HttpHeaders.COOKIE);
        return cookies.isEmpty()
                ? Optional.empty()
                : SessionCookie.read(cookies)
                        .filter(Credential::looksLikeToken)
                        .map(each -> new Credential(new PlainToken(each), Source.COOKIE));
    }

    /** Whether a header asks to be judged by what it holds, whatever that is. */
    static boolean headerShown(HttpHeaders headers) {
        return headers.contains(METADATA) || headers.contains(HttpHeaders.AUTHORIZATION);
    }

    /** The name of a scheme has no letter case (RFC 9110 11.1). */
    private static boolean isBearer(String header) {
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length());
    }

    private static boolean looksLikeToken(String text) {
        int first = text.indexOf('.');
        return first >= 0 && text.indexOf('.', first + 1) >= 0;
    }
}
