package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service over TLS, with certificates as the JDK's keytool makes them. */
class TlsIT {
    private static final char[] PASSWORD = "only for the test".toCharArray();

    @TempDir
    private Path folder;

    /** A certificate of its own for localhost, put into the two files that the service reads. */
    private X509Certificate make(String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=DNS:localhost,IP:127.0.0.1",
                        "-validity",
                        "30",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
        assertThat(keytool.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(Files.readString(folder.resolve(name + ".log")))
                .isZero();
        KeyStore made = KeyStore.getInstance(store.toFile(), PASSWORD);
        X509Certificate certificate = (X509Certificate) made.getCertificate("server");
        put("tls.crt", "CERTIFICATE", certificate.getEncoded());
        put("tls.key", "PRIVATE KEY", made.getKey("server", PASSWORD).getEncoded());
        return certificate;
    }

    private void put(String file, String type, byte[] der) throws IOException {
        Path fresh = folder.resolve(file + ".new");
        Files.writeString(
                fresh,
                "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                        + "-----\n");
        Files.move(fresh, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }

    private static SSLContext trusting(X509Certificate... certificates) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (int i = 0; i < certificates.length; i++) trusted.setCertificateEntry("trusted-" + i, certificates[i]);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private Map<String, String> settings(String... others) {
        Map<String, String> all = new HashMap<>(Map.of(
                "GATEHOUSE_HOST",
                "localhost",
                "GATEHOUSE_ADMIN_PASSWORD",
                RunningServer.ADMIN_PASSWORD,
                "GATEHOUSE_TLS_CERTIFICATE",
                folder.resolve("tls.crt").toString(),
                "GATEHOUSE_TLS_KEY",
                folder.resolve("tls.key").toString(),
                "GATEHOUSE_TLS_RELOAD_SECONDS",
                "1"));
        for (int i = 0; i < others.length; i += 2) all.put(others[i], others[i + 1]);
        return all;
    }

    @Test
    void people_sign_in_over_tls_under_a_path_and_a_new_certificate_needs_no_restart() throws Exception {
        X509Certificate first = make("first");
        try (RunningServer server = RunningServer.start(
                folder.resolve("data"),
                settings(
                        "GATEHOUSE_ROOT_PATH", "/gate",
                        "GATEHOUSE_PLAIN_HTTP", "redirect",
                        "GATEHOUSE_PUBLIC_URL", "https://gate.example.com/gate"))) {
            URI uri = server.uri();
            assertThat(uri.getScheme()).isEqualTo("https");
            for (HttpClient.Version version : List.of(HttpClient.Version.HTTP_1_1, HttpClient.Version.HTTP_2)) {
                for (String protocol : List.of("TLSv1.2", "TLSv1.3")) {
                    HttpResponse<String> reply = signIn(uri, version, protocol, first);
                    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
                    assertThat(reply.version()).isEqualTo(version);
                    assertThat(reply.sslSession().orElseThrow().getProtocol()).isEqualTo(protocol);
                    assertThat(reply.headers().firstValue("Set-Cookie").orElseThrow())
                            .endsWith("; path=/gate; SameSite=lax; httpOnly; Secure");
                    assertThat(reply.headers().firstValue("Strict-Transport-Security"))
                            .hasValue("max-age=31536000");
                }
            }
            assertThat(plain(uri))
                    .startsWith("HTTP/1.1 307 ")
                    .contains("location: https://gate.example.com/gate/api/version\r\n");

            X509Certificate second = make("second");
            server.waitUntilItSays("CN=second");
            try (SSLSocket socket =
                    (SSLSocket) trusting(second).getSocketFactory().createSocket(uri.getHost(), uri.getPort())) {
                socket.startHandshake();
                assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(second);
            }
            List<String> secret = Files.readAllLines(folder.resolve("tls.key"));
            Files.writeString(folder.resolve("tls.key"), "rubbish");
            server.waitUntilItSays("GATEHOUSE_TLS_KEY holds no private key");
            assertThat(signIn(uri, HttpClient.Version.HTTP_2, "TLSv1.3", second).statusCode())
                    .isEqualTo(200);
            assertThat(server.output()).doesNotContain(secret.get(1), secret.get(2));
        }
    }

    private static HttpResponse<String> signIn(
            URI uri, HttpClient.Version version, String protocol, X509Certificate trusted) throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .version(version)
                .sslContext(trusting(trusted))
                .sslParameters(new SSLParameters(null, new String[] {protocol}))
                .build()) {
            return client.send(
                    HttpRequest.newBuilder(uri.resolve("/gate/api/v1/session"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    "{\"username\":\"admin\",\"password\":\"" + RunningServer.ADMIN_PASSWORD + "\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String plain(URI uri) throws IOException {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream()
                    .write("GET /gate/api/version HTTP/1.1\r\nHost: evil.example\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void files_that_do_not_belong_together_are_named_and_stop_the_start() throws Exception {
        make("one");
        Path certificate = Files.copy(folder.resolve("tls.crt"), folder.resolve("one.crt"));
        make("another");
        RunningServer server = RunningServer.launch(
                folder.resolve("data"), settings("GATEHOUSE_TLS_CERTIFICATE", certificate.toString()));
        assertThat(server.exitStatus()).isEqualTo(1);
        assertThat(server.output())
                .contains("gatehouse: GATEHOUSE_TLS_KEY is not the key of the first certificate in"
                        + " GATEHOUSE_TLS_CERTIFICATE (CN=one)");
    }

    @Test
    void a_file_that_is_not_there_is_named_and_stops_the_start() throws Exception {
        RunningServer server = RunningServer.launch(folder.resolve("data"), settings());
        assertThat(server.exitStatus()).isEqualTo(1);
        assertThat(server.output())
                .contains("gatehouse: GATEHOUSE_TLS_CERTIFICATE is " + folder.resolve("tls.crt")
                        + ", which is not there");
    }
}
