package dev.gatehouse.bootstrap;

import io.micronaut.runtime.Micronaut;
import java.nio.file.Path;
import java.util.List;

/** The process: {@code serve} runs the service until it is told to stop, {@code warm-up} makes one for training. */
public final class Main {

    private Main() {}

    /** The first argument says what to do; without one it is {@code serve}. */
    public static void main(String[] args) throws Exception {
        switch (args.length == 0 ? "serve" : args[0]) {
            case "serve" ->
                Micronaut.build(List.of(args).stream().skip(1).toArray(String[]::new))
                        .banner(false)
                        .start();
            case "warm-up" -> WarmUp.run(Path.of(args[1]).toAbsolutePath());
            default -> {
                System.err.println("gatehouse: unknown command '" + args[0] + "'; there is: serve");
                System.exit(2);
            }
        }
    }
}
