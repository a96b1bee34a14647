package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README is a program: its blocks are taken out and run, in order, as a new user would type them. */
class ReadmeIT {
    private static final Pattern BLOCK =
            Pattern.compile("<!-- run(?:: (.*?))? -->\\s*```sh\\n(.*?)```", Pattern.DOTALL);

    private record Block(String expected, String commands) {}

    @Test
    void its_commands_work_as_printed_and_what_they_ended_stays_ended_after_a_restart(@TempDir Path folder)
            throws Exception {
        Path root = Path.of("..").toRealPath();
        Files.createSymbolicLink(folder.resolve("docs"), root.resolve("docs"));
        List<Block> blocks = blocks(Files.readString(root.resolve("README.md")));
        assertThat(blocks).hasSizeGreaterThan(10);

        String printed;
        try (RunningServer server = RunningServer.start(folder.resolve("data"), Map.of())) {
            assertThat(server.output()).contains("the first administrator is admin, with the password");
            printed = run(folder, script(blocks, server.uri().toString()));
        }
        String[] outputs = printed.split("=== block \\d+\\n", -1);
        assertThat(outputs).hasSize(blocks.size() + 1);
        for (int i = 0; i < blocks.size(); i++)
            assertThat(outputs[i + 1])
                    .as(blocks.get(i).commands())
                    .contains(blocks.get(i).expected());
        assertThat(folder.resolve("data/initial-admin-password"))
                .as("gone once the password is changed")
                .doesNotExist();

        String token = Files.readString(folder.resolve("token")).strip();
        assertThat(token.split("\\.")).hasSize(3);
        try (RunningServer again = RunningServer.start(folder.resolve("data"), Map.of())) {
            Api.Reply refused =
                    again.api().as(token).get("/api/v1/projects/demo").is(401);
            assertThat(refused.text("message")).contains("JWT token for role 'ci' issued at");
            Api admin = again.api().signIn("admin", "a long sentence you remember");
            admin.get("/api/v1/projects/demo").is(200);
            assertThat(admin.get("/api/v1/account/robot").is(200).body()).contains("apiKey");
        }
    }

    private static List<Block> blocks(String readme) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(readme);
        while (matcher.find())
            blocks.add(new Block(matcher.group(1) == null ? "" : matcher.group(1), matcher.group(2)));
        return blocks;
    }

    /** One shell for all, as one terminal; the printed address is the only thing that is replaced. */
    private static String script(List<Block> blocks, String base) {
        StringBuilder script = new StringBuilder("set -eu\n");
        for (int i = 0; i < blocks.size(); i++)
            script.append("echo; echo '=== block ")
                    .append(i)
                    .append("'\n")
                    .append(blocks.get(i).commands());
        return script.append("printf %s \"$TOKEN\" > token\n").toString().replace("http://127.0.0.1:8080", base);
    }

    private static String run(Path folder, String script) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        Path java = Path.of(ProcessHandle.current().info().command().orElseThrow());
        builder.environment().merge("PATH", java.getParent().toString(), (path, jdk) -> jdk + ":" + path);
        Process process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
