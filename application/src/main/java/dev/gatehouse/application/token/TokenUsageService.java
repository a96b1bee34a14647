package dev.gatehouse.application.token;

import dev.gatehouse.application.access.PolicyInForce;
import dev.gatehouse.application.access.RightsInUse;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Explanation;
import dev.gatehouse.domain.access.MatchMode;
import dev.gatehouse.domain.access.PolicyLines;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.access.UsedRights;
import dev.gatehouse.domain.access.UsedRights.Used;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.TokenRule;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Compares what tokens did with what they may do. */
public final class TokenUsageService implements ReadingTokenUsage {
    private final ManagingTokens tokens;
    private final UsedRights usedRights;
    private final PolicyInForce policy;
    private final InstantSource clock;

    public TokenUsageService(ManagingTokens tokens, UsedRights usedRights, PolicyInForce policy, InstantSource clock) {
        this.tokens = tokens;
        this.usedRights = usedRights;
        this.policy = policy;
        this.clock = clock;
    }

    @Override
    public Usage usage(Caller caller, String id, int days) {
        ApiToken token = tokens.get(caller, id).token();
        if (days < 1 || days > RightsInUse.KEPT_DAYS)
            throw new Refusal.Invalid(
                    "days", TokenRule.USAGE_DAYS, Integer.toString(days), Integer.toString(RightsInUse.KEPT_DAYS));
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate since = today.minusDays(days - 1L);
        List<Used> used = usedRights.of(token.id().value(), since);
        Subject subject = subject(token);
        List<Explanation.Found> unused = policy.rightsOf(subject).stream()
                .filter(each ->
                        each.rule().allows() && token.restrictions().limits().touch(each.rule()))
                .filter(each -> used.stream().noneMatch(one -> each.rule().appliesTo(one.right())))
                .toList();
        MatchMode mode = policy.matchMode();
        List<String> enough = used.stream()
                .flatMap(each -> PolicyLines.allowing(mode, subject.policyName(), each.right()).stream())
                .toList();
        boolean complete =
                enough.size() == used.size() && usedRights.isComplete(token.id().value(), since);
        return new Usage(used, unused, mode, enough, complete);
    }

    @Override
    public Rights rights(Caller caller, String id) {
        ApiToken token = tokens.get(caller, id).token();
        return new Rights(policy.rightsOf(subject(token)), token.restrictions().limits());
    }

    private static Subject subject(ApiToken token) {
        return switch (token.subject()) {
            case TokenSubject.OfAccount account -> new Subject.OfAccount(account.id(), account.name());
            case TokenSubject.OfProjectRole role -> new Subject.OfProjectRole(role.project(), role.role());
        };
    }
}
