package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The records of tokens. One that is removed leaves behind its id, and its name among those of its subject: neither is ever
 * given out again.
 */
public interface ApiTokens {
    /** How many tokens a reply without pages shows at most, those of all projects or accounts in it together. */
    int MOST_SHOWN = 10_000;

    /** The token of this id, as last committed or as written in this transaction. */
    Optional<ApiToken> find(TokenId id);

    /**
     * The token of this id, and nobody else holds or changes it until the caller's transaction ends; who tries meanwhile
     * waits.
     */
    Optional<ApiToken> hold(TokenId id);

    /** The wanted tokens, the newest first, then by id. Of those issued in one second all come, each once. */
    Page<ApiToken> find(TokenFilter filter, PageRequest page);

    /**
     * Every token of these families that nobody else holds or changes at this moment, and nobody else does until the
     * caller's transaction ends. Waiting for the others could mean waiting for each other, so they are left out.
     *
     * @param families ids of the first of each; one that has none brings nothing
     */
    List<ApiToken> holdFree(Set<TokenId> families);

    /**
     * Removes these, except for their ids and names.
     *
     * @return how many this call removed
     */
    int remove(Set<TokenId> ids, Instant now);

    /** How many are wanted. */
    long count(TokenFilter filter);

    /**
     * How many tokens of this subject count, or will from some moment on, and have no successor.
     *
     * @param policy what holds for them; what it has ended does not count
     * @param most how far it counts, at least 1: there may be more
     */
    int countLive(TokenSubject subject, KindPolicy policy, Instant now, int most);

    /**
     * How many tokens of this subject have a successor and still count, or will from some moment on.
     *
     * @param policy as for {@link #countLive}
     * @param most as for {@link #countLive}
     */
    int countOpen(TokenSubject subject, KindPolicy policy, Instant now, int most);

    /**
     * How many tokens of each signing key count, or will from some moment on; those that were superseded and are still open
     * among them. A key of none is not in it, nor is a token of which the key is not known. Goes through all of them.
     *
     * @param policies what holds for them; what these have ended does not count
     * @return by {@code kid}
     */
    Map<String, Long> countLiveByKey(TokenPolicySnapshot policies, Instant now);

    /** The token of this subject that was given this name, ended or not, and not removed; there is at most one. */
    Optional<ApiToken> named(TokenSubject subject, TokenName name);

    /**
     * The newest tokens of this subject that are not revoked (expired ones too), the newest first, then by id.
     *
     * @param most how many, at least 1: there may be more
     */
    List<ApiToken> unrevokedOf(TokenSubject subject, int most);

    /**
     * The newest tokens of all roles of one project that are not revoked (expired ones too), the newest first, then by id.
     *
     * @param project any subject of the project; its role does not count
     * @param most as for {@link #unrevokedOf}
     */
    List<ApiToken> unrevokedOfProject(TokenSubject.OfProjectRole project, int most);

    /**
     * The tokens of this subject that are not revoked and were issued in this second, the newest first, then by id.
     *
     * @param second as in {@code iat}, since 1970
     * @param most as for {@link #unrevokedOf}
     */
    List<ApiToken> unrevokedOf(TokenSubject subject, long second, int most);

    /**
     * How many tokens the roles of one project ever got, ended and removed ones too.
     *
     * @param project any subject of the project; its role does not count
     */
    int givenInProject(TokenSubject.OfProjectRole project);

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
    default boolean revoke(TokenId id, Instant now, String by) {
        return revoke(id, now, by, "");
    }

    /**
     * As {@link #revoke(TokenId, Instant, String)}.
     *
     * @param reason at most 255 characters, possibly empty
     */
    boolean revoke(TokenId id, Instant now, String by, String reason);

    /**
     * Ends tokens that are wanted and not revoked, those with the least ids first. One that somebody else holds or changes
     * at this moment is passed over: waiting for it could mean waiting for each other.
     *
     * @param after only ids above this one, in the order of the store; empty: from the first on
     * @param most how many at most
     * @return the ids that this call ended, in that order; fewer than {@code most}: there are no more, except those that
     *     were passed over
     */
    List<TokenId> revoke(TokenFilter filter, String after, int most, Instant now, String by, String reason);

    /**
     * Ends every token of this subject.
     *
     * @return how many this call ended
     */
    int revokeAllOf(TokenSubject subject, Instant now, String by);

    /**
     * Ends tokens that one key signed, those with the least ids first.
     *
     * @param after only ids above this one, in the order of the store; empty: from the first on
     * @param most how many at most
     * @return the ids that this call ended, in that order; fewer than {@code most}: there are no more
     */
    List<TokenId> revokeSignedBy(String kid, String after, int most, Instant now, String by, String reason);

    /**
     * Writes down last uses, each unless a later one stands there. A record that somebody else is changing at this moment
     * is passed over: waiting for it could mean waiting for each other.
     *
     * @return the ids for which nothing was done, because they were passed over or none has them
     */
    Set<TokenId> used(Map<TokenId, LastUse> uses);

    /**
     * Writes down a last use before anything else happens, unless a later one stands there; whoever changes the record is
     * waited for.
     *
     * @return false when none has this id, or it was revoked
     */
    boolean used(TokenId id, LastUse use);

    /**
     * Ends every token that came of one by rotation, and that one.
     *
     * @return the ids that this call ended, in no promised order
     */
    List<TokenId> revokeFamily(TokenId family, Instant now, String by, String reason);

    /**
     * Writes that another took its place: {@link ApiToken.State.Superseded} and the successor.
     *
     * @return false when it is not live any more; of two at once one wins
     */
    boolean supersede(ApiToken superseded);

    /**
     * Writes down the first use of a token; whoever changes the record is waited for.
     *
     * @return whether this was it; of two at once one is, and none of what was revoked
     */
    boolean firstUse(TokenId id, Instant now);

    /**
     * Closes every open token of a family that came before this generation and that a use of a later one closes. One whose
     * window has ended was closed by that, and stays closed from then on.
     *
     * @return how many this call closed
     */
    int closeBefore(TokenId family, int generation, Instant now);

    /**
     * Counts one request of a token whose uses are limited; exact, whoever counts at the same time.
     *
     * @return false when no more are allowed, or it was revoked or closed
     */
    boolean countUse(TokenId id);

    /**
     * Wanted tokens of whose end no warning is written down, the newest first, then by id. One that is written down counts
     * as long as the end of which it was is to come: who was inactive and is used again may become so again.
     */
    List<ApiToken> unwarned(TokenFilter filter, int most);

    /**
     * Writes down that a warning of this end goes out, unless one of an end that is to come is written down.
     *
     * @return whether this call did; of two at once one does
     */
    boolean warned(TokenId id, TokenEnd end, Instant now);
}
