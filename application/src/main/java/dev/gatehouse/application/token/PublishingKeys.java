package dev.gatehouse.application.token;

import dev.gatehouse.domain.token.PublishedKey;
import java.util.List;

/** What verifiers elsewhere ask. */
public interface PublishingKeys {
    /** Every key whose tokens still count, the active one first. For everybody; never blocks. */
    List<PublishedKey> published();
}
