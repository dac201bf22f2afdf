package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.List;
import org.sysretreplay.analytics.MissSites.MissSite;
import org.sysretreplay.analytics.MissSites.OfWorkload;
import org.sysretreplay.analytics.Ratio;
import org.sysretreplay.analytics.Site;

/** The sites that misses return to, as text. */
public final class SitesText {

  private SitesText() {}

  /** The sites of every workload as one text, beginning with an empty line. */
  public static String render(TopSites sites) {
    Page page = new Page();
    page.space().line("Sites: where misses return to, under " + sites.modelId()).space();
    sites.workloads().forEach(it -> write(page, it));
    if (sites.mapsLeftOut() > 0) {
      page.paragraph(
          "%s maps of code were not kept, because there were too many, so that some addresses have no name."
              .formatted(number(sites.mapsLeftOut())));
    }
    return page.toString();
  }

  private static void write(Page page, OfWorkload workload) {
    long shown = workload.top().stream().mapToLong(MissSite::misses).sum();
    page.line(
        "%s: %s of %s sites have %s of %s misses"
            .formatted(
                workload.workload(),
                number(workload.top().size()),
                number(workload.found()),
                number(shown),
                number(workload.misses())));
    if (!workload.isExact()) {
      page.indented(
          2,
          "There are more sites than are counted at a time: %s misses are in no count, and a site may have some of them."
              .formatted(number(workload.uncounted())));
    }
    if (!workload.top().isEmpty()) {
      page.table(table(workload));
    }
    page.space();
  }

  private static TextTable table(OfWorkload workload) {
    TextTable table =
        new TextTable(Page.WIDTH)
            .right("misses")
            .right("")
            .left("main cause")
            .right("place")
            .wrapped("file");
    workload.top().forEach(it -> table.row(cells(it, workload.misses())));
    return table;
  }

  /**
   * The cells of a site: its misses, their share, the main cause, the place and the file. The place
   * comes before the file, whose name may be long and be cut.
   *
   * @param misses all misses of the workload
   */
  public static List<String> cells(MissSite it, long misses) {
    return List.of(
        number(it.misses()),
        new Ratio(it.misses(), misses).percent(),
        it.mainCause().name(),
        isStandIn(it.site()) ? "" : "0x%x".formatted(place(it.site())),
        file(it.site()));
  }

  private static boolean isStandIn(Site site) {
    return site instanceof Site.InProcess place && place.why() == Site.Unnamed.STAND_IN;
  }

  private static long place(Site site) {
    if (site instanceof Site.InFile file) {
      return file.offset();
    }
    return site instanceof Site.OfKernel code ? code.offset() : ((Site.InProcess) site).address();
  }

  private static String file(Site site) {
    if (site instanceof Site.InFile file) {
      return file.path();
    }
    return site instanceof Site.OfKernel code ? code.name() : process((Site.InProcess) site);
  }

  private static String process(Site.InProcess it) {
    if (isStandIn(it)) {
      return "%s; of %s".formatted(it.why().sentence(), it.traceId());
    }
    String process = it.pid() == null ? "an unknown process" : "process " + it.pid();
    return "%s; of %s, %s".formatted(it.why().sentence(), process, it.traceId());
  }
}
