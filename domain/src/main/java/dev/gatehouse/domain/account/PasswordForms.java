package dev.gatehouse.domain.account;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How many accounts have a password hash of which form. A name without one is treated as if it had one of these, each as
 * often as accounts have it, so that the time it takes to refuse somebody does not tell whether there is a hash.
 *
 * @param accounts by form, at least one each; of more than {@link #MOST} forms the commonest
 */
public record PasswordForms(Map<PasswordForm, Long> accounts) {
    /** More than any import brings in; it bounds what strange rows can cost. */
    public static final int MOST = 32;

    /** Nobody has a password. */
    public static final PasswordForms NONE = new PasswordForms(Map.of());

    private static final int BITS_OF_A_FRACTION = 53;

    public PasswordForms {
        Map<PasswordForm, Long> commonest = new LinkedHashMap<>();
        accounts.entrySet().stream()
                .filter(each -> each.getValue() > 0)
                .sorted(Map.Entry.<PasswordForm, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(each -> each.getKey().text()))
                .limit(MOST)
                .forEach(each -> commonest.put(each.getKey(), each.getValue()));
        accounts = Map.copyOf(commonest);
    }

    /**
     * One of the forms, each with the probability that it is that of an account. By rendezvous hashing with weights: the
     * forms race, each with a number of its own for this name, and the more accounts one has the faster it is. So when the
     * number of a form changes, names come to it or leave it, and none goes from one of the others to another: an upgrade
     * of one of n hashes takes every n-th name of that form with it, as it takes one in n accounts.
     *
     * @param random 64 bits for a form: the same for the same name, and for others as if by chance; not asked where there
     *     is no choice
     * @return absent where nobody has a password
     */
    public Optional<PasswordForm> drawn(ToLongFunction<PasswordForm> random) {
        if (accounts.size() < 2) return accounts.keySet().stream().findFirst();
        return accounts.entrySet().stream()
                .min(Comparator.<Map.Entry<PasswordForm, Long>>comparingDouble(
                                each -> time(random.applyAsLong(each.getKey())) / each.getValue())
                        .thenComparing(each -> each.getKey().text()))
                .map(Map.Entry::getKey);
    }

    /** Exponentially distributed: of several, each divided by its weight, one is the least in proportion to its weight. */
    private static double time(long random) {
        double fraction = ((random >>> (Long.SIZE - BITS_OF_A_FRACTION)) + 0.5) * Math.scalb(1.0, -BITS_OF_A_FRACTION);
        return -StrictMath.log(fraction);
    }
}
