package dev.gatehouse.bootstrap;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page on which the API is tried, in a browser, as somebody uses it who has a token. */
class ApiPageIT {
    private final List<String> complaints = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    @Test
    void a_call_is_tried_with_a_token_and_nothing_is_blocked_or_loaded_from_elsewhere(@TempDir Path home) {
        try (RunningServer server =
                        RunningServer.start(home, Map.of("GATEHOUSE_ADMIN_PASSWORD", RunningServer.ADMIN_PASSWORD));
                Chromium chromium = Chromium.start()) {
            Page page = opened(chromium, server.uri().resolve("/apidocs"));

            Locator call = tried(page, "getUserInfo");
            assertThat(answer(call)).containsText("200");
            assertThat(answer(call)).containsText("{}");
            authorize(page, "Bearer " + tokenOf(server));
            call.locator("button.execute").click();

            assertThat(answer(call)).containsText("\"username\": \"admin\"");
            assertThat(complaints).isEmpty();
            assertThat(asked).isNotEmpty().allMatch(each -> each.startsWith(server.uri() + "/"));
        }
    }

    @Test
    void under_a_root_path_the_page_asks_there(@TempDir Path home) {
        try (RunningServer server = RunningServer.start(
                        home,
                        Map.of(
                                "GATEHOUSE_ADMIN_PASSWORD",
                                RunningServer.ADMIN_PASSWORD,
                                "GATEHOUSE_ROOT_PATH",
                                "/tools/gate"));
                Chromium chromium = Chromium.start()) {
            Page page = opened(chromium, server.uri().resolve("/tools/gate/apidocs"));

            Locator call = tried(page, "getVersion");

            assertThat(answer(call)).containsText("\"Version\": \"v");
            assertThat(complaints).isEmpty();
            assertThat(asked).isNotEmpty().allMatch(each -> each.startsWith(server.uri() + "/tools/gate/"));
        }
    }

    private Page opened(Chromium chromium, URI address) {
        Page page = chromium.browser().newPage();
        page.onConsoleMessage(each -> {
            if (each.type().equals("error") || each.type().equals("warning")) complaints.add(each.text());
        });
        page.onPageError(complaints::add);
        page.onRequestFailed(each -> complaints.add(each.url() + " " + each.failure()));
        page.onRequest(each -> {
            // What is written out in the style sheet is asked of nobody.
            if (!each.url().startsWith("data:")) asked.add(each.url());
        });
        page.navigate(address.toString());
        assertThat(page).hasTitle("Gatehouse API");
        return page;
    }

    private static String tokenOf(RunningServer server) {
        return server.api()
                .post(
                        "/api/v1/session",
                        "{\"username\":\"admin\",\"password\":\"" + RunningServer.ADMIN_PASSWORD + "\"}")
                .is(200)
                .text("token");
    }

    private static void authorize(Page page, String pasted) {
        page.locator("button.authorize").first().click();
        Locator dialog = page.locator(".dialog-ux");
        dialog.locator("input").fill(pasted);
        dialog.locator("button[type=submit]").click();
        dialog.locator("button.btn-done").click();
    }

    private static Locator answer(Locator call) {
        return call.locator(".live-responses-table tbody tr.response");
    }

    /** A call without parameters, sent once. */
    private static Locator tried(Page page, String operation) {
        Locator call = page.locator("[id$='-" + operation + "']");
        call.locator(".opblock-summary-control").click();
        call.locator("button.try-out__btn").click();
        call.locator("button.execute").click();
        return call;
    }
}
