package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.analytics.Transitions.Change;
import org.sysretreplay.emulator.Cause;

/**
 * The comparison as GitHub Markdown, short enough for a patch mail: the answer in a sentence, what
 * keeps the sides from being comparable, the workloads, and what changed in each.
 */
public final class ComparisonMarkdown {

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
    Comparability.of(comparison)
        .forEach(it -> text.append("* ").append(Markdown.text(it)).append('\n'));
    Stream.of(comparison.base(), comparison.other())
        .flatMap(it -> SampledText.remarks(it.intake()).stream())
        .distinct()
        .forEach(it -> text.append("* ").append(Markdown.text(it)).append('\n'));
    side("Base", comparison.base());
    side("Other", comparison.other());
    text.append('\n');
    workloads();
    comparison.compared().stream().filter(it -> it.isKnown() && !it.isSame()).forEach(this::moved);
    return text.toString();
  }

  private void side(String name, ComparisonSide side) {
    text.append(
        "* %s: %s under %s\n"
            .formatted(name, Markdown.text(side.source()), Markdown.text(side.model())));
  }

  private void workloads() {
    List<ComparedWorkload> compared = comparison.compared();
    boolean chance = comparison.isChanceTold();
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
    table(1, heads, rows);
  }

  private List<String> cells(ComparedWorkload row) {
    ComparedWorkload.Part base = row.base().orElseThrow();
    ComparedWorkload.Part other = row.other().orElseThrow();
    List<String> cells =
        new ArrayList<>(
            List.of(
                row.name(),
                number(base.counts().exits()),
                number(other.counts().exits()),
                base.counts().sysretShare().percent(),
                other.counts().sysretShare().percent(),
                row.sharePoints().text()));
    if (comparison.isChanceTold()) {
      cells.addAll(
          comparison
              .chance(row)
              .map(it -> List.of(it.text(), it.isNoise() ? "noise" : ""))
              .orElse(List.of("", "")));
    }
    return cells;
  }

  private void moved(ComparedWorkload row) {
    paragraph("What moved in " + row.name() + ":");
    row.transitions().ifPresentOrElse(this::changes, () -> steps(row));
  }

  private void changes(Transitions transitions) {
    table(
        3,
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

  private void steps(ComparedWorkload row) {
    steps("first failing check", ShareSteps.byReason(row).orElseThrow());
    steps("cause", ShareSteps.byCause(row));
  }

  private void steps(String what, ShareSteps moved) {
    if (!moved.steps().isEmpty()) {
      table(
          1,
          List.of(what, "base", "of exits", "other", "of exits", "effect"),
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
    text.append(Markdown.text(sentence)).append("\n\n");
  }

  /**
   * Writes a table.
   *
   * @param texts how many columns, from the left, hold names; the others hold numbers
   */
  private void table(int texts, List<String> heads, List<List<String>> rows) {
    text.append(Markdown.table(texts, heads, rows)).append('\n');
  }
}
