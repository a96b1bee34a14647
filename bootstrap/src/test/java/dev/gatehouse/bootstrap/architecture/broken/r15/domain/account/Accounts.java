package dev.gatehouse.bootstrap.architecture.broken.r15.domain.account;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

interface Accounts {
    @Nullable
    String find(String name);

    void insert(@Nullable String name);

    List<@Nullable String> all();

    record Draft(@Nullable String name) {}

    Optional<String> named(String name);
}
