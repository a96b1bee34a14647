package dev.gatehouse.adapters.rest;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Origin;
import java.util.Optional;

/**
 * Whoever asks, known or not; what a controller of a public route takes in place of a {@link Caller}.
 *
 * @param caller absent when no credential was shown, or none that counts
 * @param refusal why the credential that was shown does not count; absent when none was, or it does
 * @param headerShown whether a header tried to say who it is, well or badly
 * @param byCookie whether what was judged is a cookie
 */
public record Visitor(
        Optional<Caller> caller, Optional<Problem> refusal, boolean headerShown, boolean byCookie, Origin origin) {

    /** The caller, or the end of the request. */
    public Caller require() {
        return caller.orElseThrow(
                () -> new ProblemRaised(refusal.orElseGet(() -> Problem.of(Code.UNAUTHENTICATED, Wording.NO_SESSION))));
    }
}
