package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.application.token.TidyingTokens;
import dev.gatehouse.domain.account.PasswordRules;
import dev.gatehouse.domain.account.SignInThrottle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(GATEHOUSE_\\w+)` \\|");
    /** What the database takes or refuses, and the key, which is looked at where it opens something. */
    private static final Set<String> ANY_TEXT =
            Set.of("GATEHOUSE_DATABASE_USERNAME", "GATEHOUSE_DATABASE_PASSWORD", "GATEHOUSE_MASTER_KEY");

    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @Test
    void without_any_setting_it_is_the_embedded_database_on_loopback() throws Exception {
        Settings settings = Settings.from(Map.of());
        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(settings.home()).isAbsolute().hasFileName("data");
        assertThat(settings.database().embedded()).isTrue();
        assertThat(settings.database().url()).startsWith("jdbc:h2:file:");
        assertThat(settings.sessionRules().absolute()).isEqualTo(Duration.ofHours(24));
        assertThat(settings.tokenRules().longest()).isEmpty();
        assertThat(settings.properties()).containsEntry("gatehouse.generate-master-key", true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GATEHOUSE_PORT | 65536 | whole number from 0 to 65535",
                "GATEHOUSE_PORT | http | whole number from 0 to 65535",
                "GATEHOUSE_PORT | tcp://10.0.0.1:80 | whole number from 0 to 65535",
                "GATEHOUSE_HOST | a b | address or a host name",
                "GATEHOUSE_DATABASE_URL | mysql://x | must begin with jdbc:postgresql:",
                "GATEHOUSE_DATABASE_CONNECTIONS | 1 | from 2 to 200",
                "GATEHOUSE_SIGNING_KEY_DAYS | 3651 | from 0 to 3650",
                "GATEHOUSE_CLEAN_UP_HOURS | 0 | from 1 to 8760",
                "GATEHOUSE_CLEAN_UP_ENDED_DAYS | -1 | from 0 to 36500",
                "GATEHOUSE_CLEAN_UP_UNUSED_DAYS | 36501 | from 0 to 36500",
                "GATEHOUSE_CLEAN_UP_NEVER_USED_DAYS | 7d | from 0 to 36500",
                "GATEHOUSE_TOKEN_CACHE | 99 | from 100 to 10000000",
                "GATEHOUSE_SIGNING_ALGORITHM | HS256 | one of ES256, EdDSA, RS256",
                "GATEHOUSE_PASSWORD_MIN_CHARACTERS | 7 | from 8 to 64",
                "GATEHOUSE_PASSWORD_MAX_CHARACTERS | 63 | from 64 to 1024",
                "GATEHOUSE_PASSWORD_TO_CHANGE_HOURS | 0 | from 1 to 720",
                "GATEHOUSE_ADMIN_PASSWORD_TO_CHANGE | true | one of no, yes",
                "GATEHOUSE_SIGN_IN_FAILURES | 0 | from 1 to 1000",
                "GATEHOUSE_SIGN_IN_LOCK_SECONDS | 0 | from 1 to 604800",
                "GATEHOUSE_SIGN_IN_LOCK_SECONDS | 5m | from 1 to 604800",
                "GATEHOUSE_SIGN_IN_FAILURES_PER_PLACE | 0 | from 1 to 1000000",
                "GATEHOUSE_SIGN_IN_PLACE_SECONDS | 59 | from 60 to 604800",
                "GATEHOUSE_SIGN_IN_FAILURES_PER_NAME | -1 | from 1 to 1000000",
                "GATEHOUSE_SIGN_IN_NAME_SECONDS | 604801 | from 60 to 604800",
                "GATEHOUSE_SIGN_IN_KNOWN_DAYS | 3651 | from 0 to 3650",
                "GATEHOUSE_SIGN_INS_WAITING | 0 | from 1 to 10000",
                "GATEHOUSE_SESSION_SECONDS | 59 | from 60 to 31536000",
                "GATEHOUSE_SESSION_SECONDS | 1h | from 60 to 31536000",
                "GATEHOUSE_TRUSTED_PROXIES | 10.0.0.0/8,proxy.example | holds 'proxy.example'",
                "GATEHOUSE_TRUSTED_PROXIES | 10.0.0.1/8 | without bits behind the prefix",
                "GATEHOUSE_SESSION_IDLE_SECONDS | 59 | at least 60",
                "GATEHOUSE_SESSION_IDLE_SECONDS | -1 | from 0 to 31536000",
                "GATEHOUSE_SESSION_TOKEN_SECONDS | 599 | from 600 to 31536000",
                "GATEHOUSE_SESSIONS_PER_ACCOUNT | many | from 0 to 1000000",
                "GATEHOUSE_SESSIONS_BEYOND | newest | one of endOldest, refuse",
                "GATEHOUSE_TOKEN_MAX_SECONDS | -1 | from 0 to",
                "GATEHOUSE_ISSUER | my issuer | visible ASCII",
                "GATEHOUSE_LOG_LEVEL | LOUD | one of TRACE, DEBUG, INFO, WARN, ERROR",
                "GATEHOUSE_LOG_FORMAT | xml | one of json, text",
                "GATEHOUSE_HOME | a;b | cannot have in its path"
            })
    void a_wrong_one_is_named_with_what_it_must_be(String name, String value, String demand) {
        assertThatThrownBy(() -> Settings.from(Map.of(name, value)))
                .isInstanceOf(Settings.Unusable.class)
                .hasMessageContaining(name)
                .hasMessageContaining(demand);
    }

    /** Whatever is added to the settings: each is looked at before anything else happens. */
    @TestFactory
    Stream<DynamicTest> each_of_them_refuses_what_nobody_can_mean() {
        return Settings.Reader.KNOWN.stream()
                .filter(each -> !ANY_TEXT.contains(each))
                .sorted()
                .map(each -> DynamicTest.dynamicTest(
                        each,
                        () -> assertThatThrownBy(
                                        () -> Settings.from(Map.of(each, "\0"))) // no number, word, path or URL
                                .isInstanceOf(Settings.Unusable.class)
                                .hasMessageContaining(each)));
    }

    @Test
    void each_of_them_is_in_the_table_of_the_readme_once() throws IOException {
        List<String> told = Files.readAllLines(Path.of("..").resolve("README.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::find)
                .map(each -> each.group(1))
                .toList();
        Set<String> all = new HashSet<>(Settings.Reader.KNOWN);
        all.addAll(Settings.READ_ELSEWHERE);
        assertThat(told).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void nothing_is_cleaned_up_until_the_operator_says_what() throws Exception {
        assertThat(Settings.from(Map.of("GATEHOUSE_CLEAN_UP_HOURS", "1"))
                        .cleanUps()
                        .order())
                .isEmpty();

        TidyingTokens.Schedule schedule =
                Settings.from(Map.of("GATEHOUSE_CLEAN_UP_ENDED_DAYS", "90")).cleanUps();
        assertThat(schedule.period()).isEqualTo(Duration.ofDays(1));
        assertThat(schedule.order().orElseThrow().endedFor()).contains(Duration.ofDays(90));
        assertThat(schedule.order().orElseThrow().unusedFor()).isEmpty();
    }

    @Test
    void a_password_that_is_too_short_is_not_shown() {
        assertThatThrownBy(() -> Settings.from(Map.of("GATEHOUSE_ADMIN_PASSWORD", "s3cret")))
                .isInstanceOf(Settings.Unusable.class)
                .hasMessageContaining("GATEHOUSE_ADMIN_PASSWORD must be 8 to 256 characters")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void the_first_password_fits_the_rules_that_are_set() {
        assertThatThrownBy(() -> Settings.from(Map.of(
                        "GATEHOUSE_ADMIN_PASSWORD", "fourteen chars", "GATEHOUSE_PASSWORD_MIN_CHARACTERS", "15")))
                .isInstanceOf(Settings.Unusable.class)
                .hasMessageContaining("GATEHOUSE_ADMIN_PASSWORD must be 15 to 256 characters");
    }

    @Test
    void a_password_that_somebody_else_set_counts_for_three_days_and_the_first_need_not_be_changed_unless_set()
            throws Exception {
        Settings usual = Settings.from(Map.of());
        assertThat(usual.passwordRules()).isEqualTo(PasswordRules.DEFAULT);
        assertThat(usual.adminPasswordToChange()).isFalse();

        Settings set = Settings.from(
                Map.of("GATEHOUSE_PASSWORD_TO_CHANGE_HOURS", "24", "GATEHOUSE_ADMIN_PASSWORD_TO_CHANGE", "yes"));
        assertThat(set.passwordRules().toChange()).isEqualTo(Duration.ofDays(1));
        assertThat(set.adminPasswordToChange()).isTrue();
    }

    @Test
    void a_shared_database_needs_a_shared_key() throws Exception {
        Map<String, String> postgres = Map.of("GATEHOUSE_DATABASE_URL", "jdbc:postgresql://db/gatehouse");
        assertThatThrownBy(() -> Settings.from(postgres))
                .isInstanceOf(Settings.Unusable.class)
                .hasMessageContaining("GATEHOUSE_MASTER_KEY is not set");
        Settings settings = Settings.from(
                Map.of("GATEHOUSE_DATABASE_URL", "jdbc:postgresql://db/gatehouse", "GATEHOUSE_MASTER_KEY", KEY));
        assertThat(settings.properties()).containsEntry("gatehouse.generate-master-key", false);
    }

    @Test
    void the_limits_of_guessing_are_five_a_hundred_and_fifty_unless_set() throws Exception {
        assertThat(Settings.from(Map.of()).signInThrottle()).isEqualTo(SignInThrottle.DEFAULT);
        Settings set = Settings.from(Map.of(
                "GATEHOUSE_SIGN_IN_FAILURES", "3",
                "GATEHOUSE_SIGN_IN_LOCK_SECONDS", "600",
                "GATEHOUSE_SIGN_IN_FAILURES_PER_PLACE", "20",
                "GATEHOUSE_SIGN_IN_PLACE_SECONDS", "1200",
                "GATEHOUSE_SIGN_IN_FAILURES_PER_NAME", "10",
                "GATEHOUSE_SIGN_IN_NAME_SECONDS", "2400",
                "GATEHOUSE_SIGN_IN_KNOWN_DAYS", "7",
                "GATEHOUSE_SIGN_INS_WAITING", "16"));
        assertThat(set.signInThrottle())
                .isEqualTo(new SignInThrottle(
                        3,
                        Duration.ofSeconds(600),
                        new SignInThrottle.Measure(20, Duration.ofSeconds(1200)),
                        new SignInThrottle.Measure(10, Duration.ofSeconds(2400)),
                        Duration.ofDays(7)));
        assertThat(set.properties()).containsEntry("gatehouse.sign-ins-waiting", 16);
    }

    @Test
    void a_typing_error_is_noticed() {
        assertThat(Settings.unknownIn(Map.of(
                        "GATEHOUSE_PROT", "1", "GATEHOUSE_PORT", "1", "GATEHOUSE_LOG_LEVEL", "INFO", "PATH", "x")))
                .containsExactly("GATEHOUSE_PROT");
    }

    @Test
    void no_secret_shows_in_its_text() throws Exception {
        Settings settings = Settings.from(Map.of(
                "GATEHOUSE_DATABASE_URL",
                "jdbc:postgresql://db/gatehouse?password=hidden-1",
                "GATEHOUSE_DATABASE_PASSWORD",
                "hidden-2",
                "GATEHOUSE_MASTER_KEY",
                KEY,
                "GATEHOUSE_ADMIN_PASSWORD",
                "hidden-3-long"));
        assertThat(settings.toString()).doesNotContain("hidden").doesNotContain(KEY);
    }
}
