import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Does the time of a refused sign-in tell whether somebody has the name, or that it is locked? Starts the service on a
 * fresh data folder, signs in with wrong passwords under names of each kind in random turns, and compares the times of
 * each kind with those of names nobody has by the rank-sum test of Mann and Whitney. {@code make timing} and {@code make
 * timing-imported} run it; docs/security.md says how to read it. Every sign-in comes from another address of the loopback network and is one of few
 * for its name, so that no lock answers in place of the hash; but for the two kinds that are locked: those names were tried
 * too often before, from the address from which they are tried on.
 *
 * <p>Arguments: how many sign-ins of each kind; and {@code imported}, or the port of a service that runs already, with the
 * password of this benchmark for its first administrator. {@code imported}: a third of the accounts of each kind have a
 * bcrypt hash, as if another system had brought it in, which takes longer. How long a name takes is then drawn once for the
 * name, so the means of the names are compared, and not the single times.
 */
final class Timing {
    /** Of all comparisons together: how often chance alone may look like a difference. */
    private static final double MISTAKEN = 0.01;

    private static final double TWO_SIDED_95 = 1.96;
    private static final int OF_ONE_ACCOUNT = 4;
    private static final int LOCKED_AFTER = 5;
    /** Each third of the accounts. */
    private static final int IMPORTED = 3;
    /** So many times the median and more is longer, as bcrypt is. */
    private static final double LONGER = 1.25;

    /** Of no password. */
    private static final String BCRYPT = "$2b$10$" + ".".repeat(53);

    /** Whose name is tried. */
    private enum Kind {
        NOBODY("nobody has the name", ""),
        NOBODY_AGAIN("the same once more, to see chance", ""),
        KNOWN("an account that can sign in", "\"capabilities\":[\"login\"],\"enabled\":true,"),
        DISABLED("disabled", "\"capabilities\":[\"login\"],\"enabled\":false,"),
        WITHOUT_LOGIN("may not sign in", "\"capabilities\":[\"apiKey\"],\"enabled\":true,"),
        WITHOUT_PASSWORD("has no password", "\"capabilities\":[\"login\"],\"enabled\":true,"),
        LOCKED("locked, an account that can sign in", "\"capabilities\":[\"login\"],\"enabled\":true,"),
        LOCKED_NOBODY("locked, nobody has the name", "");

        private final String words;
        private final String members;

        Kind(String words, String members) {
            this.words = words;
            this.members = members;
        }

        boolean isSomebody() {
            return !members.isEmpty();
        }

        boolean isLocked() {
            return this == LOCKED || this == LOCKED_NOBODY;
        }
    }

    private final Map<Kind, List<String>> names = new EnumMap<>(Kind.class);
    private final Map<Kind, double[]> millis = new EnumMap<>(Kind.class);
    private final Map<Kind, byte[]> locked = new EnumMap<>(Kind.class);
    private final Set<String> answers = new HashSet<>();
    private final Random random = new Random();
    private final int samples;
    private final boolean imported;
    private int addresses;

    private Timing(int samples, boolean imported) {
        this.samples = samples;
        this.imported = imported;
    }

    public static void main(String[] args) throws Exception {
        int samples = args.length > 0 ? Integer.parseInt(args[0]) : 400;
        boolean alike;
        boolean imported = args.length > 1 && args[1].equals("imported");
        if (args.length > 1 && !imported) {
            Timing timing = new Timing(samples, false);
            Gatehouse server = Gatehouse.at(Integer.parseInt(args[1]));
            timing.make(server);
            alike = timing.measure(server);
        } else alike = onAFreshOne(new Timing(samples, imported));
        System.exit(alike ? 0 : 1);
    }

    private static boolean onAFreshOne(Timing timing) throws Exception {
        Path root = Path.of("").toAbsolutePath();
        Path work = Files.createTempDirectory("gatehouse-timing-");
        Path log = root.resolve("target/timing-server.log");
        Files.createDirectories(log.getParent());
        Path data = work.resolve("data");
        try {
            if (timing.imported) {
                try (Gatehouse server = start(root, data, log)) {
                    timing.make(server);
                }
                timing.bringIn(root, data, log);
            }
            try (Gatehouse server = start(root, data, log)) {
                if (!timing.imported) timing.make(server);
                return timing.measure(server);
            }
        } finally {
            try (Stream<Path> all = Files.walk(work)) {
                for (Path each : all.sorted(Collections.reverseOrder()).toList()) Files.delete(each);
            }
        }
    }

    private static Gatehouse start(Path root, Path data, Path log) throws IOException, InterruptedException {
        return Gatehouse.start(
                root, data, Map.of(), log, "/healthz", Duration.ofMinutes(15), Duration.ofMillis(100));
    }

    /** What another system leaves behind, in the database of a service that is not running. */
    private void bringIn(Path root, Path data, Path log) throws IOException, InterruptedException {
        List<String> third = new ArrayList<>();
        for (List<String> all : names.values())
            for (int i = 0; i < all.size(); i += IMPORTED) third.add("'" + all.get(i) + "'");
        ProcessBuilder builder = new ProcessBuilder(
                        "./gatehouse",
                        "db",
                        "-sql",
                        "update account set password_hash = '" + BCRYPT + "' where password_hash is not null and name in ("
                                + String.join(",", third) + ")")
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("GATEHOUSE_HOME", data.toString());
        if (builder.start().waitFor() != 0) throw new IOException("the hashes could not be brought in, see " + log);
    }

    private void make(Gatehouse server) throws Exception {
        String admin = Calls.administrator(server);
        int accounts = (samples + OF_ONE_ACCOUNT - 1) / OF_ONE_ACCOUNT;
        System.out.printf("making %d accounts of each kind ...%n", accounts);
        for (Kind kind : Kind.values()) {
            List<String> made = new ArrayList<>();
            for (int i = 0; i < accounts; i++) {
                String name = Integer.toString(100_000 + random.nextInt(900_000)) + "-" + made.size();
                if (kind.isSomebody()) make(server, admin, name, kind);
                made.add(name);
            }
            names.put(kind, made);
            millis.put(kind, new double[samples]);
        }
    }

    private boolean measure(Gatehouse server) throws Exception {
        URI url = URI.create(server.url("/api/v1/session"));
        System.out.printf("%d refused sign-ins of each kind, in random turns ...%n", samples);
        for (int i = -20; i < samples; i++) {
            if (i >= 0 && i % OF_ONE_ACCOUNT == 0) lock(url, i / OF_ONE_ACCOUNT);
            List<Kind> turn = new ArrayList<>(List.of(Kind.values()));
            Collections.shuffle(turn, random);
            for (Kind kind : turn) {
                // The first ones warm up what they go through, under names that nobody has.
                String name = i < 0
                        ? "warm-" + random.nextInt(1_000_000)
                        : names.get(kind).get(i / OF_ONE_ACCOUNT);
                double took = refused(url, name, kind.isLocked() && i >= 0 ? locked.get(kind) : anotherAddress());
                if (i >= 0) millis.get(kind)[i] = took;
            }
        }
        return tell();
    }

    private static void make(Gatehouse server, String admin, String name, Kind kind)
            throws IOException, InterruptedException {
        String password = kind == Kind.WITHOUT_PASSWORD ? "" : ",\"password\":\"" + Gatehouse.PASSWORD + "\"";
        Calls.call(
                server,
                "POST",
                "/api/v1/account",
                admin,
                "{" + kind.members + "\"name\":\"" + name + "\"" + password + "}");
    }

    /** The next name of each kind that is to be locked; four turns are over long before the lock is. */
    private void lock(URI url, int next) throws IOException {
        for (Kind kind : Kind.values()) {
            if (!kind.isLocked()) continue;
            byte[] source = anotherAddress();
            for (int i = 0; i < LOCKED_AFTER; i++) refused(url, names.get(kind).get(next), source);
            locked.put(kind, source);
        }
    }

    private byte[] anotherAddress() {
        int address = addresses++;
        return new byte[] {127, (byte) (1 + (address >> 16)), (byte) (address >> 8), (byte) address};
    }

    /** How long it took, in milliseconds, from the last byte sent to the last one read. */
    private double refused(URI url, String name, byte[] source) throws IOException {
        byte[] body = ("{\"username\":\"" + name + "\",\"password\":\"a-wrong-one\"}").getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), 5_000);
            OutputStream out = socket.getOutputStream();
            byte[] head = ("POST " + url.getPath() + " HTTP/1.1\r\nHost: " + url.getAuthority()
                            + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                            + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] all = Arrays.copyOf(head, head.length + body.length);
            System.arraycopy(body, 0, all, head.length, body.length);
            long began = System.nanoTime();
            out.write(all);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            double took = (System.nanoTime() - began) / 1e6;
            if (!answer.startsWith("HTTP/1.1 401")) throw new IOException(name + " was answered " + answer);
            // What names the request and the moment differs by its nature.
            answers.add(answer.replaceAll("(?im)^(date|x-request-id):.*$", "$1"));
            return took;
        }
    }

    private boolean tell() {
        List<Kind> others = Arrays.stream(Kind.values())
                .filter(each -> each != Kind.NOBODY)
                .toList();
        double limit = MISTAKEN / others.size();
        boolean alike = answers.size() == 1;
        if (imported) millis.replaceAll((kind, times) -> means(times));
        double[] nobody = millis.get(Kind.NOBODY);
        System.out.printf(
                "%nOne run, `make %s SAMPLES=%d`, %s, %d cores, load %.1f at its end:%n",
                imported ? "timing-imported" : "timing",
                samples,
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        System.out.printf("%n| whose name | median | longer than nobody's, with 95 %% certainty | p | |%n| --- | --- | --- | --- | --- |%n");
        System.out.printf("| %s | %.2f ms | | | |%n", Kind.NOBODY.words, median(nobody));
        for (Kind kind : others) {
            double[] times = millis.get(kind);
            double p = rankSum(times, nobody);
            double[] shift = shift(times, nobody);
            boolean same = p >= limit;
            alike &= same || kind == Kind.NOBODY_AGAIN;
            System.out.printf(
                    "| %s | %.2f ms | %+.2f ms (%+.2f to %+.2f) | %.3f | %s |%n",
                    kind.words, median(times), shift[0], shift[1], shift[2], p, same ? "alike" : "TOLD APART");
        }
        System.out.printf(
                "%n%d each; told apart means p < %.4f. The answers %s.%n",
                nobody.length, limit, answers.size() == 1 ? "were the same to the byte" : "DIFFER: " + answers);
        if (imported) {
            System.out.printf("%nOf these names, so many took %.2f times the median of nobody's and more:%n", LONGER);
            for (Kind kind : Kind.values())
                System.out.printf(
                        "- %s: %d%n",
                        kind.words,
                        Arrays.stream(millis.get(kind))
                                .filter(each -> each >= LONGER * median(nobody))
                                .count());
        }
        return alike;
    }

    /** Of each name. */
    private static double[] means(double[] times) {
        double[] means = new double[(times.length + OF_ONE_ACCOUNT - 1) / OF_ONE_ACCOUNT];
        for (int i = 0; i < means.length; i++)
            means[i] = Arrays.stream(times, i * OF_ONE_ACCOUNT, Math.min(times.length, (i + 1) * OF_ONE_ACCOUNT))
                    .average()
                    .orElseThrow();
        return means;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    /** The probability that chance alone puts two samples as far apart by their ranks, by the normal approximation. */
    private static double rankSum(double[] a, double[] b) {
        double wins = 0;
        for (double x : a) for (double y : b) wins += x > y ? 1 : x == y ? 0.5 : 0;
        double mean = a.length * (double) b.length / 2;
        double deviation = Math.sqrt(a.length * (double) b.length * (a.length + b.length + 1) / 12);
        return 2 * tail(Math.abs(wins - mean) / deviation);
    }

    /** The median of all differences (Hodges and Lehmann), and between what it lies with 95 % certainty. */
    private static double[] shift(double[] a, double[] b) {
        double[] all = new double[a.length * b.length];
        int count = 0;
        for (double x : a) for (double y : b) all[count++] = x - y;
        Arrays.sort(all);
        double spread = TWO_SIDED_95 * Math.sqrt(a.length * (double) b.length * (a.length + b.length + 1) / 12);
        int low = (int) Math.max(0, Math.floor(count / 2.0 - spread));
        return new double[] {all[count / 2], all[low], all[count - 1 - low]};
    }

    /** What the normal distribution has beyond z, by formula 26.2.17 of Abramowitz and Stegun. */
    private static double tail(double z) {
        double t = 1 / (1 + 0.2316419 * z);
        double series = t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
    }
}
