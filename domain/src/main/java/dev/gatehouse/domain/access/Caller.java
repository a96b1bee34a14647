package dev.gatehouse.domain.access;

import dev.gatehouse.domain.shared.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The verified identity behind a request.
 *
 * @param groups of an identity provider, in its order; none for local callers
 * @param credential the {@code jti} of what was shown, for a session the session's id; absent when nothing was
 * @param issuedAt when it was issued; absent as the credential is
 * @param expiresAt when what was shown ends; absent: never, or nothing was shown
 * @param issuer who issued it; empty when nothing was shown
 * @param limits what the credential is narrowed to
 * @param signedInAt when the person behind a session gave the password; no renewal of its token changes that. Absent where
 *     nobody did: a token, a webhook, the service itself
 */
public record Caller(
        Subject subject,
        List<String> groups,
        Method method,
        Optional<String> credential,
        Optional<Instant> issuedAt,
        Optional<Instant> expiresAt,
        String issuer,
        Origin origin,
        Limits limits,
        Optional<Instant> signedInAt) {
    /** How a caller proved who it is. */
    public enum Method {
        /** A password, and since then the session's token. */
        SESSION("session"),
        /** A token of an account. */
        ACCOUNT_TOKEN("accountToken"),
        /** A token of a project role. */
        PROJECT_TOKEN("projectToken"),
        /** The signature of a webhook. */
        WEBHOOK("webhook"),
        /** Not at all: the service itself. */
        SYSTEM("system");

        private final String word;

        Method(String word) {
            this.word = word;
        }

        /** The word for it in JSON and in the audit. */
        public String word() {
            return word;
        }
    }

    public Caller {
        groups = List.copyOf(groups);
    }

    /** By a credential for which nobody signed in. */
    public Caller(
            Subject subject,
            List<String> groups,
            Method method,
            Optional<String> credential,
            Optional<Instant> issuedAt,
            Optional<Instant> expiresAt,
            String issuer,
            Origin origin,
            Limits limits) {
        this(subject, groups, method, credential, issuedAt, expiresAt, issuer, origin, limits, Optional.empty());
    }

    /** By a credential that is not narrowed and whose end does not matter. */
    public Caller(
            Subject subject,
            List<String> groups,
            Method method,
            Optional<String> credential,
            Optional<Instant> issuedAt,
            String issuer,
            Origin origin) {
        this(subject, groups, method, credential, issuedAt, Optional.empty(), issuer, origin, Limits.NONE);
    }

    /** The service itself. */
    public static Caller itself(Origin origin) {
        return new Caller(
                new Subject.Itself(), List.of(), Method.SYSTEM, Optional.empty(), Optional.empty(), "", origin);
    }

    /** The name as policies write it. */
    public String name() {
        return subject.policyName();
    }

    /** Somebody else in the same request, to ask what that one may do. */
    public Caller as(Subject other) {
        return new Caller(other, List.of(), method, credential, issuedAt, expiresAt, issuer, origin, Limits.NONE);
    }

    /**
     * Whether the credential may be used for this at all; policies are another question. What everybody may do with what is
     * their own is asked here, and nowhere else.
     */
    public boolean mayUseItFor(AccessQuestion question) {
        return limits.admits(question);
    }

    /** The same caller in another request. */
    public Caller from(Origin other) {
        return new Caller(subject, groups, method, credential, issuedAt, expiresAt, issuer, other, limits, signedInAt);
    }
}
