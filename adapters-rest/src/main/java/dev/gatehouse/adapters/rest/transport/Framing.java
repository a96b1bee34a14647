package dev.gatehouse.adapters.rest.transport;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Heads of HTTP/1 that the codec takes, and that a proxy before it may read otherwise: where the two disagree about the end
 * of a request or its reply, or whose it is, somebody's request hides in another's (RFC 9112 sections 3.2, 6.1 and 11.2).
 */
final class Framing {
    /** A host name, or an address of IPv6 in brackets, and a port. Empty: there is none to name (RFC 9112 3.2.3). */
    private static final Pattern HOST =
            Pattern.compile("(?:\\[[0-9A-Fa-f:.]+]|[^\\s/\\\\?#@\\[\\]:,]*)(?::[0-9]{0,5})?");

    private Framing() {}

    /** Whether it is clear what is asked of whom, and where the body ends. */
    static boolean isClear(HttpRequest request) {
        boolean current = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        boolean known = current || request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        return known
                && namesOneHost(request, current)
                && isChunkedOnceOrNotAtAll(request)
                && !isAlmostHead(request.method());
    }

    /** The framework takes it for HEAD and sends no body; whoever knows that the letter case counts waits for one. */
    private static boolean isAlmostHead(HttpMethod method) {
        return HttpMethod.HEAD.name().equalsIgnoreCase(method.name()) && !HttpMethod.HEAD.equals(method);
    }

    private static boolean namesOneHost(HttpRequest request, boolean demanded) {
        List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
        return hosts.isEmpty()
                ? !demanded
                : hosts.size() == 1 && HOST.matcher(hosts.getFirst()).matches();
    }

    /**
     * There is no other coding that the codec undoes, and what it does not know it takes for no body at all. A blank
     * before the word is what is left of a line that was folded (RFC 9112 5.2), which some read and some do not.
     */
    private static boolean isChunkedOnceOrNotAtAll(HttpRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return codings.isEmpty()
                || (codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst()));
    }
}
