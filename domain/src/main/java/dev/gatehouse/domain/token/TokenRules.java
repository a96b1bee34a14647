package dev.gatehouse.domain.token;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds for every token.
 *
 * @param issuer the {@code iss} claim; Argo's clients look for {@code argocd}
 * @param longest the ceiling of any lifetime, which also replaces "no end", in whole seconds; absent: there is none
 */
public record TokenRules(String issuer, Optional<Duration> longest) {
    public static final TokenRules DEFAULT = new TokenRules("argocd", Optional.empty());

    public TokenRules {
        longest.ifPresent(Lifetime::mustBeWholeSeconds);
    }

    /** The lifetime that is granted when this one is asked for. */
    public Lifetime grant(Lifetime asked) {
        return longest.filter(most ->
                        asked.length().map(each -> each.compareTo(most) > 0).orElse(true))
                .map(most -> new Lifetime(Optional.of(most)))
                .orElse(asked);
    }
}
