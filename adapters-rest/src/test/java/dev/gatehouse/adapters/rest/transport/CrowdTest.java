package dev.gatehouse.adapters.rest.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.annotation.Property;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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

    /** Whoever has one IPv6 address has 2^64 of them. */
    @Test
    void an_ipv6_network_of_64_bits_is_one_address() {
        EmbeddedChannel crowd = crowd(2);
        assertThat(comes(crowd, "2001:db8:0:1::1")).isTrue();
        EmbeddedChannel second = from(crowd, "2001:db8:0:1:ffff::2");
        assertThat(second.isOpen()).isTrue();
        assertThat(comes(crowd, "2001:db8:0:1::3")).as("a third of one network").isFalse();
        assertThat(comes(crowd, "2001:db8:0:2::1"))
                .as("one of the next network")
                .isTrue();

        second.close();

        assertThat(comes(crowd, "2001:db8:0:1::3")).as("there is room again").isTrue();
    }

    @Test
    void with_a_limit_of_0_one_address_may_have_all_connections() {
        EmbeddedChannel crowd = crowd(0);
        for (int i = 0; i < 5; i++) assertThat(comes(crowd, "192.0.2.7")).isTrue();
        assertThat(comes(crowd, "192.0.2.7")).as("a sixth of all").isFalse();
    }

    private static EmbeddedChannel crowd(int perAddress) {
        Duration any = Duration.ofMinutes(1);
        return new EmbeddedChannel(new Crowd(new TransportSettings(5, perAddress, any, any, any, any, false)));
    }

    /** Whether it may stay. */
    private static boolean comes(EmbeddedChannel crowd, String address) {
        return from(crowd, address).isOpen();
    }

    private static EmbeddedChannel from(EmbeddedChannel crowd, String address) {
        EmbeddedChannel connection = new EmbeddedChannel() {
            @Override
            protected SocketAddress remoteAddress0() {
                return new InetSocketAddress(NetUtil.createInetAddressFromIpAddressString(address), 40_000);
            }
        };
        crowd.writeInbound(connection);
        return connection;
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
