package dev.gatehouse.application.access;

import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import java.util.Optional;

/** May they? */
public interface Authorizing {
    /**
     * Answers. A question is no act and stands in no audit. A yes is a use of that right, as {@link RightsInUse} counts
     * them: of one that keeps an object in a list, too, since without it the list would be shorter. May ask the store, and
     * block meanwhile.
     */
    Decision decide(Caller caller, AccessQuestion question);

    /**
     * Demands a yes; a no is written down in the audit.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Forbidden when the answer is no, whether or not the object exists
     */
    void require(Caller caller, AccessQuestion question);

    /** Whether the answer is yes. Nobody writes down a no, and a yes is no use of the right: that comes with what is done. */
    boolean allows(Caller caller, AccessQuestion question);

    /** Whether the policy in force gives or denies this name anything by itself: as an account, a group or a role. */
    boolean isNamed(String name);

    /**
     * Whether the caller is allowed everything that a rule with these patterns speaks of. A no may be too careful, a yes is
     * certain, and a use of more than one right: {@link RightsInUse} notes that it cannot tell of which.
     *
     * @param action a pattern, as the object is
     */
    boolean holds(Caller caller, String resource, String action, String object);

    /** Whether the caller is allowed this action on whatever there is of a resource; careful, and a use, as the other. */
    boolean holdsAll(Caller caller, String resource, String action);

    /** Whether one pattern plainly stands for everything that another stands for, as the policy in force reads them. */
    boolean includes(String wide, String narrow);

    /** As {@link #decide}, when memory alone can answer. Never blocks. Absent says nothing: then ask that. */
    Optional<Decision> recall(Caller caller, AccessQuestion question);

    /**
     * How much of one resource may be acted on so, as far as that can be told without asking about each object. That it is
     * everything is a use, as a yes of {@link #holdsAll} is; of some, each that is asked about is one. May ask the store, and
     * block meanwhile.
     */
    Sight sight(Caller caller, String resource, String action);

    /** How many of all objects. */
    enum Sight {
        /** Each, whatever its name. */
        EVERYTHING,
        /** Each has to be asked about. */
        SOME,
        /** None, whatever its name. */
        NOTHING
    }
}
