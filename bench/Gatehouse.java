import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One life of the service, as {@code ./gatehouse serve} starts it: on a free loopback port, ended by its PID. */
final class Gatehouse implements AutoCloseable {
    /** Of the first administrator, of throw-away data folders only. */
    static final String PASSWORD = "only-for-the-benchmark";

    private static final long CLOCK_TICKS = clockTicks();
    private static final int UTIME = 11;
    private static final int STIME = 12;

    private final Process process;
    private final int port;
    private final Duration toFirstAnswer;
    private final Duration toJvm;

    private Gatehouse(Process process, int port, Duration toFirstAnswer, Duration toJvm) {
        this.process = process;
        this.port = port;
        this.toFirstAnswer = toFirstAnswer;
        this.toJvm = toJvm;
    }

    /**
     * Starts it and waits for the first 200.
     *
     * @param settings more of them, by name
     * @param probe a path that is open to everybody
     * @param limit for building, where that is needed, and starting
     * @param pause between two tries
     */
    static Gatehouse start(
            Path root,
            Path home,
            Map<String, String> settings,
            Path log,
            String probe,
            Duration limit,
            Duration pause)
            throws IOException, InterruptedException {
        int port = freePort();
        ProcessBuilder builder = new ProcessBuilder("./gatehouse", "serve")
                .directory(root.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> environment = builder.environment();
        // Nothing that is set for another service; the options of the JVM are what one may want to compare.
        environment
                .keySet()
                .removeIf(each -> each.startsWith("GATEHOUSE_")
                        && !each.equals("GATEHOUSE_JAVA_OPTS")
                        && !each.equals("GATEHOUSE_AOT"));
        environment.put("GATEHOUSE_HOME", home.toString());
        environment.put("GATEHOUSE_PORT", Integer.toString(port));
        environment.put("GATEHOUSE_ADMIN_PASSWORD", PASSWORD);
        // The flood signs one account in far more often than a person would; its first session must outlive that.
        environment.put("GATEHOUSE_SESSIONS_PER_ACCOUNT", "0");
        environment.putAll(settings);
        environment.put("JAVA_HOME", System.getProperty("java.home"));

        long began = System.nanoTime();
        Process process = builder.start();
        Path name = Path.of("/proc", Long.toString(process.pid()), "comm");
        long jvm = 0;
        try {
            while (System.nanoTime() - began < limit.toNanos()) {
                if (jvm == 0 && "java".equals(textOf(name))) jvm = System.nanoTime();
                if (answers(port, probe))
                    return new Gatehouse(
                            process,
                            port,
                            Duration.ofNanos(System.nanoTime() - began),
                            Duration.ofNanos(Math.max(0, jvm - began)));
                if (!process.isAlive()) break;
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
        String why = process.isAlive() ? "gave no answer in " + limit.toSeconds() + " s" : "ended by itself";
        end(process);
        throw new IOException("the service " + why + ", see " + log);
    }

    /** One that somebody else started on this machine, with {@link #PASSWORD}, and will end. */
    static Gatehouse at(int port) {
        return new Gatehouse(null, port, Duration.ZERO, Duration.ZERO);
    }

    /** From the call of the script to the end of the first answer. */
    Duration toFirstAnswer() {
        return toFirstAnswer;
    }

    /** The part of it before the script became the JVM. */
    Duration toJvm() {
        return toJvm;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /**
     * Processor time since the process began, in seconds.
     *
     * @param compiling what the JVM's compilers had of it: much at first, nothing after some minutes of the same work
     */
    record Cpu(double working, double compiling) {
        Cpu since(Cpu before) {
            return new Cpu(working - before.working, Math.max(0, compiling - before.compiling));
        }
    }

    Cpu cpu() throws IOException {
        return cpu(process.pid());
    }

    static Cpu cpu(long pid) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        double compiling = 0;
        try (Stream<Path> threads = Files.list(proc.resolve("task"))) {
            for (Path each : threads.toList())
                if (textOf(each.resolve("comm")).matches("C[12] Compiler.*"))
                    compiling += seconds(each.resolve("stat"));
        }
        return new Cpu(seconds(proc.resolve("stat")) - compiling, compiling);
    }

    private static double seconds(Path file) throws IOException {
        String stat = Files.readString(file);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / (double) CLOCK_TICKS;
    }

    /** What all other programs have had of the processors since the machine began, the hypervisor's share included. */
    static double cpuOfOthers() throws IOException {
        String[] all = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
        double busy = 0;
        // user, nice, system, then neither idle nor waiting for disks, then interrupts and what was stolen
        for (int i : new int[] {1, 2, 3, 6, 7, 8}) busy += Long.parseLong(all[i]);
        String own = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = own.substring(own.lastIndexOf(')') + 2).split(" ");
        // Ours, and that of those we started and saw end.
        for (int i = UTIME; i <= STIME + 2; i++) busy -= Long.parseLong(fields[i]);
        return busy / CLOCK_TICKS;
    }

    /** Resident memory, in MB of 1,048,576 bytes. */
    double residentMb() throws IOException {
        return number("status", "VmRSS:") / 1024.0;
    }

    /** What the process has sent to disks since it began, in the same MB. */
    double writtenMb() throws IOException {
        return number("io", "write_bytes:") / 1024.0 / 1024.0;
    }

    private long number(String file, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), file)))
            if (line.startsWith(name)) return Long.parseLong(line.replaceAll("[^0-9]", ""));
        throw new IOException("no " + name + " for " + process.pid());
    }

    /** The options the service's JVM runs with; without the cache, which fits no other program. */
    List<String> jvmOptions() throws IOException {
        List<String> options = new ArrayList<>();
        String[] words = Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                .split("\0");
        for (int i = 1; i < words.length && !words[i].equals("-jar"); i++)
            if (!words[i].startsWith("-XX:AOT")) options.add(words[i]);
        return options;
    }

    /** Ends it by its PID, at first gently. */
    @Override
    public void close() {
        if (process != null) end(process);
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** One request on a connection of its own, in as few steps as there are. */
    private static boolean answers(int port, String path) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.startsWith("HTTP/1.1 200");
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static long clockTicks() {
        try {
            Process process = new ProcessBuilder("getconf", "CLK_TCK")
                    .redirectError(new File("/dev/null"))
                    .start();
            return Long.parseLong(
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException e) {
            return 100;
        }
    }
}
