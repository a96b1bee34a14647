package dev.gatehouse.application.token;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenPolicySnapshot;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What everybody does with the tokens they may see (Gatehouse contract 4): with {@code tokens} on {@code <project>/<name>},
 * or on the name of the account. One always sees and ends those of one's own account, and the very token one shows. An id
 * that one may not see looks like one that does not exist.
 */
public interface ManagingTokens {
    /**
     * The wanted ones among those that the caller may see, the newest first, then by id.
     *
     * @param filter the policies that it names do not count, but those in force
     * @throws dev.gatehouse.domain.shared.Refusal.Invalid when the page begins at a place that this list never gave out
     */
    Found find(Caller caller, TokenFilter filter, PageRequest page);

    /**
     * A part of the list.
     *
     * @param page may hold fewer than asked for, even none, and still go on: most tokens were not for the caller
     * @param remaining how many come behind it, as of the first page; absent when that would have been too long to count
     * @param policies what the standing of the tokens is derived from
     * @param now and when
     */
    record Found(Page<ApiToken> page, OptionalLong remaining, TokenPolicySnapshot policies, Instant now) {}

    /**
     * One token.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden without {@code tokens, get}
     * @throws dev.gatehouse.domain.shared.Refusal.NotFound when there is none, for those who may see all
     */
    Seen get(Caller caller, String id);

    /**
     * A token, and what its standing is derived from.
     *
     * @param policy that holds for it
     */
    record Seen(ApiToken token, KindPolicy policy, Instant now) {}

    /**
     * Gives out a token, with {@code tokens, create} or as the keeper of its owner's tokens.
     *
     * @param subject {@code bob} or {@code proj:demo:ci}
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden whether or not the owner exists
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when the name was used before, or the same request made a token
     *     that was used since
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet when the owner cannot hold tokens, when it would be wider than the
     *     token that is shown, when what the same request made is wider or counts longer than that, or when the idempotency
     *     key was used for another request
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld when the policy on tokens asks for a more recent
     *     sign-in, for a token without an end or one that could do what that is asked for
     */
    IssuedToken issue(Caller caller, String subject, NewToken command);

    /**
     * Puts another token in the place of this one, with {@code tokens, update} or as the keeper of its owner's tokens; the
     * token itself with the former only. The old one counts until the overlap ends, or until the new one is first used.
     * Who uses it after that ends all tokens that came of it, unless its own end has come: then it is refused as expired,
     * and ends nothing.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict when it was rotated, ended or has expired
     * @throws dev.gatehouse.domain.shared.Refusal.Unmet as {@link #issue}; also when it would go on counting beside its
     *     successor, and as many of its owner do so as the policy on tokens allows live ones
     * @throws dev.gatehouse.domain.shared.Refusal.SignInTooOld as {@link #issue}
     */
    Rotated rotate(Caller caller, String id, Rotation command);

    /** @param predecessorEndsAt until when the old one counts at the latest */
    record Rotated(IssuedToken issued, Optional<Instant> predecessorEndsAt) {}

    /**
     * Ends a token at once, with {@code tokens, delete} or as the keeper of its owner's tokens. Repeating it is no error
     * and changes nothing.
     *
     * @param reason at most 255 characters, of control characters line feeds and tabs alone; possibly empty
     */
    void revoke(Caller caller, String id, String reason);
}
