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
 * A report's page: one file that opens from a disk. What stands beside the data is filled into a
 * template; names and messages are data there, too.
 */
public final class HtmlPage {

  private static final String CHART_LIBRARY = "/META-INF/resources/webjars/uplot/%s/dist/";
  private static final String CHART_PROPERTIES =
      "/META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private HtmlPage() {}

  /**
   * What made a page.
   *
   * @param command the command; empty where a program made it
   * @param frames the commands that list frames as each model judges them, in the models' order, a
   *     workload's choice to be added; none where there are none
   * @param version of what made it, as a line
   */
  public record Origin(Optional<String> command, List<String> frames, String version) {

    /** A program that asked for the page itself. */
    public static final Origin PROGRAM = new Origin(Optional.empty(), List.of(), Version.line());
  }

  /** The page as one text. */
  public static String render(PageReport report, CostModel cost, Origin origin) {
    PageWords words = new PageWords(report, cost);
    PageFrame frame =
        PageFrame.of(
            "report",
            new PageFrame.Said(words.title(), words.warnings(), PageWords.terms(), words.notes()),
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

  /** What the template asks for, by its names there. */
  private record Filled(
      PageFrame frame,
      List<String> sentences,
      String own,
      List<String> input,
      String oddRule,
      String intervalRule,
      String costRule) {}

  /** A file of the library that draws charts, which lies in a folder of its version. */
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
