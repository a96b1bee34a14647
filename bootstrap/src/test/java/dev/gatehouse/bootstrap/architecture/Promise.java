package dev.gatehouse.bootstrap.architecture;

import com.tngtech.archunit.base.HasDescription;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.AbstractClassesTransformer;
import com.tngtech.archunit.lang.ClassesTransformer;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A driven port, and who has to keep what it says.
 *
 * @param contract the tests that every implementation has to pass
 * @param implementations in the main code of adapters, the testkit's among them
 */
record Promise(JavaClass port, Optional<JavaClass> contract, List<JavaClass> implementations)
        implements HasDescription {
    private static final String TEST = "org.junit.jupiter.api.Test";
    private static final String TESTABLE = "org.junit.platform.commons.annotation.Testable";
    private static final String NESTED = "org.junit.jupiter.api.Nested";

    /** Every driven port among the classes, with what its promise hangs on. */
    static ClassesTransformer<Promise> of(Rooms rooms) {
        return new AbstractClassesTransformer<>("driven ports") {
            @Override
            public Iterable<Promise> doTransform(JavaClasses classes) {
                List<Promise> promises = new ArrayList<>();
                for (JavaClass each : classes)
                    if (isPort(each, rooms))
                        promises.add(
                                new Promise(each, contractOf(each, classes, rooms), implementationsOf(each, rooms)));
                return promises;
            }
        };
    }

    /** A top-level interface of the domain is a port, unless it is sealed or listed as none. */
    static boolean isPort(JavaClass candidate, Rooms rooms) {
        return within(candidate, rooms.domain())
                && candidate.isInterface()
                && candidate.isTopLevelClass()
                && !candidate.getSimpleName().equals("package-info")
                && !rooms.domainInterfacesThatAreNoPorts().contains(candidate.getName())
                && !candidate.reflect().isSealed();
    }

    private static Optional<JavaClass> contractOf(JavaClass port, JavaClasses classes, Rooms rooms) {
        String name = contractName(port, rooms);
        return classes.contain(name) ? Optional.of(classes.get(name)) : Optional.empty();
    }

    private static String contractName(JavaClass port, Rooms rooms) {
        return rooms.testkit() + "." + Rooms.featureOf(port.getPackageName()) + "." + port.getSimpleName() + "Contract";
    }

    private static List<JavaClass> implementationsOf(JavaClass port, Rooms rooms) {
        return port.getAllSubclasses().stream()
                .filter(each -> within(each, rooms.adapters()))
                .toList();
    }

    /** Says what is missing. */
    void check(Rooms rooms, JavaClasses tests, ConditionEvents events) {
        if (implementations.stream().allMatch(each -> within(each, rooms.testkit())))
            violated(port, port.getName() + " is implemented by no adapter", events);
        if (contract.isEmpty()) {
            violated(port, port.getName() + " has no " + contractName(port, rooms), events);
            return;
        }
        JavaClass promised = contract.get();
        if (!promised.isInterface())
            violated(
                    promised,
                    promised.getName() + " is no interface, so that a test can keep one promise only",
                    events);
        if (promised.getAllMethods().stream()
                .noneMatch(each -> each.isAnnotatedWith(TEST) || each.isMetaAnnotatedWith(TESTABLE)))
            violated(promised, promised.getName() + " tests nothing", events);
        for (JavaClass implementation : implementations)
            if (tests.stream().noneMatch(each -> binds(each, promised, implementation, rooms)))
                violated(
                        implementation,
                        implementation.getName() + " has no test that runs and implements " + promised.getSimpleName(),
                        events);
    }

    /** A test of the same module, named after the implementation or speaking of it, that implements the contract. */
    private static boolean binds(JavaClass test, JavaClass contract, JavaClass implementation, Rooms rooms) {
        return test.isAssignableTo(contract.getName())
                && runs(test)
                && adapterOf(test, rooms).equals(adapterOf(implementation, rooms))
                && (outermost(test)
                                .getSimpleName()
                                .startsWith(outermost(implementation).getSimpleName())
                        || speaksOf(test, implementation));
    }

    /** As the build picks tests: by the end of the file's name, and inside a file by {@code @Nested}. */
    private static boolean runs(JavaClass test) {
        if (test.isInterface() || test.getModifiers().contains(JavaModifier.ABSTRACT)) return false;
        return test.isTopLevelClass()
                ? test.getSimpleName().endsWith("Test") || test.getSimpleName().endsWith("IT")
                : test.isAnnotatedWith(NESTED) && runs(outermost(test));
    }

    private static boolean speaksOf(JavaClass test, JavaClass implementation) {
        return test.getDirectDependenciesFromSelf().stream()
                .anyMatch(each -> each.getTargetClass().getName().equals(implementation.getName()));
    }

    private static String adapterOf(JavaClass type, Rooms rooms) {
        String prefix = rooms.adapters() + ".";
        return type.getPackageName().startsWith(prefix)
                ? type.getPackageName().substring(prefix.length()).split("\\.")[0]
                : "";
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent())
            outermost = outermost.getEnclosingClass().get();
        return outermost;
    }

    private static boolean within(JavaClass type, String packageName) {
        return (type.getPackageName() + ".").startsWith(packageName + ".");
    }

    private static void violated(JavaClass where, String what, ConditionEvents events) {
        events.add(SimpleConditionEvent.violated(where, what));
    }

    @Override
    public String getDescription() {
        return port.getName();
    }
}
