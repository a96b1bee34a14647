package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the metadata of RFC 8414 and of OpenID name is served, by a process that was started with such an issuer. */
class MetadataIT {
    private static final String HOST = "https://gate.example.com";
    private static final Pattern PLACE = Pattern.compile("\"[a-z_]+_(?:endpoint|uri)\":\"([^\"]+)\"");

    @ParameterizedTest
    @ValueSource(strings = {"", "/tools/gate"})
    void every_place_that_the_metadata_names_is_served_and_the_issuer_is_that_of_the_tokens(
            String root, @TempDir Path home) {
        String issuer = HOST + root;
        Map<String, String> settings = new HashMap<>(
                Map.of("GATEHOUSE_ISSUER", issuer, "GATEHOUSE_ADMIN_PASSWORD", RunningServer.ADMIN_PASSWORD));
        if (!root.isEmpty()) settings.put("GATEHOUSE_ROOT_PATH", root);
        try (RunningServer server = RunningServer.start(home, settings)) {
            List<String> places = new ArrayList<>();
            // RFC 8414 section 3.1 puts the path of the issuer behind, OpenID Connect Discovery section 4 before.
            for (String path : List.of(
                    "/.well-known/oauth-authorization-server" + root, root + "/.well-known/openid-configuration")) {
                Api.Reply metadata = server.api().get(path).is(200);
                assertThat(metadata.text("issuer")).isEqualTo(issuer);
                assertThat(metadata.raw().headers().firstValue("Content-Type")).contains("application/json");
                Matcher place = PLACE.matcher(metadata.body());
                while (place.find()) places.add(place.group(1));
            }

            assertThat(places).hasSizeGreaterThanOrEqualTo(4).allSatisfy(each -> {
                assertThat(each).startsWith(issuer + "/");
                String path = URI.create(each).getPath();
                // What is not there is 404, whatever the method; what is there wants a form and to know who asks.
                assertThat(
                                path.endsWith("jwks.json")
                                        ? server.api().get(path).status()
                                        : server.api().post(path, "").status())
                        .isIn(200, 400, 401);
            });
            String claims = server.api()
                    .post(
                            root + "/api/v1/session",
                            "{\"username\":\"admin\",\"password\":\"" + RunningServer.ADMIN_PASSWORD + "\"}")
                    .is(200)
                    .text("token")
                    .split("\\.", -1)[1];
            assertThat(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
                    .contains("\"iss\":\"" + issuer + "\"");
        }
    }
}
