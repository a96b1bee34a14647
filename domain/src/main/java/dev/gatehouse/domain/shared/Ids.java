package dev.gatehouse.domain.shared;

/** Unguessable names. Never gives the same twice. */
public interface Ids {
    /** A random UUID, version 4, in lower case (RFC 9562 section 5.4). */
    String newId();

    /**
     * A UUID, version 7, in lower case (RFC 9562 section 5.7): the milliseconds since 1970, then 74 random bits. As unguessable
     * as that, and sorted by when it was made, as far as the clocks of those who make them agree. For what is stored by the
     * million: the index of such ids grows at its end, where that of random ones has to be read and written everywhere.
     */
    String newIdInOrder();

    /** A secret with at least 256 random bits, of characters that need no escaping in a URL, a shell or JSON. */
    String newSecret();
}
