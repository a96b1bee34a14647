package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "applications, get, demo/*; applications, get, demo/*; true",
                "applications, get, demo/*; applications, *, demo/web; true",
                "*, *, demo/*; applications, get, */web; true",
                "applications, get, demo/web; *, *, *; true",
                "applications, get, demo/*; events, get, demo/*; false",
                "applications, get, demo/*; applications, sync, demo/*; false",
                "applications, get, demo/*; applications, get, other/*; false",
                "applications, get, demo/web; applications, get, demo/a*; false"
            })
    void what_a_token_is_narrowed_to_touches_the_rules_that_speak_of_some_of_it(
            String permission, String rule, boolean touches) {
        PolicyRule first = PolicyText.parse("p, somebody, " + rule + ", allow", "here")
                .rules()
                .getFirst();
        Limits limits = new Limits(List.of(), List.of(Permission.parse("p", permission)));

        assertThat(limits.touch(first)).isEqualTo(touches);
        assertThat(new Limits(
                                List.of(),
                                List.of(
                                        Permission.parse("p", "logs, get, x"),
                                        limits.permissions().getFirst()))
                        .touch(first))
                .isEqualTo(touches);
        assertThat(Limits.NONE.touch(first)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.7, true",
        "192.0.2.0/24, 192.0.3.7, false",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "128.0.0.0/1, 200.1.2.3, true",
        "128.0.0.0/1, 127.1.2.3, false",
        "192.0.2.0/24, ::ffff:192.0.2.7, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "2001:db8:0:0:8000::/65, 2001:db8::8000:0:0:1, true",
        "2001:db8:0:0:8000::/65, 2001:db8::7000:0:0:1, false",
        "::/0, ::1, true",
        "::/0, 192.0.2.7, false",
        "2001:db8::1, 2001:db8::1, true",
        "2001:db8::1/128, 2001:db8::2, false",
        "192.0.2.0/24, '', false",
        "192.0.2.0/24, example.com, false",
        "192.0.2.0/24, 192.0.02.7, false",
        "192.0.2.0/24, ::ffff:192.0.02.7, false",
        "64:ff9b::/96, 64:ff9b::192.0.2.7, true"
    })
    void a_network_holds_the_addresses_that_begin_as_it_does(String network, String address, boolean holds) {
        assertThat(SourceNetwork.parse("n", network).contains(address)).isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/24",
                "192.0.2.0/",
                "192.0.2.0/33",
                "192.0.2.0/-1",
                "192.0.2.0/+8",
                "192.0.2.0/024",
                "010.0.0.0/8",
                "192.0.02.0/24",
                "192.00.2.0/24",
                "::ffff:010.0.0.1",
                "192.0.2.0/a",
                "192.0.2/24",
                "192.0.2.0.0/24",
                "256.0.0.0/8",
                "2001:db8::/129",
                "example.com",
                "example.com/24",
                "localhost",
                "fe80::1%eth0",
                "[::1]",
                "192.0.2.0/24/24",
                " 192.0.2.0/24",
                "*"
            })
    void what_is_no_network_is_refused(String text) {
        assertThatExceptionOfType(Refusal.Invalid.class)
                .isThrownBy(() -> SourceNetwork.parse("n", text))
                .satisfies(each -> assertThat(each.faults().getFirst().rule()).isEqualTo(AccessRule.NETWORK_SHAPE));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7/24, 192.0.2.0/24", "2001:db8::1/32, 2001:db8:0:0:0:0:0:0/32"})
    void bits_behind_the_prefix_are_refused_with_the_network_that_may_be_meant(String text, String meant) {
        assertThatExceptionOfType(Refusal.Invalid.class)
                .isThrownBy(() -> SourceNetwork.parse("n", text))
                .satisfies(
                        each -> assertThat(each.faults().getFirst().arguments()).containsExactly(text, meant));
    }

    @Property
    void a_network_reads_as_it_is_written(@ForAll boolean sixth, @ForAll long high, @ForAll long low, @ForAll int any) {
        int prefix = Math.floorMod(any, sixth ? 129 : 33);
        SourceNetwork network = masked(sixth, high, low, prefix);

        assertThat(SourceNetwork.parse("n", network.text())).isEqualTo(network);
        assertThat(network.covers(network)).isTrue();
        assertThat(masked(sixth, high, low, 0).covers(network)).isTrue();
        if (prefix > 0)
            assertThat(network.covers(masked(sixth, high, low, prefix - 1))).isFalse();
        assertThat(network.covers(masked(sixth, high, low, sixth ? 128 : 32))).isTrue();
    }

    private static SourceNetwork masked(boolean sixth, long high, long low, int prefix) {
        java.math.BigInteger all = sixth
                ? new java.math.BigInteger(Long.toUnsignedString(high))
                        .shiftLeft(64)
                        .or(new java.math.BigInteger(Long.toUnsignedString(low)))
                : java.math.BigInteger.valueOf(low & 0xFFFF_FFFFL);
        int off = (sixth ? 128 : 32) - prefix;
        java.math.BigInteger kept = all.shiftRight(off).shiftLeft(off);
        return new SourceNetwork(sixth, kept.shiftRight(64).longValue(), kept.longValue(), prefix);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "applications",
                "applications, sync",
                "applications,, demo/*",
                ", sync, demo/*",
                "applications, sync,",
                "applications, [, demo/*",
                "applications, sync, a\u0000b"
            })
    void what_is_no_permission_is_refused(String text) {
        assertThatExceptionOfType(Refusal.Invalid.class).isThrownBy(() -> Permission.parse("p", text));
    }

    @Test
    void a_permission_admits_what_fits_all_three() {
        Permission permission = Permission.parse("p", "applications ,  sync,demo/{a,b}*");

        assertThat(permission.text()).isEqualTo("applications, sync, demo/{a,b}*");
        assertThat(permission.admits(new AccessQuestion("applications", "sync", "demo/api")))
                .isTrue();
        assertThat(permission.admits(new AccessQuestion("applications", "sync", "demo/c")))
                .isFalse();
        assertThat(permission.admits(new AccessQuestion("applications", "get", "demo/api")))
                .isFalse();
        assertThat(permission.admits(new AccessQuestion("logs", "sync", "demo/api")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "*, *, *; applications, sync, demo/*; true",
                "applications, *, demo/*; applications, sync, demo/api; true",
                "applications, *, demo/*; applications, sync, demo/a?i; true",
                "applications, *, demo/*; applications, sync, dem*; false",
                "applications, *, demo/*; applications, sync, demo*; false",
                "applications, *, demo/*; *, sync, demo/api; false",
                "applications, get, demo/a?; applications, get, demo/a?; true",
                "applications, get, demo/a?; applications, get, demo/ab; true",
                "applications, get, demo/a?; applications, get, demo/a*; false",
                "applications, get, {a,b}*; applications, get, {a,b}c; false"
            })
    void only_what_is_certain_to_be_narrower_is_covered(String wide, String narrow, boolean covered) {
        assertThat(Permission.parse("p", wide).covers(Permission.parse("p", narrow)))
                .isEqualTo(covered);
    }

    @Property
    void what_a_permission_covers_it_admits(
            @ForAll("patterns") String wide, @ForAll("patterns") String narrow, @ForAll("objects") String object) {
        Permission first = Permission.parse("p", "a, b, " + wide);
        Permission second = Permission.parse("p", "a, b, " + narrow);
        AccessQuestion question = new AccessQuestion("a", "b", object);

        if (first.covers(second) && second.admits(question))
            assertThat(first.admits(question)).isTrue();
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab/*?").ofMinLength(1).ofMaxLength(5);
    }

    @Provide
    Arbitrary<String> objects() {
        return Arbitraries.strings().withChars("ab/").ofMaxLength(5);
    }

    @Test
    void without_limits_everything_is_admitted_and_covered() {
        Limits some = limits("192.0.2.0/24", "applications, sync, demo/*");

        assertThat(Limits.NONE.admits("")).isTrue();
        assertThat(Limits.NONE.admits(new AccessQuestion("x", "y", "z"))).isTrue();
        assertThat(Limits.NONE.covers(some)).isTrue();
        assertThat(some.covers(Limits.NONE)).isFalse();
        assertThat(some.covers(some)).isTrue();
    }

    @Test
    void each_limit_has_to_cover_by_itself() {
        Limits wide = limits("192.0.2.0/24", "applications, *, demo/*");

        assertThat(wide.covers(limits("192.0.2.128/25", "applications, get, demo/api")))
                .isTrue();
        assertThat(wide.covers(limits("192.0.2.128/25", "logs, get, demo/api"))).isFalse();
        assertThat(wide.covers(limits("192.0.0.0/16", "applications, get, demo/api")))
                .isFalse();
        assertThat(wide.covers(new Limits(
                        List.of(), limits("::/0", "applications, get, demo/a").permissions())))
                .isFalse();
    }

    @Test
    void what_is_not_asked_for_is_as_narrow_as_before() {
        Limits own = limits("192.0.2.0/24", "applications, *, demo/*");
        Limits asked = new Limits(limits("192.0.2.7", "a, b, c").networks(), List.of());

        assertThat(own.orElse(Limits.NONE)).isEqualTo(own);
        assertThat(own.orElse(asked)).isEqualTo(new Limits(asked.networks(), own.permissions()));
    }

    private static Limits limits(String network, String permission) {
        return new Limits(List.of(SourceNetwork.parse("n", network)), List.of(Permission.parse("p", permission)));
    }
}
