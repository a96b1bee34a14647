package dev.gatehouse.adapters.persistence.access;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.adapters.persistence.JsonText;
import dev.gatehouse.domain.access.AccessRule;
import dev.gatehouse.domain.access.MatchMode;
import dev.gatehouse.domain.access.PolicyDocument;
import dev.gatehouse.domain.shared.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * @param extra a JSON object, document by name
 * @param scopes a JSON array
 */
record PolicyRow(String csv, String extra, String defaultRole, String scopes, String matchMode, int version) {
    static final String COLUMNS = "csv, extra, default_role, scopes, match_mode, version";

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> DOCUMENTS = new TypeReference<>() {};

    static PolicyRow of(PolicyDocument document) {
        return new PolicyRow(
                document.csv(),
                JsonText.of(document.extra()),
                document.defaultRole(),
                JsonText.of(document.scopes()),
                document.matchMode().word(),
                document.version());
    }

    static PolicyRow read(Columns columns) {
        return new PolicyRow(
                columns.text("csv"),
                columns.text("extra"),
                columns.text("default_role"),
                columns.text("scopes"),
                columns.text("match_mode"),
                columns.number("version"));
    }

    /** @throws Refusal.Invalid when a part is what this class never wrote */
    PolicyDocument toDomain() {
        return new PolicyDocument(
                csv,
                read("extra", extra, DOCUMENTS),
                defaultRole,
                read("scopes", scopes, TEXTS),
                MatchMode.of(matchMode)
                        .orElseThrow(() -> new Refusal.Invalid("matchMode", AccessRule.STORED, "matchMode")),
                version);
    }

    private static <T> T read(String part, String json, TypeReference<T> type) {
        try {
            return Objects.requireNonNull(JsonText.read(json, type));
        } catch (IllegalStateException | NullPointerException e) {
            throw new Refusal.Invalid(part, AccessRule.STORED, part);
        }
    }
}
