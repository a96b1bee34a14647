package dev.gatehouse.adapters.security.account;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class Argon2MemoryTest {
    /** From the tests of the reference implementation, with one lane. */
    @Test
    void it_makes_what_the_reference_implementation_makes() {
        assertThat(hex(65536, 2, "password", "somesalt"))
                .isEqualTo("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
        assertThat(hex(256, 2, "password", "somesalt"))
                .isEqualTo("9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe");
    }

    @Property(tries = 300)
    void it_makes_what_bouncy_castle_makes(
            @ForAll @StringLength(max = 300) String password,
            @ForAll @Size(min = 8, max = 64) byte[] salt,
            @ForAll @IntRange(min = 8, max = 700) int kib,
            @ForAll @IntRange(min = 1, max = 4) int passes,
            @ForAll @IntRange(min = 4, max = 64) int length) {
        assertThat(new Argon2Memory(kib).hash(password.getBytes(UTF_8), salt, passes, length))
                .isEqualTo(Argon2id.byBouncyCastle(password, kib, passes, 1, salt, length));
    }

    @Test
    void it_makes_what_bouncy_castle_makes_of_todays_parameters() {
        byte[] salt = "sixteen bytes...".getBytes(UTF_8);
        for (String password : List.of("", "correct horse battery", "ü€\uD83D\uDD11"))
            assertThat(Argon2id.of(password, salt).encoded())
                    .endsWith(java.util.Base64.getEncoder()
                            .withoutPadding()
                            .encodeToString(Argon2id.byBouncyCastle(
                                    password,
                                    Argon2id.MEMORY,
                                    Argon2id.PASSES,
                                    Argon2id.LANES,
                                    salt,
                                    Argon2id.HASH_BYTES)));
    }

    @Test
    void what_an_earlier_hash_left_changes_no_later_one() {
        Argon2Memory used = new Argon2Memory(64);
        byte[] salt = "somesalt".getBytes(UTF_8);
        byte[] first = used.hash("first".getBytes(UTF_8), salt, 3, 32);

        used.hash("second".getBytes(UTF_8), salt, 1, 64);

        assertThat(used.hash("first".getBytes(UTF_8), salt, 3, 32)).isEqualTo(first);
    }

    private static String hex(int kib, int passes, String password, String salt) {
        return HexFormat.of()
                .formatHex(new Argon2Memory(kib).hash(password.getBytes(UTF_8), salt.getBytes(UTF_8), passes, 32));
    }
}
