package dev.gatehouse.bootstrap;

import dev.gatehouse.application.token.TidyingTokens;
import dev.gatehouse.domain.access.SourceNetwork;
import dev.gatehouse.domain.account.PasswordRules;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInThrottle;
import dev.gatehouse.domain.session.SessionRules;
import dev.gatehouse.domain.shared.Refusal;
import dev.gatehouse.domain.token.CleanUpOrder;
import dev.gatehouse.domain.token.TokenRules;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the operator set, read from the environment once and checked before anything else happens.
 *
 * @param home the data folder, absolute
 * @param host the address to listen on
 * @param port 0 takes a free one
 * @param database where accounts, tokens and all else lie
 * @param masterKey what secrets in the database are sealed with; absent: generated into the data folder
 * @param adminPassword for the first administrator at the very first start; absent: generated
 * @param adminPasswordToChange whether a generated one has to be changed before anything else
 * @param signingAlgorithm for the first signing key
 * @param tokenCache how many verified tokens are kept in memory at most
 * @param signingKeyPeriod how long a key signs before another takes over; absent: until somebody rotates
 * @param cleanUps which tokens nobody needs, and how often they are looked for
 * @param passwordRules for passwords that are set from now on
 * @param signInThrottle how many wrong passwords are too many
 * @param signInsWaiting how many sign-ins may wait for their hash, in each process
 * @param transport how requests reach it
 * @param trustedProxies whose word is taken for who asks
 */
record Settings(
        Path home,
        String host,
        int port,
        Database database,
        Optional<String> masterKey,
        Optional<PlainPassword> adminPassword,
        boolean adminPasswordToChange,
        String signingAlgorithm,
        int tokenCache,
        Optional<Duration> signingKeyPeriod,
        TidyingTokens.Schedule cleanUps,
        PasswordRules passwordRules,
        SignInThrottle signInThrottle,
        int signInsWaiting,
        SessionRules sessionRules,
        TokenRules tokenRules,
        Transport transport,
        List<SourceNetwork> trustedProxies) {
    private static final String PREFIX = "GATEHOUSE_";
    /** Read by the script, not here. */
    static final Set<String> READ_ELSEWHERE = Set.of("GATEHOUSE_JAVA_OPTS", "GATEHOUSE_AOT");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.:_-]{1,253}");
    private static final Pattern ISSUER = Pattern.compile("[!-~]{1,255}");
    private static final long A_WEEK = 604_800;
    private static final long A_YEAR = 31_536_000;
    private static final int HIGHEST_PORT = 65_535;
    private static final int MOST_CONNECTIONS = 200;

    /**
     * @param embedded whether it is the file in the data folder
     * @param connections how many at most
     */
    record Database(String url, String username, String password, boolean embedded, int connections) {
        @Override
        public String toString() {
            return "Database[embedded=" + embedded + ", connections=" + connections + "]";
        }
    }

    /** A setting that cannot be used; the sentence names it and says what to change. */
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1L;

        private final String sentence;

        Unusable(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }

        String sentence() {
            return sentence;
        }
    }

    /**
     * Reads the settings.
     *
     * @throws Unusable naming the first one that is wrong; never showing a secret
     */
    static Settings from(Map<String, String> environment) throws Unusable {
        Reader reader = new Reader(environment);
        Path home = reader.path("GATEHOUSE_HOME", "./data");
        // Read again by the logging, which would take anything without a word.
        reader.oneOf("GATEHOUSE_LOG_LEVEL", "INFO", List.of("TRACE", "DEBUG", "INFO", "WARN", "ERROR"));
        reader.oneOf("GATEHOUSE_LOG_FORMAT", "json", List.of("json", "text"));
        PasswordRules passwordRules = new PasswordRules(
                (int) reader.number("GATEHOUSE_PASSWORD_MIN_CHARACTERS", PasswordRules.DEFAULT.least(), 8, 64),
                (int) reader.number("GATEHOUSE_PASSWORD_MAX_CHARACTERS", PasswordRules.DEFAULT.most(), 64, 1024),
                Duration.ofHours(reader.number(
                        "GATEHOUSE_PASSWORD_TO_CHANGE_HOURS",
                        PasswordRules.DEFAULT.toChange().toHours(),
                        1,
                        720)));
        Settings settings = new Settings(
                home,
                reader.matching("GATEHOUSE_HOST", "127.0.0.1", HOST, "must be an address or a host name"),
                (int) reader.number("GATEHOUSE_PORT", 8080, 0, HIGHEST_PORT),
                database(reader, home),
                reader.text("GATEHOUSE_MASTER_KEY"),
                adminPassword(reader, passwordRules),
                reader.oneOf("GATEHOUSE_ADMIN_PASSWORD_TO_CHANGE", "no", List.of("no", "yes"))
                        .equals("yes"),
                reader.oneOf("GATEHOUSE_SIGNING_ALGORITHM", "ES256", List.of("ES256", "EdDSA", "RS256")),
                (int) reader.number("GATEHOUSE_TOKEN_CACHE", 100_000, 100, 10_000_000),
                Optional.of(reader.number("GATEHOUSE_SIGNING_KEY_DAYS", 90, 0, 3_650))
                        .filter(each -> each > 0)
                        .map(Duration::ofDays),
                cleanUps(reader),
                passwordRules,
                signInThrottle(reader),
                (int) reader.number("GATEHOUSE_SIGN_INS_WAITING", 64, 1, 10_000),
                sessionRules(reader),
                new TokenRules(
                        reader.matching(
                                "GATEHOUSE_ISSUER", "argocd", ISSUER, "must be 1 to 255 visible ASCII characters"),
                        Optional.of(reader.number("GATEHOUSE_TOKEN_MAX_SECONDS", 0, 0, 3_153_600_000L))
                                .filter(each -> each > 0)
                                .map(Duration::ofSeconds)),
                Transport.from(reader),
                trustedProxies(reader));
        if (!settings.database.embedded() && settings.masterKey.isEmpty())
            throw new Unusable("GATEHOUSE_MASTER_KEY is not set, and GATEHOUSE_DATABASE_URL names a database that other"
                    + " processes may share: set the same key for all of them (32 random bytes in base64, for instance"
                    + " from: openssl rand -base64 32)");
        return settings;
    }

    /** The variables that look like settings and are none, in alphabetical order. */
    static Set<String> unknownIn(Map<String, String> environment) {
        Set<String> unknown = new TreeSet<>(environment.keySet());
        unknown.removeIf(
                each -> !each.startsWith(PREFIX) || READ_ELSEWHERE.contains(each) || Reader.KNOWN.contains(each));
        return unknown;
    }

    private static Database database(Reader reader, Path home) throws Unusable {
        int connections = (int) reader.number("GATEHOUSE_DATABASE_CONNECTIONS", 10, 2, MOST_CONNECTIONS);
        Optional<String> url = reader.text("GATEHOUSE_DATABASE_URL");
        Optional<String> username = reader.text("GATEHOUSE_DATABASE_USERNAME");
        Optional<String> password = reader.text("GATEHOUSE_DATABASE_PASSWORD");
        if (url.isEmpty()) {
            if (home.toString().contains(";"))
                throw new Unusable("GATEHOUSE_HOME holds a ';', which the embedded database cannot have in its path:"
                        + " choose another folder");
            String embedded = "jdbc:h2:file:" + home.resolve("gatehouse");
            return new Database(embedded, username.orElse("gatehouse"), password.orElse(""), true, connections);
        }
        if (!url.get().startsWith("jdbc:postgresql:"))
            throw new Unusable("GATEHOUSE_DATABASE_URL must begin with jdbc:postgresql: (for instance"
                    + " jdbc:postgresql://db.example.com:5432/gatehouse), or be left out for the embedded database");
        return new Database(url.get(), username.orElse("gatehouse"), password.orElse(""), false, connections);
    }

    private static List<SourceNetwork> trustedProxies(Reader reader) throws Unusable {
        List<SourceNetwork> networks = new ArrayList<>();
        for (String each : reader.text("GATEHOUSE_TRUSTED_PROXIES").orElse("").split(",", -1)) {
            if (each.isBlank()) continue;
            try {
                networks.add(SourceNetwork.parse("GATEHOUSE_TRUSTED_PROXIES", each.strip()));
            } catch (Refusal.Invalid e) {
                throw new Unusable("GATEHOUSE_TRUSTED_PROXIES holds '" + each.strip()
                        + "': it must be addresses and networks as 10.0.0.0/8, without bits behind the prefix, separated"
                        + " by commas");
            }
        }
        return networks;
    }

    private static SignInThrottle signInThrottle(Reader reader) throws Unusable {
        SignInThrottle otherwise = SignInThrottle.DEFAULT;
        return new SignInThrottle(
                (int) reader.number("GATEHOUSE_SIGN_IN_FAILURES", otherwise.most(), 1, 1_000),
                seconds(reader, "GATEHOUSE_SIGN_IN_LOCK_SECONDS", otherwise.window(), 1),
                new SignInThrottle.Measure(
                        failures(reader, "GATEHOUSE_SIGN_IN_FAILURES_PER_PLACE", otherwise.ofPlace()),
                        seconds(
                                reader,
                                "GATEHOUSE_SIGN_IN_PLACE_SECONDS",
                                otherwise.ofPlace().drainsIn(),
                                60)),
                new SignInThrottle.Measure(
                        failures(reader, "GATEHOUSE_SIGN_IN_FAILURES_PER_NAME", otherwise.ofName()),
                        seconds(
                                reader,
                                "GATEHOUSE_SIGN_IN_NAME_SECONDS",
                                otherwise.ofName().drainsIn(),
                                60)),
                Duration.ofDays(reader.number(
                        "GATEHOUSE_SIGN_IN_KNOWN_DAYS", otherwise.knownFor().toDays(), 0, 3_650)));
    }

    private static int failures(Reader reader, String name, SignInThrottle.Measure otherwise) throws Unusable {
        return (int) reader.number(name, otherwise.most(), 1, 1_000_000);
    }

    private static Duration seconds(Reader reader, String name, Duration otherwise, long least) throws Unusable {
        return Duration.ofSeconds(reader.number(name, otherwise.toSeconds(), least, A_WEEK));
    }

    private static TidyingTokens.Schedule cleanUps(Reader reader) throws Unusable {
        Duration period = Duration.ofHours(reader.number("GATEHOUSE_CLEAN_UP_HOURS", 24, 1, 8_760));
        CleanUpOrder order = new CleanUpOrder(
                Optional.empty(),
                Set.of(),
                days(reader, "GATEHOUSE_CLEAN_UP_ENDED_DAYS"),
                days(reader, "GATEHOUSE_CLEAN_UP_UNUSED_DAYS"),
                days(reader, "GATEHOUSE_CLEAN_UP_NEVER_USED_DAYS"));
        boolean wanted =
                order.endedFor().or(order::unusedFor).or(order::neverUsedFor).isPresent();
        return new TidyingTokens.Schedule(period, Optional.of(order).filter(any -> wanted));
    }

    /** Absent when it is 0. */
    private static Optional<Duration> days(Reader reader, String name) throws Unusable {
        return Optional.of(reader.number(name, 0, 0, 36_500))
                .filter(each -> each > 0)
                .map(Duration::ofDays);
    }

    private static SessionRules sessionRules(Reader reader) throws Unusable {
        Optional<Duration> idle = Optional.of(reader.number("GATEHOUSE_SESSION_IDLE_SECONDS", 28_800, 0, A_YEAR))
                .filter(each -> each > 0)
                .map(Duration::ofSeconds);
        if (idle.isPresent() && idle.get().compareTo(Duration.ofMinutes(1)) < 0)
            throw new Unusable("GATEHOUSE_SESSION_IDLE_SECONDS is '"
                    + idle.get().toSeconds() + "': it must be 0, for no end of unused sessions, or at least 60");
        int most = (int) reader.number("GATEHOUSE_SESSIONS_PER_ACCOUNT", 100, 0, 1_000_000);
        SessionRules.Beyond beyond =
                reader.oneOf("GATEHOUSE_SESSIONS_BEYOND", "endOldest", List.of("endOldest", "refuse"))
                                .equals("refuse")
                        ? SessionRules.Beyond.REFUSE
                        : SessionRules.Beyond.END_OLDEST;
        return new SessionRules(
                Duration.ofSeconds(reader.number("GATEHOUSE_SESSION_SECONDS", 86_400, 60, A_YEAR)),
                idle,
                Duration.ofSeconds(reader.number("GATEHOUSE_SESSION_TOKEN_SECONDS", 86_400, 600, A_YEAR)),
                most == 0 ? Optional.empty() : Optional.of(new SessionRules.Limit(most, beyond)));
    }

    private static Optional<PlainPassword> adminPassword(Reader reader, PasswordRules rules) throws Unusable {
        Optional<PlainPassword> password =
                reader.text("GATEHOUSE_ADMIN_PASSWORD").map(PlainPassword::new);
        if (password.isPresent()) {
            try {
                rules.check(password.get());
            } catch (Refusal.Invalid e) {
                throw new Unusable("GATEHOUSE_ADMIN_PASSWORD must be " + rules.least() + " to " + rules.most()
                        + " characters without control characters");
            }
        }
        return password;
    }

    /** For the framework; what stands here wins over its own files and variables. */
    Map<String, Object> properties() {
        Map<String, Object> all = new HashMap<>();
        all.put("gatehouse.home", home.toString());
        all.put("gatehouse.database.url", database.url());
        all.put("gatehouse.database.username", database.username());
        all.put("gatehouse.database.password", database.password());
        all.put("gatehouse.database.connections", database.connections());
        masterKey.ifPresent(each -> all.put("gatehouse.master-key", each));
        all.put("gatehouse.generate-master-key", database.embedded());
        all.put("gatehouse.signing-algorithm", signingAlgorithm);
        all.put(
                "gatehouse.trusted-proxies",
                trustedProxies.stream().map(SourceNetwork::text).collect(Collectors.joining(",")));
        all.put("gatehouse.token-cache", tokenCache);
        all.put("gatehouse.sign-ins-waiting", signInsWaiting);
        all.put("micronaut.server.host", host);
        all.put("micronaut.server.port", port == 0 ? -1 : port);
        all.putAll(transport.properties(port));
        return all;
    }

    @Override
    public String toString() {
        return "Settings[home=" + home + ", host=" + host + ", port=" + port + ", database=" + database
                + ", masterKey=" + (masterKey.isPresent() ? "set" : "not set") + ", adminPassword="
                + (adminPassword.isPresent() ? "set" : "not set") + "]";
    }

    /** What the environment says, one variable after the other. */
    static final class Reader {
        static final Set<String> KNOWN = Set.of(
                "GATEHOUSE_HOME",
                "GATEHOUSE_HOST",
                "GATEHOUSE_PORT",
                "GATEHOUSE_DATABASE_URL",
                "GATEHOUSE_DATABASE_USERNAME",
                "GATEHOUSE_DATABASE_PASSWORD",
                "GATEHOUSE_DATABASE_CONNECTIONS",
                "GATEHOUSE_MASTER_KEY",
                "GATEHOUSE_ADMIN_PASSWORD",
                "GATEHOUSE_ADMIN_PASSWORD_TO_CHANGE",
                "GATEHOUSE_SIGNING_ALGORITHM",
                "GATEHOUSE_SIGNING_KEY_DAYS",
                "GATEHOUSE_CLEAN_UP_HOURS",
                "GATEHOUSE_CLEAN_UP_ENDED_DAYS",
                "GATEHOUSE_CLEAN_UP_UNUSED_DAYS",
                "GATEHOUSE_CLEAN_UP_NEVER_USED_DAYS",
                "GATEHOUSE_PASSWORD_MIN_CHARACTERS",
                "GATEHOUSE_PASSWORD_MAX_CHARACTERS",
                "GATEHOUSE_PASSWORD_TO_CHANGE_HOURS",
                "GATEHOUSE_SIGN_IN_FAILURES",
                "GATEHOUSE_SIGN_IN_LOCK_SECONDS",
                "GATEHOUSE_SIGN_IN_FAILURES_PER_PLACE",
                "GATEHOUSE_SIGN_IN_PLACE_SECONDS",
                "GATEHOUSE_SIGN_IN_FAILURES_PER_NAME",
                "GATEHOUSE_SIGN_IN_NAME_SECONDS",
                "GATEHOUSE_SIGN_IN_KNOWN_DAYS",
                "GATEHOUSE_SIGN_INS_WAITING",
                "GATEHOUSE_TOKEN_CACHE",
                "GATEHOUSE_TRUSTED_PROXIES",
                "GATEHOUSE_SESSION_SECONDS",
                "GATEHOUSE_SESSION_IDLE_SECONDS",
                "GATEHOUSE_SESSION_TOKEN_SECONDS",
                "GATEHOUSE_SESSIONS_PER_ACCOUNT",
                "GATEHOUSE_SESSIONS_BEYOND",
                "GATEHOUSE_TOKEN_MAX_SECONDS",
                "GATEHOUSE_ISSUER",
                "GATEHOUSE_LOG_LEVEL",
                "GATEHOUSE_LOG_FORMAT",
                "GATEHOUSE_TLS_CERTIFICATE",
                "GATEHOUSE_TLS_KEY",
                "GATEHOUSE_TLS_RELOAD_SECONDS",
                "GATEHOUSE_PLAIN_HTTP",
                "GATEHOUSE_HSTS_SECONDS",
                "GATEHOUSE_PUBLIC_URL",
                "GATEHOUSE_ROOT_PATH",
                "GATEHOUSE_MAX_CONNECTIONS",
                "GATEHOUSE_MAX_CONNECTIONS_PER_ADDRESS",
                "GATEHOUSE_HEAD_SECONDS",
                "GATEHOUSE_BODY_SECONDS",
                "GATEHOUSE_REPLY_SECONDS",
                "GATEHOUSE_IDLE_SECONDS");

        private final Map<String, String> environment;

        Reader(Map<String, String> environment) {
            this.environment = environment;
        }

        /** Absent when it is not set or empty. */
        Optional<String> text(String name) {
            if (!KNOWN.contains(name)) throw new IllegalArgumentException(name + " is not listed");
            return Optional.ofNullable(environment.get(name)).filter(each -> !each.isEmpty());
        }

        String matching(String name, String otherwise, Pattern shape, String demand) throws Unusable {
            String value = text(name).orElse(otherwise);
            if (!shape.matcher(value).matches()) throw new Unusable(name + " is '" + value + "': it " + demand);
            return value;
        }

        String oneOf(String name, String otherwise, List<String> words) throws Unusable {
            String value = text(name).orElse(otherwise);
            if (!words.contains(value))
                throw new Unusable(name + " is '" + value + "': it must be one of " + String.join(", ", words));
            return value;
        }

        long number(String name, long otherwise, long least, long most) throws Unusable {
            Optional<String> value = text(name);
            if (value.isEmpty()) return otherwise;
            try {
                long number = Long.parseLong(value.get().strip());
                if (number >= least && number <= most) return number;
            } catch (NumberFormatException e) {
                // Said below, in the same words as for a number out of range.
            }
            throw new Unusable(
                    name + " is '" + value.get() + "': it must be a whole number from " + least + " to " + most);
        }

        Path path(String name, String otherwise) throws Unusable {
            String value = text(name).orElse(otherwise);
            try {
                return Path.of(value).toAbsolutePath().normalize();
            } catch (InvalidPathException e) {
                throw new Unusable(name + " is '" + value + "': it must be a path of a folder");
            }
        }
    }

    /** The words for the log at the start. */
    List<String> summary() {
        List<String> lines = new ArrayList<>();
        lines.add("data folder " + home);
        lines.add(database.embedded() ? "embedded database" : "PostgreSQL");
        lines.addAll(transport.summary());
        return lines;
    }
}
