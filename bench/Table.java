import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured, what was wanted, and whether the one reaches the other. */
final class Table {
    private final List<Row> rows = new ArrayList<>();

    private record Row(String what, String measured, String target, String verdict, String details) {}

    void atLeast(String what, double measured, double target, String unit, String details, Object... arguments) {
        add(what, measured, "at least ", target, unit, measured >= target, details, arguments);
    }

    void atMost(String what, double measured, double target, String unit, String details, Object... arguments) {
        add(what, measured, "at most ", target, unit, measured <= target, details, arguments);
    }

    void below(String what, double measured, double target, String unit, String details, Object... arguments) {
        add(what, measured, "below ", target, unit, measured < target, details, arguments);
    }

    private void add(
            String what,
            double measured,
            String relation,
            double target,
            String unit,
            boolean met,
            String details,
            Object[] arguments) {
        rows.add(new Row(
                what,
                number(measured) + suffix(unit),
                relation + number(target) + suffix(unit),
                met ? "met" : "MISSED",
                String.format(Locale.ROOT, details, arguments)));
    }

    private static String suffix(String unit) {
        return unit.isEmpty() || unit.equals("x") ? unit : " " + unit;
    }

    private static String number(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 100) return String.format(Locale.ROOT, "%,.0f", value);
        return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
    }

    List<Map<String, Object>> numbers() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Row each : rows) {
            Map<String, Object> one = Json.object();
            one.put("what", each.what);
            one.put("measured", each.measured);
            one.put("target", each.target);
            one.put("verdict", each.verdict);
            one.put("details", each.details);
            all.add(one);
        }
        return all;
    }

    /** As Markdown, with columns that line up. */
    String text() {
        List<Row> lines = new ArrayList<>(List.of(new Row("what", "measured", "target", "verdict", "from")));
        lines.addAll(rows);
        int[] widths = new int[5];
        for (Row each : lines)
            for (int i = 0; i < widths.length; i++)
                widths[i] = Math.max(widths[i], cells(each).get(i).length());
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            line(cells(lines.get(i)), widths, out);
            if (i == 0)
                line(java.util.Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths, out);
        }
        return out.toString();
    }

    private static List<String> cells(Row row) {
        return List.of(row.what, row.measured, row.target, row.verdict, row.details);
    }

    private static void line(List<String> cells, int[] widths, StringBuilder out) {
        for (int i = 0; i < widths.length; i++)
            out.append("| ")
                    .append(cells.get(i))
                    .append(" ".repeat(widths[i] - cells.get(i).length() + 1));
        out.append("|\n");
    }
}
