package dev.gatehouse.application.account;

import dev.gatehouse.domain.access.AccessChange;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.account.Accounts;
import dev.gatehouse.domain.account.PasswordForms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How many accounts have a password hash of which form: counted again as soon as this process knows that the hash of one
 * has another form, and after a minute in any case, since an import goes past this service and its log of changes.
 */
final class FormsInUse {
    static final Duration COUNTED_EVERY = Duration.ofMinutes(1);

    private static final List<AccessChange> RESTS_ON = List.of(new AccessChange.OfPasswordForms());

    private final Accounts accounts;
    private final AccessChanges changes;
    private final InstantSource clock;
    private final AtomicReference<Optional<Counted>> last = new AtomicReference<>(Optional.empty());
    private final AtomicBoolean counting = new AtomicBoolean();

    FormsInUse(Accounts accounts, AccessChanges changes, InstantSource clock) {
        this.accounts = accounts;
        this.changes = changes;
        this.clock = clock;
    }

    private record Counted(PasswordForms forms, Instant at, long since) {}

    /** Blocks whoever comes first when they are to be counted again; the others go by what was counted before. */
    PasswordForms current() {
        Instant now = clock.instant();
        Optional<Counted> before = last.get();
        boolean mine = before.filter(each -> isCurrent(each, now)).isEmpty() && counting.compareAndSet(false, true);
        if (before.isPresent() && !mine) return before.get().forms();
        try {
            // Taken before the reading, so that a change in between makes what was read old, never new.
            long since = changes.known().orElse(AccessChanges.NEVER);
            Counted counted = new Counted(accounts.passwordForms(), now, since);
            last.set(Optional.of(counted));
            return counted.forms();
        } finally {
            if (mine) counting.set(false);
        }
    }

    private boolean isCurrent(Counted counted, Instant now) {
        return now.isBefore(counted.at().plus(COUNTED_EVERY)) && changes.untouched(counted.since(), RESTS_ON);
    }
}
