package dev.gatehouse.bootstrap.architecture;

import static dev.gatehouse.bootstrap.architecture.House.ROOT;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house as it is keeps every rule. */
class ArchitectureTest {
    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = House.mainClasses();
    }

    @Test
    void r0_every_room_is_there_and_has_a_name() {
        Rules.r0(ROOT).check(house);
    }

    @Test
    void r1_the_domain_sees_the_jdk_and_itself() {
        Rules.r1(ROOT).check(house);
    }

    @Test
    void r2_the_application_adds_the_domain_only() {
        Rules.r2(ROOT).check(house);
    }

    @Test
    void r3_adapters_see_neither_each_other_nor_services_nor_bootstrap() {
        Rules.r3(ROOT).check(house);
    }

    @Test
    void r4_only_driving_adapters_see_the_application() {
        Rules.r4(ROOT).check(house);
    }

    @Test
    void r5_services_stand_behind_their_port_and_only_bootstrap_makes_them() {
        Rules.r5(ROOT).check(house);
    }

    @Test
    void r6_features_have_no_cycle_and_shared_knows_none() {
        Rules.r6(ROOT).check(house);
    }

    @Test
    void r7_ports_are_interfaces_of_the_core() {
        Rules.r7(ROOT).check(house);
    }

    @Test
    void r8_everything_is_injected_by_the_constructor() {
        Rules.r8(ROOT).check(house);
    }

    @Test
    void r9_time_chance_and_the_world_outside_are_handed_in() {
        Rules.r9(ROOT).check(house);
    }

    @Test
    void r10_every_package_is_null_marked() {
        Rules.r10(ROOT).check(house);
    }

    @Test
    void r11_no_type_has_an_empty_word_in_its_name() {
        Rules.r11(ROOT).check(house);
    }

    @Test
    void r12_an_adapter_is_public_in_its_root_package_only() {
        Rules.r12(ROOT).check(house);
    }

    @Test
    void r13_sql_and_http_have_one_room_each() {
        Rules.r13(ROOT).check(house);
    }

    @Test
    void r14_nobody_extends_a_domain_type() {
        Rules.r14(ROOT).check(house);
    }

    @Test
    void r15_there_are_no_setters_and_no_nulls_in_ports() {
        Rules.r15(ROOT).check(house);
    }

    @Test
    void r16_every_adapter_shows_that_it_keeps_what_its_ports_promise() {
        Rules.r16(ROOT, House.adapterTests(house)).check(house);
    }
}
