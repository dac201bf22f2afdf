package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.analytics.Transitions.Change;
import org.sysretreplay.emulator.Cause;

/**
 * The workloads of the comparison as CSV (RFC 4180 with line feeds). The columns have the keys of
 * the JSON rows; those of a side are prefixed with {@code base.} or {@code other.}. In place of the
 * transitions there are the columns {@code new_hits.CAUSE} and {@code lost_hits.CAUSE} for every
 * cause. {@code chance} is its interval and whether the difference is noise. The last column says,
 * in every row, what keeps the sides from being comparable. Unknown values are empty.
 */
public final class ComparisonCsv {

  private static final List<String> OF_A_SIDE =
      Stream.concat(
              Stream.of("source", ReportColumn.MODEL.key(), ReportColumn.WORKLOAD.key()),
              Stream.concat(
                  ReportColumn.ofOutcomes().stream().map(ReportColumn::key),
                  Stream.of(ReportColumn.SAMPLED_EVERY.key())))
          .toList();

  private ComparisonCsv() {}

  /** The comparison as one text; its first line has the column names. */
  public static String render(Comparison comparison, CsvCells texts) {
    return texts.render(
        printer -> {
          printer.row(header().stream());
          List<String> comparability = Comparability.of(comparison);
          for (ComparedWorkload row : comparison.rows()) {
            printer.row(cells(comparison, row, comparability).stream());
          }
        });
  }

  private static List<String> header() {
    List<String> names = new ArrayList<>(List.of(ReportColumn.WORKLOAD.key()));
    OF_A_SIDE.forEach(it -> names.add("base." + it));
    OF_A_SIDE.forEach(it -> names.add("other." + it));
    names.add(ComparisonJson.points(ReportColumn.HIT_RATE));
    names.add(ComparisonJson.points(ReportColumn.SYSRET_SHARE));
    names.addAll(List.of("new_hits", "lost_hits"));
    names.addAll(List.of("misses_to_hits", "hits_to_misses"));
    causes().forEach(it -> names.add("new_hits." + name(it)));
    causes().forEach(it -> names.add("lost_hits." + name(it)));
    names.addAll(List.of("chance.low", "chance.high", "chance.noise", "comparability"));
    return names;
  }

  /** Every cause, and last the empty one for exits without a cause. */
  private static Stream<Optional<Cause>> causes() {
    return Stream.concat(Stream.of(Cause.values()).map(Optional::of), Stream.of(Optional.empty()));
  }

  private static String name(Optional<Cause> cause) {
    return cause.map(Cause::name).orElse("NONE");
  }

  private static List<Object> cells(
      Comparison comparison, ComparedWorkload row, List<String> comparability) {
    List<Object> cells = new ArrayList<>(List.of(row.name()));
    addSide(cells, comparison.base(), row.base());
    addSide(cells, comparison.other(), row.other());
    cells.add(cell(row.hitRatePoints().value()));
    cells.add(cell(row.sharePoints().value()));
    addCounts(cells, row.transitions());
    Optional<Chance> chance = comparison.chance(row);
    cells.add(chance.map(it -> it.points().low()).orElse(null));
    cells.add(chance.map(it -> it.points().high()).orElse(null));
    cells.add(chance.map(Chance::isNoise).orElse(null));
    cells.add(String.join(" ", comparability));
    return cells;
  }

  private static void addSide(
      List<Object> cells, ComparisonSide side, Optional<ComparedWorkload.Part> part) {
    cells.add(side.source());
    cells.add(side.model());
    cells.add(part.map(ComparedWorkload.Part::workload).orElse(null));
    for (ReportColumn column : ReportColumn.ofOutcomes()) {
      cells.add(part.map(it -> column.cell(it.counts())).orElse(null));
    }
    cells.add(SampledText.every(part.flatMap(side::sampling)));
  }

  private static Object cell(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static void addCounts(List<Object> cells, Optional<Transitions> transitions) {
    List<Predicate<Change>> counted =
        new ArrayList<>(
            List.of(Change::isNewHit, Change::isLostHit, Change::isMissToHit, Change::isHitToMiss));
    causes().forEach(cause -> counted.add(it -> it.isNewHit() && it.cause().equals(cause)));
    causes().forEach(cause -> counted.add(it -> it.isLostHit() && it.cause().equals(cause)));
    counted.forEach(which -> cells.add(transitions.map(it -> it.count(which)).orElse(null)));
  }
}
