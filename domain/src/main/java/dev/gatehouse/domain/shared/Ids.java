package dev.gatehouse.domain.shared;

/** Unguessable names. Never gives the same twice. */
public interface Ids {
    /** A random UUID, version 4, in lower case (RFC 9562 section 5.4). */
    String newId();

    /** A secret with at least 256 random bits, of characters that need no escaping in a URL, a shell or JSON. */
    String newSecret();
}
