package dev.gatehouse.domain.shared;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A "no" that every caller would only pass on. It carries data, not sentences: each driving adapter words it once. An
 * outcome that callers must branch on is a sealed answer instead.
 */
public abstract sealed class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Refusal(String forTheLog) {
        super(forTheLog, null, false, false);
    }

    private Refusal(String forTheLog, Throwable cause) {
        super(forTheLog, cause, false, false);
    }

    /** What was sent breaks at least one rule. */
    public static final class Invalid extends Refusal {
        private static final long serialVersionUID = 1L;
        private final transient List<Fault> faults;

        /** @param faults at least one, in the order they were found */
        public Invalid(List<Fault> faults) {
            super("invalid: " + faults);
            if (faults.isEmpty()) throw new IllegalArgumentException("an invalid input has at least one fault");
            this.faults = List.copyOf(faults);
        }

        public Invalid(String field, Rule rule, String... arguments) {
            this(List.of(new Fault(field, rule, arguments)));
        }

        /** At least one, in the order they were found. */
        public List<Fault> faults() {
            return faults;
        }
    }

    /** The caller is known and may not do this. Says nothing about whether the object exists. */
    public static final class Forbidden extends Refusal {
        private static final long serialVersionUID = 1L;
        private final String resource;
        private final String action;
        private final String object;
        private final String subject;
        private final transient Optional<Instant> issuedAt;
        private final transient Optional<Fault> because;

        /** @param subject the caller's name as policies write it, empty when anonymous */
        public Forbidden(String resource, String action, String object, String subject, Optional<Instant> issuedAt) {
            this(resource, action, object, subject, issuedAt, Optional.empty());
        }

        /** @param because what in the request would have needed it; absent when it is the request itself */
        public Forbidden(
                String resource,
                String action,
                String object,
                String subject,
                Optional<Instant> issuedAt,
                Optional<Fault> because) {
            super("forbidden: " + resource + ", " + action + ", " + object + " to " + subject);
            this.because = because;
            this.resource = resource;
            this.action = action;
            this.object = object;
            this.subject = subject;
            this.issuedAt = issuedAt;
        }

        public String resource() {
            return resource;
        }

        public String action() {
            return action;
        }

        public String object() {
            return object;
        }

        /** The caller's name as policies write it; empty when anonymous. */
        public String subject() {
            return subject;
        }

        /** When the caller's credential was issued; absent when there was none. */
        public Optional<Instant> issuedAt() {
            return issuedAt;
        }

        /** What in the request would have needed it; absent when it is the request itself. */
        public Optional<Fault> because() {
            return because;
        }
    }

    /** The caller may know that this does not exist. */
    public static final class NotFound extends Refusal {
        private static final long serialVersionUID = 1L;
        private final String kind;
        private final String name;
        private final String within;

        /** @param within the name of what should have held it, empty when nothing does */
        public NotFound(String kind, String name, String within) {
            super(kind + " not found: " + name + (within.isEmpty() ? "" : " in " + within));
            this.kind = kind;
            this.name = name;
            this.within = within;
        }

        public NotFound(String kind, String name) {
            this(kind, name, "");
        }

        /** The {@code KIND} of the aggregate, for instance {@code account}. */
        public String kind() {
            return kind;
        }

        public String name() {
            return name;
        }

        /** The name of what should have held it; empty when nothing does. */
        public String within() {
            return within;
        }
    }

    /** The state of the world stands against it; nothing was written. */
    public static final class Conflict extends Refusal {
        private static final long serialVersionUID = 1L;
        private final Reason reason;
        private final String kind;
        private final String name;

        public Conflict(Reason reason, String kind, String name) {
            super(kind + " " + reason + ": " + name);
            this.reason = reason;
            this.kind = kind;
            this.name = name;
        }

        /** Why the act stands against the state. */
        public enum Reason {
            /** The name is taken, or was taken once where names are never used again. */
            ALREADY_EXISTS,
            /** Somebody changed it after the caller had read it. */
            STALE,
            /** It was made and used before: its secret is not shown again. */
            SPENT,
            /** It was made before by the same request, and is gone since: it is not made a second time. */
            GONE
        }

        public Reason reason() {
            return reason;
        }

        /** The {@code KIND} of the aggregate, for instance {@code account}. */
        public String kind() {
            return kind;
        }

        public String name() {
            return name;
        }
    }

    /** Right in itself, but something else has to be true first. */
    public static final class Unmet extends Refusal {
        private static final long serialVersionUID = 1L;
        private final transient Fault fault;

        public Unmet(Rule rule, String... arguments) {
            super("unmet: " + rule);
            this.fault = new Fault("", rule, arguments);
        }

        public Fault fault() {
            return fault;
        }
    }

    /** The caller may do this, but has to sign in anew first: the last time is too long ago for it. Nothing was written. */
    public static final class SignInTooOld extends Refusal {
        private static final long serialVersionUID = 1L;
        private final transient Duration most;

        /** @param most how long ago it may be, in whole seconds */
        public SignInTooOld(Duration most) {
            super("signed in more than " + most.toSeconds() + " s ago");
            this.most = most;
        }

        /** How long ago it may be, in whole seconds. */
        public Duration most() {
            return most;
        }
    }

    /** Something this needs does not answer or is full; the same request may succeed later. Nothing was written. */
    public static final class Unavailable extends Refusal {
        private static final long serialVersionUID = 1L;
        private final String part;
        private final transient Duration retryAfter;

        /** @param part what does not answer, for people: {@code database}, {@code password hashing} */
        public Unavailable(String part, Duration retryAfter, Throwable cause) {
            super(message(part), cause);
            this.part = part;
            this.retryAfter = retryAfter;
        }

        public Unavailable(String part, Duration retryAfter) {
            super(message(part));
            this.part = part;
            this.retryAfter = retryAfter;
        }

        private static String message(String part) {
            return part + " is unavailable";
        }

        public String part() {
            return part;
        }

        /** When it is worth asking again, in whole seconds. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }
}
