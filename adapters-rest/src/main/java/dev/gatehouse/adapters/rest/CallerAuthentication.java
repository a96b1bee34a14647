package dev.gatehouse.adapters.rest;

import dev.gatehouse.domain.access.Caller;
import io.micronaut.security.authentication.Authentication;
import java.util.Map;

/** A caller as the framework knows callers. */
record CallerAuthentication(Caller caller) implements Authentication {
    private static final long serialVersionUID = 1L;

    @Override
    public String getName() {
        return caller.name();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.of("method", caller.method().word(), "groups", caller.groups());
    }
}
