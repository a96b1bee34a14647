package dev.gatehouse.domain.token;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The records of all tokens ever issued. None is removed while its id could come back. */
public interface ApiTokens {
    /** The token of this id, as last committed or as written in this transaction. */
    Optional<ApiToken> find(TokenId id);

    /** The token of this subject that was given this name, ended or not; there is at most one. */
    Optional<ApiToken> named(TokenSubject subject, TokenName name);

    /** The tokens of this subject that are not revoked (expired ones too), the newest first, then by id. */
    List<ApiToken> unrevokedOf(TokenSubject subject);

    /**
     * The tokens of all roles of one project that are not revoked (expired ones too), the newest first, then by id.
     *
     * @param project any subject of the project; its role does not count
     */
    List<ApiToken> unrevokedOfProject(TokenSubject.OfProjectRole project);

    /**
     * Adds a token.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code ALREADY_EXISTS} when the id was ever used, for
     *     whomever, or the name was ever used for this subject
     */
    void insert(ApiToken token);

    /**
     * Ends the token of this id, unless it was ended before: the first revocation wins, also of two at once.
     *
     * @return whether this call ended it; false when there is none
     */
    boolean revoke(TokenId id, Instant now, String by);

    /**
     * Ends every token of this subject.
     *
     * @return how many this call ended
     */
    int revokeAllOf(TokenSubject subject, Instant now, String by);

    /**
     * Writes down last uses, each unless a later one stands there. A record that somebody else is changing at this moment
     * is passed over: waiting for it could mean waiting for each other.
     *
     * @return the ids for which nothing was done, because they were passed over or none has them
     */
    Set<TokenId> used(Map<TokenId, LastUse> uses);
}
