package dev.gatehouse.domain.shared;

/**
 * Where a request came from, for the record; nothing here is proof of anything.
 *
 * @param address the source address as the server trusts it; empty when the service itself acts
 * @param userAgent what the client calls itself, cut to 256 characters; empty when it did not say
 * @param requestId the id under which the logs hold the request, 8 to 64 of {@code [A-Za-z0-9._-]}
 */
public record Origin(String address, String userAgent, String requestId) {
    private static final int LONGEST_AGENT = 256;

    public Origin {
        if (userAgent.length() > LONGEST_AGENT) userAgent = userAgent.substring(0, LONGEST_AGENT);
    }

    /** The service itself, at start or on a schedule. */
    public static Origin itself(String requestId) {
        return new Origin("", "", requestId);
    }
}
