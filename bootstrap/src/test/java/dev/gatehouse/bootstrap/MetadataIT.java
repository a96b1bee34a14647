package dev.gatehouse.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the metadata of RFC 8414 and of OpenID name is served, by a process that was started with such an issuer. */
class MetadataIT {
    private static final String ISSUER = "https://gate.example.com";
    private static final Pattern PLACE = Pattern.compile("\"[a-z_]+_(?:endpoint|uri)\":\"([^\"]+)\"");

    @Test
    void every_place_that_the_metadata_names_is_served_and_the_issuer_is_that_of_the_tokens(@TempDir Path home) {
        try (RunningServer server = RunningServer.start(
                home, Map.of("GATEHOUSE_ISSUER", ISSUER, "GATEHOUSE_ADMIN_PASSWORD", RunningServer.ADMIN_PASSWORD))) {
            List<String> places = new ArrayList<>();
            for (String name : List.of("oauth-authorization-server", "openid-configuration")) {
                Api.Reply metadata = server.api().get("/.well-known/" + name).is(200);
                assertThat(metadata.text("issuer")).isEqualTo(ISSUER);
                Matcher place = PLACE.matcher(metadata.body());
                while (place.find()) places.add(place.group(1));
            }

            assertThat(places).hasSizeGreaterThanOrEqualTo(4).allSatisfy(each -> {
                assertThat(each).startsWith(ISSUER + "/");
                String path = URI.create(each).getPath();
                // What is not there is 404, whatever the method; what is there wants a form and to know who asks.
                assertThat(
                                path.endsWith("jwks.json")
                                        ? server.api().get(path).status()
                                        : server.api().post(path, "").status())
                        .isIn(200, 400, 401);
            });
            String claims = server.api()
                    .signIn("admin", RunningServer.ADMIN_PASSWORD)
                    .token()
                    .split("\\.", -1)[1];
            assertThat(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
                    .contains("\"iss\":\"" + ISSUER + "\"");
        }
    }
}
