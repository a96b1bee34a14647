package dev.gatehouse.application.shared;

import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.Repeats;
import dev.gatehouse.domain.token.TokenRule;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Makes a thing once for each idempotency key, however often it is asked for (Gatehouse contract 1). Keys of one caller are
 * no keys of another.
 */
public final class OncePerKey {
    private static final int LONGEST_KEY = 255;

    private final Repeats repeats;
    private final InstantSource clock;

    public OncePerKey(Repeats repeats, InstantSource clock) {
        this.repeats = repeats;
        this.clock = clock;
    }

    /**
     * Does the act, unless the same request did it before: then gives that again.
     *
     * @param repetition absent: each request does it
     * @param again what was made, by its id; refuses where it is not given a second time
     * @param act makes it, and calls {@link #remember} in its transaction
     * @throws Refusal.Invalid when the key does not read
     * @throws Refusal.Unmet when the key stands for another request
     */
    public <T> T make(Caller caller, Optional<Repetition> repetition, Function<String, T> again, Supplier<T> act) {
        if (repetition.isEmpty()) return act.get();
        Repetition asked = repetition.get();
        if (!isKey(asked.key())) throw new Refusal.Invalid("Idempotency-Key", TokenRule.KEY_SHAPE);
        Optional<String> before = made(caller, asked);
        if (before.isPresent()) return again.apply(before.get());
        try {
            return act.get();
        } catch (Refusal.Conflict e) {
            // Perhaps somebody asked the same at the same moment, and was first.
            return again.apply(made(caller, asked).orElseThrow(() -> e));
        }
    }

    private static boolean isKey(String key) {
        return !key.isEmpty() && key.length() <= LONGEST_KEY && key.chars().allMatch(each -> each > ' ' && each < 0x7f);
    }

    private Optional<String> made(Caller caller, Repetition asked) {
        return repeats.find(caller.name(), asked.key(), clock.instant()).map(before -> {
            if (!before.fingerprint().equals(asked.fingerprint())) throw new Refusal.Unmet(TokenRule.KEY_REUSED);
            return before.made();
        });
    }

    /**
     * Keeps in mind what was made, in the transaction that makes it.
     *
     * @param repetition absent: nothing is kept
     * @param kind the {@code KIND} of what was made
     * @param id what names it and never another
     * @throws Refusal.Conflict when the same key was used at the same moment, and that was first
     */
    public void remember(Caller caller, Optional<Repetition> repetition, String kind, String id) {
        repetition.ifPresent(each -> {
            if (!repeats.remember(
                    new Repeats.Repeat(caller.name(), each.key(), each.fingerprint(), id, clock.instant())))
                throw new Refusal.Conflict(Refusal.Conflict.Reason.STALE, kind, id);
        });
    }

    /** Forgets the keys that mean nothing any more. Safe to repeat, and safe for several processes at once. Blocks. */
    public void tidyUp() {
        repeats.forgetUntil(clock.instant().minus(Repeats.REMEMBERED));
    }
}
