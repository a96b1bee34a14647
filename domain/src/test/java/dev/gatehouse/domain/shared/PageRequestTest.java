package dev.gatehouse.domain.shared;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageRequestTest {
    @Test
    void a_page_holds_1_to_1000() {
        for (int limit : List.of(1, 100, 1_000))
            assertThat(new PageRequest(limit, Optional.empty()).limit()).isEqualTo(limit);
        for (int limit : List.of(Integer.MIN_VALUE, -1, 0, 1_001, Integer.MAX_VALUE))
            assertThat(Refused.faultOf(() -> new PageRequest(limit, Optional.empty())))
                    .isEqualTo(new Fault("limit", PageRequest.Broken.LIMIT, Integer.toString(limit)));
    }
}
