package dev.gatehouse.application.token;

import dev.gatehouse.domain.token.PublishedKey;
import java.util.List;

/** What verifiers elsewhere ask. */
public interface PublishingKeys {
    /** Every key whose tokens count, for everybody: the one that signs first, then those that will, then those that did. */
    List<PublishedKey> published();

    /** The {@code iss} claim of our tokens. */
    String issuer();
}
