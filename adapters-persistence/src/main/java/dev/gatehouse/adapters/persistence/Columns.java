package dev.gatehouse.adapters.persistence;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** The row that is being read. */
public final class Columns {
    private final ResultSet row;

    Columns(ResultSet row) {
        this.row = row;
    }

    public String text(String column) {
        return filled(column, textOrNull(column));
    }

    public @Nullable String textOrNull(String column) {
        String stored = read(() -> row.getString(column));
        return stored == null ? null : StoredForm.text(stored);
    }

    public Instant instant(String column) {
        return filled(column, instantOrNull(column));
    }

    public @Nullable Instant instantOrNull(String column) {
        OffsetDateTime stored = read(() -> row.getObject(column, OffsetDateTime.class));
        return stored == null ? null : stored.toInstant();
    }

    public int number(String column) {
        return filled(column, read(() -> row.getInt(column)));
    }

    public @Nullable Integer numberOrNull(String column) {
        return read(() -> {
            int number = row.getInt(column);
            return row.wasNull() ? null : number;
        });
    }

    public @Nullable Long bigNumberOrNull(String column) {
        return read(() -> {
            long number = row.getLong(column);
            return row.wasNull() ? null : number;
        });
    }

    public long bigNumber(String column) {
        return filled(column, read(() -> row.getLong(column)));
    }

    public boolean flag(String column) {
        return filled(column, read(() -> row.getBoolean(column)));
    }

    private static <T> T filled(String column, @Nullable T value) {
        if (value == null) throw new IllegalStateException(column + " is empty");
        return value;
    }

    private static <T> @Nullable T read(Read<T> read) {
        try {
            return read.value();
        } catch (SQLException e) {
            throw SqlErrors.translate(e);
        }
    }

    @FunctionalInterface
    private interface Read<T> {
        @Nullable
        T value() throws SQLException;
    }
}
