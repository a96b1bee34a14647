package dev.gatehouse.domain.webhook;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A message as it arrived, before anybody looked into it. */
public final class Delivery {
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * @param headers by their names in lower case; of a repeated header the first value
     * @param body the raw bytes that a signature covers
     */
    public Delivery(Map<String, String> headers, byte[] body) {
        this.headers = Map.copyOf(headers);
        this.body = body.clone();
    }

    /** The first value of this header, whatever the letter case of its name. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body itself, not to be written to. */
    byte[] signed() {
        return body;
    }

    @Override
    public String toString() {
        return "Delivery[" + body.length + " bytes]";
    }
}
