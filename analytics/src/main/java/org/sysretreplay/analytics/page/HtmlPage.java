package org.sysretreplay.analytics.page;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.Version;

/**
 * A report as one HTML file that needs no server. Texts are filled into a template, which escapes
 * names and messages.
 */
public final class HtmlPage {

  private static final String CHART_LIBRARY = "/META-INF/resources/webjars/uplot/%s/dist/";
  private static final String CHART_PROPERTIES =
      "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private HtmlPage() {}

  /**
   * What made a page.
   *
   * @param command the command; empty if a program made it
   * @param frames for each model in its order, the command that lists frames as it judges them, to
   *     which the choice of a workload is added; may be empty
   * @param version the line of {@link Version}
   */
  public record Origin(Optional<String> command, List<String> frames, String version) {

    /** A page that was made by a program, not by a command. */
    public static final Origin PROGRAM = new Origin(Optional.empty(), List.of(), Version.line());
  }

  /** The page as one text. */
  public static String render(PageReport report, CostModel cost, Origin origin) {
    PageWords words = new PageWords(report, cost);
    PageShell frame =
        PageShell.of(
            "report",
            new PageShell.Said(words.title(), words.warnings(), PageWords.terms(), words.notes()),
            origin,
            PageData.of(report, cost, origin.frames()),
            List.of(chart("uPlot.min.css")),
            List.of(chart("uPlot.iife.min.js")));
    return PageFiles.template("report.html")
        .execute(
            new Filled(
                frame,
                words.sentences(),
                words.own(),
                words.input(),
                words.oddRule(),
                words.intervalRule(),
                words.costRule()));
  }

  /** The values of the template, by their names in it. */
  private record Filled(
      PageShell frame,
      List<String> sentences,
      String own,
      List<String> input,
      String oddRule,
      String intervalRule,
      String costRule) {}

  /** A file of the chart library, which is in a folder named after the library's version. */
  private static String chart(String file) {
    Properties library = new Properties();
    try {
      library.load(new StringReader(PageFiles.text(CHART_PROPERTIES)));
    } catch (IOException e) {
      throw new UncheckedIOException("reading memory", e);
    }
    return PageFiles.text(CHART_LIBRARY.formatted(library.getProperty("version")) + file);
  }
}
