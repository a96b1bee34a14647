package dev.gatehouse.adapters.rest.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many connections there may be. */
@MicronautTest
@Property(name = "gatehouse.transport.connections", value = "3")
@Property(name = "gatehouse.transport.connections-per-address", value = "2")
class CrowdTest {
    private final EmbeddedServer server;

    CrowdTest(EmbeddedServer server) {
        this.server = server;
    }

    /** Whether a connection is answered, or else closed. */
    private static boolean answers(Socket socket) {
        try {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] reply = socket.getInputStream().readNBytes(12);
            if (reply.length == 0) return false;
            assertThat(new String(reply, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 200");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Socket from(String address) throws IOException {
        return new Socket(InetAddress.getByName(server.getHost()), server.getPort(), InetAddress.getByName(address), 0);
    }

    @Test
    void those_too_many_are_closed_and_there_is_room_again_when_one_leaves() throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) open.add(from("127.0.0.1"));
            assertThat(open).allMatch(CrowdTest::answers);
            try (Socket third = from("127.0.0.1")) {
                assertThat(answers(third)).as("a third of one address").isFalse();
            }
            open.add(from("127.0.0.2"));
            assertThat(answers(open.getLast())).as("one of another address").isTrue();
            try (Socket fourth = from("127.0.0.3")) {
                assertThat(answers(fourth)).as("a fourth of all").isFalse();
            }
            open.removeFirst().close();
            boolean answered = false;
            for (int tries = 0; tries < 1000 && !answered; tries++) {
                try (Socket next = from("127.0.0.1")) {
                    answered = answers(next);
                }
            }
            assertThat(answered).isTrue();
        } finally {
            for (Socket each : open) each.close();
        }
    }
}
