package dev.gatehouse.adapters.rest;

/** A reply that is always the same, and knows how it is written. */
public interface ReadyJson {
    /** Its JSON in UTF-8; a copy of its own for each caller. */
    byte[] json();
}
