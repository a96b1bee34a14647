package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * A long-lived credential: who it speaks for and whether it still counts. Never the secret.
 *
 * @param id the {@code jti}, unique for ever and everywhere
 * @param name what its creator calls it, unique for ever for its subject
 * @param description at most 255 characters, possibly empty
 * @param issuedAt a whole second, as the {@code iat} claim has it
 * @param expiresAt a whole second; absent: it has no end
 * @param createdBy the caller's name as policies write it
 * @param lastUse absent: never used, as far as is written down
 */
public record ApiToken(
        TokenId id,
        TokenName name,
        TokenSubject subject,
        String description,
        Instant issuedAt,
        Optional<Instant> expiresAt,
        String createdBy,
        State state,
        Optional<LastUse> lastUse) {
    /** What refusals and the audit call it. */
    public static final String KIND = "token";

    private static final int LONGEST_DESCRIPTION = 255;

    /** Whether it was ended before its time. */
    public sealed interface State {
        record Live() implements State {}

        /** @param by the caller's name as policies write it */
        record Revoked(Instant at, String by) implements State {}
    }

    public ApiToken {
        if (description.codePointCount(0, description.length()) > LONGEST_DESCRIPTION)
            throw new Refusal.Invalid("description", TokenRule.DESCRIPTION_LENGTH);
    }

    /** A new token that counts from now on. */
    public static ApiToken issue(
            TokenId id,
            TokenName name,
            TokenSubject subject,
            String description,
            Lifetime lifetime,
            String createdBy,
            Instant now) {
        Instant second = Instant.ofEpochSecond(now.getEpochSecond());
        return new ApiToken(
                id,
                name,
                subject,
                description,
                second,
                lifetime.endFrom(second),
                createdBy,
                new State.Live(),
                Optional.empty());
    }

    /** Whether it was neither revoked nor is past its end; the end itself does not count any more. */
    public boolean countsAt(Instant now) {
        return switch (state) {
            case State.Live() -> expiresAt.map(now::isBefore).orElse(true);
            case State.Revoked(Instant at, String by) -> false;
        };
    }

    /** Idempotent: the first revocation wins. */
    public ApiToken revoke(Instant now, String by) {
        return switch (state) {
            case State.Live() ->
                new ApiToken(
                        id,
                        name,
                        subject,
                        description,
                        issuedAt,
                        expiresAt,
                        createdBy,
                        new State.Revoked(now, by),
                        lastUse);
            case State.Revoked(Instant at, String first) -> this;
        };
    }

    /** The same, used once more; an earlier use than the last changes nothing. */
    public ApiToken used(LastUse use) {
        return new ApiToken(
                id,
                name,
                subject,
                description,
                issuedAt,
                expiresAt,
                createdBy,
                state,
                Optional.of(lastUse.map(each -> each.orLater(use)).orElse(use)));
    }

    public boolean isRevoked() {
        return state instanceof State.Revoked;
    }

    /** What the signed token says. */
    public TokenClaims claims(String issuer) {
        return new TokenClaims(issuer, subject.claim(), id.value(), issuedAt, issuedAt, expiresAt);
    }
}
