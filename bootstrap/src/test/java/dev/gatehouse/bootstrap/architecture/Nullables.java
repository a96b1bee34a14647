package dev.gatehouse.bootstrap.architecture;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds {@code @Nullable} in signatures, however deep: it annotates uses of types, which ArchUnit does not read. */
final class Nullables {
    private Nullables() {}

    /** The methods and constructors of this type that others can call and that take or give {@code null}. */
    static List<String> in(Class<?> type) {
        List<String> found = new ArrayList<>();
        for (Method each : type.getDeclaredMethods())
            if (!each.isSynthetic() && !Modifier.isPrivate(each.getModifiers())) {
                Stream<AnnotatedType> types = Stream.concat(
                        Stream.of(each.getAnnotatedReturnType()), Arrays.stream(each.getAnnotatedParameterTypes()));
                if (types.anyMatch(Nullables::saysNullable)) found.add(name(type, each));
            }
        for (Executable each : type.getDeclaredConstructors())
            if (!each.isSynthetic()
                    && !Modifier.isPrivate(each.getModifiers())
                    && Arrays.stream(each.getAnnotatedParameterTypes()).anyMatch(Nullables::saysNullable))
                found.add(name(type, each));
        return found;
    }

    private static String name(Class<?> type, Executable each) {
        return type.getName() + (each instanceof Method ? "." + each.getName() : "") + "(…)";
    }

    private static boolean saysNullable(AnnotatedType type) {
        if (type.isAnnotationPresent(Nullable.class)) return true;
        return switch (type) {
            case AnnotatedParameterizedType of ->
                Arrays.stream(of.getAnnotatedActualTypeArguments()).anyMatch(Nullables::saysNullable);
            case AnnotatedArrayType of -> saysNullable(of.getAnnotatedGenericComponentType());
            case AnnotatedWildcardType of ->
                Stream.of(of.getAnnotatedLowerBounds(), of.getAnnotatedUpperBounds())
                        .flatMap(Arrays::stream)
                        .anyMatch(Nullables::saysNullable);
            default -> false;
        };
    }
}
