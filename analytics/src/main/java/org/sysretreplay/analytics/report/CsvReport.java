package org.sysretreplay.analytics.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;

/**
 * The rows of the report as CSV (RFC 4180 with line feeds): the keys of the JSON rows as columns,
 * one column {@code first_miss.REASON} and {@code any_miss.REASON} for every reason that there is,
 * one {@code cause.CAUSE} for every cause, and empty cells for what is not known.
 */
public final class CsvReport {

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private CsvReport() {}

  /** The report as one text, its first line the column names. */
  public static String render(Report report) {
    StringBuilder text = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
      printer.printRecord(header(report));
      for (Report.Row row : report.rows()) {
        printer.printRecord(cells(row));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  private static List<String> header(Report report) {
    List<String> names = new ArrayList<>(List.of("workload", "model"));
    report.question().by().stream().map(GroupColumn::key).forEach(names::add);
    names.addAll(
        List.of(
            "exits",
            "checked",
            "sysret",
            "iret_miss",
            "iret_route",
            "fast_sysret",
            "eretu",
            "hit_rate"));
    reasons().map(reason -> "first_miss." + reason).forEach(names::add);
    reasons().map(reason -> "any_miss." + reason).forEach(names::add);
    causes().map(cause -> "cause." + cause).forEach(names::add);
    return names;
  }

  private static List<Object> cells(Report.Row row) {
    Tally tally = row.tally();
    List<Object> cells = new ArrayList<>(List.of(row.group().workload(), row.group().modelId()));
    cells.addAll(row.group().by());
    cells.add(tally.exits());
    cells.add(tally.checked());
    Stream.of(
            Outcome.SYSRET,
            Outcome.IRET_MISS,
            Outcome.IRET_ROUTE,
            Outcome.FAST_SYSRET,
            Outcome.ERETU)
        .map(tally::count)
        .forEach(cells::add);
    cells.add(tally.hitRate().value().isPresent() ? tally.hitRate().value().getAsDouble() : null);
    addCounts(cells, reasons(), tally.firstMisses());
    addCounts(cells, reasons(), tally.anyMisses());
    addCounts(cells, causes(), tally.causes());
    return cells;
  }

  private static <E extends Enum<E>> void addCounts(
      List<Object> cells, Stream<E> constants, Map<E, Long> counts) {
    constants.map(constant -> counts.getOrDefault(constant, 0L)).forEach(cells::add);
  }

  private static Stream<Cause> causes() {
    return Stream.of(Cause.values());
  }

  private static Stream<MissReason> reasons() {
    return Stream.of(MissReason.values());
  }
}
