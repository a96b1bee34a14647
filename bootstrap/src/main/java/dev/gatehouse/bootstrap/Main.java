package dev.gatehouse.bootstrap;

import java.nio.file.Path;

/** The process: {@code serve} runs the service until it is told to stop, {@code warm-up} makes one for training. */
public final class Main {
    /** The end of a process that could not start because of what the operator set. */
    private static final int UNUSABLE = 2;

    private Main() {}

    /** The first argument says what to do; without one it is {@code serve}. */
    @SuppressWarnings("SystemOut") // The operator's terminal: the log is not there yet, or is not what is asked for.
    public static void main(String[] args) throws Exception {
        String command = args.length == 0 ? "serve" : args[0];
        switch (command) {
            case "serve" -> serve();
            case "warm-up" -> WarmUp.run(Path.of(args[1]).toAbsolutePath());
            default -> end("unknown command '" + command + "'; there is: serve", UNUSABLE);
        }
    }

    private static void serve() {
        try {
            for (String each : Settings.unknownIn(System.getenv()))
                System.err.println("gatehouse: " + each + " is not a setting of Gatehouse and is passed over");
            Service.start(Settings.from(System.getenv())).untilStopped();
        } catch (Settings.Unusable e) {
            end(e.sentence(), UNUSABLE);
        } catch (Service.NotStarted e) {
            end(e.sentence(), 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(String sentence, int status) {
        System.err.println("gatehouse: " + sentence);
        System.exit(status);
    }
}
