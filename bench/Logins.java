import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** People who sign in with the right password, over and over, until they are told to stop. */
final class Logins {
    private final Gatehouse server;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final AtomicLong refused = new AtomicLong();
    private final List<Future<List<Long>>> people = new ArrayList<>();
    private final ExecutorService threads;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Gatehouse.Cpu cpuBefore;

    private Logins(Gatehouse server, int clients) throws IOException {
        this.server = server;
        threads = Executors.newFixedThreadPool(clients);
        cpuBefore = server.cpu();
        for (int i = 0; i < clients; i++) people.add(threads.submit(this::signInAgainAndAgain));
    }

    /**
     * What came of it.
     *
     * @param logins all that succeeded
     * @param perSecond between the first and the last of them
     */
    record Round(long logins, double perSecond, Gatehouse.Cpu cpu, long refused) {
        double cpuMillisEach() {
            return cpu.working() * 1e3 / logins;
        }

        Map<String, Object> numbers() {
            Map<String, Object> all = Json.object();
            all.put("logins", logins);
            all.put("perSecond", perSecond);
            all.put("serverCpuSeconds", cpu.working());
            all.put("serverCompilerSeconds", cpu.compiling());
            all.put("serverCpuMillisEach", cpuMillisEach());
            all.put("refused", refused);
            return all;
        }
    }

    static Logins start(Gatehouse server, int clients) throws IOException {
        return new Logins(server, clients);
    }

    static Round forSeconds(Gatehouse server, int clients, int seconds) throws Exception {
        Logins logins = start(server, clients);
        Thread.sleep(seconds * 1_000L);
        return logins.stop();
    }

    Round stop() throws InterruptedException, ExecutionException, IOException {
        ended.set(true);
        List<Long> times = new ArrayList<>();
        for (Future<List<Long>> each : people) times.addAll(each.get());
        Gatehouse.Cpu cpu = server.cpu().since(cpuBefore);
        threads.shutdown();
        client.close();
        times.sort(null);
        if (times.size() < 2) throw new IOException("hardly anybody could sign in; refused: " + refused);
        return new Round(
                times.size(), (times.size() - 1) * 1e9 / (times.getLast() - times.getFirst()), cpu, refused.get());
    }

    private List<Long> signInAgainAndAgain() throws IOException, InterruptedException {
        List<Long> times = new ArrayList<>();
        HttpRequest request = request(server, "POST", "/api/v1/session", "", signIn());
        while (!ended.get()) {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) times.add(System.nanoTime());
            else refused.incrementAndGet();
        }
        return times;
    }

    private static String signIn() {
        return "{\"username\":\"admin\",\"password\":\"" + Gatehouse.PASSWORD + "\"}";
    }

    /** One request, where the answer has to be 200; its body. */
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
        return token(call(server, "POST", "/api/v1/session", "", signIn()));
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
