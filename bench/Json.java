import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** As much JSON as the file of numbers needs. */
final class Json {
    private Json() {}

    /** Members keep the order in which they come. */
    static Map<String, Object> object() {
        return new LinkedHashMap<>();
    }

    static String of(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, "\n", out);
        return out.append('\n').toString();
    }

    private static void write(Object value, String newLine, StringBuilder out) {
        switch (value) {
            case Map<?, ?> members -> {
                String separator = "";
                out.append('{');
                for (Map.Entry<?, ?> each : members.entrySet()) {
                    out.append(separator).append(newLine).append("  ");
                    separator = ",";
                    write(each.getKey().toString(), newLine, out);
                    out.append(": ");
                    write(each.getValue(), newLine + "  ", out);
                }
                out.append(newLine).append('}');
            }
            case List<?> items -> {
                String separator = "";
                out.append('[');
                for (Object each : items) {
                    out.append(separator).append(newLine).append("  ");
                    separator = ",";
                    write(each, newLine + "  ", out);
                }
                out.append(newLine).append(']');
            }
            case Double number when number.isNaN() || number.isInfinite() -> out.append("null");
            case Double number -> out.append(String.format(Locale.ROOT, "%.4f", number));
            case Number number -> out.append(number);
            case Boolean bool -> out.append(bool);
            default -> {
                out.append('"');
                for (char c : value.toString().toCharArray())
                    if (c == '"' || c == '\\') out.append('\\').append(c);
                    else if (c < ' ') out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
                    else out.append(c);
                out.append('"');
            }
        }
    }
}
