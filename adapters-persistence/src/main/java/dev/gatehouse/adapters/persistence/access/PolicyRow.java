package dev.gatehouse.adapters.persistence.access;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.gatehouse.adapters.persistence.Columns;
import dev.gatehouse.adapters.persistence.JsonText;
import dev.gatehouse.domain.access.PolicyDocument;
import java.util.List;

/** @param scopes a JSON array */
record PolicyRow(String csv, String defaultRole, String scopes, int version) {
    static final String COLUMNS = "csv, default_role, scopes, version";

    private static final TypeReference<List<String>> TEXTS = new TypeReference<>() {};

    static PolicyRow of(PolicyDocument document) {
        return new PolicyRow(
                document.csv(), document.defaultRole(), JsonText.of(document.scopes()), document.version());
    }

    static PolicyRow read(Columns columns) {
        return new PolicyRow(
                columns.text("csv"), columns.text("default_role"), columns.text("scopes"), columns.number("version"));
    }

    PolicyDocument toDomain() {
        return new PolicyDocument(csv, defaultRole, JsonText.read(scopes, TEXTS), version);
    }
}
