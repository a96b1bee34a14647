import dev.gatehouse.adapters.security.MasterKey;
import dev.gatehouse.adapters.security.SecuritySettings;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInPlace;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Constructor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many passwords a second these cores check when they do nothing else: the service's own hasher, in a JVM of its own.
 * Run by {@code Bench} with the service's class path and options. For each line {@code SECONDS} on its input it answers
 * with one line: how many were checked between the first and the last answer, and the nanoseconds between those.
 */
final class HashCapacity {
    private static final SignInPlace PLACE = new SignInPlace("192.0.2.1");

    private HashCapacity() {}

    public static void main(String[] args) throws Exception {
        int threads = Integer.parseInt(args[0]);
        // Not public, as nothing in an adapter is but what others need; the port is, and is all that is used.
        Constructor<?> constructor = Class.forName("dev.gatehouse.adapters.security.account.PooledPasswordHasher")
                .getDeclaredConstructor(MasterKey.class, int.class);
        constructor.setAccessible(true);
        MasterKey master = new MasterKey(new SecuritySettings(
                Path.of("nowhere"), Optional.of(Base64.getEncoder().encodeToString(new byte[32])), false, "ES256"));
        PasswordHasher hasher = (PasswordHasher) constructor.newInstance(master, 64);
        PlainPassword password = new PlainPassword("only-for-the-benchmark");
        PasswordHash hash = hasher.hash(password, PLACE);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        System.out.println("ready " + hash.encoded().replaceAll("\\$[^$]*\\$[^$]*$", ""));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            long end = System.nanoTime() + (long) (Double.parseDouble(line) * 1e9);
            List<Callable<List<Long>>> work = new ArrayList<>();
            for (int i = 0; i < threads; i++)
                work.add(() -> {
                    List<Long> times = new ArrayList<>();
                    while (System.nanoTime() < end) {
                        if (!hasher.matches(password, hash, PLACE)) throw new IllegalStateException("the password is right");
                        times.add(System.nanoTime());
                    }
                    return times;
                });
            List<Long> times = new ArrayList<>();
            try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
                for (Future<List<Long>> each : executor.invokeAll(work)) times.addAll(each.get());
            }
            times.sort(null);
            System.out.println((times.size() - 1) + " " + (times.getLast() - times.getFirst()));
        }
        System.exit(0);
    }
}
