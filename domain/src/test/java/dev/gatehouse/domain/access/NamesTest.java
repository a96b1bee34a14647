package dev.gatehouse.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamesTest {
    @Test
    void every_name_is_found_and_no_other() {
        Names.Builder builder = new Names.Builder();
        IntStream.range(0, 10_000).forEach(each -> builder.add("team-" + each));
        Names names = builder.build();

        String[] there =
                IntStream.range(0, 10_000).mapToObj(each -> "team-" + each).toArray(String[]::new);
        String[] not =
                IntStream.range(10_000, 20_000).mapToObj(each -> "team-" + each).toArray(String[]::new);
        assertThat(names.findAll(there, Names.hashes(there)))
                .doesNotHaveDuplicates()
                .isEqualTo(builder.numbers());
        assertThat(names.findAll(not, Names.hashes(not))).containsOnly(Names.NONE);
        for (int i = 0; i < there.length; i++) {
            assertThat(names.find(there[i])).isEqualTo(builder.numbers()[i]);
            assertThat(names.find(not[i])).isEqualTo(Names.NONE);
        }
    }

    /** Whoever chooses the name of a group may choose one of the same hash. */
    @Test
    void names_of_one_hash_are_told_apart() {
        assertThat("AaBB").hasSameHashCodeAs("BBAa").hasSameHashCodeAs("AaAa");
        Names names = of("AaBB", "BBAa");

        assertThat(names.name(names.find("AaBB"))).isEqualTo("AaBB");
        assertThat(names.name(names.find("BBAa"))).isEqualTo("BBAa");
        assertThat(names.find("AaAa")).isEqualTo(Names.NONE);
        String[] wanted = {"AaAa", "BBAa", "BBBB"};
        assertThat(names.findAll(wanted, Names.hashes(wanted)))
                .containsExactly(Names.NONE, names.find("BBAa"), Names.NONE);
    }

    @Test
    void a_name_is_no_part_of_another_and_may_be_of_any_characters() {
        List<String> all = new ArrayList<>(List.of("", "a", "ab", "abc", "bc", "Ωmega", "\uD83D\uDE00", "\uD83D", "?"));
        Names names = of(all.toArray(String[]::new));

        for (String each : all) assertThat(names.name(names.find(each))).isEqualTo(each);
        assertThat(List.of("b", "c", "abcd", "Ω", "\uDE00", " ")).allMatch(each -> names.find(each) == Names.NONE);
    }

    @Test
    void nothing_is_found_where_nothing_is() {
        String[] wanted = {"", "a"};

        assertThat(of().find("")).isEqualTo(Names.NONE);
        assertThat(of().findAll(wanted, Names.hashes(wanted))).containsExactly(Names.NONE, Names.NONE);
    }

    private static Names of(String... all) {
        Names.Builder builder = new Names.Builder();
        for (String each : all) builder.add(each);
        return builder.build();
    }
}
