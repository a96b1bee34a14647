package dev.gatehouse.bootstrap;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The browser of this machine, with nothing remembered, that talks to nobody by itself. */
final class Chromium implements AutoCloseable {
    private static final double PATIENCE_MILLIS = 60_000;
    private static final String SETTING = "CHROMIUM";
    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");
    private static final Path OF_MACOS = Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        Path executable = installed();
        // On a busy machine a page takes its time.
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        try {
            return new Chromium(
                    playwright,
                    playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(executable)
                                    .setArgs(List.of(
                                            "--no-sandbox", "--disable-quic", "--disable-background-networking"))));
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    Browser browser() {
        return browser;
    }

    private static Path installed() {
        Optional<String> set = Optional.ofNullable(System.getenv(SETTING)).filter(each -> !each.isEmpty());
        if (set.filter("none"::equals).isPresent())
            return abort("CHROMIUM=none: the API page was not tried in a browser");
        return set.map(Path::of)
                .or(() -> Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                        .filter(Files::isExecutable)
                        .findFirst())
                .or(() -> Optional.of(OF_MACOS))
                .filter(Files::isExecutable)
                .orElseThrow(() -> new AssertionError("this test needs Chromium, and there is none on the path: install"
                        + " it (for instance: apt-get install chromium), or set CHROMIUM to its file, or to none to go"
                        + " without this test"));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
