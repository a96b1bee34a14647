package dev.gatehouse.application.token;

import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.access.Authorizing;
import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenClaims;
import java.time.Instant;
import java.util.Optional;

/** Looks tokens up for those who were shown them. */
public final class IntrospectionService implements Introspecting {
    private static final AccessQuestion QUESTION = new AccessQuestion("tokens", "introspect", "*");

    private final Authorizing authorizing;
    private final Authenticating authenticating;

    public IntrospectionService(Authorizing authorizing, Authenticating authenticating) {
        this.authorizing = authorizing;
        this.authenticating = authenticating;
    }

    @Override
    public Optional<Introspection> introspect(Caller caller, PlainToken token, Optional<String> shownFrom) {
        authorizing.require(caller, QUESTION);
        Origin asked = caller.origin();
        Origin shown = shownFrom
                .map(each -> new Origin(each, asked.userAgent(), asked.requestId()))
                .orElse(asked);
        return authenticating.inspect(token, shown).map(each -> new Introspection(claims(each), each.caller()));
    }

    private static TokenClaims claims(Authenticating.Inspected inspected) {
        Caller subject = inspected.caller();
        return new TokenClaims(
                subject.issuer(),
                switch (subject.method()) {
                    case SESSION -> subject.name() + ":login";
                    case ACCOUNT_TOKEN -> subject.name() + ":apiKey";
                    case PROJECT_TOKEN, WEBHOOK, SYSTEM -> subject.name();
                },
                inspected.jti(),
                subject.issuedAt().orElse(Instant.EPOCH),
                inspected.notBefore(),
                subject.expiresAt());
    }
}
