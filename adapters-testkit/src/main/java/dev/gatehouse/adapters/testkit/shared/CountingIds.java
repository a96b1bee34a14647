package dev.gatehouse.adapters.testkit.shared;

import dev.gatehouse.domain.shared.Ids;
import java.util.concurrent.atomic.AtomicLong;

/** Ids in the form of the real ones that can be foretold: {@code 00000000-0000-4000-8000-000000000001} and so on. */
public final class CountingIds implements Ids {
    private final AtomicLong ids = new AtomicLong();
    private final AtomicLong secrets = new AtomicLong();

    @Override
    public String newId() {
        return "00000000-0000-4000-8000-%012x".formatted(ids.incrementAndGet());
    }

    @Override
    public String newIdInOrder() {
        return "00000000-0000-7000-8000-%012x".formatted(ids.incrementAndGet());
    }

    @Override
    public String newSecret() {
        return "secret-%036d".formatted(secrets.incrementAndGet());
    }
}
