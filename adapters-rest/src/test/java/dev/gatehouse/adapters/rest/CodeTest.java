package dev.gatehouse.adapters.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CodeTest {

    /** The table of Argo CD contract 6.1. */
    @Test
    void each_code_has_its_status() {
        Map<Code, String> table = new EnumMap<>(Code.class);
        for (Code each : Code.values()) table.put(each, each.number() + " " + each.status());
        assertThat(table)
                .isEqualTo(Map.ofEntries(
                        Map.entry(Code.INVALID_ARGUMENT, "3 400"),
                        Map.entry(Code.NOT_FOUND, "5 404"),
                        Map.entry(Code.ALREADY_EXISTS, "6 409"),
                        Map.entry(Code.PERMISSION_DENIED, "7 403"),
                        Map.entry(Code.RESOURCE_EXHAUSTED, "8 429"),
                        Map.entry(Code.FAILED_PRECONDITION, "9 400"),
                        Map.entry(Code.ABORTED, "10 409"),
                        Map.entry(Code.OUT_OF_RANGE, "11 400"),
                        Map.entry(Code.UNIMPLEMENTED, "12 501"),
                        Map.entry(Code.INTERNAL, "13 500"),
                        Map.entry(Code.UNAVAILABLE, "14 503"),
                        Map.entry(Code.UNAUTHENTICATED, "16 401")));
    }
}
