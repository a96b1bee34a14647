import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** Single requests, where the answer has to be 200. */
final class Calls {
    private Calls() {}

    /** The body of the answer. */
    static String call(Gatehouse server, String method, String path, String token, String body)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    client.send(request(server, method, path, token, body), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200)
                throw new IOException(method + " " + path + " answered " + answer.statusCode() + ": " + answer.body());
            return answer.body();
        }
    }

    /** The token of a new session of the first administrator. */
    static String administrator(Gatehouse server) throws IOException, InterruptedException {
        return token(call(server, "POST", "/api/v1/session", "", signIn("admin")));
    }

    /** What somebody sends who signs in; everybody has the same password. */
    static String signIn(String name) {
        return "{\"username\":\"" + name + "\",\"password\":\"" + Gatehouse.PASSWORD + "\"}";
    }

    static String token(String answer) {
        return answer.replaceAll("(?s).*\"token\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    }

    private static HttpRequest request(Gatehouse server, String method, String path, String token, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.url(path)))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        return request.build();
    }
}
