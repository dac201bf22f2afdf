package org.sysretreplay.notebooks.zeppelin;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.zeppelin.interpreter.InterpreterResult;
import org.apache.zeppelin.interpreter.InterpreterResult.Code;
import org.apache.zeppelin.interpreter.InterpreterResult.Type;
import org.sysretreplay.ingest.trace.Printable;
import org.sysretreplay.spark.source.PlainValue;

/**
 * Writes rows in the form of {@code %table}: a line with the names of the columns and one for each
 * row, with tabs between cells. A cell's text can neither end the cell or the table, nor become
 * HTML.
 */
final class Table {

  /** Texts at the beginning of a cell that Zeppelin does not take for plain text. */
  private static final List<String> MEANT = List.of("%", "\"", "<!--TABLE_COMMENT-->");

  private static final MathContext DIGITS = new MathContext(15);

  private Table() {}

  /**
   * The table, and a sentence if there are more rows; empty if there are no columns.
   *
   * @param most the most rows to show
   */
  static InterpreterResult of(Dataset<Row> rows, int most) {
    InterpreterResult answer = new InterpreterResult(Code.SUCCESS);
    if (rows.columns().length == 0) {
      return answer;
    }
    List<Row> taken = rows.takeAsList(most + 1);
    answer.add(Type.TABLE, text(rows.columns(), taken.subList(0, Math.min(most, taken.size()))));
    if (taken.size() > most) {
      answer.add(
          Type.TEXT,
          String.format(
              Locale.ROOT,
              "The first %,d rows; there are more. The interpreter's setting %s says how many are shown.",
              most,
              SqlInterpreter.ROWS));
    }
    return answer;
  }

  private static String text(String[] columns, List<Row> rows) {
    return Stream.concat(
            Stream.of(line(Stream.of(columns))), rows.stream().map(it -> line(cells(it))))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static Stream<String> cells(Row row) {
    return IntStream.range(0, row.size()).mapToObj(it -> text(PlainValue.of(row, it)));
  }

  private static String text(Object value) {
    if (value instanceof List<?> all) {
      return all.stream().map(Table::text).collect(Collectors.joining(", "));
    }
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(it -> text(it.getKey()) + "=" + text(it.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    return value instanceof Double it && Double.isFinite(it)
        ? shortened(it)
        : String.valueOf(value);
  }

  /** Rounded to a number of digits that all JDKs print alike. */
  private static String shortened(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  private static String line(Stream<String> cells) {
    return cells.map(Table::shown).collect(Collectors.joining("\t"));
  }

  /** An empty cell becomes a blank, because an empty line would end the table. */
  private static String shown(String value) {
    String text = Printable.line(value);
    return text.isEmpty() || MEANT.stream().anyMatch(text::startsWith) ? " " + text : text;
  }
}
