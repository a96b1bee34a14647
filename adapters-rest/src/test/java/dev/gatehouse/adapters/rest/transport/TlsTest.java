package dev.gatehouse.adapters.rest.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.adapters.rest.Api;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One port that speaks TLS, and what it says to who does not. */
class TlsTest {
    @TempDir
    private static Path folder;

    private static TlsServer server;

    @BeforeAll
    static void start() throws IOException {
        server = TlsServer.start(folder, Map.of());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> send(HttpClient.Version version, String protocol, HttpRequest.Builder request)
            throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(server.authority().trusting())
                .sslParameters(new SSLParameters(null, new String[] {protocol}))
                .build()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + server.port() + path));
    }

    @ParameterizedTest
    @CsvSource({"HTTP_1_1, TLSv1.2", "HTTP_1_1, TLSv1.3", "HTTP_2, TLSv1.2", "HTTP_2, TLSv1.3"})
    void it_speaks_both_kinds_of_http_over_both_kinds_of_tls(HttpClient.Version version, String protocol)
            throws Exception {
        HttpResponse<String> reply = send(version, protocol, request("/healthz"));
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body()).isEqualTo("ok\n");
        assertThat(reply.version()).isEqualTo(version);
        assertThat(reply.sslSession().orElseThrow().getProtocol()).isEqualTo(protocol);
        assertThat(reply.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");

        HttpResponse<String> in = send(
                version,
                protocol,
                request("/api/v1/session")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"username\":\"admin\",\"password\":\"wrong, but it arrives\"}")));
        assertThat(in.statusCode()).isEqualTo(401);
        assertThat(in.headers().firstValue("Strict-Transport-Security")).isPresent();
    }

    @Test
    void a_cookie_that_is_taken_back_is_for_tls_only() throws Exception {
        HttpResponse<String> reply = send(
                HttpClient.Version.HTTP_2,
                "TLSv1.3",
                request("/api/v1/session")
                        .header("Cookie", "argocd.token=x")
                        .header("Content-Type", "application/json")
                        .DELETE());
        assertThat(reply.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("path=/; SameSite=lax; httpOnly; Secure");
    }

    /** By hand, since a JDK of today does not even ask for it. */
    @ParameterizedTest
    @ValueSource(strings = {"0300", "0301", "0302"})
    void older_versions_of_tls_are_refused(String version) throws IOException {
        ByteArrayOutputStream hello = new ByteArrayOutputStream();
        hello.writeBytes(HexFormat.of().parseHex(version));
        hello.writeBytes(new byte[32]);
        // No session; three cipher suites that every version knows; no compression; the groups and formats of curves.
        hello.writeBytes(HexFormat.of().parseHex("00" + "0006c009c013002f" + "0100"));
        hello.writeBytes(HexFormat.of().parseHex("000e" + "000a000400020017" + "000b00020100"));
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(HexFormat.of().parseHex("160301"));
        RawHttp2.number(record, hello.size() + 4, 2);
        record.write(1);
        RawHttp2.number(record, hello.size(), 3);
        record.writeBytes(hello.toByteArray());
        try (Socket socket = new Socket("localhost", server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(record.toByteArray());
            byte[] alert = socket.getInputStream().readAllBytes();
            // A fatal alert, protocol_version (RFC 8446 6.2).
            assertThat(HexFormat.of().formatHex(alert)).matches("1503..0002" + "0246");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"})
    void ciphers_of_old_are_refused(String cipher) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) server.authority().trusting().getSocketFactory().createSocket("localhost", server.port())) {
            socket.setSoTimeout(20_000);
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {cipher});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    private static String plain(int port, String... lines) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void plain_http_is_refused_in_json() throws IOException {
        for (String line :
                new String[] {"GET /healthz HTTP/1.1", "POST /api/v1/session HTTP/1.0", "rubbish", "PRI * HTTP/2.0"}) {
            String reply = plain(server.port(), line, "Host: evil.example", "X-Request-Id: sent-by-a-test");
            assertThat(reply)
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .contains("content-type: application/json\r\n", "connection: close\r\n", "X-Request-Id: ")
                    .endsWith("\r\n\r\n"
                            + Api.error(400, 3, "this port speaks HTTPS only; ask the same address with https://")
                                    .substring(4))
                    .doesNotContain("evil");
        }
    }

    @Test
    void plain_http_is_sent_where_the_operator_says_and_never_where_the_client_says(@TempDir Path own)
            throws IOException {
        try (TlsServer redirecting = TlsServer.start(
                own,
                Map.of(
                        "gatehouse.root-path",
                        "/x",
                        "gatehouse.public-url",
                        "https://gate.example.com:8443/x",
                        "gatehouse.transport.redirect-plain",
                        true))) {
            int port = redirecting.port();
            assertThat(plain(
                            port,
                            "GET /x/api/version?a=b HTTP/1.1",
                            "Host: evil.example",
                            "X-Request-Id: sent-by-a-test"))
                    .startsWith("HTTP/1.1 307 Temporary Redirect\r\n")
                    .contains(
                            "location: https://gate.example.com:8443/x/api/version?a=b\r\n",
                            "X-Request-Id: sent-by-a-test\r\n")
                    .doesNotContain("evil");
            assertThat(plain(port, "GET http://evil.example/p HTTP/1.1", "Host: evil.example"))
                    .contains("location: https://gate.example.com:8443/p\r\n");
            assertThat(plain(port, "GET //evil.example/p HTTP/1.1", "Host: evil.example"))
                    .contains("location: https://gate.example.com:8443//evil.example/p\r\n");
            for (String target : new String[] {"@evil.example/", "evil.example", "*", "javascript:alert(1)"})
                assertThat(plain(port, "GET " + target + " HTTP/1.1", "Host: evil.example"))
                        .startsWith("HTTP/1.1 400 ")
                        .doesNotContain("location", "evil");
        }
    }

    @Test
    void a_connection_that_never_speaks_tls_is_closed() throws IOException {
        try (Socket socket = new Socket("localhost", server.port())) {
            socket.setSoTimeout(20_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        try (Socket socket = new Socket("localhost", server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(22);
            assertThat(socket.getInputStream().readAllBytes().length).isLessThan(20);
        }
    }

    private static SSLSocket connect() throws IOException {
        SSLSocket socket =
                (SSLSocket) server.authority().trusting().getSocketFactory().createSocket("localhost", server.port());
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private static String shownTo(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    private static void answers(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder reply = new StringBuilder();
        while (!reply.toString().endsWith("ok\n")) {
            int each = in.read();
            assertThat(each).as("the connection goes on after " + reply).isNotNegative();
            reply.append((char) each);
        }
        assertThat(reply.toString()).startsWith("HTTP/1.1 200 ");
    }

    private static void waitUntilShown(String name) throws IOException {
        String shown = "";
        for (int tries = 0; tries < 5000 && !shown.equals(name); tries++) {
            try (SSLSocket socket = connect()) {
                shown = shownTo(socket);
            }
        }
        assertThat(shown).isEqualTo(name);
    }

    @Test
    void certificates_change_without_a_restart_and_connections_go_on() throws IOException {
        try (SSLSocket old = connect()) {
            String before = shownTo(old);
            answers(old);

            server.authority().issue("renewed").write(server.certificate(), server.key());
            waitUntilShown("CN=renewed");
            answers(old);
            assertThat(shownTo(old)).isEqualTo(before);

            Authority.replace(server.key(), "no key");
            Authority.replace(server.certificate(), "no certificate");
            try (SSLSocket fresh = connect()) {
                assertThat(shownTo(fresh)).isEqualTo("CN=renewed");
                answers(fresh);
            }
            server.authority().issue("again").write(server.certificate(), server.key());
            waitUntilShown("CN=again");
            answers(old);
        }
    }
}
