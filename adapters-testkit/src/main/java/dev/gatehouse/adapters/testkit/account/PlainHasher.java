package dev.gatehouse.adapters.testkit.account;

import dev.gatehouse.domain.account.PasswordForm;
import dev.gatehouse.domain.account.PasswordForms;
import dev.gatehouse.domain.account.PasswordHash;
import dev.gatehouse.domain.account.PasswordHasher;
import dev.gatehouse.domain.account.PlainPassword;
import dev.gatehouse.domain.account.SignInPlace;
import dev.gatehouse.domain.shared.Refusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Hashes in no time and counts how often it was asked. For tests. */
public final class PlainHasher implements PasswordHasher {
    /** The form of the hashes it makes. */
    public static final PasswordForm TODAY = new PasswordForm("$plain");

    /** The form of those that an earlier version made. */
    public static final PasswordForm DATED = new PasswordForm("$plain1");

    private static final String FORM = TODAY.text() + "$";
    private static final String DATED_FORM = DATED.text() + "$";
    private final AtomicInteger salts = new AtomicInteger();
    private final AtomicInteger hashed = new AtomicInteger();
    private final AtomicInteger matched = new AtomicInteger();
    private final AtomicInteger matchedNothing = new AtomicInteger();
    private final Map<PasswordForm, AtomicInteger> checks = new ConcurrentHashMap<>();
    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});
    private volatile boolean busy;
    private volatile Optional<SignInPlace> crowded = Optional.empty();

    @Override
    public PasswordHash hash(PlainPassword password, SignInPlace from) {
        refuseWhenBusy(from);
        hashed.incrementAndGet();
        meanwhile.getAndSet(() -> {}).run();
        return made(password);
    }

    private PasswordHash made(PlainPassword password) {
        return new PasswordHash(encode(Integer.toString(salts.incrementAndGet()), password));
    }

    @Override
    public boolean matches(PlainPassword password, PasswordHash hash, SignInPlace from) {
        refuseWhenBusy(from);
        matched.incrementAndGet();
        count(hash.form());
        meanwhile.getAndSet(() -> {}).run();
        String encoded = hash.encoded().replace(DATED_FORM, FORM);
        int end = encoded.indexOf('$', FORM.length());
        return encoded.startsWith(FORM)
                && end > 0
                && encoded.equals(encode(encoded.substring(FORM.length(), end), password));
    }

    @Override
    public boolean isDated(PasswordHash hash) {
        return !hash.encoded().startsWith(FORM);
    }

    /** A hash as an earlier version of this hasher made it. */
    public PasswordHash datedHash(PlainPassword password) {
        return new PasswordHash(made(password).encoded().replace(FORM, DATED_FORM));
    }

    @Override
    public void matchNothing(PlainPassword password, String name, PasswordForms among, SignInPlace from) {
        refuseWhenBusy(from);
        matchedNothing.incrementAndGet();
        count(among.drawn(form ->
                        ByteBuffer.wrap(digest(form.text() + "$" + name)).getLong())
                .orElse(TODAY));
    }

    private void count(PasswordForm form) {
        checks.computeIfAbsent(form, any -> new AtomicInteger()).incrementAndGet();
    }

    /** How often a hash was made. */
    public int hashed() {
        return hashed.get();
    }

    /** How often a hash was compared. */
    public int matched() {
        return matched.get();
    }

    /** How often nothing was compared, for the time it takes. */
    public int matchedNothing() {
        return matchedNothing.get();
    }

    /** How often a password was checked, against a hash or against nothing. */
    public int checks() {
        return matched() + matchedNothing();
    }

    /** How often a password was checked in the time that a hash of this form takes, against one or against nothing. */
    public int checks(PasswordForm form) {
        return Optional.ofNullable(checks.get(form)).map(AtomicInteger::get).orElse(0);
    }

    /** Done once, while the next password is hashed or compared: what somebody else does in the time that a real hash takes. */
    public void meanwhile(Runnable act) {
        meanwhile.set(act);
    }

    /** From now on too many are waiting, or no more. */
    public void busy(boolean nowBusy) {
        busy = nowBusy;
        if (!nowBusy) crowded = Optional.empty();
    }

    /** From now on one place has as many waiting as there is room for, so that others take from it and it from nobody. */
    public void crowdedBy(SignInPlace place) {
        crowded = Optional.of(place);
    }

    private void refuseWhenBusy(SignInPlace from) {
        if (busy || crowded.filter(from::equals).isPresent())
            throw new Refusal.Unavailable(PART, Duration.ofSeconds(1));
    }

    private static String encode(String salt, PlainPassword password) {
        return FORM + salt + "$" + HexFormat.of().formatHex(digest(salt + "$" + password.reveal()));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
