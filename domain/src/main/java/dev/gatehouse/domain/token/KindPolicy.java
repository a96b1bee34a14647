package dev.gatehouse.domain.token;

import dev.gatehouse.domain.shared.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What holds for the tokens of one kind.
 *
 * @param usual the lifetime of a token for which none is asked; absent: no end, if that is allowed
 * @param longest the ceiling of any lifetime; absent: none
 * @param endlessAllowed whether a token may be without an end, also beside a ceiling
 * @param unusedFor a token that was not used for so long counts no more; absent: it does
 * @param mostLive how many of one account or role may count and have no successor, and how many others of it may have one and
 *     be open still; absent: any number
 * @param warnBefore how long before its end a token is said to end soon; absent: never
 */
public record KindPolicy(
        Optional<Duration> usual,
        Optional<Duration> longest,
        boolean endlessAllowed,
        Optional<Duration> unusedFor,
        Optional<Integer> mostLive,
        Optional<Duration> warnBefore) {
    /** Forbids nothing. */
    public static final KindPolicy LENIENT = new KindPolicy(
            Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.empty(), Optional.empty());

    private static final long MOST_SECONDS = 3_153_600_000L;
    private static final long LEAST_UNUSED_SECONDS = 60;

    /**
     * What stands against it.
     *
     * @param field what the faults call it
     */
    public List<Fault> faults(String field) {
        List<Fault> faults = new ArrayList<>();
        range(usual, 1, field + ".defaultSeconds", faults);
        range(longest, 1, field + ".maxSeconds", faults);
        range(unusedFor, LEAST_UNUSED_SECONDS, field + ".unusedForSeconds", faults);
        range(warnBefore, 1, field + ".warnBeforeSeconds", faults);
        if (mostLive.filter(each -> each < 1).isPresent())
            faults.add(new Fault(field + ".maxLive", TokenRule.POLICY_RANGE, "1", Integer.toString(Integer.MAX_VALUE)));
        if (!endlessAllowed && longest.isEmpty())
            faults.add(new Fault(field + ".allowNoExpiry", TokenRule.POLICY_CEILING));
        if (usual.isPresent()
                && longest.filter(each -> usual.get().compareTo(each) > 0).isPresent())
            faults.add(new Fault(field + ".defaultSeconds", TokenRule.POLICY_DEFAULT));
        return faults;
    }

    private static void range(Optional<Duration> length, long least, String field, List<Fault> faults) {
        if (length.filter(each -> each.toSeconds() < least || each.toSeconds() > MOST_SECONDS)
                .isPresent())
            faults.add(new Fault(field, TokenRule.POLICY_RANGE, Long.toString(least), Long.toString(MOST_SECONDS)));
    }

    /** What is wider in this one than in the other, as names of members; a project may only tighten. */
    public List<Fault> widerThan(KindPolicy other, String field) {
        List<Fault> faults = new ArrayList<>();
        wider(longest, other.longest, field + ".maxSeconds", faults);
        wider(unusedFor, other.unusedFor, field + ".unusedForSeconds", faults);
        if (mostLive.isPresent() && other.mostLive.isPresent() && mostLive.get() > other.mostLive.get())
            faults.add(new Fault(field + ".maxLive", TokenRule.POLICY_WIDER));
        return faults;
    }

    private static void wider(Optional<Duration> own, Optional<Duration> other, String field, List<Fault> faults) {
        if (own.isPresent() && other.isPresent() && own.get().compareTo(other.get()) > 0)
            faults.add(new Fault(field, TokenRule.POLICY_WIDER));
    }

    /** The stricter of both in everything; what is usual is that of the other where it says something. */
    public KindPolicy tightenedBy(KindPolicy other) {
        return new KindPolicy(
                other.usual.or(() -> usual),
                least(longest, other.longest),
                endlessAllowed && other.endlessAllowed,
                least(unusedFor, other.unusedFor),
                least(mostLive, other.mostLive),
                other.warnBefore.or(() -> warnBefore));
    }

    private static <T extends Comparable<T>> Optional<T> least(Optional<T> one, Optional<T> other) {
        if (one.isEmpty() || other.isEmpty()) return one.or(() -> other);
        return one.get().compareTo(other.get()) <= 0 ? one : other;
    }

    /**
     * The lifetime that is granted.
     *
     * @param asked absent: nothing was asked for
     */
    public Lifetime grant(Optional<Lifetime> asked) {
        Lifetime wanted = asked.orElseGet(() -> new Lifetime(usual));
        if (wanted.length().isEmpty()) return endlessAllowed ? wanted : new Lifetime(longest);
        return longest.map(wanted::atMost).orElse(wanted);
    }

    /**
     * When this ends a token that goes on as it is; absent: never. A record may not tell yet of a use that came within the
     * last {@link LastUse#WRITTEN_WITHIN}, so whoever is inactive ends that much later: nobody is refused for a use that
     * is not written down.
     */
    public Optional<Instant> endOf(ApiToken token) {
        return byPolicy(token).map(TokenEnd::at).min(Comparator.naturalOrder());
    }

    /** Whether this has ended a token, whatever its own record says. */
    public boolean endedBy(Instant moment, ApiToken token) {
        return endOf(token).filter(end -> !moment.isBefore(end)).isPresent();
    }

    /**
     * The first end that a token is to meet, by its own record or by this; absent: none. Of two at once it is that of its
     * own record.
     */
    public Optional<TokenEnd> firstEndOf(ApiToken token) {
        Stream<TokenEnd> own = token.countsUntil().map(at -> new TokenEnd(at, TokenEnd.Reason.EXPIRY)).stream();
        return Stream.concat(own, byPolicy(token)).min(Comparator.comparing(TokenEnd::at));
    }

    /**
     * The end of which this warns at that moment; absent: none. It warns of tokens that count, or will from some moment
     * on, and have no successor.
     */
    public Optional<TokenEnd> warnsOf(ApiToken token, Instant now) {
        if (warnBefore.isEmpty() || !(token.state() instanceof ApiToken.State.Live)) return Optional.empty();
        return firstEndOf(token)
                .filter(end -> now.isBefore(end.at()) && !now.isBefore(end.at().minus(warnBefore.get())));
    }

    /**
     * When a token counts no more however much it is used, by its own record or by its age; absent: without an end. That
     * nobody uses it may end it earlier.
     */
    public Optional<Instant> latestEndOf(ApiToken token) {
        return Stream.of(token.countsUntil(), byAge(token).map(TokenEnd::at))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private Optional<TokenEnd> byAge(ApiToken token) {
        boolean bounded = token.expiresAt().isPresent() || !endlessAllowed;
        return longest.filter(each -> bounded)
                .map(each -> new TokenEnd(token.issuedAt().plus(each), TokenEnd.Reason.AGE));
    }

    private Stream<TokenEnd> byPolicy(ApiToken token) {
        return Stream.of(
                        byAge(token),
                        unusedFor.map(each -> new TokenEnd(
                                token.activeSince().plus(each).plus(LastUse.WRITTEN_WITHIN),
                                TokenEnd.Reason.INACTIVITY)))
                .flatMap(Optional::stream);
    }
}
