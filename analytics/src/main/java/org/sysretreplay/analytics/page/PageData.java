package org.sysretreplay.analytics.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.MissSites;
import org.sysretreplay.analytics.OutcomeCounts;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.analytics.report.CauseFilter;
import org.sysretreplay.analytics.report.Fleet;
import org.sysretreplay.analytics.report.GroupText;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.analytics.report.ShellWord;
import org.sysretreplay.analytics.report.SitesText;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Outcome;
import org.sysretreplay.ingest.trace.Printable;

/**
 * The data that the page's script draws: JSON that only this script reads. A tally is an array of
 * exits, SYSRET, IRET_MISS, IRET_ROUTE, FAST_SYSRET, ERETU, then two objects: how often each reason
 * was the first, and how often each cause made a frame miss, by their indexes in the lists of
 * names.
 */
final class PageData {

  /** The outcomes in the order of a tally's array. */
  private static final List<Outcome> OUTCOMES =
      List.of(
          Outcome.SYSRET,
          Outcome.IRET_MISS,
          Outcome.IRET_ROUTE,
          Outcome.FAST_SYSRET,
          Outcome.ERETU);

  /** The most rows in all tables of groups together. */
  private static final int MOST_ROWS = 12_000;

  /** The fewest rows of a table, before the sum of the others. */
  private static final int FEWEST = 3;

  private static final int USUAL = 15;

  /** The most sites of a workload. */
  private static final int SITES = 10;

  private final PageReport report;
  private final CostModel cost;
  private final List<PageView> views;
  private final List<String> workloads;
  private final int rows;

  private PageData(PageReport report, CostModel cost) {
    this.report = report;
    this.cost = cost;
    views = PageView.of(report.asked().question());
    workloads = List.copyOf(report.asked().workloads().keySet());
    int tables = Math.max(1, report.groups().size() * views.size() * workloads.size());
    rows = Math.max(FEWEST, Math.min(USUAL, MOST_ROWS / tables));
  }

  /**
   * The data, escaped for a script element.
   *
   * @param frames for each view, the command that lists frames as it judges them; may be empty
   */
  static String of(PageReport report, CostModel cost, List<String> frames) {
    return PageFiles.script(new PageData(report, cost).tree(frames));
  }

  private ObjectNode tree(List<String> frames) {
    ObjectNode root = object();
    root.set("views", texts(views.stream().map(PageView::label).toList()));
    root.set("reasons", texts(Stream.of(MissReason.values()).map(Enum::name).toList()));
    root.set("causes", texts(Stream.of(Cause.values()).map(Enum::name).toList()));
    ArrayNode models = root.putArray("models");
    for (ExitModel model : report.everyModel().question().allModels()) {
      models.addObject().put("id", model.id()).put("kernels", model.description().versions());
    }
    root.set("groups", texts(report.groups().stream().map(PageData::title).toList()));
    if (!frames.isEmpty()) {
      root.set("frames", texts(frames));
      root.set("causeOptions", texts(Stream.of(Cause.values()).map(CauseFilter::option).toList()));
    }
    root.put("sitesBy", views.get(0).label());
    workloads(root.putArray("workloads"));
    return root;
  }

  private static String title(Report group) {
    return group.question().by().stream()
        .map(GroupColumn::key)
        .collect(Collectors.joining(" and "));
  }

  private void workloads(ArrayNode all) {
    Map<String, List<Report.Row>> asked = byWorkload(report.asked());
    Map<String, List<Report.Row>> every = byWorkload(report.everyModel());
    List<Map<String, List<Report.Row>>> groups =
        report.groups().stream().map(PageData::byWorkload).toList();
    List<Map<String, GroupText>> texts =
        report.groups().stream().map(GroupText::byWorkload).toList();
    Map<String, List<Report.Row>> time = report.time().map(PageData::byWorkload).orElse(Map.of());
    List<Fleet> fleets = views.stream().map(view -> fleet(view, asked)).toList();
    Map<String, MissSites.OfWorkload> sites =
        report.sites().top(Math.min(SITES, rows)).stream()
            .collect(Collectors.toMap(MissSites.OfWorkload::workload, it -> it));
    for (String workload : workloads) {
      ObjectNode node = all.addObject();
      node.put("name", Printable.line(workload));
      node.put("nanos", report.asked().workloads().get(workload));
      node.put("chosen", chosen(workload));
      ArrayNode of = node.putArray("views");
      for (int i = 0; i < views.size(); i++) {
        Tally total = Report.total(views.get(i).rows(of(asked, workload)));
        of.add(view(total, fleets.get(i), isSampled(workload)));
      }
      models(of(every, workload), node);
      ArrayNode split = node.putArray("groups");
      for (int i = 0; i < groups.size(); i++) {
        split.add(group(texts.get(i).get(workload), of(groups.get(i), workload)));
      }
      report.time().ifPresent(it -> node.set("time", time(it, of(time, workload))));
      MissSites.OfWorkload found = sites.get(workload);
      if (found != null) {
        node.set("sites", sites(found));
      }
    }
  }

  private static ObjectNode sites(MissSites.OfWorkload sites) {
    ObjectNode node = object();
    node.put("found", sites.found());
    node.put("misses", sites.misses());
    node.put("uncounted", sites.uncounted());
    ArrayNode top = node.putArray("rows");
    for (MissSites.MissSite site : sites.top()) {
      top.add(texts(SitesText.cells(site, sites.misses()).stream().map(Printable::line).toList()));
    }
    return node;
  }

  private static Map<String, List<Report.Row>> byWorkload(Report report) {
    return report.rows().stream().collect(Collectors.groupingBy(row -> row.group().workload()));
  }

  private static List<Report.Row> of(Map<String, List<Report.Row>> rows, String workload) {
    return rows.getOrDefault(workload, List.of());
  }

  private String chosen(String workload) {
    return workloads.size() == 1
        ? ""
        : " --of-workload " + ShellWord.of(workload.replace(",", "\\,"));
  }

  private Fleet fleet(PageView view, Map<String, List<Report.Row>> asked) {
    return Fleet.of(
        workloads.stream().map(it -> share(Report.total(view.rows(of(asked, it))))).toList());
  }

  private static Ratio share(Tally tally) {
    return OutcomeCounts.of(tally).sysretShare();
  }

  private boolean isSampled(String workload) {
    return report.asked().intake().sampled().of(workload).isPresent();
  }

  private ObjectNode view(Tally tally, Fleet fleet, boolean sampled) {
    ObjectNode node = object();
    node.set("tally", tally(tally));
    fleet
        .interval(share(tally))
        .ifPresent(it -> node.putArray("interval").add(rounded(it.low())).add(rounded(it.high())));
    if (fleet.isMarked(share(tally))) {
      node.put("odd", true);
    }
    // What a sample costs is not what all exits do.
    OptionalDouble missed = sampled ? OptionalDouble.empty() : cost.missed(tally);
    if (missed.isPresent()) {
      node.put("missed", missed.getAsDouble());
    } else {
      node.putNull("missed");
    }
    return node;
  }

  private static double rounded(double share) {
    return Math.round(share * 1e4) / 1e4;
  }

  /** Writes each different tally once, since many models agree. */
  private void models(List<Report.Row> every, ObjectNode node) {
    Map<ArrayNode, Integer> places = new LinkedHashMap<>();
    ArrayNode which = node.putArray("models");
    for (String id : report.everyModel().question().modelIds()) {
      Tally total =
          Report.total(every.stream().filter(row -> row.group().modelId().equals(id)).toList());
      which.add(places.computeIfAbsent(tally(total), it -> places.size()));
    }
    ArrayNode tallies = node.putArray("tallies");
    places.keySet().forEach(tallies::add);
  }

  private ArrayNode group(GroupText text, List<Report.Row> ofWorkload) {
    ArrayNode ofViews = array();
    for (PageView view : views) {
      List<PageView.Sum> sums =
          view.sums(ofWorkload).stream()
              .sorted(
                  Comparator.comparing((PageView.Sum it) -> -it.tally().count(Outcome.IRET_MISS))
                      .thenComparing(it -> -it.tally().exits()))
              .toList();
      ObjectNode node = ofViews.addObject();
      ArrayNode shown = node.putArray("rows");
      for (PageView.Sum sum : sums.subList(0, Math.min(rows, sums.size()))) {
        shown.addArray().add(label(text, sum)).add(tally(sum.tally()));
      }
      List<PageView.Sum> others = sums.subList(Math.min(rows, sums.size()), sums.size());
      node.put("more", others.size());
      if (!others.isEmpty()) {
        Tally rest = new Tally();
        others.forEach(it -> rest.plus(it.tally()));
        node.set("rest", tally(rest));
      }
    }
    return ofViews;
  }

  /** The known values of the group; {@link GroupText#UNKNOWN} if none is known. */
  private static String label(GroupText text, PageView.Sum sum) {
    String known =
        text.cells(sum.group(), sum.tally()).stream()
            .filter(it -> !it.equals(GroupText.UNKNOWN))
            .collect(Collectors.joining(" "));
    return known.isEmpty() ? GroupText.UNKNOWN : Printable.line(known);
  }

  /** The windows, numbered from the first one. */
  private ArrayNode time(Report time, List<Report.Row> ofWorkload) {
    long width = time.question().by().get(0).nanos();
    ArrayNode ofViews = array();
    for (PageView view : views) {
      List<PageView.Sum> sums =
          view.sums(ofWorkload).stream()
              .filter(it -> it.group().by().get(0) != null)
              .sorted(Comparator.comparing(PageData::start))
              .toList();
      ObjectNode node = ofViews.addObject().put("width", width);
      ArrayNode at = node.putArray("at");
      ArrayNode exits = node.putArray("exits");
      ArrayNode hits = node.putArray("hits");
      long first = sums.stream().mapToLong(PageData::start).min().orElse(0);
      for (PageView.Sum sum : sums) {
        // Each start is a multiple of the width; their distance may be longer than a long.
        at.add(start(sum) / width - first / width);
        exits.add(sum.tally().exits());
        hits.add(share(sum.tally()).hits());
      }
    }
    return ofViews;
  }

  private static long start(PageView.Sum sum) {
    return (Long) sum.group().by().get(0);
  }

  private static ArrayNode tally(Tally tally) {
    ArrayNode node = array().add(tally.exits());
    OUTCOMES.forEach(it -> node.add(tally.count(it)));
    node.add(counts(tally.firstMisses()));
    node.add(counts(tally.causes()));
    return node;
  }

  private static ObjectNode counts(Map<? extends Enum<?>, Long> counts) {
    ObjectNode node = object();
    counts.forEach((constant, count) -> node.put(Integer.toString(constant.ordinal()), count));
    return node;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private static ArrayNode texts(Collection<String> texts) {
    ArrayNode node = array();
    texts.forEach(node::add);
    return node;
  }
}
