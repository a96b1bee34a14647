package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A short life of the whole service on a throw-away data folder and a free loopback port: it signs in, keeps a project,
 * gives out a token and ends it. The JVM watches and keeps what it loaded and compiled, so that later starts are quick:
 * see {@code ./gatehouse}.
 */
final class WarmUp {
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");
    private static final String PASSWORD = "only-for-the-warm-up";
    private static final int ROUNDS = 10;

    private final URI server;

    private WarmUp(URI server) {
        this.server = server;
    }

    /** Whatever the environment says, this life touches {@code home} and no other data. */
    static void run(Path home) throws IOException, Settings.Unusable, Service.NotStarted {
        Settings settings = Settings.from(
                Map.of("GATEHOUSE_HOME", home.toString(), "GATEHOUSE_PORT", "0", "GATEHOUSE_ADMIN_PASSWORD", PASSWORD));
        try (Service service = Service.start(settings)) {
            new WarmUp(service.uri()).walk();
        }
    }

    private void walk() throws IOException {
        call("GET", "/health", "", "");
        call("GET", "/api/v1/account", "", "");
        call("POST", "/api/v1/session", "", "{\"username\":\"admin\",\"password\":\"wrong\"}");
        String admin = token(
                call("POST", "/api/v1/session", "", "{\"username\":\"admin\",\"password\":\"" + PASSWORD + "\"}"));
        call("POST", "/api/v1/projects", admin, """
                {"project":{"metadata":{"name":"warm"},"spec":{"sourceRepos":["*"],"roles":[
                {"name":"ci","policies":["p, proj:warm:ci, applications, get, warm/*, allow"]}]}}}""");
        for (int round = 0; round < ROUNDS; round++) {
            String id = "t" + round;
            String token = token(call(
                    "POST", "/api/v1/projects/warm/roles/ci/token", admin, "{\"id\":\"" + id + "\",\"expiresIn\":60}"));
            call("GET", "/api/v1/account/can-i/applications/get/warm/x", token, "");
            call("GET", "/api/v1/session/userinfo", token, "");
            call("GET", "/api/v1/projects/warm", token, "");
            call("GET", "/api/v1/projects", admin, "");
            call("GET", "/api/v1/account", admin, "");
            call("GET", "/api/v1/audit", admin, "");
            call("GET", "/.well-known/jwks.json", "", "");
            call("GET", "/health/readiness", "", "");
            call("GET", "/prometheus", admin, "");
            call("GET", "/nowhere", "", "");
            call("DELETE", "/api/v1/projects/warm/roles/ci/token/0?id=" + id, admin, "");
            call("GET", "/api/v1/session/userinfo", token, "");
        }
        call("DELETE", "/api/v1/session", admin, "");
    }

    private static String token(String reply) throws IOException {
        Matcher matcher = TOKEN.matcher(reply);
        if (!matcher.find()) throw new IOException("no token in the reply");
        return matcher.group(1);
    }

    /** An answer that is a fault of the service ends the warm-up; one that refuses is as good as any. */
    private String call(String method, String path, String token, String body) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) server.resolve(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty("Content-Type", "application/json");
        if (!token.isEmpty()) connection.setRequestProperty("Authorization", "Bearer " + token);
        if (!body.isEmpty()) {
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        if (status >= 500) throw new IOException(method + " " + path + " answered " + status);
        try (InputStream reply = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return reply == null ? "" : new String(reply.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
