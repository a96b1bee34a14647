package dev.gatehouse.domain.token;

import java.util.List;

/** The keys that verify our tokens. */
public interface PublishedKeys {
    /** Every key whose tokens still count, the active one first. Never blocks. */
    List<PublishedKey> published();
}
