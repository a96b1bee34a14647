package dev.gatehouse.adapters.persistence.token;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.adapters.persistence.Database;
import dev.gatehouse.domain.project.ProjectId;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.PolicyEnding;
import dev.gatehouse.domain.token.SessionPolicy;
import dev.gatehouse.domain.token.TokenPolicies;
import dev.gatehouse.domain.token.TokenPolicy;
import dev.gatehouse.domain.token.TokenPolicySnapshot;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

@Singleton
final class JdbcTokenPolicies implements TokenPolicies {
    private static final String TABLE = "token_policy";
    private static final String ENDINGS = "token_policy_ending";
    private static final String OF_ALL = "";
    private static final List<String> OF_A_KIND = List.of(
            "default_seconds",
            "max_seconds",
            "allow_no_expiry",
            "unused_for_seconds",
            "max_live",
            "warn_before_seconds");
    private static final List<String> OF_SESSIONS = List.of(
            "session_idle_seconds",
            "session_absolute_seconds",
            "session_max_per_account",
            "session_reauthenticate_seconds");
    private static final List<String> OF_POLICY = columns();

    private final Database database;

    JdbcTokenPolicies(Database database) {
        this.database = database;
    }

    private static List<String> columns() {
        List<String> all = new ArrayList<>();
        for (String kind : List.of("account_", "project_")) OF_A_KIND.forEach(each -> all.add(kind + each));
        all.addAll(OF_SESSIONS);
        all.add("version");
        return all;
    }

    @Override
    public Optional<TokenPolicy> find(Optional<ProjectId> project) {
        return find(project, "");
    }

    @Override
    public Optional<TokenPolicy> hold(Optional<ProjectId> project) {
        return find(project, " for update");
    }

    @Override
    public TokenPolicySnapshot all() {
        Map<String, TokenPolicy> stored = new HashMap<>();
        database.list(
                        "select project_id, " + String.join(", ", OF_POLICY) + " from " + TABLE,
                        columns -> Map.entry(columns.text("project_id"), read(columns)))
                .forEach(each -> stored.put(each.getKey(), each.getValue()));
        TokenPolicy all = stored.getOrDefault(OF_ALL, TokenPolicy.LENIENT);
        stored.remove(OF_ALL);
        return new TokenPolicySnapshot(
                all,
                stored.entrySet().stream()
                        .collect(Collectors.toMap(each -> new ProjectId(each.getKey()), Map.Entry::getValue)));
    }

    @Override
    public void begin(PolicyEnding ending) {
        boolean begun = database.insertIfAbsent(
                ENDINGS,
                "project_id, project_name, changed_at, changed_by",
                key(ending.project().map(PolicyEnding.Scope::id)),
                ending.project().map(each -> each.name().value()).orElse(OF_ALL),
                ending.at(),
                ending.by());
        if (!begun) throw new Refusal.Conflict(Refusal.Conflict.Reason.STALE, TokenPolicy.KIND, "");
    }

    @Override
    public List<PolicyEnding> endings() {
        return database.list(
                "select project_id, project_name, changed_at, changed_by from " + ENDINGS
                        + " order by changed_at, project_id",
                columns -> new PolicyEnding(
                        Optional.of(columns.text("project_id"))
                                .filter(each -> !each.equals(OF_ALL))
                                .map(each -> new PolicyEnding.Scope(
                                        new ProjectId(each), new ProjectName(columns.text("project_name")))),
                        columns.instant("changed_at"),
                        columns.text("changed_by")));
    }

    @Override
    public boolean finish(PolicyEnding ending) {
        return database.write(
                        "delete from " + ENDINGS + " where project_id = ? and changed_at = ?",
                        key(ending.project().map(PolicyEnding.Scope::id)),
                        ending.at())
                == 1;
    }

    private Optional<TokenPolicy> find(Optional<ProjectId> project, String lock) {
        return database.first(
                "select " + String.join(", ", OF_POLICY) + " from " + TABLE + " where project_id = ?" + lock,
                JdbcTokenPolicies::read,
                key(project));
    }

    @Override
    public TokenPolicy store(Optional<ProjectId> project, TokenPolicy policy) {
        TokenPolicy next = policy.at(policy.version() + 1);
        List<@Nullable Object> values = new ArrayList<>(values(next));
        boolean stored;
        if (policy.version() == 0) {
            values.add(key(project));
            stored = database.insertIfAbsent(TABLE, String.join(", ", OF_POLICY) + ", project_id", values.toArray());
        } else {
            values.addAll(Arrays.asList(key(project), policy.version()));
            stored = database.write(
                            "update " + TABLE + " set " + String.join(" = ?, ", OF_POLICY)
                                    + " = ? where project_id = ? and version = ?",
                            values.toArray())
                    == 1;
        }
        if (!stored) throw new Refusal.Conflict(Refusal.Conflict.Reason.STALE, TokenPolicy.KIND, "");
        return next;
    }

    private static String key(Optional<ProjectId> project) {
        return project.map(ProjectId::value).orElse(OF_ALL);
    }

    private static List<@Nullable Object> values(TokenPolicy policy) {
        List<@Nullable Object> values = new ArrayList<>();
        for (KindPolicy each : List.of(policy.account(), policy.project())) {
            values.add(each.usual().map(Duration::toSeconds).orElse(null));
            values.add(each.longest().map(Duration::toSeconds).orElse(null));
            values.add(each.endlessAllowed());
            values.add(each.unusedFor().map(Duration::toSeconds).orElse(null));
            values.add(each.mostLive().orElse(null));
            values.add(each.warnBefore().map(Duration::toSeconds).orElse(null));
        }
        SessionPolicy session = policy.session();
        values.add(session.idle().map(Duration::toSeconds).orElse(null));
        values.add(session.absolute().map(Duration::toSeconds).orElse(null));
        values.add(session.most().orElse(null));
        values.add(session.recent().map(Duration::toSeconds).orElse(null));
        values.add(policy.version());
        return values;
    }

    private static TokenPolicy read(Columns columns) {
        return new TokenPolicy(
                kind("account_", columns),
                kind("project_", columns),
                new SessionPolicy(
                        length("session_idle_seconds", columns),
                        length("session_absolute_seconds", columns),
                        Optional.ofNullable(columns.numberOrNull("session_max_per_account")),
                        length("session_reauthenticate_seconds", columns)),
                columns.number("version"));
    }

    private static KindPolicy kind(String kind, Columns columns) {
        return new KindPolicy(
                length(kind + "default_seconds", columns),
                length(kind + "max_seconds", columns),
                columns.flag(kind + "allow_no_expiry"),
                length(kind + "unused_for_seconds", columns),
                Optional.ofNullable(columns.numberOrNull(kind + "max_live")),
                length(kind + "warn_before_seconds", columns));
    }

    private static Optional<Duration> length(String column, Columns columns) {
        return Optional.ofNullable(columns.bigNumberOrNull(column)).map(Duration::ofSeconds);
    }
}
