package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.adapters.testkit.shared.Race;
import dev.gatehouse.application.access.Authenticating;
import dev.gatehouse.application.account.Provisioning;
import dev.gatehouse.application.project.ManagingProjects;
import dev.gatehouse.application.session.SigningIn;
import dev.gatehouse.application.token.ManagingTokenPolicy;
import dev.gatehouse.application.token.ManagingTokens;
import dev.gatehouse.application.token.NewToken;
import dev.gatehouse.application.token.Rotation;
import dev.gatehouse.domain.access.AccessChanges;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.project.ProjectLabels;
import dev.gatehouse.domain.project.ProjectName;
import dev.gatehouse.domain.shared.Origin;
import dev.gatehouse.domain.shared.PageRequest;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.ApiToken;
import dev.gatehouse.domain.token.KindPolicy;
import dev.gatehouse.domain.token.TokenFilter;
import io.micronaut.context.ApplicationContext;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many who give out tokens of one role at the same moment, and many who rotate them: never do more of them count than the
 * policy allows, nor stay more open beside their successors. In one application context with its own database, and in two
 * within this process that share a PostgreSQL and nothing else of ours.
 */
class MostLiveIT {
    private static final Origin ORIGIN = new Origin("192.0.2.7", "race/1", "request-1");
    private static final int ROUNDS = 8;
    private static final int MOST = 3;
    private static final int ISSUERS = 8;

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

    /** In one half of the rounds the policy for all says how many, in the other that of the project. */
    private static void race(List<ApplicationContext> nodes) {
        ApplicationContext first = nodes.getFirst();
        Caller admin = admin(first);
        for (int round = 0; round < ROUNDS; round++) {
            String project = "demo-" + round;
            createProject(first, admin, project);
            allow(first, admin, round < ROUNDS / 2 ? Optional.of(project) : Optional.empty());
            // Every process knows of the policy before the race.
            nodes.forEach(each -> each.getBean(AccessChanges.class).ask());
            List<Callable<ApiToken>> issuers = new ArrayList<>();
            for (int i = 0; i < ISSUERS; i++) {
                ApplicationContext node = nodes.get(i % nodes.size());
                issuers.add(() -> issue(node, admin, project));
            }

            Race<ApiToken> race = Race.between(issuers);

            assertThat(race.returned()).as("round %d", round).hasSize(MOST);
            assertThat(race.thrown()).hasSize(ISSUERS - MOST).hasOnlyElementsOfType(Refusal.Unmet.class);
            assertThat(of(ApiToken.Standing.ACTIVE, first, admin, project)).hasSize(MOST);

            List<ApiToken> left = new ArrayList<>(race.returned());
            left.add(rotate(first, admin, left.removeFirst()));
            List<Callable<ApiToken>> rotations = new ArrayList<>();
            for (int i = 0; i < left.size(); i++) {
                ApplicationContext node = nodes.get(i % nodes.size());
                ApiToken each = left.get(i);
                rotations.add(() -> rotate(node, admin, each));
            }

            Race<ApiToken> rotated = Race.between(rotations);

            assertThat(rotated.returned()).as("round %d", round).hasSize(MOST - 1);
            assertThat(rotated.thrown()).singleElement().isInstanceOf(Refusal.Unmet.class);
            assertThat(of(ApiToken.Standing.ACTIVE, first, admin, project)).hasSize(MOST);
            assertThat(of(ApiToken.Standing.SUPERSEDED, first, admin, project)).hasSize(MOST);
        }
    }

    private static ApiToken rotate(ApplicationContext node, Caller admin, ApiToken token) {
        return node.getBean(ManagingTokens.class)
                .rotate(
                        admin,
                        token.id().value(),
                        new Rotation(
                                600, false, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()))
                .issued()
                .token();
    }

    private static void createProject(ApplicationContext node, Caller admin, String name) {
        node.getBean(ManagingProjects.class)
                .create(
                        admin,
                        new ManagingProjects.Draft(
                                name,
                                "",
                                "",
                                ProjectLabels.NONE,
                                "",
                                List.of(new ManagingProjects.RoleDraft("ci", "", List.of(), List.of())),
                                "{}"),
                        false);
    }

    private static void allow(ApplicationContext node, Caller admin, Optional<String> project) {
        ManagingTokenPolicy policies = node.getBean(ManagingTokenPolicy.class);
        int version = policies.read(admin, project).version();
        KindPolicy most = new KindPolicy(
                Optional.empty(), Optional.empty(), true, Optional.empty(), Optional.of(MOST), Optional.empty());
        policies.replace(
                admin, project, new ManagingTokenPolicy.Draft(KindPolicy.LENIENT, most, Optional.of(version)), false);
    }

    private static ApiToken issue(ApplicationContext node, Caller admin, String project) {
        return node.getBean(ManagingTokens.class)
                .issue(admin, "proj:" + project + ":ci", new NewToken(Optional.empty(), "", 3_600))
                .token();
    }

    private static List<ApiToken> of(
            ApiToken.Standing standing, ApplicationContext node, Caller admin, String project) {
        TokenFilter wanted = TokenFilter.all(node.getBean(InstantSource.class).instant())
                .of(new ProjectName(project))
                .of(standing);
        return node.getBean(ManagingTokens.class)
                .find(admin, wanted, new PageRequest(100, Optional.empty()))
                .page()
                .items();
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
