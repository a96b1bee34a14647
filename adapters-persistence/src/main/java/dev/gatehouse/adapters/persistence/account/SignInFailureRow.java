package dev.gatehouse.adapters.persistence.account;

import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.domain.account.SignInFailures;
import dev.gatehouse.domain.account.SignInPlace;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** @param keyDigest see {@link #digest} */
record SignInFailureRow(String keyDigest, int failures, Instant lastFailedAt) {
    static final String COLUMNS = "key_digest, failures, last_failed_at";

    static SignInFailureRow first(SignInFailures.Key key, Instant at) {
        return new SignInFailureRow(digest(key), 1, at);
    }

    /** What of it is null was never written, or long ago. */
    static SignInFailures.Past past(Columns columns) {
        Integer failures = columns.numberOrNull("failures");
        return new SignInFailures.Past(
                failures == null
                        ? Optional.empty()
                        : Optional.of(new SignInFailures.Count(failures, columns.instant("last_failed_at"))),
                drained(columns.bigNumberOrNull("place_drained_at")),
                drained(columns.bigNumberOrNull("name_drained_at")),
                Optional.ofNullable(columns.instantOrNull("last_success_at")));
    }

    private static Optional<Instant> drained(@Nullable Long micros) {
        return Optional.ofNullable(micros).map(each -> Instant.EPOCH.plus(each, ChronoUnit.MICROS));
    }

    /** In the order of {@link #COLUMNS}. */
    Object[] values() {
        return new Object[] {keyDigest, failures, lastFailedAt};
    }

    /** The same of one half, which is no half of any key: no name and no address begins so. */
    static String digest(SignInFailures.Pressed of) {
        return digest(
                switch (of) {
                    case SignInFailures.Pressed.Place(SignInPlace network) ->
                        new SignInFailures.Key("", "place " + network.text());
                    case SignInFailures.Pressed.Name(String name) -> new SignInFailures.Key(name, "everywhere");
                });
    }

    /** SHA-256 over the length of the name, the name and the address. */
    static String digest(SignInFailures.Key key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] name = key.name().getBytes(StandardCharsets.UTF_8);
            sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
            sha.update(name);
            sha.update(key.address().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
