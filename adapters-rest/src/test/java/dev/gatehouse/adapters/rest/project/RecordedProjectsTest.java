package dev.gatehouse.adapters.rest.project;

import dev.gatehouse.adapters.rest.Api;
import dev.gatehouse.adapters.rest.Recordings;
import dev.gatehouse.application.World;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Conversations with Argo CD about projects and their tokens. */
@MicronautTest
class RecordedProjectsTest {
    private final Recordings recordings;

    RecordedProjectsTest(Api api, World world) {
        this.recordings = new Recordings(api, world);
    }

    @TestFactory
    Stream<DynamicTest> argo_cd_is_answered_for() {
        return recordings.of("projects.json", 61);
    }
}
