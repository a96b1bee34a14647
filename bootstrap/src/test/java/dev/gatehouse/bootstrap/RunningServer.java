package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged jar as a process of its own on a free loopback port; all that it prints is kept. */
final class RunningServer implements AutoCloseable {
    static final String ADMIN_PASSWORD = "the-admin-Passw0rd";
    private static final Pattern ANSWERS = Pattern.compile("Gatehouse answers at (http[^ \"]+)");
    private static final long PATIENCE_SECONDS = 90;

    private final Process process;
    private final List<String> output = new ArrayList<>();
    private final CompletableFuture<URI> uri = new CompletableFuture<>();

    private RunningServer(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::listen);
    }

    /** Starts a server and waits until it answers. */
    static RunningServer start(Path home, Map<String, String> settings, String... jvmOptions) {
        RunningServer server = launch(home, settings, jvmOptions);
        try {
            server.uri.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return server;
        } catch (ExecutionException | TimeoutException e) {
            server.kill();
            throw new AssertionError("the server did not start:\n" + server.output(), e);
        } catch (InterruptedException e) {
            server.kill();
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Starts a process that need not become a server. */
    static RunningServer launch(Path home, Map<String, String> settings, String... jvmOptions) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of(
                "-jar", Path.of("target", "gatehouse.jar").toAbsolutePath().toString(), "serve"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = new HashMap<>(builder.environment());
        environment.keySet().removeIf(each -> each.startsWith("GATEHOUSE_"));
        environment.put("GATEHOUSE_HOME", home.toString());
        environment.put("GATEHOUSE_PORT", "0");
        environment.putAll(settings);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return new RunningServer(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (output) {
                    output.add(line);
                    output.notifyAll();
                }
                Matcher matcher = ANSWERS.matcher(line.replace("\\/", "/"));
                if (matcher.find()) uri.complete(URI.create(matcher.group(1)));
            }
        } catch (IOException e) {
            // The process is gone.
        }
        uri.completeExceptionally(new IllegalStateException("the process ended"));
    }

    Api api() {
        return new Api(uri.join());
    }

    URI uri() {
        return uri.join();
    }

    long pid() {
        return process.pid();
    }

    /** All that it printed so far. */
    String output() {
        synchronized (output) {
            return String.join("\n", output);
        }
    }

    /** Waits until a line with this text was printed. */
    void waitUntilItSays(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        synchronized (output) {
            while (output.stream().noneMatch(each -> each.contains(text))) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                assertThat(left)
                        .as("it says '%s'; it printed\n%s", text, output())
                        .isPositive();
                output.wait(left);
            }
        }
    }

    /** Waits for the end of a process that ends by itself. */
    int exitStatus() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("the process ends by itself; it printed\n%s", output())
                .isTrue();
        return process.exitValue();
    }

    /** SIGTERM, without waiting; unlike the end by {@link Process} it keeps what the process still prints. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** SIGSTOP: it does nothing, and notices nothing, until it is resumed. */
    void suspend() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
            assertThat(kill.waitFor()).as("kill -%s", name).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** SIGKILL, and waits until it is gone. */
    void kill() {
        process.toHandle().destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** SIGTERM, and waits for the graceful end. */
    @Override
    public void close() {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
