import dev.gatehouse.domain.access.AccessQuestion;
import dev.gatehouse.domain.access.Caller;
import dev.gatehouse.domain.access.Decision;
import dev.gatehouse.domain.access.Policy;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.access.Subject;
import dev.gatehouse.domain.account.AccountId;
import dev.gatehouse.domain.account.Username;
import dev.gatehouse.domain.shared.Origin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What one decision costs: the policy's own code, nothing cached, one thread. Run by {@code Bench} with the service's class
 * path and options. Each argument is a number of rules, of which one in eleven gives a role a right and the others give
 * users a role; for each it prints a line: the rules, and the median nanoseconds of a decision over several rounds.
 */
final class Decisions {
    private static final int QUESTIONS = 512;
    private static final int BETWEEN_LOOKS = 64;
    private static final int ROUNDS = 9;
    private static final long ROUND_NANOS = 250_000_000;

    private record Asked(Caller caller, AccessQuestion question, boolean allowed) {}

    private final int rules;
    private final Policy policy;
    private final List<Asked> asked = new ArrayList<>();
    private final List<Double> nanos = new ArrayList<>();

    public static void main(String[] args) {
        List<Decisions> sizes = Stream.of(args)
                .map(each -> new Decisions(Integer.parseInt(each)))
                .toList();
        // In turn, so that what the JVM compiles meanwhile favours none; the first rounds count for nothing.
        for (int round = 0; round < ROUNDS; round++) for (Decisions each : sizes) each.round(round >= ROUNDS / 3);
        for (Decisions each : sizes) {
            Collections.sort(each.nanos);
            System.out.println(each.rules + " " + each.nanos.get(each.nanos.size() / 2));
        }
    }

    private Decisions(int rules) {
        this.rules = rules;
        int roles = rules / 11;
        int users = rules - roles;
        StringBuilder csv = new StringBuilder();
        for (int role = 0; role < roles; role++)
            csv.append("p,role:")
                    .append(role)
                    .append(",logs,get,d")
                    .append(role)
                    .append(",allow\n");
        for (int user = 0; user < users; user++)
            csv.append("g,u").append(user).append(",role:").append(user % roles).append('\n');
        policy = Policy.of(new PolicyDocument(csv.toString(), "", List.of("groups"), 1));
        // Half of the answers are yes.
        Random random = new Random(1);
        for (int i = 0; i < QUESTIONS; i++) {
            int user = random.nextInt(users);
            boolean yes = i % 2 == 0;
            int object = yes ? user % roles : (user + 1) % roles;
            asked.add(new Asked(caller("u" + user), new AccessQuestion("logs", "get", "d" + object), yes));
        }
    }

    private void round(boolean counts) {
        long began = System.nanoTime();
        long decided = 0;
        while (System.nanoTime() - began < ROUND_NANOS)
            for (int i = 0; i < BETWEEN_LOOKS; i++) {
                Asked each = asked.get((int) (decided++ % QUESTIONS));
                Decision decision = policy.decide(each.caller(), each.question(), Optional.empty());
                if (decision instanceof Decision.Allowed != each.allowed())
                    throw new IllegalStateException("wrong answer to " + each.question());
            }
        if (counts) nanos.add((double) (System.nanoTime() - began) / decided);
    }

    private static Caller caller(String name) {
        return new Caller(
                new Subject.OfAccount(new AccountId(name), new Username(name)),
                List.of(),
                Caller.Method.SESSION,
                Optional.of("some-session"),
                Optional.of(Instant.EPOCH),
                "argocd",
                new Origin("127.0.0.1", "bench", "bench-request"));
    }
}
