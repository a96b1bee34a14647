package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicAddressTest {

    @ParameterizedTest
    @CsvSource({
        "/x/api/version, /api/version",
        "/x, /",
        "/x/, /",
        "/x?a=b, /?a=b",
        "/x/api?a=/x/b, /api?a=/x/b",
        "/healthz, /healthz",
        "/healthz?a, /healthz?a",
        "/x/healthz, /healthz",
        "/xy/api, /.outside",
        "/api, /.outside",
        "//x/api, /.outside",
        "/%78/api, /.outside",
        "http://host/x/api, /api",
        "http://host, /.outside",
        "*, /.outside"
    })
    void the_root_path_is_taken_off_once(String target, String ours) {
        assertThat(new PublicAddress("/x", Optional.empty(), 0).withoutRoot(target))
                .isEqualTo(ours);
    }

    @Test
    void without_a_root_path_a_target_is_left_as_it_is() {
        for (String each : new String[] {"/", "/x/../y", "http://host/x", "*", ""})
            assertThat(new PublicAddress("", Optional.empty(), 0).withoutRoot(each))
                    .isEqualTo(each);
    }

    @Test
    void its_origin_has_no_path() {
        assertThat(new PublicAddress("/x", Optional.of("https://a.example:8443/x"), 0).origin())
                .hasValue("https://a.example:8443");
        assertThat(new PublicAddress("", Optional.of(""), 0).origin()).isEmpty();
    }
}
