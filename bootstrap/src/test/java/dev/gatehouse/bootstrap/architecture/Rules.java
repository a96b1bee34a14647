package dev.gatehouse.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.all;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.base.HasDescription;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of the house, each for any root package: so each can be shown to fail on a tree that breaks it. */
final class Rules {
    private static final String JSPECIFY = "org.jspecify.annotations";

    private Rules() {}

    static ArchRule r0(String root) {
        Rooms rooms = new Rooms(root);
        ArchRule noEmptyRoom = all(namedRooms(rooms)).should(condition("contain classes", (room, events) -> {
            if (room.classes().isEmpty()) violated(room, room.name() + " contains no class", events);
        }));
        Set<String> names = Set.copyOf(rooms.all());
        ArchRule noClassOutside = classes()
                .that(describe("are no package-info", Rules::isNoPackageInfo))
                .should(condition("live in a named room", (each, events) -> {
                    if (!names.contains(each.getPackageName()))
                        violated(each, each.getName() + " lives in no named room", events);
                }));
        return CompositeArchRule.of(noEmptyRoom)
                .and(noClassOutside)
                .because(
                        "a rule about a room that does not exist passes for ever, and no rule sees a room without a name");
    }

    static ArchRule r1(String root) {
        Rooms rooms = new Rooms(root);
        return classes()
                .that(resideInAPackage(rooms.domain() + ".."))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "javax.crypto..", JSPECIFY + "..", rooms.domain() + ".."))
                .because("what is true depends on no framework and is tested without one");
    }

    static ArchRule r2(String root) {
        Rooms rooms = new Rooms(root);
        return classes()
                .that(resideInAPackage(rooms.application() + ".."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "javax.crypto..", JSPECIFY + "..", rooms.domain() + "..", rooms.application() + ".."))
                .because("what may be asked stays the same whatever the adapters are made with");
    }

    static ArchRule r3(String root) {
        Rooms rooms = new Rooms(root);
        return CompositeArchRule.of(
                        slices().matching(rooms.adapters() + ".(*)..").should().notDependOnEachOther())
                .and(noClasses()
                        .that(resideInAPackage(rooms.adapters() + ".."))
                        .should()
                        .dependOnClassesThat(resideInAPackage(rooms.bootstrap() + "..")))
                .and(noClasses()
                        .that(resideInAPackage(rooms.adapters() + ".."))
                        .should()
                        .dependOnClassesThat(areServices(rooms)))
                .because(
                        "an adapter that knows another adapter, or who stands behind a port, cannot be exchanged alone");
    }

    static ArchRule r4(String root) {
        Rooms rooms = new Rooms(root);
        String[] driving =
                Rooms.DRIVING.stream().map(each -> rooms.adapter(each) + "..").toArray(String[]::new);
        return noClasses()
                .that(resideInAPackage(rooms.adapters() + ".."))
                .and(DescribedPredicate.not(resideInAnyPackage(driving)))
                .should()
                .dependOnClassesThat(resideInAPackage(rooms.application() + ".."))
                .because("a driven adapter is asked and never asks; who asks is on the list of driving adapters");
    }

    static ArchRule r5(String root) {
        Rooms rooms = new Rooms(root);
        ArchRule shape = classes()
                .that(areServices(rooms))
                .should(condition("be public, final and hold a port", (each, events) -> {
                    if (!each.getModifiers().contains(JavaModifier.PUBLIC))
                        violated(each, each.getName() + " is not public", events);
                    if (!each.getModifiers().contains(JavaModifier.FINAL))
                        violated(each, each.getName() + " is not final", events);
                    if (each.getRawInterfaces().stream()
                            .noneMatch(port -> port.isTopLevelClass()
                                    && port.getPackageName().equals(each.getPackageName())))
                        violated(each, each.getName() + " implements no port of its own package", events);
                }));
        ArchRule construction = noClasses()
                .that(resideOutsideOfPackage(rooms.bootstrap() + ".."))
                .should()
                .accessTargetWhere(describe(
                        "a service is constructed",
                        access -> access.getTarget().getName().equals("<init>")
                                && areServices(rooms).test(access.getTargetOwner())
                                && !access.getOriginOwner().equals(access.getTargetOwner())));
        ArchRule name = classes()
                .that(resideInAPackage(rooms.application() + ".."))
                .should(condition("be called …Service when they hold a port", (each, events) -> {
                    if (!each.isInterface()
                            && !areServices(rooms).test(each)
                            && superTypes(each)
                                    .anyMatch(above -> above.isTopLevelClass()
                                            && above.isInterface()
                                            && within(above, rooms.application())))
                        violated(each, each.getName() + " holds a port and is no service", events);
                }));
        return CompositeArchRule.of(shape)
                .and(name)
                .and(construction)
                .because("one place decides what stands behind a port; everybody else sees the port");
    }

    static ArchRule r6(String root) {
        Rooms rooms = new Rooms(root);
        List<ArchRule> parts = new ArrayList<>();
        for (String ring : rooms.dividedRings()) {
            String[] features = Rooms.FEATURES.stream()
                    .map(each -> ring + "." + each + "..")
                    .toArray(String[]::new);
            // A ring without features has no cycle; that the named ones are there is the first rule's matter.
            parts.add(
                    slices().matching(ring + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true));
            parts.add(noClasses()
                    .that(resideInAPackage(ring + "." + Rooms.SHARED + ".."))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage(features))
                    .allowEmptyShould(true));
        }
        parts.add(all(namedRooms(rooms)).should(condition("have few types when they are shared", (room, events) -> {
            boolean core = room.name().equals(rooms.domain() + "." + Rooms.SHARED)
                    || room.name().equals(rooms.application() + "." + Rooms.SHARED);
            long types =
                    room.classes().stream().filter(JavaClass::isTopLevelClass).count();
            if (core && types > Rooms.MOST_SHARED)
                violated(room, room.name() + " has more than " + Rooms.MOST_SHARED + " types", events);
        })));
        return CompositeArchRule.of(parts)
                .because("a feature can be read, changed and removed only where nothing it needs needs it back");
    }

    static ArchRule r7(String root) {
        Rooms rooms = new Rooms(root);
        ArchRule adapters = classes()
                .that(resideInAPackage(rooms.adapters() + ".."))
                .should(condition("implement of ours only interfaces of the domain", (each, events) -> {
                    String own = adapterOf(each, rooms);
                    for (JavaClass above : superTypes(each).toList()) {
                        boolean fits = !within(above, root)
                                || within(above, own)
                                || above.isInterface() && within(above, rooms.domain());
                        if (!fits) violated(each, each.getName() + " is a " + above.getName(), events);
                    }
                }));
        ArchRule services = classes()
                .that(areServices(rooms))
                .should(condition("implement of ours only interfaces of the application", (each, events) -> {
                    for (JavaClass above : superTypes(each).toList()) {
                        boolean fits =
                                !within(above, root) || above.isInterface() && within(above, rooms.application());
                        if (!fits) violated(each, each.getName() + " is a " + above.getName(), events);
                    }
                }));
        return CompositeArchRule.of(adapters)
                .and(services)
                .because(
                        "the core owns its ports: what it needs is said in the domain, what it offers in the application");
    }

    static ArchRule r8(String root) {
        return CompositeArchRule.of(noFields()
                        .that()
                        .areDeclaredInClassesThat(resideInAPackage(root + ".."))
                        .should()
                        .beAnnotatedWith(injection()))
                .and(noMethods()
                        .that()
                        .areDeclaredInClassesThat(resideInAPackage(root + ".."))
                        .should()
                        .beAnnotatedWith(injection()))
                .because("what an object needs stands in its constructor, complete before its first use");
    }

    static ArchRule r9(String root) {
        Rooms rooms = new Rooms(root);
        return noClasses()
                .that(resideInAnyPackage(rooms.domain() + "..", rooms.application() + ".."))
                .should()
                .accessTargetWhere(
                        describe("time, chance, console, environment or sleep is taken", Rules::isTakenFromOutside))
                .because("time, chance and the world outside are handed in: otherwise no test can choose them");
    }

    static ArchRule r10(String root) {
        return all(packagesWithin(root))
                .should(condition("be @NullMarked", (each, events) -> {
                    if (!each.isAnnotatedWith(JSPECIFY + ".NullMarked"))
                        violated(each, each.getName() + " is not @NullMarked", events);
                }))
                .because("where the mark is missing the null checker does not look");
    }

    static ArchRule r11(String root) {
        Set<String> forbidden = Set.of(
                "impl", "manager", "helper", "helpers", "util", "utils", "common", "base", "dto", "data", "info");
        Pattern word = Pattern.compile("[A-Z]+(?![a-z])\\d*|[A-Z]?[a-z0-9]+");
        Pattern marked = Pattern.compile("I[A-Z][a-z].*");
        return classes()
                .that(resideInAPackage(root + ".."))
                .and(describe("are no package-info", Rules::isNoPackageInfo))
                .should(condition("have a name without empty words", (each, events) -> {
                    String name = each.getSimpleName();
                    word.matcher(name)
                            .results()
                            .map(MatchResult::group)
                            .filter(part -> forbidden.contains(part.toLowerCase(Locale.ROOT)))
                            .forEach(part -> violated(each, each.getName() + " says " + part, events));
                    if (each.isInterface() && marked.matcher(name).matches())
                        violated(each, each.getName() + " says I for interface", events);
                }))
                .because("such words say nothing about what a type is for, and everything ends up in it");
    }

    static ArchRule r12(String root) {
        Rooms rooms = new Rooms(root);
        return classes()
                .that(resideInAPackage(rooms.adapters() + ".."))
                .and(resideOutsideOfPackage(rooms.testkit() + ".."))
                .and(describe("are top-level", JavaClass::isTopLevelClass))
                .should(condition("be public in the root package of the adapter only", (each, events) -> {
                    if (each.getModifiers().contains(JavaModifier.PUBLIC)
                            && !each.getPackageName().equals(adapterOf(each, rooms)))
                        violated(each, each.getName() + " is public", events);
                }))
                .because("what nobody else can see nobody else depends on");
    }

    static ArchRule r13(String root) {
        Rooms rooms = new Rooms(root);
        return CompositeArchRule.of(noClasses()
                        .that(resideOutsideOfPackage(rooms.adapter("persistence") + ".."))
                        .should()
                        .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..")))
                .and(noClasses()
                        .that(DescribedPredicate.not(
                                resideInAnyPackage(rooms.adapter("rest") + "..", rooms.bootstrap() + "..")))
                        .should()
                        .dependOnClassesThat(resideInAPackage("io.micronaut.http..")))
                .and(noClasses()
                        .that(resideInAPackage(rooms.bootstrap() + ".."))
                        .should()
                        // To start the server is bootstrap's work.
                        .dependOnClassesThat(resideInAPackage("io.micronaut.http..")
                                .and(resideOutsideOfPackage("io.micronaut.http.server.."))))
                .because("SQL has one room and HTTP another, so that each can be exchanged alone");
    }

    static ArchRule r14(String root) {
        Rooms rooms = new Rooms(root);
        return classes()
                .that(resideInAPackage(rooms.domain() + ".."))
                .should(condition("be a record, enum, interface, sealed or final", (each, events) -> {
                    // What the compiler adds for a switch over an enum is nobody's to extend.
                    boolean closed = each.getModifiers().contains(JavaModifier.SYNTHETIC)
                            || each.isRecord()
                            || each.isEnum()
                            || each.isInterface()
                            || each.getModifiers().contains(JavaModifier.FINAL)
                            || each.reflect().isSealed()
                            // What the compiler makes of a switch over an enum.
                            || each.reflect().isSynthetic();
                    if (!closed) violated(each, each.getName() + " can be extended by anybody", events);
                }))
                .because("a value that nobody can extend keeps its promises, and a switch over it is complete");
    }

    static ArchRule r15(String root) {
        Rooms rooms = new Rooms(root);
        ArchRule noSetters = methods()
                .that()
                .areDeclaredInClassesThat(resideInAPackage(root + ".."))
                .should(condition("be no setter", (each, events) -> {
                    if (isSetter(each, root)) violated(each, each.getFullName() + " is a setter", events);
                }));
        ArchRule noNullInPorts = classes()
                .that(resideInAnyPackage(rooms.domain() + "..", rooms.application() + ".."))
                .and(describe("are ports, or what they speak in", Rules::isPortOrNestedInOne))
                .should(condition("not say @Nullable", (each, events) -> {
                    for (String place : Nullables.in(each.reflect())) violated(each, place + " is @Nullable", events);
                }));
        return CompositeArchRule.of(noSetters)
                .and(noNullInPorts)
                .because("an object is right from its constructor on, and an Optional cannot be overlooked");
    }

    /** @param tests of the adapters, which the classes that the rule is asked about do not include */
    static ArchRule r16(String root, JavaClasses tests) {
        Rooms rooms = new Rooms(root);
        return all(Promise.of(rooms))
                .should(condition(
                        "have a contract that a test of every implementation implements",
                        (each, events) -> each.check(rooms, tests, events)))
                .because("what a port says is worth as much as the test that every adapter of it passes");
    }

    // --- what the rules speak of ---

    private record Room(String name, List<JavaClass> classes) implements HasDescription {
        @Override
        public String getDescription() {
            return name;
        }
    }

    private static ClassesTransformer<Room> namedRooms(Rooms rooms) {
        return new AbstractClassesTransformer<>("named rooms") {
            @Override
            public Iterable<Room> doTransform(JavaClasses classes) {
                return rooms.all().stream()
                        .map(name -> new Room(
                                name,
                                classes.stream()
                                        .filter(each -> each.getPackageName().equals(name))
                                        .filter(Rules::isNoPackageInfo)
                                        .toList()))
                        .toList();
            }
        };
    }

    private static ClassesTransformer<JavaPackage> packagesWithin(String root) {
        return new AbstractClassesTransformer<>("packages") {
            @Override
            public Iterable<JavaPackage> doTransform(JavaClasses classes) {
                return classes.stream()
                        .filter(each -> within(each, root))
                        .map(JavaClass::getPackage)
                        .distinct()
                        .toList();
            }
        };
    }

    private static DescribedPredicate<JavaClass> areServices(Rooms rooms) {
        return describe(
                "services",
                each -> within(each, rooms.application())
                        && each.isTopLevelClass()
                        && each.getSimpleName().endsWith("Service"));
    }

    private static boolean isNoPackageInfo(JavaClass each) {
        return !each.getSimpleName().equals("package-info");
    }

    private static boolean within(JavaClass each, String packageName) {
        return (each.getPackageName() + ".").startsWith(packageName + ".");
    }

    /** The root package of the adapter it belongs to. */
    private static String adapterOf(JavaClass each, Rooms rooms) {
        String inside = each.getPackageName().substring(rooms.adapters().length() + 1);
        return rooms.adapter(inside.split("\\.")[0]);
    }

    private static Stream<JavaClass> superTypes(JavaClass each) {
        return Stream.concat(each.getAllRawSuperclasses().stream(), each.getAllRawInterfaces().stream());
    }

    private static DescribedPredicate<JavaAnnotation<?>> injection() {
        Set<String> names = Set.of(
                "jakarta.inject.Inject",
                "javax.inject.Inject",
                "io.micronaut.context.annotation.Property",
                "io.micronaut.context.annotation.Value");
        return describe(
                "an annotation that injects",
                each -> names.contains(each.getRawType().getName()));
    }

    private static boolean isTakenFromOutside(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return switch (owner) {
            case "java.time.Clock", "java.time.InstantSource" ->
                name.startsWith("system")
                        || Set.of("tickMillis", "tickSeconds", "tickMinutes").contains(name);
            case "java.util.UUID" -> name.equals("randomUUID");
            case "java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom" ->
                name.equals("<init>") || name.startsWith("getInstance");
            case "java.util.concurrent.ThreadLocalRandom", "java.util.random.RandomGenerator" -> true;
            case "java.lang.Math" -> name.equals("random");
            case "java.lang.System" ->
                Set.of("in", "out", "err", "currentTimeMillis", "nanoTime", "getenv", "getProperty")
                        .contains(name);
            case "java.lang.Thread", "java.util.concurrent.TimeUnit" -> name.equals("sleep");
            default -> owner.startsWith("java.time.") && name.equals("now");
        };
    }

    /** What a type of somebody else's makes us implement is not ours to name. */
    private static boolean isSetter(JavaMethod method, String root) {
        return method.getName().matches("set[A-Z].*")
                && !method.getRawParameterTypes().isEmpty()
                && superTypes(method.getOwner())
                        .filter(above -> !within(above, root))
                        .noneMatch(above -> above.tryGetMethod(
                                        method.getName(),
                                        method.getRawParameterTypes().stream()
                                                .map(JavaClass::getName)
                                                .toArray(String[]::new))
                                .isPresent());
    }

    private static boolean isPortOrNestedInOne(JavaClass each) {
        return each.isInterface() && isNoPackageInfo(each)
                || each.getEnclosingClass().map(Rules::isPortOrNestedInOne).orElse(false);
    }

    private static <T> ArchCondition<T> condition(String description, BiConsumer<T, ConditionEvents> check) {
        return new ArchCondition<>(description) {
            @Override
            public void check(T item, ConditionEvents events) {
                check.accept(item, events);
            }
        };
    }

    private static void violated(Object where, String what, ConditionEvents events) {
        events.add(SimpleConditionEvent.violated(where, what));
    }
}
