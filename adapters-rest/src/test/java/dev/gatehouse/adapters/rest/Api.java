package dev.gatehouse.adapters.rest;

import dev.gatehouse.application.World;
import io.micronaut.runtime.server.EmbeddedServer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client that sends what it is told to, and shows what came back. */
@Singleton
public final class Api {
    public static final String JSON = "Content-Type: application/json";

    private final EmbeddedServer server;
    private final World world;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final AtomicBoolean begun = new AtomicBoolean();

    Api(EmbeddedServer server, World world) {
        this.server = server;
        this.world = world;
    }

    /** Runs the first time it is called in one world: what all tests of a class find there. */
    public void once(Runnable beginning) {
        if (begun.compareAndSet(false, true)) beginning.run();
    }

    /** @param headers by their names in any letter case */
    public record Reply(int status, Map<String, List<String>> headers, String body) {
        /** The first value of a header; empty when it is not there. */
        public String header(String name) {
            return all(name).stream().findFirst().orElse("");
        }

        public List<String> all(String name) {
            return headers.getOrDefault(name, List.of());
        }

        /** Status and body in one text, for one comparison. */
        public String told() {
            return status + " " + body;
        }

        /** As {@link #told}, with {@code {uuid}} in place of every id that was made up. */
        public String masked() {
            return told().replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "{uuid}");
        }
    }

    /** What {@link Reply#told} says of a refusal. */
    public static String error(int status, int code, String message) {
        String text = message.replace("\\", "\\\\").replace("\"", "\\\"");
        return status + " {\"error\":\"" + text + "\",\"code\":" + code + ",\"message\":\"" + text + "\"}";
    }

    /** {@code Authorization: Bearer …} of a new session. */
    public String as(String name) {
        return "Authorization: Bearer " + world.sessionToken(name).reveal();
    }

    /** {@code Cookie: argocd.token=…} of a new session. */
    public String cookieOf(String name) {
        return "Cookie: argocd.token=" + world.sessionToken(name).reveal();
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, new byte[0], headers);
    }

    public Reply delete(String path, String... headers) {
        return send("DELETE", path, new byte[0], headers);
    }

    public Reply post(String path, String body, String... headers) {
        return send("POST", path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Reply put(String path, String body, String... headers) {
        return send("PUT", path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Sends the body only when it is not empty or the method asks for one. */
    public Reply send(String method, String path, byte[] body, String... headers) {
        boolean with = body.length > 0 || method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.getURI() + path))
                .method(
                        method,
                        with ? HttpRequest.BodyPublishers.ofByteArray(body) : HttpRequest.BodyPublishers.noBody());
        for (String each : headers) {
            int colon = each.indexOf(':');
            request.header(each.substring(0, colon), each.substring(colon + 1).strip());
        }
        try {
            HttpResponse<String> reply = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Map<String, List<String>> received = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            received.putAll(reply.headers().map());
            return new Reply(reply.statusCode(), received, reply.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes as they are on a connection of their own; empty when it was closed without a reply. */
    public Optional<Reply> raw(byte[]... pieces) {
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            for (byte[] each : pieces) socket.getOutputStream().write(each);
            socket.getOutputStream().flush();
            return read(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@link #raw(byte[]...)}, of lines that end in CR LF; a blank one ends the head. */
    public Optional<Reply> raw(String... lines) {
        return raw((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** All replies until the server closes the connection; each piece is sent when the one before is answered. */
    public List<Reply> untilClosed(byte[]... pieces) {
        return replies(false, pieces);
    }

    /** As {@link #untilClosed}, and nothing more can come behind the pieces. */
    public List<Reply> cutOff(byte[]... pieces) {
        return replies(true, pieces);
    }

    private List<Reply> replies(boolean ends, byte[]... pieces) {
        List<Reply> replies = new ArrayList<>();
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            for (int i = 0; i < pieces.length; i++) {
                if (i > 0) read(socket).ifPresent(replies::add);
                socket.getOutputStream().write(pieces[i]);
                socket.getOutputStream().flush();
            }
            if (ends) socket.shutdownOutput();
            for (Optional<Reply> each = read(socket); each.isPresent(); each = read(socket)) replies.add(each.get());
            return replies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Reply> read(Socket socket) throws IOException {
        List<String> head = new ArrayList<>();
        for (String line = line(socket); !line.isEmpty(); line = line(socket)) head.add(line);
        if (head.isEmpty()) return Optional.empty();
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String each : head.subList(1, head.size())) {
            int colon = each.indexOf(':');
            headers.computeIfAbsent(each.substring(0, colon), any -> new ArrayList<>())
                    .add(each.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(
                headers.getOrDefault("content-length", List.of("0")).getFirst());
        byte[] body = socket.getInputStream().readNBytes(length);
        int status =
                Integer.parseInt(Arrays.asList(head.getFirst().split(" ", -1)).get(1));
        return Optional.of(new Reply(status, headers, new String(body, StandardCharsets.UTF_8)));
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int each = socket.getInputStream().read();
                each >= 0 && each != '\n';
                each = socket.getInputStream().read()) if (each != '\r') line.append((char) each);
        return line.toString();
    }
}
