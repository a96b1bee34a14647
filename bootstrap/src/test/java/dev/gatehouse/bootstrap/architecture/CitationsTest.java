package dev.gatehouse.bootstrap.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A document that names a test as a proof names one that there is. */
class CitationsTest {
    /** {@code Class#method}, a class alone, or {@code #method} of the class that was named before. */
    private static final Pattern CITATION =
            Pattern.compile("`((?:[a-z]+\\.)*[A-Z]\\w*(?:Test|IT|Contract))?(?:#(\\w+))?`");

    private static final Map<String, List<JavaClass>> TESTS = new HashMap<>();

    @BeforeAll
    static void read() {
        for (JavaClass each : House.tests())
            TESTS.computeIfAbsent(outermost(each).getSimpleName(), any -> new ArrayList<>())
                    .add(each);
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent())
            outermost = outermost.getEnclosingClass().get();
        return outermost;
    }

    @TestFactory
    Stream<DynamicTest> every_test_that_a_document_names_is_there() throws IOException {
        try (Stream<Path> files = Files.walk(House.project())) {
            List<Path> documents = files.filter(each -> each.toString().endsWith(".md"))
                    .filter(each -> !each.toString().contains("/target/"))
                    .sorted()
                    .toList();
            assertThat(documents).hasSizeGreaterThan(10);
            return documents.stream()
                    .map(each -> DynamicTest.dynamicTest(
                            House.project().relativize(each).toString(),
                            () -> assertThat(missingIn(Files.readString(each))).isEmpty()));
        }
    }

    @Test
    void a_test_that_is_not_there_is_found_out() {
        assertThat(missingIn("`NoSuchTest`, `CitationsTest#no_such_method`, `#nor_this`, `elsewhere.CitationsTest`,"
                        + " `architecture.CitationsTest`, `#a_test_that_is_not_there_is_found_out`, `#missingIn`"))
                .containsExactly(
                        "NoSuchTest",
                        "CitationsTest#no_such_method",
                        "CitationsTest#nor_this",
                        "elsewhere.CitationsTest",
                        "architecture.CitationsTest#missingIn");
    }

    private static List<String> missingIn(String document) {
        List<String> missing = new ArrayList<>();
        String last = "";
        Matcher matcher = CITATION.matcher(document);
        while (matcher.find()) {
            if (matcher.group(1) == null && matcher.group(2) == null) continue;
            if (matcher.group(1) != null) last = matcher.group(1);
            String method = matcher.group(2);
            if (classesOf(last).noneMatch(each -> method == null || tests(each, method)))
                missing.add(method == null ? last : last + "#" + method);
        }
        return missing;
    }

    /** With those inside it. */
    private static Stream<JavaClass> classesOf(String cited) {
        String simple = cited.substring(cited.lastIndexOf('.') + 1);
        return TESTS.getOrDefault(simple, List.of()).stream()
                .filter(each -> ("." + outermost(each).getName()).endsWith("." + cited));
    }

    private static boolean tests(JavaClass type, String method) {
        return type.getAllMethods().stream()
                .filter(each -> each.getName().equals(method))
                .anyMatch(CitationsTest::isTest);
    }

    private static boolean isTest(JavaMethod method) {
        return method.isAnnotatedWith(Test.class)
                || method.isMetaAnnotatedWith("org.junit.platform.commons.annotation.Testable");
    }
}
