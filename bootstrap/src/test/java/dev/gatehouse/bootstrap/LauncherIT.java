package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that a new user calls first. */
class LauncherIT {
    private static final Path SCRIPT =
            Path.of("..", "gatehouse").toAbsolutePath().normalize();

    @Test
    void it_passes_over_another_jdk_and_finds_the_right_one(@TempDir Path folder) throws Exception {
        Path other = folder.resolve("jdk-17");
        Files.createDirectories(other.resolve("bin"));
        Files.writeString(other.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
        Path right = folder.resolve("home/.jdks/right");
        Files.createDirectories(right.getParent());
        Files.createSymbolicLink(right, Path.of(System.getProperty("java.home")));

        String printed = run(
                Map.of(
                        "JAVA_HOME",
                        other.toString(),
                        "HOME",
                        folder.resolve("home").toString()),
                "java",
                "-version");

        assertThat(printed).contains("version \"25");
    }

    @Test
    void it_says_what_there_is_to_say() throws Exception {
        assertThat(run(Map.of(), "help")).contains("./gatehouse serve", "./gatehouse check");
        assertThat(run(Map.of(), "swerve")).contains("there is no command 'swerve'");
    }

    private static String run(Map<String, String> environment, String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString());
        builder.command().addAll(java.util.List.of(arguments));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return printed;
    }
}
