import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What many tokens change: checks, introspection and issuing with a thousand tokens in the database, and with a million, all
 * of one project. The service keeps few tokens in memory, so that a walk over all that are shown finds hardly any of them
 * there, and a walk over fewer finds all. The million is put into the database by {@code FillTokens} while the service is
 * down; of those only rows are needed, nobody shows them.
 */
final class ManyTokens {
    private static final String PROJECT = "bench";
    private static final String INTROSPECT = "/oauth2/introspect";
    /** The least that may be set. */
    private static final int KEPT = 100;

    private static final int SHOWN = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Bench bench;
    private final Path home;
    private final Path few;
    private final Path all;
    private final int more;

    ManyTokens(Bench bench, Path home) {
        this.bench = bench;
        this.home = home;
        this.few = home.resolveSibling("few.tokens");
        this.all = home.resolveSibling("all.tokens");
        this.more = bench.isQuick() ? 20_000 : 1_000_000;
    }

    /**
     * What was measured with so many tokens.
     *
     * @param rounds by what was asked
     * @param issued in a project of its own
     */
    private record Measured(Map<String, List<Wrk.Round>> rounds, List<Wrk.Round> issued) {}

    private static final String CHECK = "token check";
    private static final String CHECK_UNKNOWN = "token check, not from memory";
    private static final String INTROSPECTION = "introspection";
    private static final String INTROSPECTION_UNKNOWN = "introspection, not from memory";

    void measure() throws Exception {
        Bench.say("introspection and checks, 1,000 tokens ...");
        Measured before;
        try (Gatehouse server = start()) {
            String admin = Calls.administrator(server);
            Bench.makeProject(server, admin, PROJECT, 1);
            show(server, admin);
            before = measure(server, admin, "alone");
        }
        Bench.say("putting %,d tokens into the database ...", more);
        long began = System.nanoTime();
        Process filling = bench.child(
                List.of("-XX:+UseSerialGC", "-Xmx2g"), "FillTokens", home.toString(), Integer.toString(more));
        filling.getInputStream().transferTo(System.out);
        if (filling.waitFor() != 0) throw new IOException("the tokens could not be put into the database, see above");
        bench.numbers().put("secondsFilling", (System.nanoTime() - began) / 1e9);
        Bench.say("introspection, checks and issuing, %,d tokens ...", more + SHOWN);
        Measured after;
        try (Gatehouse server = start()) {
            String admin = Calls.administrator(server);
            after = measure(server, admin, "beside");
            String tokens = String.format(Locale.ROOT, "%,d", more + SHOWN);
            report(before, after, tokens);
            bench.numbers()
                    .put(
                            "issuingBesideMany",
                            bench.issuingByWriters(
                                    server, admin, PROJECT, "issuing a token, " + tokens + " in the project"));
            List<Wrk.Round> inNew = new ArrayList<>();
            List<Wrk.Round> inMany = new ArrayList<>();
            for (int i = 0; i < bench.rounds(3); i++) {
                Bench.makeProject(server, admin, "new" + i, 1);
                inNew.add(bench.run(server, Bench.issuing(server, admin, "new" + i, 8), 2));
                inMany.add(bench.run(server, Bench.issuing(server, admin, PROJECT, 8), 2));
            }
            bench.costRatio("issuing, project of " + tokens + " : new project", inMany, inNew);
            bench.costRatio("issuing, now : before the " + tokens, inMany, before.issued());
        }
    }

    private Gatehouse start() throws IOException, InterruptedException {
        Map<String, String> settings = Map.of("GATEHOUSE_TOKEN_CACHE", Integer.toString(KEPT));
        return bench.start(home, settings, PATIENCE, Duration.ofMillis(5));
    }

    /** Gives out the tokens that are shown, and writes them down for {@code wrk}. */
    private void show(Gatehouse server, String admin) throws Exception {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < SHOWN; i++)
            shown.add(Calls.token(Calls.call(
                    server,
                    "POST",
                    "/api/v1/projects/" + PROJECT + "/roles/ci/token",
                    admin,
                    "{\"id\": \"shown-" + i + "\", \"expiresIn\": 86400}")));
        Files.write(all, shown);
        Files.write(few, shown.subList(0, KEPT / 2));
    }

    private Measured measure(Gatehouse server, String admin, String issuing) throws Exception {
        Map<String, Wrk> requests = new LinkedHashMap<>();
        requests.put(CHECK, Wrk.getAsEach(server.url(Bench.CAN_I), few, Bench.CONNECTIONS));
        requests.put(CHECK_UNKNOWN, Wrk.getAsEach(server.url(Bench.CAN_I), all, Bench.CONNECTIONS));
        requests.put(INTROSPECTION, Wrk.postAboutEach(server.url(INTROSPECT), admin, few, Bench.CONNECTIONS));
        requests.put(INTROSPECTION_UNKNOWN, Wrk.postAboutEach(server.url(INTROSPECT), admin, all, Bench.CONNECTIONS));
        bench.warmUp(3, server, requests.values().toArray(Wrk[]::new));
        Map<String, List<Wrk.Round>> rounds = new LinkedHashMap<>();
        for (int i = 0; i < bench.rounds(5); i++)
            for (Map.Entry<String, Wrk> each : requests.entrySet()) {
                Wrk.Round round = bench.run(server, each.getValue(), 2);
                if (round.failed() > 0) throw new IOException(each.getKey() + " was refused: " + round);
                rounds.computeIfAbsent(each.getKey(), any -> new ArrayList<>()).add(round);
            }
        Bench.makeProject(server, admin, issuing, 1);
        bench.warmUp(4, server, Bench.issuing(server, admin, issuing, 8));
        List<Wrk.Round> issued = new ArrayList<>();
        for (int i = 0; i < bench.rounds(3); i++)
            issued.add(bench.run(server, Bench.issuing(server, admin, issuing, 8), 2));
        return new Measured(rounds, issued);
    }

    private void report(Measured before, Measured after, String tokens) {
        Map<String, Object> numbers = Json.object();
        numbers.put("before", numbers(before));
        numbers.put("after", numbers(after));
        bench.numbers().put("besideMany", numbers);
        for (String what : List.of(INTROSPECTION, INTROSPECTION_UNKNOWN)) {
            bench.perSecondAndCore(what + ", 1,000 tokens", before.rounds().get(what), 5_000);
            bench.perSecondAndCore(
                    what + ", " + tokens + " tokens", after.rounds().get(what), 5_000);
        }
        for (String what : List.of(CHECK, CHECK_UNKNOWN))
            bench.costRatio(
                    what + ", " + tokens + " : 1,000 tokens",
                    after.rounds().get(what),
                    before.rounds().get(what));
    }

    private static Map<String, Object> numbers(Measured measured) {
        Map<String, Object> numbers = Json.object();
        measured.rounds()
                .forEach((what, rounds) ->
                        numbers.put(what, rounds.stream().map(Wrk.Round::numbers).toList()));
        numbers.put("issuing", measured.issued().stream().map(Wrk.Round::numbers).toList());
        return numbers;
    }
}
