package dev.gatehouse.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each rule, applied to a small tree that breaks it, names what breaks it and nothing else. */
class RulesCanFailTest {
    private static final String BROKEN = RulesCanFailTest.class.getPackageName() + ".broken.";

    @Test
    void r0_names_the_missing_room_and_the_class_in_no_room() {
        List<String> faults = faults("r0", Rules::r0);
        assertThat(faults)
                .contains("domain.token contains no class", "adapters.rest contains no class")
                .contains("attic.Forgotten lives in no named room")
                .doesNotContain("domain.account contains no class")
                .hasSize(new Rooms("").all().size());
    }

    @Test
    void r1_names_the_framework_and_the_application_in_the_domain() {
        assertNamed("r1", Rules::r1, "domain.account.Framed", "domain.account.Outward");
    }

    @Test
    void r2_names_the_framework_and_the_adapter_in_the_application() {
        assertNamed("r2", Rules::r2, "application.account.Framed", "application.account.Outward");
    }

    @Test
    void r3_names_who_knows_a_neighbour_a_service_or_bootstrap() {
        assertNamed(
                "r3", Rules::r3, "adapters.rest.Neighbour", "adapters.rest.Insider", "adapters.persistence.Climber");
    }

    @Test
    void r4_names_the_driven_adapter_that_asks() {
        assertNamed("r4", Rules::r4, "adapters.persistence.Asker");
    }

    @Test
    void r5_names_misshapen_services_and_who_makes_one() {
        assertNamed(
                "r5",
                Rules::r5,
                "application.account.HiddenService is not public",
                "application.account.OpenService is not final",
                "application.token.PortlessService implements no port of its own package",
                "application.token.Outsider holds a port and is no service",
                "application.token.Maker",
                "adapters.rest.Referrer");
    }

    @Test
    void r6_names_the_cycle_what_shared_knows_and_that_it_is_a_drawer() {
        assertNamed(
                "r6",
                Rules::r6,
                "Cycle detected: Slice account -> \n                Slice token",
                "adapters.persistence.shared.Row",
                "domain.shared has more than 10 types");
    }

    @Test
    void r7_names_who_holds_what_is_no_port_for_it() {
        assertNamed(
                "r7",
                Rules::r7,
                "application.account.AccountService is a domain.account.Accounts",
                "adapters.rest.account.Answering is a application.account.Asking",
                "adapters.persistence.account.StoredAccount is a domain.account.Account");
    }

    @Test
    void r8_names_the_fields_and_the_methods() {
        assertNamed(
                "r8",
                Rules::r8,
                "adapters.rest.Fields.injected",
                "adapters.rest.Fields.setting",
                "bootstrap.Setters.use(");
    }

    @Test
    void r9_names_every_way_to_take_time_chance_and_the_world_outside() {
        assertNamed(
                "r9",
                Rules::r9,
                "java.time.Instant.now()",
                "java.time.LocalDate.now()",
                "java.time.Clock.systemUTC()",
                "java.time.InstantSource.system()",
                "java.lang.System.currentTimeMillis()",
                "java.util.UUID.randomUUID()",
                "java.util.Random.<init>()",
                "java.security.SecureRandom.<init>()",
                "java.util.concurrent.ThreadLocalRandom.current()",
                "java.util.concurrent.ThreadLocalRandom.nextInt()",
                "java.lang.Math.random()",
                "java.lang.System.out",
                "java.lang.System.err",
                "java.lang.System.getenv(java.lang.String)",
                "java.lang.Thread.sleep(long)");
    }

    @Test
    void r10_names_the_package_without_a_mark() {
        assertNamed("r10", Rules::r10, "domain.account is not @NullMarked");
    }

    @Test
    void r11_names_whole_words_only() {
        assertNamed(
                "r11",
                Rules::r11,
                "domain.account.AccountManager says Manager",
                "domain.account.TokenDTO says DTO",
                "domain.account.UserInfo says Info",
                "domain.account.StringUtils says Utils",
                "domain.account.BaseRow says Base",
                "domain.account.Holder$JdbcImpl says Impl",
                "domain.account.IAccounts says I for interface");
    }

    @Test
    void r12_names_the_public_type_below_the_root_package() {
        assertNamed("r12", Rules::r12, "adapters.persistence.account.JdbcAccounts is public");
    }

    @Test
    void r13_names_sql_and_http_outside_their_rooms() {
        assertNamed(
                "r13",
                Rules::r13,
                "domain.account.Sql",
                "adapters.rest.Pool",
                "adapters.persistence.Web",
                "bootstrap.Web");
    }

    @Test
    void r14_names_what_anybody_may_extend() {
        assertNamed("r14", Rules::r14, "domain.account.Extensible", "domain.account.Nested$Inner");
    }

    @Test
    void r15_names_the_setter_and_every_null_in_a_port() {
        assertNamed(
                "r15",
                Rules::r15,
                "domain.account.Mutable.setName(java.lang.String) is a setter",
                "domain.account.Accounts.find(…) is @Nullable",
                "domain.account.Accounts.insert(…) is @Nullable",
                "domain.account.Accounts.all(…) is @Nullable",
                "domain.account.Accounts$Draft(…) is @Nullable",
                "domain.account.Accounts$Draft.name(…) is @Nullable",
                "application.account.Asking.ask(…) is @Nullable");
    }

    @Test
    void r16_names_the_port_the_contract_and_the_adapter_that_lack_something() {
        assertNamed(
                "r16",
                root -> Rules.r16(root, House.brokenClasses(root)),
                "domain.account.Untested has no adapters.testkit.account.UntestedContract",
                "adapters.testkit.account.VagueContract tests nothing",
                "adapters.persistence.account.JdbcVague has no test that runs and implements VagueContract",
                "domain.account.Orphans is implemented by no adapter",
                "adapters.testkit.account.InMemoryOrphans has no test that runs and implements OrphansContract",
                "adapters.persistence.account.JdbcBadges has no test that runs and implements BadgesContract");
    }

    @Test
    void no_rule_is_without_its_proof() {
        List<String> numbered =
                IntStream.rangeClosed(0, 16).mapToObj(n -> "r" + n).toList();
        assertThat(Arrays.stream(Rules.class.getDeclaredMethods())
                        .map(each -> each.getName())
                        .filter(each -> each.matches("r\\d+")))
                .containsExactlyInAnyOrderElementsOf(numbered);
        for (Class<?> tests : List.of(ArchitectureTest.class, RulesCanFailTest.class))
            assertThat(Arrays.stream(tests.getDeclaredMethods())
                            .filter(each -> each.isAnnotationPresent(Test.class))
                            .map(each -> each.getName().split("_")[0]))
                    .as(tests.getSimpleName())
                    .containsAll(numbered);
    }

    @Test
    void the_book_says_every_rule_and_its_reason() throws IOException {
        String book = Files.readString(House.project().resolve("docs").resolve("architecture.md"));
        JavaClasses none = House.brokenClasses(BROKEN + "none");
        List<ArchRule> rules = List.of(
                Rules.r0(""),
                Rules.r1(""),
                Rules.r2(""),
                Rules.r3(""),
                Rules.r4(""),
                Rules.r5(""),
                Rules.r6(""),
                Rules.r7(""),
                Rules.r8(""),
                Rules.r9(""),
                Rules.r10(""),
                Rules.r11(""),
                Rules.r12(""),
                Rules.r13(""),
                Rules.r14(""),
                Rules.r15(""),
                Rules.r16("", none));
        for (int number = 0; number < rules.size(); number++) {
            String rule = rules.get(number).getDescription();
            String reason = rule.substring(rule.lastIndexOf(", because ") + ", because ".length());
            assertThat(book.lines()).anyMatch(new Row(number, reason)::isIn);
        }
    }

    private record Row(int number, String reason) {
        boolean isIn(String line) {
            return line.startsWith("| R" + number + " |") && line.endsWith("| " + reason + " |");
        }
    }

    @Test
    void the_broken_classes_are_no_part_of_the_house() {
        assertThat(House.mainClasses()).noneMatch(each -> each.getName().startsWith(BROKEN));
    }

    /** Each fault is named, and there is no fault that speaks of none of them. */
    private static void assertNamed(String tree, Function<String, ArchRule> rule, String... named) {
        List<String> faults = faults(tree, rule);
        for (String each : named) assertThat(faults).as(tree).anyMatch(fault -> fault.contains(each));
        assertThat(faults).as(tree).allMatch(fault -> Arrays.stream(named).anyMatch(fault::contains));
    }

    private static List<String> faults(String tree, Function<String, ArchRule> rule) {
        String root = BROKEN + tree;
        return rule.apply(root).evaluate(House.brokenClasses(root)).getFailureReport().getDetails().stream()
                .map(each -> each.replace(root + ".", ""))
                .toList();
    }
}
