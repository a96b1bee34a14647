package dev.gatehouse.adapters.rest;

import dev.gatehouse.domain.token.PlainToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cookie that carries a session's token, in pieces where it is long (Argo CD contract 2.6). */
public final class SessionCookie {
    public static final String NAME = "argocd.token";

    private static final int MOST_PIECES = 20;
    private static final int LONGEST_COOKIE = 4093;
    private static final int LONGEST_INDEX = 3;
    private static final String EXPIRED = "; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT";

    private SessionCookie() {}

    /**
     * The values of {@code Set-Cookie} that hand out a token.
     *
     * @param path which paths it is for
     */
    public static List<String> handOut(PlainToken token, String path, boolean secure) {
        String attributes = attributes(path, secure);
        int size = LONGEST_COOKIE - (NAME.length() + LONGEST_INDEX) - (attributes.length() + 2);
        String secret = token.reveal();
        int pieces = (secret.length() + size - 1) / size;
        if (pieces > MOST_PIECES) throw new IllegalStateException("the token needs " + pieces + " cookies");
        List<String> cookies = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            String piece = secret.substring(i * size, Math.min(secret.length(), (i + 1) * size));
            String value = i == 0 && pieces > 1 ? pieces + ":" + piece : piece;
            cookies.add(nameOf(i) + "=" + value + "; " + attributes);
        }
        return cookies;
    }

    /** The values of {@code Set-Cookie} that take back every cookie of this kind which the request sent. */
    public static List<String> takeBack(List<String> cookieHeaders, String path, boolean secure) {
        return all(cookieHeaders).keySet().stream()
                .filter(SessionCookie::isOurs)
                .map(each -> each + "=; " + attributes(path, secure) + EXPIRED)
                .toList();
    }

    /** Whether the request sent the cookie at all. */
    public static boolean sent(List<String> cookieHeaders) {
        return all(cookieHeaders).containsKey(NAME);
    }

    /** The token that the cookies hold together; absent when they hold none, or their count does not read. */
    static Optional<String> read(List<String> cookieHeaders) {
        Map<String, String> all = all(cookieHeaders);
        String first = all.getOrDefault(NAME, "");
        int colon = first.indexOf(':');
        if (colon < 0) return Optional.of(first).filter(each -> !each.isEmpty());
        int pieces = count(first.substring(0, colon));
        if (pieces < 1 || first.indexOf(':', colon + 1) >= 0) return Optional.empty();
        StringBuilder token = new StringBuilder(first.substring(colon + 1));
        for (int i = 1; i < pieces; i++) token.append(all.getOrDefault(nameOf(i), ""));
        return Optional.of(token.toString());
    }

    private static int count(String digits) {
        try {
            int count = Integer.parseInt(digits);
            return count <= MOST_PIECES ? count : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /** Lenient on purpose: other people's cookies may hold anything. Of two of one name the first counts. */
    private static Map<String, String> all(List<String> cookieHeaders) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String header : cookieHeaders) {
            for (String each : header.split(";", -1)) {
                int equals = each.indexOf('=');
                if (equals > 0)
                    all.putIfAbsent(
                            each.substring(0, equals).strip(),
                            each.substring(equals + 1).strip());
            }
        }
        return all;
    }

    private static boolean isOurs(String name) {
        return name.equals(NAME) || name.matches("argocd\\.token-[0-9]{1,2}");
    }

    private static String nameOf(int piece) {
        return piece == 0 ? NAME : NAME + "-" + piece;
    }

    private static String attributes(String path, boolean secure) {
        return "path=" + path + "; SameSite=lax; httpOnly" + (secure ? "; Secure" : "");
    }
}
