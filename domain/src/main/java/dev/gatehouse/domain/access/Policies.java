package dev.gatehouse.domain.access;

/** The store of the global policy; there is always exactly one. */
public interface Policies {
    /**
     * The document, as last committed or as written in this transaction; {@link PolicyDocument#FIRST} at first.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid {@code STORED} when somebody else wrote into the store what
     *     this port never does
     */
    PolicyDocument current();

    /** The version of {@link #current()}, without reading the rest. */
    int version();

    /**
     * As {@link #version()}, and holds the document as it is until the transaction ends: who wants to change it, or to hold
     * it, waits that long, and then sees what this transaction left. Outside a transaction it holds nothing.
     */
    int hold();

    /**
     * Replaces the document, if the stored version is still this one's.
     *
     * @return what is stored now: the same with the next version
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code STALE} when it was changed meanwhile
     */
    PolicyDocument update(PolicyDocument document);
}
