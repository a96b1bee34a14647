package dev.gatehouse.bootstrap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Clock;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * A machine with a wrong clock: as an agent of another JVM it puts off all that this one is told of the time of day, by
 * {@code java.time} and, where our own code asks, by {@code System.currentTimeMillis}. The processor's timer runs on as it
 * is.
 */
public final class ShiftedClock implements ClassFileTransformer {
    private static final ClassDesc INSTANT = ClassDesc.of("java.time.Instant");
    private static final String OURS = "dev/gatehouse/";
    private static final String CLOCK = "java/time/Clock";

    private final Duration by;

    private ShiftedClock(Duration by) {
        this.by = by;
    }

    /** What a JVM is started with to be so far ahead; behind when negative. */
    static String option(Path folder, Duration by) {
        Path jar = folder.resolve("shifted-clock" + by.toSeconds() + ".jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", ShiftedClock.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        String classFile = ShiftedClock.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream own = ShiftedClock.class.getClassLoader().getResourceAsStream(classFile)) {
            out.putNextEntry(new JarEntry(classFile));
            own.transferTo(out);
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "-javaagent:" + jar + "=" + by.toSeconds();
    }

    /** Called by the JVM before the program begins. */
    public static void premain(String seconds, Instrumentation jvm) throws UnmodifiableClassException {
        jvm.addTransformer(new ShiftedClock(Duration.ofSeconds(Long.parseLong(seconds))), true);
        jvm.retransformClasses(Clock.class);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name.equals(CLOCK)) return shifted(bytes, "currentInstant", this::shiftInstants);
        return name.startsWith(OURS) ? shifted(bytes, "", this::shiftMillis) : null;
    }

    /** @param method the one to be changed; empty: all */
    private static byte[] shifted(byte[] bytes, String method, java.util.function.Supplier<CodeTransform> how) {
        ClassFile format = ClassFile.of();
        return format.transformClass(
                format.parse(bytes),
                ClassTransform.transformingMethodBodies(
                        each -> method.isEmpty() || each.methodName().equalsString(method), how.get()));
    }

    private CodeTransform shiftInstants() {
        return (code, element) -> {
            code.with(element);
            if (element instanceof InvokeInstruction call && call.name().equalsString("ofEpochSecond"))
                code.loadConstant(by.toSeconds())
                        .invokevirtual(
                                INSTANT,
                                "plusSeconds",
                                MethodTypeDesc.of(INSTANT, java.lang.constant.ConstantDescs.CD_long));
        };
    }

    private CodeTransform shiftMillis() {
        return (code, element) -> {
            code.with(element);
            if (element instanceof InvokeInstruction call
                    && call.owner().asInternalName().equals("java/lang/System")
                    && call.name().equalsString("currentTimeMillis"))
                code.loadConstant(by.toMillis()).ladd();
        };
    }
}
