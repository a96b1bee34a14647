import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One request over and over, sent by {@code wrk}: so many connections, each of which sends its next request when it has its
 * answer, for so many seconds.
 *
 * @param told what the script is told about the request: see {@code wrk.lua}
 */
record Wrk(String url, int connections, Map<String, String> told) {
    private static final Pattern LINE = Pattern.compile(
            "bench answers=(\\d+) micros=(\\d+) refused=(\\d+) broken=(\\d+) p50=(\\d+) p99=(\\d+) max=(\\d+)");

    Wrk {
        told = Map.copyOf(told);
    }

    /** @param token empty: nobody asks; so in the others, too */
    static Wrk get(String url, String token, int connections) {
        Wrk get = new Wrk(url, connections, Map.of("BENCH_METHOD", "GET"));
        return token.isEmpty() ? get : get.told("BENCH_TOKEN", token);
    }

    static Wrk post(String url, String token, String body, int connections) {
        Wrk post = new Wrk(url, connections, Map.of("BENCH_METHOD", "POST", "BENCH_BODY", body));
        return token.isEmpty() ? post : post.told("BENCH_TOKEN", token);
    }

    /** Each request shows the next token of a file, as the one who asks. */
    static Wrk getAsEach(String url, Path tokens, int connections) {
        return get(url, "", connections).told("BENCH_WALK", tokens.toString()).told("BENCH_WALK_IN", "header");
    }

    /** Each request asks about the next token of a file, by a form. */
    static Wrk postAboutEach(String url, String token, Path tokens, int connections) {
        return post(url, token, "", connections)
                .told("BENCH_WALK", tokens.toString())
                .told("BENCH_WALK_IN", "form");
    }

    /** Each request sends the next line of a file. */
    static Wrk postEach(String url, Path bodies, int connections) {
        return post(url, "", "", connections)
                .told("BENCH_WALK", bodies.toString())
                .told("BENCH_WALK_IN", "body");
    }

    /** The same at a leisurely pace: each connection rests between an answer and the next request. */
    Wrk pausing(int meanMs) {
        return told("BENCH_PAUSE_MS", Integer.toString(meanMs));
    }

    /** The same over so many connections. */
    Wrk over(int many) {
        return new Wrk(url, many, told);
    }

    private Wrk told(String name, String value) {
        Map<String, String> more = new HashMap<>(told);
        more.put(name, value);
        return new Wrk(url, connections, more);
    }

    /**
     * What came of it.
     *
     * @param seconds by the wall clock
     * @param cpu that the server used meanwhile
     * @param refused answers of 400 and above
     * @param broken connections that could not be made, failed or timed out
     */
    record Round(
            long answers,
            double seconds,
            Gatehouse.Cpu cpu,
            long refused,
            long broken,
            double p50Ms,
            double p99Ms,
            double maxMs) {
        double perSecond() {
            return answers / seconds;
        }

        double cpuMicrosEach() {
            return cpu.working() * 1e6 / answers;
        }

        /** Whether the server still spent much on becoming faster. */
        boolean cold() {
            return cpu.compiling() > cpu.working() / 20;
        }

        long failed() {
            return refused + broken;
        }

        Map<String, Object> numbers() {
            Map<String, Object> all = Json.object();
            all.put("answers", answers);
            all.put("seconds", seconds);
            all.put("perSecond", perSecond());
            all.put("serverCpuSeconds", cpu.working());
            all.put("serverCompilerSeconds", cpu.compiling());
            all.put("serverCpuMicrosEach", cpuMicrosEach());
            all.put("refused", refused);
            all.put("broken", broken);
            all.put("p50Ms", p50Ms);
            all.put("p99Ms", p99Ms);
            all.put("maxMs", maxMs);
            return all;
        }
    }

    Round run(Gatehouse server, Path script, int seconds) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s"));
        command.addAll(List.of("--timeout", "10s", "-s", script.toString(), url));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(each -> each.startsWith("BENCH_"));
        builder.environment().putAll(told);

        Gatehouse.Cpu before = server.cpu();
        Process process = builder.start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            Gatehouse.Cpu cpu = server.cpu().since(before);
            Matcher line = LINE.matcher(said);
            if (!line.find()) throw new IOException("wrk said: " + said);
            Round round = new Round(
                    Long.parseLong(line.group(1)),
                    Long.parseLong(line.group(2)) / 1e6,
                    cpu,
                    Long.parseLong(line.group(3)),
                    Long.parseLong(line.group(4)),
                    Long.parseLong(line.group(5)) / 1e3,
                    Long.parseLong(line.group(6)) / 1e3,
                    Long.parseLong(line.group(7)) / 1e3);
            if (round.answers() == 0) throw new IOException("not one answer from " + url + ": " + said);
            return round;
        } finally {
            process.destroy();
        }
    }
}
