package dev.gatehouse.domain.shared;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What was said against an input. */
public final class Refused {
    private Refused() {}

    /** The faults for which this input is refused. */
    public static List<Fault> faultsOf(ThrowingCallable act) {
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(act);
        return catchThrowableOfType(Refusal.Invalid.class, act).faults();
    }

    /** The only fault for which this input is refused. */
    public static Fault faultOf(ThrowingCallable act) {
        List<Fault> faults = faultsOf(act);
        if (faults.size() != 1) throw new AssertionError("not one fault but " + faults);
        return faults.getFirst();
    }
}
