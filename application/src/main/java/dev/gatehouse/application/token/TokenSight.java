package dev.gatehouse.application.token;

import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.shared.Page;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenPlace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Lists what a caller may see. Who may see everything, and who may see nothing but their own, are served by the store
 * alone; for all others each token is asked about, and a page ends where enough was asked.
 */
final class TokenSight {
    private static final String RESOURCE = "tokens";
    private static final int AT_ONCE = PageRequest.MOST;
    /** So many tokens are asked about for one page at most. */
    private static final int MOST_ASKED = 10_000;

    private static final String UNKNOWN = "-";

    private final Authorizing authorizing;
    private final ApiTokens tokens;

    TokenSight(Authorizing authorizing, ApiTokens tokens) {
        this.authorizing = authorizing;
        this.tokens = tokens;
    }

    ManagingTokens.Found find(Caller caller, TokenFilter filter, PageRequest page) {
        Place place = page.after().map(Place::read).orElse(Place.FIRST);
        Authorizing.Sight sight = authorizing.sight(caller, RESOURCE, "get");
        return switch (sight) {
            case EVERYTHING -> everything(filter, page.limit(), place);
            case SOME -> oneByOne(caller, filter, page.limit(), place);
            case NOTHING -> oneByOne(caller, own(caller, filter), page.limit(), place);
        };
    }

    /** A filter that leaves out nothing of the caller's own. */
    private static TokenFilter own(Caller caller, TokenFilter filter) {
        return switch (caller.subject()) {
            case Subject.OfAccount self when filter.owner().account().isEmpty() -> filter.of(self.name());
            case Subject.OfProjectRole self when filter.owner().project().isEmpty() -> filter.of(self.project());
            default -> filter;
        };
    }

    private ManagingTokens.Found everything(TokenFilter filter, int limit, Place place) {
        Page<ApiToken> found = tokens.find(filter, new PageRequest(limit, place.inStore()));
        if (found.next().isEmpty()) return last(found.items(), filter);
        long before = place.remaining().orElseGet(() -> tokens.count(filter));
        // It goes on, so there is one more at least, whatever was counted before.
        return more(
                found.items(),
                found.next().get(),
                OptionalLong.of(Math.max(1, before - found.items().size())),
                filter);
    }

    private ManagingTokens.Found oneByOne(Caller caller, TokenFilter filter, int limit, Place place) {
        List<ApiToken> seen = new ArrayList<>();
        Optional<String> at = place.inStore();
        int asked = 0;
        do {
            Page<ApiToken> some = tokens.find(filter, new PageRequest(AT_ONCE, at));
            at = some.next();
            for (ApiToken each : some.items()) {
                asked++;
                if (sees(caller, each)) seen.add(each);
                if (seen.size() < limit) continue;
                if (!each.equals(some.items().getLast()))
                    at = Optional.of(TokenPlace.behind(each).text());
                break;
            }
        } while (at.isPresent() && seen.size() < limit && asked < MOST_ASKED);
        if (at.isEmpty()) return last(seen, filter);
        OptionalLong behind = place.equals(Place.FIRST)
                ? behind(caller, filter, at)
                : place.remaining().isPresent()
                        ? OptionalLong.of(Math.max(1, place.remaining().getAsLong() - seen.size()))
                        : OptionalLong.empty();
        if (place.equals(Place.FIRST) && behind.isPresent() && behind.getAsLong() == 0) return last(seen, filter);
        return more(seen, at.get(), behind, filter);
    }

    /** How many the caller sees behind this place, if that is not too long to find out. */
    private OptionalLong behind(Caller caller, TokenFilter filter, Optional<String> from) {
        long seen = 0;
        Optional<String> at = from;
        for (int asked = 0; at.isPresent(); asked += AT_ONCE) {
            if (asked >= MOST_ASKED) return OptionalLong.empty();
            Page<ApiToken> some = tokens.find(filter, new PageRequest(AT_ONCE, at));
            seen += some.items().stream().filter(each -> sees(caller, each)).count();
            at = some.next();
        }
        return OptionalLong.of(seen);
    }

    private boolean sees(Caller caller, ApiToken token) {
        if (Keepers.shown(caller).filter(token.id().value()::equals).isPresent()) return true;
        var question =
                TokenOwners.of(token.subject()).question("get", token.name().value());
        return (TokenService.isOwn(caller, token) && caller.mayUseItFor(question))
                || authorizing.decide(caller, question) instanceof Decision.Allowed;
    }

    private static ManagingTokens.Found last(List<ApiToken> items, TokenFilter filter) {
        return new ManagingTokens.Found(
                new Page<>(items, Optional.empty()), OptionalLong.of(0), filter.policies(), filter.now());
    }

    private static ManagingTokens.Found more(
            List<ApiToken> items, String inStore, OptionalLong remaining, TokenFilter filter) {
        String place = (remaining.isPresent() ? Long.toString(remaining.getAsLong()) : UNKNOWN) + "." + inStore;
        return new ManagingTokens.Found(
                new Page<>(items, Optional.of(place)), remaining, filter.policies(), filter.now());
    }

    /**
     * Where a page begins.
     *
     * @param remaining how many come from there on, as it was counted for the first page
     */
    private record Place(OptionalLong remaining, Optional<String> inStore) {
        static final Place FIRST = new Place(OptionalLong.empty(), Optional.empty());
        private static final long MOST = 1L << 53;

        static Place read(String text) {
            int dot = text.indexOf('.');
            if (dot > 0) {
                Optional<String> behind = Optional.of(text.substring(dot + 1));
                String number = text.substring(0, dot);
                if (number.equals(UNKNOWN)) return new Place(OptionalLong.empty(), behind);
                try {
                    long remaining = Long.parseLong(number);
                    if (remaining >= 0 && remaining <= MOST) return new Place(OptionalLong.of(remaining), behind);
                } catch (NumberFormatException e) {
                    // Told below, as is everything else that this list never gave out.
                }
            }
            throw new Refusal.Invalid("continue", PageRequest.Broken.CONTINUE);
        }
    }
}
