import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts live tokens into the embedded database while no service uses it: copies of the row of one token, each with a name, an
 * issue and an end of its own. Run by {@code ManyTokens} with the service's class path; the arguments are the data folder and
 * how many.
 */
final class FillTokens {
    private static final int AT_ONCE = 20_000;
    private static final String COPIED = "shown-0";

    private FillTokens() {}

    public static void main(String[] args) throws SQLException {
        String url = "jdbc:h2:file:" + Path.of(args[0]).toAbsolutePath().resolve("gatehouse")
                + ";IFEXISTS=TRUE;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
                + ";CACHE_SIZE=524288;RETENTION_TIME=0";
        try (Connection connection = DriverManager.getConnection(url, "gatehouse", "");
                Statement statement = connection.createStatement()) {
            // An index over what is there is made in a fraction of the time that it takes to keep one up.
            List<String> indexes = indexes(statement);
            for (String each : indexes) statement.execute(each.replaceFirst("^CREATE INDEX (\\S+).*", "drop index $1"));
            copy(connection, Integer.parseInt(args[1]));
            for (String each : indexes) statement.execute(each);
            statement.execute("analyze");
            // As small and as orderly as after a quiet hour, so that the service does not tidy up while it is measured.
            statement.execute("shutdown compact");
        }
    }

    /** The statements that make the indexes of the table, without those of its keys. */
    private static List<String> indexes(Statement statement) throws SQLException {
        List<String> indexes = new ArrayList<>();
        try (ResultSet lines = statement.executeQuery("script nodata nosettings table api_token")) {
            while (lines.next()) {
                String line = lines.getString(1).replaceAll("\\s+", " ");
                if (line.startsWith("CREATE INDEX")) indexes.add(line);
            }
        }
        return indexes;
    }

    private static void copy(Connection connection, int many) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery(
                        "select column_name from information_schema.columns where table_name = 'api_token'")) {
            while (columns.next()) {
                String name = columns.getString(1);
                names.add(name);
                values.add(
                        switch (name) {
                            // As the service makes them: the time, then as many random bits.
                            case "id", "name" ->
                                "regexp_replace(lower(substring(rawtohex(cast(cast(extract(epoch from token.issued_at) + n.number"
                                        + " - " + many + " as bigint) * 1000 as varbinary)), 5) || '7' || substring("
                                        + "rawtohex(hash('SHA-256', cast(n.number as varchar))), 1, 19)),"
                                        + " '(.{8})(.{4})(.{4})(.{4})(.*)', '\\1-\\2-\\3-\\4-\\5')";
                            case "issued_at" -> "dateadd(second, n.number - " + many + ", token.issued_at)";
                            case "expires_at" -> "dateadd(second, n.number, token.expires_at)";
                            default -> "token." + name;
                        });
            }
        }
        String sql = "insert into api_token (" + String.join(", ", names) + ") select " + String.join(", ", values)
                + " from api_token token, (select \"X\" as number from system_range(?, ?)) n where token.id = '" + COPIED + "'";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int done = 0; done < many; done += AT_ONCE) {
                insert.setInt(1, done + 1);
                insert.setInt(2, Math.min(many, done + AT_ONCE));
                insert.executeUpdate();
            }
        }
    }
}
