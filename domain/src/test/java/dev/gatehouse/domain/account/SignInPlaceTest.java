package dev.gatehouse.domain.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SignInPlaceTest {
    private static String of(String address) {
        return SignInPlace.of(address).text();
    }

    @Test
    void an_ipv4_address_is_a_place_of_its_own_in_whatever_form_it_comes() {
        assertThat(of("192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(of("::ffff:192.0.2.1")).isEqualTo("192.0.2.1");
        assertThat(of("192.0.2.2")).isNotEqualTo(of("192.0.2.1"));
    }

    @Test
    void the_addresses_of_one_ipv6_network_are_one_place() {
        assertThat(of("2001:db8:1:2::1")).isEqualTo(of("2001:DB8:1:2:ffff:ffff:ffff:ffff"));
        assertThat(of("2001:db8:1:2::1")).isNotEqualTo(of("2001:db8:1:3::1"));
        assertThat(of("2001:db8:1:2::1")).endsWith("/64");
    }

    @Test
    void what_is_no_address_stands_for_itself() {
        for (String each : List.of("", "unix socket", "host:80", ":::", "fe80::1%eth0 x"))
            assertThat(of(each)).isEqualTo(each);
    }
}
