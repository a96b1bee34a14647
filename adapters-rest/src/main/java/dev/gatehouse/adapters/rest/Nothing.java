package dev.gatehouse.adapters.rest;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;

/** The reply {@code {}} of a call that has nothing to tell. */
@Serdeable
@Schema(name = "EmptyResponse")
public record Nothing() {
    public static final Nothing AT_ALL = new Nothing();
}
