package org.sysretreplay.analytics.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.sysretreplay.analytics.page.HtmlPage.Origin;
import org.sysretreplay.analytics.page.PageShell.Term;
import org.sysretreplay.analytics.page.PageShell.Terms;
import org.sysretreplay.analytics.report.Chance;
import org.sysretreplay.analytics.report.Comparability;
import org.sysretreplay.analytics.report.ComparedSides;
import org.sysretreplay.analytics.report.ComparedWorkload;
import org.sysretreplay.analytics.report.Comparison;
import org.sysretreplay.analytics.report.ComparisonAnswer;
import org.sysretreplay.analytics.report.ComparisonJson;
import org.sysretreplay.analytics.report.ComparisonTerms;
import org.sysretreplay.analytics.report.Gate;
import org.sysretreplay.analytics.report.IntakeText;
import org.sysretreplay.analytics.report.ShareSteps;
import org.sysretreplay.ingest.trace.Printable;

/**
 * A comparison as one HTML file that needs no server. Its data is that of {@code --format json},
 * with the names as they are shown and the steps of each difference.
 */
public final class ComparisonPage {

  private ComparisonPage() {}

  /** The page as one text. */
  public static String render(Comparison comparison, Origin origin) {
    ComparedSides sides = new ComparedSides(comparison);
    String title =
        "sysret-replay: %s against %s"
            .formatted(comparison.base().source(), comparison.other().source());
    PageShell frame =
        PageShell.of(
            "compare",
            new PageShell.Said(title, warnings(comparison), terms(), sides.paragraphs()),
            origin,
            data(comparison),
            List.of(),
            List.of());
    return PageFiles.template("compare.html")
        .execute(
            new Filled(
                frame,
                ComparisonAnswer.of(comparison),
                sides.names(),
                comparison.isChanceTold() ? ComparisonTerms.CHANCE_SENTENCE : "",
                comparison.gate().map(Gate.Result::sentence).orElse("")));
  }

  /** The values of the template, by their names in it. */
  private record Filled(
      PageShell frame, String answer, List<String> sides, String chanceRule, String gate) {}

  private static List<String> warnings(Comparison comparison) {
    List<String> warnings = new ArrayList<>(Comparability.of(comparison));
    Stream.of(comparison.base(), comparison.other())
        .flatMap(it -> IntakeText.remarks(it.intake()).stream())
        .distinct()
        .forEach(warnings::add);
    if (!comparison.unjudgedTraces().isEmpty()) {
      warnings.add(IntakeText.leftOut(comparison.unjudgedTraces()));
    }
    return warnings;
  }

  private static List<Terms> terms() {
    List<Terms> terms = new ArrayList<>();
    terms.add(
        new Terms(
            "Changes",
            List.of(
                new Term("noise", ComparisonTerms.CHANCE_SENTENCE),
                new Term("new hits", "Exits that return by SYSRET in other only."),
                new Term("lost hits", "Exits that return by SYSRET in base only."),
                new Term(
                    "points",
                    "By how many percentage points the share of other lies above that of base; in what moved, by how many it raises the SYSRET share."))));
    terms.addAll(PageWords.terms());
    return terms;
  }

  private static String data(Comparison comparison) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.set("comparison", ComparisonJson.tree(comparison));
    ArrayNode rows = root.putArray("rows");
    comparison.rows().forEach(row -> rows.add(row(comparison, row)));
    return PageFiles.script(root);
  }

  private static ObjectNode row(Comparison comparison, ComparedWorkload row) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", Printable.line(row.name()));
    ArrayNode moved = node.putArray("moved");
    if (row.isKnown()) {
      moved.add(moved("cause", ShareSteps.byCause(row)));
      ShareSteps.byReason(row).ifPresent(it -> moved.add(moved("first failing check", it)));
    }
    comparison
        .chance(row)
        .ifPresent(
            it -> {
              ObjectNode sources = node.putObject("sources");
              sources.set("base", sources(it.base()));
              sources.set("other", sources(it.other()));
            });
    return node;
  }

  private static ObjectNode moved(String by, ShareSteps moved) {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("by", by);
    ArrayNode steps = node.putArray("steps");
    for (ShareSteps.Step step : moved.steps()) {
      steps
          .addObject()
          .put("what", step.what())
          .put("base", step.base().hits())
          .put("base_exits", step.base().total())
          .put("other", step.other().hits())
          .put("other_exits", step.other().total());
    }
    return node;
  }

  private static ArrayNode sources(Chance.OfSide side) {
    ArrayNode names = JsonNodeFactory.instance.arrayNode();
    side.runs().forEach(it -> names.add(Printable.line(it.source())));
    return names;
  }
}
