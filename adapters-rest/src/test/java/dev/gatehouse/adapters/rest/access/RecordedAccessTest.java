package dev.gatehouse.adapters.rest.access;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Recordings;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Conversations with Argo CD about who may what; each difference is a row of docs/compatibility. */
@MicronautTest
class RecordedAccessTest {
    private final Recordings recordings;

    RecordedAccessTest(Api api, World world) {
        this.recordings = new Recordings(api, world);
    }

    @TestFactory
    Stream<DynamicTest> argo_cd_is_answered_for() {
        return recordings.of("access.json", 17);
    }
}
