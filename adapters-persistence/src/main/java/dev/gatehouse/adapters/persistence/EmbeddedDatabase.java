package dev.gatehouse.adapters.persistence;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The embedded database: H2 in one file of the data folder. */
public final class EmbeddedDatabase {
    private static final String FILE = "jdbc:h2:file:";
    private static final Map<String, String> OPTIONS = new LinkedHashMap<>();

    static {
        // The SQL of this room is that of PostgreSQL.
        OPTIONS.put("MODE", "PostgreSQL");
        OPTIONS.put("DATABASE_TO_LOWER", "TRUE");
        OPTIONS.put("DEFAULT_NULL_ORDERING", "HIGH");
        // A commit is handed to the operating system before it is acknowledged, so that a killed process loses none.
        // H2 does so itself until GroupCommit takes it over, at the first write.
        OPTIONS.put("WRITE_DELAY", "0");
        // What no commit needs any more is overwritten after a second: the file grows by a second's commits, not by 45.
        OPTIONS.put("RETENTION_TIME", "1000");
        // The pool closes the database, after the requests in flight; not H2 at the first signal.
        OPTIONS.put("DB_CLOSE_ON_EXIT", "FALSE");
        // Its own log would quote rows; what fails is told to whoever asked, and to the log of the pool.
        OPTIONS.put("TRACE_LEVEL_FILE", "0");
        OPTIONS.put("LOCK_TIMEOUT", "5000");
        OPTIONS.put("QUERY_CACHE_SIZE", "64");
    }

    private EmbeddedDatabase() {}

    /**
     * The address of the database in this folder; the folder is made when it is not there.
     *
     * @throws IllegalArgumentException when the path holds a semicolon, which would end it in the address
     */
    public static String url(Path folder) {
        Path file = folder.toAbsolutePath().normalize().resolve("gatehouse");
        if (file.toString().contains(";"))
            throw new IllegalArgumentException("the path of the data folder holds a semicolon: " + folder);
        return FILE + file;
    }

    /** The same address with every option that it does not set itself. */
    static String complete(String url) {
        StringBuilder complete = new StringBuilder(url);
        String set = url.toUpperCase(Locale.ROOT);
        OPTIONS.forEach((name, value) -> {
            if (!set.contains(";" + name + "="))
                complete.append(';').append(name).append('=').append(value);
        });
        return complete.toString();
    }

    /** The folder in which the file of this address lies; the address without options if it names no file. */
    static String folder(String url) {
        String path = url.replaceFirst(";.*", "");
        if (!path.startsWith(FILE)) return path;
        Path parent = Path.of(path.substring(FILE.length())).getParent();
        return parent == null ? "." : parent.toString();
    }
}
