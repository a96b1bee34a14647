package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client of a running server. */
final class Api {
    private final HttpClient client;
    private final URI base;
    private final String token;

    Api(URI base) {
        this(builder().build(), base, "");
    }

    private Api(HttpClient client, URI base, String token) {
        this.client = client;
        this.base = base;
        this.token = token;
    }

    /** The same server, with this token. */
    Api as(String bearer) {
        return new Api(client, base, bearer);
    }

    /** The same server from another address of this machine, without a token. */
    Api from(String address) {
        return new Api(builder().localAddress(InetAddress.ofLiteral(address)).build(), base, "");
    }

    private static HttpClient.Builder builder() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
    }

    record Reply(int status, String body, HttpResponse<String> raw) {
        Reply is(int wanted) {
            assertThat(status).as(body).isEqualTo(wanted);
            return this;
        }

        /** The first member of this name with a text, at any depth. */
        String text(String member) {
            Matcher matcher = Pattern.compile("\"" + Pattern.quote(member) + "\":\"((?:[^\"\\\\]|\\\\.)*)\"")
                    .matcher(body);
            assertThat(matcher.find()).as("member %s in %s", member, body).isTrue();
            return matcher.group(1);
        }
    }

    Reply get(String path) {
        return send("GET", path, "");
    }

    Reply post(String path, String json) {
        return send("POST", path, json);
    }

    Reply put(String path, String json) {
        return send("PUT", path, json);
    }

    Reply delete(String path) {
        return send("DELETE", path, "");
    }

    /** A form, as OAuth's calls take it. */
    Reply form(String path, String form) {
        return exchange("POST", path, "application/x-www-form-urlencoded", form);
    }

    /** Signs in, and goes on with the session's token. */
    Api signIn(String name, String password) {
        return as(post("/api/v1/session", "{\"username\":\"" + name + "\",\"password\":\"" + password + "\"}")
                .is(200)
                .text("token"));
    }

    String token() {
        return token;
    }

    Reply send(String method, String path, String json, String... headers) {
        return exchange(method, path, "application/json", json, headers);
    }

    private Reply exchange(String method, String path, String type, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        request.header("Content-Type", type);
        if (!token.isEmpty()) request.header("Authorization", "Bearer " + token);
        if (headers.length > 0) request.headers(headers);
        try {
            HttpResponse<String> reply = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(reply.statusCode(), reply.body(), reply);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
