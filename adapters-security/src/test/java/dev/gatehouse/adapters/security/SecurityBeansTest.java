package dev.gatehouse.adapters.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.testkit.access.InMemoryAccessChanges;
import dev.gatehouse.adapters.testkit.shared.InMemoryStore;
import dev.gatehouse.adapters.testkit.token.InMemorySigningKeys;
import dev.gatehouse.domain.account.InitialPassword;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.shared.Ids;
import dev.gatehouse.domain.shared.SecretSealer;
import dev.gatehouse.domain.token.PlainToken;
import dev.gatehouse.domain.token.PublishedKeys;
import dev.gatehouse.domain.token.SigningKey;
import dev.gatehouse.domain.token.SigningKeys;
import dev.gatehouse.domain.token.TokenClaims;
import dev.gatehouse.domain.token.TokenRules;
import dev.gatehouse.domain.token.TokenSigner;
import dev.gatehouse.domain.token.TokenVerifier;
import dev.gatehouse.domain.token.VerifiedTokens;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.exceptions.ConfigurationException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The beans as the container makes them, from settings to a verified token. */
class SecurityBeansTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    @TempDir
    private Path home;

    private final InMemoryStore rows = new InMemoryStore();
    private final SigningKeys keys = new InMemorySigningKeys(rows);

    @Test
    void every_port_of_this_room_is_there_and_they_work_together() {
        Map<String, Object> settings = Map.of(
                "gatehouse.home",
                home.toString(),
                "gatehouse.generate-master-key",
                true,
                "gatehouse.signing-algorithm",
                "EdDSA");
        PlainToken token;
        try (ApplicationContext beans = start(settings)) {
            token = beans.getBean(TokenSigner.class)
                    .sign(new TokenClaims("argocd", "ada:login", "a", Instant.EPOCH, Instant.EPOCH, Optional.empty()));
            for (Class<?> port : List.of(
                    Ids.class, SecretSealer.class, PasswordHasher.class, VerifiedTokens.class, PublishedKeys.class))
                assertThat(beans.getBean(port)).isSameAs(beans.getBean(port));
            beans.getBean(InitialPassword.class).keep(new PlainPassword("x"));
            assertThat(keys.all()).extracting(SigningKey::algorithm).containsExactly(SigningKey.Algorithm.EDDSA);
            assertThat(home.toFile().list()).containsExactlyInAnyOrder("master.key", "initial-admin-password");
        }
        try (ApplicationContext later = start(settings)) {
            assertThat(later.getBean(TokenVerifier.class).verify(token))
                    .isInstanceOf(TokenVerifier.Verdict.Genuine.class);
        }
    }

    @Test
    void the_key_is_made_when_the_service_starts_and_not_at_the_first_request() {
        try (ApplicationContext beans = start(Map.of("gatehouse.master-key", KEY))) {
            assertThat(beans.isRunning()).isTrue();
            assertThat(keys.all()).extracting(SigningKey::algorithm).containsExactly(SigningKey.Algorithm.ES256);
        }
    }

    @Test
    void a_wrong_setting_stops_the_start_with_its_name() {
        for (Map.Entry<Map<String, Object>, String> each : List.of(
                Map.entry(Map.<String, Object>of("gatehouse.master-key", "hush-hush"), "GATEHOUSE_MASTER_KEY"),
                Map.entry(Map.<String, Object>of(), "GATEHOUSE_MASTER_KEY"),
                Map.entry(
                        Map.<String, Object>of("gatehouse.master-key", KEY, "gatehouse.signing-algorithm", "HS256"),
                        "GATEHOUSE_SIGNING_ALGORITHM")))
            assertThatThrownBy(() -> start(each.getKey()).close())
                    .rootCause()
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining(each.getValue())
                    .hasMessageNotContaining("hush-hush");
        assertThat(keys.all()).isEmpty();
    }

    private ApplicationContext start(Map<String, Object> settings) {
        return ApplicationContext.builder()
                .deduceEnvironment(false)
                .properties(settings)
                .singletons(
                        keys, new InMemoryAccessChanges(rows), TokenRules.DEFAULT, InstantSource.fixed(Instant.EPOCH))
                .start();
    }
}
