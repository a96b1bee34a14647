package dev.gatehouse.adapters.testkit.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.gatehouse.domain.shared.Refusal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the contracts expect of an act that stands against the state of a store. */
public final class Conflicts {
    private Conflicts() {}

    /** The act is refused because of this reason, and the refusal names the object. */
    public static void assertRefused(ThrowingCallable act, Refusal.Conflict.Reason reason, String kind, String name) {
        assertConflict(catchThrowable(act), reason, kind, name);
    }

    /** This is the refusal of an act because of this reason, and it names the object. */
    public static void assertConflict(Throwable thrown, Refusal.Conflict.Reason reason, String kind, String name) {
        assertThat(thrown).isInstanceOfSatisfying(Refusal.Conflict.class, conflict -> {
            assertThat(conflict.reason()).isEqualTo(reason);
            assertThat(conflict.kind()).isEqualTo(kind);
            assertThat(conflict.name()).isEqualTo(name);
        });
    }
}
