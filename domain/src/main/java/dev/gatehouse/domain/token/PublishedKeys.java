package dev.gatehouse.domain.token;

import java.util.List;

/** The keys that verify our tokens. */
public interface PublishedKeys {
    /**
     * Every key whose tokens count: the one that signs first, then those that will, then those that did. Blocks while keys
     * that were changed elsewhere are read.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Unavailable when it cannot be known whether any were
     */
    List<PublishedKey> published();
}
