package dev.gatehouse.adapters.rest;

import dev.gatehouse.application.shared.Repetition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The header by which a client that got no reply asks again without making a second thing (Gatehouse contract 1). */
public final class IdempotencyKey {
    public static final String HEADER = "Idempotency-Key";

    /** For the description of the API. */
    public static final String DESCRIPTION = "1 to 255 visible ASCII characters; the same request with the same key"
            + " within 24 hours makes nothing again and is answered as the first was";

    private IdempotencyKey() {}

    /**
     * What the header asks for; absent without one.
     *
     * @param act what this call does, and to what: the same body sent for another act is another request
     * @param unsaid members that do not count, since nothing may be kept that is made of them; whether they are there does
     */
    public static Optional<Repetition> of(@Nullable String header, Body sent, String act, String... unsaid) {
        return header == null ? Optional.empty() : Optional.of(new Repetition(header, sent.fingerprint(act, unsaid)));
    }
}
