package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.LastUse;
import dev.gatehouse.domain.token.TokenFilter;
import dev.gatehouse.domain.token.TokenPlace;
import dev.gatehouse.domain.token.TokenPolicySnapshot;
import dev.gatehouse.domain.token.TokenSubject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which tokens a statement is about: what follows {@code where}, and the values in it. */
final class TokenConditions {
    /** Seconds around 1970 that every database knows. */
    private static final long FARTHEST = 150_000_000_000L;

    private static final Instant FIRST = Instant.ofEpochSecond(-FARTHEST);
    private static final Instant LAST = Instant.ofEpochSecond(FARTHEST);
    private static final String NOT_EXPIRED = "(expires_at is null or expires_at > ?)";

    private final List<String> texts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();
    private String fixed = "";

    private TokenConditions() {}

    static TokenConditions of(TokenFilter filter) {
        TokenConditions all = new TokenConditions();
        filter.owner()
                .kind()
                .ifPresent(each -> all.add(
                        "subject_kind = ?",
                        switch (each) {
                            case ACCOUNT -> ApiTokenRow.ACCOUNT;
                            case PROJECT -> ApiTokenRow.PROJECT_ROLE;
                        }));
        filter.owner().project().ifPresent(each -> {
            all.add("subject_name = ?", each.value());
            all.add("subject_kind = ?", ApiTokenRow.PROJECT_ROLE);
        });
        filter.owner().account().ifPresent(each -> {
            all.add("subject_name = ?", each.value());
            all.add("subject_kind = ?", ApiTokenRow.ACCOUNT);
        });
        filter.owner().role().ifPresent(each -> {
            all.add("role = ?", each.value());
            all.add("subject_kind = ?", ApiTokenRow.PROJECT_ROLE);
        });
        Instant now = next(filter.now());
        List<Scope> scopes = Scope.of(filter.owner(), filter.policies());
        filter.standing().ifPresent(each -> all.standing(each, scopes, now));
        filter.createdBy().ifPresent(each -> all.add("created_by = ?", each));
        if (filter.owner().project().isPresent() || filter.owner().account().isPresent()) all.fixed = "subject_name, ";
        else if (filter.createdBy().isPresent()) all.fixed = "created_by, ";
        filter.expiresBefore().ifPresent(each -> all.add("expires_at < ?", next(each)));
        filter.unusedSince().ifPresent(each -> {
            all.add("issued_at < ?", next(each));
            all.add("(first_used_at is null or first_used_at < ?)", next(each));
            all.add("(last_used_at is null or last_used_at < ?)", next(each));
        });
        filter.neverUsed()
                .ifPresent(each -> all.add(
                        each
                                ? "first_used_at is null and last_used_at is null"
                                : "(first_used_at is not null or last_used_at is not null)"));
        filter.endsSoon().ifPresent(each -> all.add(endsSoon(scopes, now).negatedUnless(each)));
        if (filter.endedByPolicy()) {
            all.mayCount(now);
            all.add(endedByPolicy(scopes, now));
        }
        return all;
    }

    /**
     * Those of one subject that count, or will, and have no successor: first those without an end, then the others. Both
     * are one range of an index.
     */
    static List<TokenConditions> live(TokenSubject subject, KindPolicy policy, Instant now) {
        return List.of(
                live(subject, policy, now, new Condition("expires_at is null")),
                live(subject, policy, now, new Condition("expires_at > ?", now)));
    }

    /** Those of one subject that count, or will from some moment on, and have a successor: a range of an index of their own. */
    static TokenConditions open(TokenSubject subject, KindPolicy policy, Instant now) {
        Instant at = next(now);
        TokenConditions all = new TokenConditions();
        all.ownedBy(subject);
        all.add("superseded_at is not null and closed_at is null and revoked_at is null");
        all.add("superseded_until > ?", at);
        all.add(NOT_EXPIRED, at);
        all.add(endedBy(policy, at).negatedUnless(false));
        return all;
    }

    /** Those that count, or will from some moment on, with a successor or without. */
    static TokenConditions counting(TokenPolicySnapshot policies, Instant now) {
        Instant at = next(now);
        TokenConditions all = new TokenConditions();
        all.mayCount(at);
        all.add(endedByPolicy(Scope.of(TokenFilter.all(now).owner(), policies), at)
                .negatedUnless(false));
        return all;
    }

    private static TokenConditions live(TokenSubject subject, KindPolicy policy, Instant now, Condition end) {
        TokenConditions all = new TokenConditions();
        all.ownedBy(subject);
        all.add("revoked_at is null and superseded_at is null");
        all.add(end);
        all.add(endedBy(policy, next(now)).negatedUnless(false));
        return all;
    }

    private void ownedBy(TokenSubject subject) {
        ApiTokenRow.Subject of = ApiTokenRow.Subject.of(subject);
        add("subject_kind = ? and subject_id = ? and role = ?", of.kind(), of.id(), of.role());
    }

    private void standing(ApiToken.Standing standing, List<Scope> scopes, Instant now) {
        if (standing == ApiToken.Standing.REVOKED) {
            add("revoked_at is not null");
            return;
        }
        add("revoked_at is null");
        if (standing == ApiToken.Standing.SUPERSEDED) {
            add("superseded_at is not null");
            return;
        }
        add("superseded_at is null");
        switch (standing) {
            case EXPIRED ->
                add(Condition.any(
                        new Condition("expires_at is not null and expires_at <= ?", now), endedByPolicy(scopes, now)));
            case PENDING -> {
                add(NOT_EXPIRED, now);
                add("not_before > ?", now);
                add(endedByPolicy(scopes, now).negatedUnless(false));
            }
            case ACTIVE -> {
                add(NOT_EXPIRED, now);
                add("(not_before is null or not_before <= ?)", now);
                add(endedByPolicy(scopes, now).negatedUnless(false));
            }
            case SUPERSEDED, REVOKED -> {}
        }
    }

    /** As {@link ApiToken} has it: nobody ended it, and its end has not come. */
    private void mayCount(Instant now) {
        add("revoked_at is null");
        add(NOT_EXPIRED, now);
        add("(superseded_at is null or (closed_at is null and superseded_until > ?))", now);
    }

    private static Condition endedByPolicy(List<Scope> scopes, Instant at) {
        return Condition.any(scopes.stream()
                .map(each -> each.tokens().and(endedBy(each.policy(), at)))
                .toArray(Condition[]::new));
    }

    private static Condition endsSoon(List<Scope> scopes, Instant now) {
        Condition live = new Condition("revoked_at is null and superseded_at is null")
                .and(new Condition(NOT_EXPIRED, now))
                .and(endedByPolicy(scopes, now).negatedUnless(false));
        List<Condition> soon = new ArrayList<>();
        for (Scope each : scopes)
            each.policy().warnBefore().ifPresent(span -> {
                Instant then = within(now.plus(span));
                soon.add(each.tokens()
                        .and(Condition.any(
                                new Condition("expires_at is not null and expires_at <= ?", then),
                                endedBy(each.policy(), then))));
            });
        return live.and(Condition.any(soon.toArray(Condition[]::new)));
    }

    /** As {@link KindPolicy#endOf} has it. */
    private static Condition endedBy(KindPolicy policy, Instant at) {
        List<Condition> ends = new ArrayList<>();
        policy.longest().ifPresent(each -> {
            Condition tooOld = new Condition("issued_at <= ?", before(at, each));
            ends.add(policy.endlessAllowed() ? tooOld.and(new Condition("expires_at is not null")) : tooOld);
        });
        policy.unusedFor().ifPresent(each -> {
            Instant since = before(at, each.plus(LastUse.WRITTEN_WITHIN));
            ends.add(new Condition(
                    "issued_at <= ? and (not_before is null or not_before <= ?)"
                            + " and (first_used_at is null or first_used_at <= ?)"
                            + " and (last_used_at is null or last_used_at <= ?)",
                    since,
                    since,
                    since,
                    since));
        });
        return Condition.any(ends.toArray(Condition[]::new));
    }

    private static Instant before(Instant at, Duration length) {
        return within(at.minus(length));
    }

    private static Instant within(Instant any) {
        if (any.isBefore(FIRST)) return FIRST;
        return any.isAfter(LAST) ? LAST : any;
    }

    /** The next instant that a token can have; people may ask for any, also for one that no database knows. */
    private static Instant next(Instant asked) {
        Instant known = within(asked);
        Instant micros = known.truncatedTo(ChronoUnit.MICROS);
        return micros.equals(known) ? known : micros.plus(1, ChronoUnit.MICROS);
    }

    /** Only what comes behind this place. */
    void below(TokenPlace place) {
        Instant second = Instant.ofEpochSecond(place.second());
        // Said twice, so that the index is entered at the place.
        add("issued_at <= ?", second);
        add("(issued_at < ? or id > ?)", second, place.id().value());
    }

    /** Only those of which no warning of an end that is to come is written down. */
    void unwarned(Instant now) {
        add("(warned_of is null or warned_of <= ?)", next(now));
    }

    void add(String text, Object... parameters) {
        texts.add(text);
        values.addAll(List.of(parameters));
    }

    private void add(Condition condition) {
        if (condition.isTrue()) return;
        add(condition.text(), condition.values().toArray());
    }

    /**
     * The newest first, then by id. It begins with the column that is the same in all of them, where there is an index that
     * begins with it: else the embedded database sorts all before it tells the first.
     */
    String newestFirst() {
        return " order by " + fixed + "issued_at desc, id";
    }

    String sql() {
        return texts.isEmpty() ? "" : " where " + String.join(" and ", texts);
    }

    Object[] values() {
        return values.toArray();
    }

    /** Tokens for which one and the same policy holds, and that policy. */
    private record Scope(Condition tokens, KindPolicy policy) {
        static List<Scope> of(TokenFilter.Owner owner, TokenPolicySnapshot policies) {
            List<Scope> scopes = new ArrayList<>();
            if (owner.admits(TokenFilter.Kind.ACCOUNT))
                scopes.add(new Scope(
                        new Condition("subject_kind = ?", ApiTokenRow.ACCOUNT),
                        policies.all().account()));
            if (owner.admits(TokenFilter.Kind.PROJECT)) scopes.addAll(ofProjects(policies));
            return scopes;
        }

        private static List<Scope> ofProjects(TokenPolicySnapshot policies) {
            KindPolicy general = policies.all().project();
            Map<KindPolicy, List<String>> projects = policies.ofProjects().keySet().stream()
                    .collect(Collectors.groupingBy(
                            each -> ends(policies.ofProject(each)),
                            LinkedHashMap::new,
                            Collectors.mapping(ProjectId::value, Collectors.toList())));
            projects.remove(ends(general));
            Condition role = new Condition("subject_kind = ?", ApiTokenRow.PROJECT_ROLE);
            List<String> special =
                    projects.values().stream().flatMap(List::stream).toList();
            List<Scope> scopes = new ArrayList<>();
            scopes.add(
                    new Scope(special.isEmpty() ? role : role.and(among(special).negatedUnless(false)), general));
            projects.forEach((policy, ids) -> scopes.add(new Scope(role.and(among(ids)), policy)));
            return scopes;
        }

        private static Condition among(List<String> projects) {
            return new Condition("subject_id = any(?)", projects);
        }

        /** What it says of ends alone. */
        private static KindPolicy ends(KindPolicy policy) {
            return new KindPolicy(
                    Optional.empty(),
                    policy.longest(),
                    policy.endlessAllowed(),
                    policy.unusedFor(),
                    Optional.empty(),
                    policy.warnBefore());
        }
    }

    /** A condition on a row, which is never unknown: true or false of each. */
    private record Condition(String text, List<Object> values) {
        private static final String ALWAYS = "1 = 1";
        private static final Condition NEVER = new Condition("1 = 0");

        Condition(String text, Object... values) {
            this(text, List.of(values));
        }

        boolean isTrue() {
            return text.equals(ALWAYS);
        }

        Condition and(Condition other) {
            if (equals(NEVER) || other.equals(NEVER)) return NEVER;
            if (isTrue()) return other;
            return other.isTrue() ? this : joined(" and ", List.of(this, other));
        }

        static Condition any(Condition... conditions) {
            List<Condition> possible = Arrays.stream(conditions)
                    .filter(each -> !each.equals(NEVER))
                    .toList();
            if (possible.isEmpty()) return NEVER;
            return possible.size() == 1 ? possible.getFirst() : joined(" or ", possible);
        }

        private static Condition joined(String word, List<Condition> conditions) {
            return new Condition(
                    conditions.stream().map(each -> "(" + each.text + ")").collect(Collectors.joining(word, "(", ")")),
                    conditions.stream().flatMap(each -> each.values.stream()).toList());
        }

        Condition negatedUnless(boolean wanted) {
            if (wanted) return this;
            return equals(NEVER) ? new Condition(ALWAYS) : new Condition("not (" + text + ")", values);
        }
    }
}
