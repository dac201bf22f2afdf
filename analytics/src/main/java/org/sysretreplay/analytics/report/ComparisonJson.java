package org.sysretreplay.analytics.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sysretreplay.analytics.JsonText;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.Transitions;
import org.sysretreplay.analytics.Transitions.Change;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Work;
import org.sysretreplay.ingest.trace.Reading;

/**
 * The comparison as JSON, version 1. The contract is the schema {@code compare-1.schema.json}
 * beside this class; keys may be added to it, and any other change needs a new version.
 */
public final class ComparisonJson {

  /** The value of the key {@code schema}. */
  public static final String SCHEMA = "sysret-replay/compare/1";

  private static final ObjectMapper JSON = new ObjectMapper(JsonText.factory());

  private ComparisonJson() {}

  /** The contract as JSON Schema. */
  public static InputStream schema() {
    return ComparisonJson.class.getResourceAsStream("compare-1.schema.json");
  }

  /** The comparison as one JSON text with a line feed at its end. */
  public static String render(Comparison comparison) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree(comparison)) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** The comparison as JSON. */
  public static ObjectNode tree(Comparison comparison) {
    ObjectNode root = object().put("schema", SCHEMA);
    root.set("base", side(comparison.base()));
    root.set("other", side(comparison.other()));
    root.put("same_source", comparison.whatIf());
    root.set("machine", machine(comparison.terms().machine()));
    root.put("as_recorded", comparison.terms().reading() == Reading.AS_RECORDED);
    root.set("left_out", JsonReport.leftOut(comparison.unjudgedTraces()));
    root.set("gate", comparison.gate().map(ComparisonJson::gate).orElse(null));
    ArrayNode rows = root.putArray("rows");
    comparison.rows().forEach(row -> rows.add(named(comparison, row)));
    root.set("total", row(comparison, comparison.total()));
    root.put("answer", ComparisonAnswer.of(comparison));
    ArrayNode comparability = root.putArray("comparability");
    Comparability.of(comparison).forEach(comparability::add);
    return root;
  }

  private static ObjectNode side(ComparisonSide side) {
    ObjectNode node =
        object().put("source", side.source()).put(ReportColumn.MODEL.key(), side.model());
    ArrayNode models = node.putArray("models");
    side.models().ids().forEach(models::add);
    node.set("input", JsonReport.input(side.intake().counts()));
    node.set("recorded", JsonReport.recorded(side.own()));
    node.set("sampled", JsonReport.sampled(side.intake().sampled()));
    ArrayNode runs = node.putArray("runs");
    for (ComparisonRun run : side.runs()) {
      runs.addObject()
          .put("source", run.source())
          .set("input", JsonReport.input(run.intake().counts()));
    }
    return node;
  }

  private static ObjectNode machine(Machine machine) {
    return object()
        .put("syscall_work", machine.has(Work.TRACING))
        .put("seccomp", machine.has(Work.SECCOMP))
        .put("audit", machine.has(Work.AUDIT))
        .put("nohz_full", machine.has(Work.NOHZ_FULL))
        .put("patched_fork_children", machine.patchedForkChildren())
        .put("la57", machine.la57())
        .put("xen_pv", machine.xenPv());
  }

  private static ObjectNode gate(Gate.Result result) {
    ObjectNode node = object();
    node.put("fail_below", result.gate().allowedFall());
    node.put("passed", result.isPassed());
    ArrayNode failed = node.putArray("failed");
    result.regressions().forEach(it -> failed.add(it.workload()));
    return node.put("only_beyond_noise", result.gate().onlyBeyondNoise());
  }

  private static ObjectNode named(Comparison comparison, ComparedWorkload row) {
    ObjectNode node = object().put(ReportColumn.WORKLOAD.key(), row.name());
    return node.setAll(row(comparison, row));
  }

  private static ObjectNode row(Comparison comparison, ComparedWorkload row) {
    ObjectNode node = object();
    node.set("base", row.base().map(ComparisonJson::part).orElse(null));
    node.set("other", row.other().map(ComparisonJson::part).orElse(null));
    put(node, points(ReportColumn.HIT_RATE), row.hitRatePoints().value());
    put(node, points(ReportColumn.SYSRET_SHARE), row.sharePoints().value());
    putCount(node, "new_hits", row.transitions(), Change::isNewHit);
    putCount(node, "lost_hits", row.transitions(), Change::isLostHit);
    putCount(node, "misses_to_hits", row.transitions(), Change::isMissToHit);
    putCount(node, "hits_to_misses", row.transitions(), Change::isHitToMiss);
    node.set("transitions", row.transitions().map(ComparisonJson::transitions).orElse(null));
    node.set("chance", comparison.chance(row).map(ComparisonJson::chance).orElse(null));
    node.set("first_miss", moved(row, "reason", MissReason.values(), Tally::firstMisses));
    node.set("cause", moved(row, "cause", Cause.values(), Tally::causes));
    return node;
  }

  /** The key of how far two cells of a column lie apart. */
  static String points(ReportColumn column) {
    return column.key() + "_points";
  }

  private static ObjectNode part(ComparedWorkload.Part part) {
    ObjectNode node = object().put(ReportColumn.WORKLOAD.key(), part.workload());
    ReportColumn.ofOutcomes()
        .forEach(it -> node.set(it.key(), JSON.valueToTree(it.cell(part.counts()))));
    return node;
  }

  private static void put(ObjectNode node, String key, OptionalDouble value) {
    value.ifPresentOrElse(it -> node.put(key, it), () -> node.putNull(key));
  }

  private static void putCount(
      ObjectNode node, String key, Optional<Transitions> transitions, Predicate<Change> which) {
    node.put(key, transitions.map(it -> it.count(which)).orElse(null));
  }

  private static ObjectNode chance(Chance chance) {
    ObjectNode node =
        object()
            .put("low", chance.points().low())
            .put("high", chance.points().high())
            .put("noise", chance.isNoise());
    node.set("base", chance(chance.base()));
    node.set("other", chance(chance.other()));
    return node;
  }

  private static ObjectNode chance(Chance.OfSide side) {
    ObjectNode node = object().put("low", side.share().low()).put("high", side.share().high());
    put(node, "spread_points", side.spread().value());
    ArrayNode runs = node.putArray("runs");
    for (Chance.RunShare run : side.runs()) {
      runs.addObject()
          .put("source", run.source())
          .put("exits", run.share().total())
          .put("sysret_share", run.share().value().orElseThrow());
    }
    return node;
  }

  /** How many exits each of a kind made miss on the two sides. */
  private static <E extends Enum<E>> ArrayNode moved(
      ComparedWorkload row, String key, E[] kinds, Function<Tally, Map<E, Long>> counts) {
    if (row.transitions().isPresent() || !row.isCompared()) {
      return null;
    }
    Map<E, Long> base = counts.apply(row.base().orElseThrow().tally());
    Map<E, Long> other = counts.apply(row.other().orElseThrow().tally());
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (E kind : kinds) {
      if (base.containsKey(kind) || other.containsKey(kind)) {
        all.addObject()
            .put(key, kind.name())
            .put("base", base.getOrDefault(kind, 0L))
            .put("other", other.getOrDefault(kind, 0L));
      }
    }
    return all;
  }

  private static ArrayNode transitions(Transitions transitions) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (Change change : transitions.all()) {
      all.addObject()
          .put("base", change.base().name())
          .put("other", change.other().name())
          .put("cause", change.cause().map(Cause::name).orElse(null))
          .put("exits", change.exits());
    }
    return all;
  }
}
