package dev.gatehouse.bootstrap.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The packages of the house: rings, and in each ring the same features.
 *
 * @param root the package that holds the rings
 */
record Rooms(String root) {
    /** What every ring may have beside the features; it knows none of them. */
    static final String SHARED = "shared";

    /** More types than these make a drawer of it. */
    static final int MOST_SHARED = 10;

    static final List<String> FEATURES =
            List.of("account", "project", "token", "session", "access", "webhook", "audit");

    /** The adapters that people and programs come in by: they alone see the application. */
    static final List<String> DRIVING = List.of("rest");

    /**
     * Every adapter with those of its rooms that hold classes; the empty name is its root package. An adapter may have rooms
     * of its own beside the features: {@code health}, {@code docs} and {@code transport} are
     * about the server itself.
     */
    private static final List<Adapter> ADAPTERS = List.of(
            new Adapter(
                    "rest",
                    List.of(
                            "",
                            "account",
                            "project",
                            "token",
                            "session",
                            "access",
                            "webhook",
                            "audit",
                            "health",
                            "docs",
                            "transport")),
            new Adapter(
                    "persistence", List.of("", "account", "project", "token", "session", "access", "webhook", "audit")),
            new Adapter("security", List.of("", SHARED, "account", "token", "access")),
            new Adapter(
                    "testkit",
                    List.of(SHARED, "account", "project", "token", "session", "access", "webhook", "audit")));

    private record Adapter(String name, List<String> rooms) {}

    String domain() {
        return root + ".domain";
    }

    String application() {
        return root + ".application";
    }

    String adapters() {
        return root + ".adapters";
    }

    String adapter(String name) {
        return adapters() + "." + name;
    }

    String testkit() {
        return adapter("testkit");
    }

    String bootstrap() {
        return root + ".bootstrap";
    }

    /** The rings, each adapter by itself, that are divided into features. */
    List<String> dividedRings() {
        return Stream.concat(
                        Stream.of(domain(), application()), ADAPTERS.stream().map(each -> adapter(each.name())))
                .toList();
    }

    /** Every package that holds classes, and there is no other. */
    List<String> all() {
        List<String> all = new ArrayList<>();
        for (String ring : List.of(domain(), application())) {
            all.add(ring + "." + SHARED);
            FEATURES.forEach(feature -> all.add(ring + "." + feature));
        }
        for (Adapter adapter : ADAPTERS)
            for (String room : adapter.rooms())
                all.add(room.isEmpty() ? adapter(adapter.name()) : adapter(adapter.name()) + "." + room);
        all.add(bootstrap());
        return List.copyOf(all);
    }

    /** What the domain implements itself: {@code Rule} is the type of the enums that name what input can break. */
    Set<String> domainInterfacesThatAreNoPorts() {
        return Set.of(domain() + ".shared.Rule");
    }

    /** {@code token} for {@code …domain.token}. */
    static String featureOf(String packageName) {
        return packageName.substring(packageName.lastIndexOf('.') + 1);
    }
}
