package dev.gatehouse.adapters.rest;

import java.util.Optional;

/** The version at which a client of our own API read what it changes. */
public final class ResourceVersion {
    private ResourceVersion() {}

    /**
     * From the body or from {@code If-Match} (RFC 9110 section 13.1.1); absent when it is in neither.
     *
     * @param inBody the member {@code resourceVersion}
     * @param ifMatch the header, in quotes or bare
     */
    public static Optional<Integer> of(Optional<String> inBody, Optional<String> ifMatch) {
        Optional<String> inHeader = ifMatch.map(ResourceVersion::unquoted);
        if (inBody.isPresent() && inHeader.isPresent() && !inBody.equals(inHeader))
            throw Body.invalid("resourceVersion and If-Match differ; send one of them");
        return inBody.or(() -> inHeader).map(each -> {
            try {
                return Integer.valueOf(each);
            } catch (NumberFormatException e) {
                throw Body.invalid(
                        "resourceVersion '" + each + "' is none that was ever given out; send the one you read");
            }
        });
    }

    private static String unquoted(String tag) {
        boolean quoted = tag.length() >= 2 && tag.startsWith("\"") && tag.endsWith("\"");
        return quoted ? tag.substring(1, tag.length() - 1) : tag;
    }
}
