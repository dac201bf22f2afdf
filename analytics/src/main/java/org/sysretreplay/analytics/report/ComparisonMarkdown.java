package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.analytics.Transitions.Change;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.ingest.trace.Printable;

/**
 * The comparison as Markdown with tables as GitHub has them, short enough for the mail of a patch:
 * the sentence, what keeps the sides from being comparable, the workloads, and what moved in each.
 * Names stand as they are, whatever Markdown would make of them.
 */
public final class ComparisonMarkdown {

  private static final Pattern MARKS =
      Pattern.compile("[\\\\`*\\[\\]<>|~&$#]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])");

  private final Comparison comparison;
  private final StringBuilder text = new StringBuilder();

  private ComparisonMarkdown(Comparison comparison) {
    this.comparison = comparison;
  }

  /** The comparison as one text. */
  public static String render(Comparison comparison) {
    return new ComparisonMarkdown(comparison).render();
  }

  private String render() {
    paragraph(ComparisonAnswer.of(comparison));
    Comparability.of(comparison).forEach(it -> text.append("* ").append(plain(it)).append('\n'));
    side("Base", comparison.base());
    side("Other", comparison.other());
    text.append('\n');
    workloads();
    comparison.compared().stream().filter(it -> it.isKnown() && !it.isSame()).forEach(this::moved);
    return text.toString();
  }

  private void side(String name, Comparison.Side side) {
    text.append("* %s: %s under %s\n".formatted(name, plain(side.source()), plain(side.model())));
  }

  private void workloads() {
    List<Comparison.Row> compared = comparison.compared();
    boolean chance = !comparison.whatIf();
    List<String> heads =
        new ArrayList<>(
            List.of("workload", "base exits", "other exits", "base", "other", "points"));
    if (chance) {
      heads.addAll(List.of("95 % interval", "noise"));
    }
    List<List<String>> rows = new ArrayList<>();
    compared.forEach(row -> rows.add(cells(row)));
    if (compared.size() > 1) {
      rows.add(cells(comparison.total()));
    }
    paragraph("SYSRET share of all exits:");
    table(heads, rows);
  }

  private List<String> cells(Comparison.Row row) {
    Comparison.Part base = row.base().orElseThrow();
    Comparison.Part other = row.other().orElseThrow();
    List<String> cells =
        new ArrayList<>(
            List.of(
                row.name(),
                number(base.counts().exits()),
                number(other.counts().exits()),
                base.counts().sysretShare().percent(),
                other.counts().sysretShare().percent(),
                row.sharePoints().text()));
    comparison
        .chance(row)
        .ifPresent(it -> cells.addAll(List.of(it.text(), it.isNoise() ? "noise" : "")));
    return cells;
  }

  private void moved(Comparison.Row row) {
    paragraph("What moved in " + row.name() + ":");
    row.transitions().ifPresentOrElse(this::changes, () -> steps(row));
  }

  private void changes(Transitions transitions) {
    table(
        List.of("in base", "in other", "cause", "exits"),
        transitions.all().stream()
            .filter(it -> it.base() != it.other())
            .sorted(Collections.reverseOrder((a, b) -> Long.compare(a.exits(), b.exits())))
            .map(ComparisonMarkdown::cells)
            .toList());
  }

  private static List<String> cells(Change change) {
    return List.of(
        change.base().name(),
        change.other().name(),
        change.cause().map(Cause::name).orElse("none"),
        number(change.exits()));
  }

  private void steps(Comparison.Row row) {
    steps("first failing check", Moved.byReason(row).orElseThrow());
    steps("cause", Moved.byCause(row));
  }

  private void steps(String what, Moved moved) {
    if (!moved.steps().isEmpty()) {
      table(
          List.of(what, "base", "of exits", "other", "of exits", "points"),
          moved.steps().stream()
              .map(
                  it ->
                      List.of(
                          it.what(),
                          number(it.base().hits()),
                          it.base().percent(),
                          number(it.other().hits()),
                          it.other().percent(),
                          it.effect().text()))
              .toList());
    }
  }

  private void paragraph(String sentence) {
    text.append(plain(sentence)).append("\n\n");
  }

  /** The first column holds names, the others numbers but for names of outcomes and causes. */
  private void table(List<String> heads, List<List<String>> rows) {
    line(heads);
    text.append("|:--|").append("--:|".repeat(heads.size() - 1)).append('\n');
    rows.forEach(this::line);
    text.append('\n');
  }

  private void line(List<String> cells) {
    text.append(
        Stream.of(cells)
            .flatMap(List::stream)
            .map(ComparisonMarkdown::plain)
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }

  /** What Markdown shows as that text: a backslash makes any mark a character. */
  private static String plain(String text) {
    return MARKS.matcher(Printable.line(text)).replaceAll("\\\\$0");
  }
}
