package dev.gatehouse.adapters.security;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What this room must be told. Each can be given by environment variable ({@code GATEHOUSE_MASTER_KEY} and so on).
 *
 * @param home {@code gatehouse.home}: the data folder, for the files that only the operator may read
 * @param masterKey {@code gatehouse.master-key}: 32 bytes in base64; blank is the same as absent
 * @param generateMasterKey {@code gatehouse.generate-master-key}: whether, without a master key, one may be made and
 *     kept in the data folder; right only where everything lies in that folder, on the embedded database
 * @param signingAlgorithm {@code gatehouse.signing-algorithm}: what the first signing key is made for, {@code ES256},
 *     {@code EdDSA} or {@code RS256}; without effect once there is a key
 */
@ConfigurationProperties("gatehouse")
public record SecuritySettings(
        @Bindable(defaultValue = "./data") Path home,
        Optional<String> masterKey,
        @Bindable(defaultValue = "false") boolean generateMasterKey,
        @Bindable(defaultValue = "ES256") String signingAlgorithm) {
    /** The file in the data folder that holds the generated master key. */
    public static final String MASTER_KEY_FILE = "master.key";

    public SecuritySettings {
        masterKey = masterKey.filter(text -> !text.isBlank());
    }

    @Override
    public String toString() {
        return "SecuritySettings[home=" + home + ", masterKey=" + (masterKey.isPresent() ? "…" : "none")
                + ", generateMasterKey=" + generateMasterKey + ", signingAlgorithm=" + signingAlgorithm + "]";
    }
}
