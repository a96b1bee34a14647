package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.account.Provisioning;
import dev.gatehouse.application.project.ManagingProjects;
import dev.gatehouse.application.session.SigningIn;
import dev.gatehouse.application.shared.Repetition;
import dev.gatehouse.application.token.IssuedToken;
import dev.gatehouse.application.token.ManagingTokens;
import dev.gatehouse.application.token.NewToken;
import dev.gatehouse.application.token.Rotation;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.ApiTokens;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.TokenId;
import io.micronaut.context.ApplicationContext;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many who rotate and use at the same moment, in one application context with its own database, and in two within this
 * process that share a PostgreSQL and nothing else of ours. {@link RotationNodesIT} has processes.
 */
class RotationRaceIT {
    private static final Origin ORIGIN = new Origin("192.0.2.7", "race/1", "request-1");
    private static final String CI = "proj:demo:ci";
    private static final int ROUNDS = 15;
    private static final int SHOWN_AT_MOST = 1_000_000;

    @Test
    void on_the_embedded_database(@TempDir Path home) throws Exception {
        try (ApplicationContext node = node(Map.of("GATEHOUSE_HOME", home.toString()))) {
            race(List.of(node));
        }
    }

    @Test
    void in_two_contexts_that_share_a_database(@TempDir Path home) throws Exception {
        String masterKey = Base64.getEncoder()
                .encodeToString("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Map<String, String> environment = Map.of(
                    "GATEHOUSE_HOME",
                    home.toString(),
                    "GATEHOUSE_DATABASE_URL",
                    "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                    "GATEHOUSE_DATABASE_USERNAME",
                    "postgres",
                    "GATEHOUSE_MASTER_KEY",
                    masterKey);
            try (ApplicationContext one = node(environment);
                    ApplicationContext two = node(environment)) {
                race(List.of(one, two));
            }
        }
    }

    private static ApplicationContext node(Map<String, String> environment) throws Exception {
        Settings settings = Settings.from(environment);
        ApplicationContext context = ApplicationContext.builder()
                .banner(false)
                .properties(settings.properties())
                .singletons(settings)
                .build()
                .start();
        context.getBean(Provisioning.class)
                .provision(Optional.of(new PlainPassword(RunningServer.ADMIN_PASSWORD)), false, ORIGIN);
        return context;
    }

    private static void race(List<ApplicationContext> nodes) {
        Caller admin = admin(nodes.getFirst());
        nodes.getFirst()
                .getBean(ManagingProjects.class)
                .create(
                        admin,
                        new ManagingProjects.Draft(
                                "demo",
                                "",
                                "",
                                ProjectLabels.NONE,
                                "",
                                List.of(new ManagingProjects.RoleDraft("ci", "", List.of(), List.of())),
                                "{}"),
                        false);
        for (int round = 0; round < ROUNDS; round++) {
            two_rotations_at_once(nodes, admin);
            one_request_sent_many_times_at_once(nodes, admin, "key-" + round);
            use_and_rotate_at_once(nodes, admin);
            first_uses_at_once(nodes, admin);
            limited_uses_at_once(nodes, admin);
        }
    }

    private static void two_rotations_at_once(List<ApplicationContext> nodes, Caller admin) {
        IssuedToken old = issue(nodes.getFirst(), admin, NewToken.Restricted.NOT);
        List<Callable<IssuedToken>> acts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ApplicationContext node = nodes.get(i % nodes.size());
            acts.add(() -> rotate(node, admin, old, Optional.empty()));
        }

        Race<IssuedToken> race = Race.between(acts);

        assertThat(race.thrown()).hasSize(3).hasOnlyElementsOfType(Refusal.Conflict.class);
        assertThat(live(nodes.getFirst(), old))
                .containsExactly(race.returned().getFirst().token().id());
    }

    private static void one_request_sent_many_times_at_once(List<ApplicationContext> nodes, Caller admin, String key) {
        IssuedToken old = issue(nodes.getFirst(), admin, NewToken.Restricted.NOT);
        List<Callable<IssuedToken>> acts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ApplicationContext node = nodes.get(i % nodes.size());
            acts.add(() -> rotate(node, admin, old, Optional.of(new Repetition(key, "the same"))));
        }

        Race<IssuedToken> race = Race.between(acts);

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned().stream().map(each -> each.token().id()).distinct())
                .hasSize(1);
        assertThat(live(nodes.getFirst(), old)).hasSize(1);
    }

    private static void use_and_rotate_at_once(List<ApplicationContext> nodes, Caller admin) {
        IssuedToken old = issue(nodes.getFirst(), admin, NewToken.Restricted.NOT);
        List<Callable<Boolean>> acts = new ArrayList<>();
        acts.add(() ->
                !rotate(nodes.getFirst(), admin, old, Optional.empty()).token().isRevoked());
        for (int i = 0; i < 3; i++) {
            ApplicationContext node = nodes.get(i % nodes.size());
            acts.add(() -> counts(node, old.secret()));
        }

        Race<Boolean> race = Race.between(acts);

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsOnly(true);
        assertThat(live(nodes.getFirst(), old)).hasSize(1);
    }

    private static void first_uses_at_once(List<ApplicationContext> nodes, Caller admin) {
        IssuedToken old = issue(nodes.getFirst(), admin, NewToken.Restricted.NOT);
        IssuedToken next = rotate(nodes.getFirst(), admin, old, Optional.empty());
        List<Callable<Boolean>> acts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ApplicationContext node = nodes.get(i % nodes.size());
            acts.add(() -> counts(node, next.secret()));
        }

        Race<Boolean> race = Race.between(acts);

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned()).containsOnly(true);
        ApiTokens tokens = nodes.getFirst().getBean(ApiTokens.class);
        assertThat(tokens.find(next.token().id()).orElseThrow().uses().firstAt())
                .isPresent();
        ApiToken.State closed = tokens.find(old.token().id()).orElseThrow().state();
        assertThat(closed)
                .isInstanceOfSatisfying(
                        ApiToken.State.Superseded.class,
                        state -> assertThat(state.closedAt())
                                .isEqualTo(tokens.find(next.token().id())
                                        .orElseThrow()
                                        .uses()
                                        .firstAt()));
        // It is on its way for a second; after that it is somebody else who has the old one, wherever it is shown.
        for (int i = 0; i < SHOWN_AT_MOST && !live(nodes.getFirst(), old).isEmpty(); i++)
            for (ApplicationContext node : nodes)
                assertThat(counts(node, old.secret())).isFalse();
        assertThat(live(nodes.getFirst(), old)).isEmpty();
        assertThat(counts(nodes.getFirst(), next.secret())).isFalse();
    }

    private static void limited_uses_at_once(List<ApplicationContext> nodes, Caller admin) {
        IssuedToken token = issue(
                nodes.getFirst(), admin, new NewToken.Restricted(Optional.empty(), Optional.empty(), Optional.of(3L)));
        List<Callable<Boolean>> acts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ApplicationContext node = nodes.get(i % nodes.size());
            acts.add(() -> counts(node, token.secret()));
        }

        Race<Boolean> race = Race.between(acts);

        assertThat(race.thrown()).isEmpty();
        assertThat(race.returned().stream().filter(each -> each)).hasSize(3);
    }

    private static List<TokenId> live(ApplicationContext node, IssuedToken first) {
        return node.getBean(ApiTokens.class).unrevokedOf(first.token().subject(), ApiTokens.MOST_SHOWN).stream()
                .filter(each -> each.lineage().family().equals(first.token().id())
                        && each.state() instanceof ApiToken.State.Live)
                .map(ApiToken::id)
                .toList();
    }

    private static boolean counts(ApplicationContext node, PlainToken token) {
        return node.getBean(Authenticating.class).authenticate(token, ORIGIN)
                instanceof Authenticating.Answer.Authenticated;
    }

    private static IssuedToken issue(ApplicationContext node, Caller admin, NewToken.Restricted restrictions) {
        return node.getBean(ManagingTokens.class)
                .issue(
                        admin,
                        CI,
                        new NewToken(
                                Optional.empty(),
                                "",
                                Optional.of(3600L),
                                Optional.empty(),
                                restrictions,
                                Optional.empty()));
    }

    private static IssuedToken rotate(
            ApplicationContext node, Caller admin, IssuedToken token, Optional<Repetition> repetition) {
        return node.getBean(ManagingTokens.class)
                .rotate(
                        admin,
                        token.token().id().value(),
                        new Rotation(600, true, Optional.empty(), Optional.empty(), Optional.empty(), repetition))
                .issued();
    }

    private static Caller admin(ApplicationContext node) {
        SigningIn.Answer answer = node.getBean(SigningIn.class)
                .signIn(new SigningIn.SignIn("admin", new PlainPassword(RunningServer.ADMIN_PASSWORD), ORIGIN));
        if (answer instanceof SigningIn.Answer.SignedIn(var session, var token)
                && node.getBean(Authenticating.class).authenticate(token, ORIGIN)
                        instanceof Authenticating.Answer.Authenticated(Caller caller)) return caller;
        throw new AssertionError("the administrator could not sign in: " + answer);
    }
}
