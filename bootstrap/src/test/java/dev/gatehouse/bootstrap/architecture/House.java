package dev.gatehouse.bootstrap.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the compiled classes of the whole house. */
final class House {
    static final String ROOT = "dev.gatehouse";

    private static final Pattern TESTS_JAR = Pattern.compile(".*-tests\\.jar!.*");

    /** What annotation processors write into class files names no source file; people do not write such classes. */
    private static final DescribedPredicate<JavaClass> WRITTEN_BY_PEOPLE = DescribedPredicate.describe(
            "written by people",
            each -> each.getSource().flatMap(source -> source.getFileName()).isPresent());

    private House() {}

    /** The main classes of every module that the service is made of, and those of the testkit. */
    static JavaClasses mainClasses() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.matches(TESTS_JAR))
                .importLocations(Locations.ofPackage(ROOT))
                .that(WRITTEN_BY_PEOPLE);
    }

    /** The test classes of every adapter that {@code main} has; a missing folder is a fault, not an empty one. */
    static JavaClasses adapterTests(JavaClasses main) {
        String adapters = new Rooms(ROOT).adapters() + ".";
        List<Location> folders = new ArrayList<>();
        main.stream()
                .map(JavaClass::getPackageName)
                .filter(each -> each.startsWith(adapters))
                .map(each -> each.substring(adapters.length()).split("\\.")[0])
                .distinct()
                .sorted()
                .forEach(adapter -> folders.add(Location.of(testClassesOf("adapters-" + adapter))));
        if (folders.isEmpty()) throw new IllegalStateException("there is no adapter in " + adapters);
        return new ClassFileImporter().importLocations(folders).that(WRITTEN_BY_PEOPLE);
    }

    /** The test classes of every module, and the contracts that the testkit holds for them. */
    static JavaClasses tests() {
        try (Stream<Path> modules = Files.list(project())) {
            List<Location> folders = modules.filter(each -> Files.exists(each.resolve("pom.xml")))
                    .map(each -> each.getFileName().toString())
                    .sorted()
                    .map(each -> each.equals("adapters-testkit")
                            ? project().resolve(each).resolve("target").resolve("classes")
                            : testClassesOf(each))
                    .map(Location::of)
                    .toList();
            return new ClassFileImporter().importLocations(folders).that(WRITTEN_BY_PEOPLE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The classes of a tree made to break a rule. */
    static JavaClasses brokenClasses(String root) {
        return new ClassFileImporter().importPackages(root).that(WRITTEN_BY_PEOPLE);
    }

    private static Path testClassesOf(String module) {
        Path folder = project().resolve(module).resolve("target").resolve("test-classes");
        if (!Files.isDirectory(folder))
            throw new IllegalStateException(
                    folder + " is missing: build the whole project (./mvnw verify), whose last module checks it");
        return folder;
    }

    /** Above the module in whose {@code target/test-classes} this class lies. */
    static Path project() {
        try {
            Path own = Path.of(House.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return own.getParent().getParent().getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a folder of classes has a path", e);
        }
    }
}
