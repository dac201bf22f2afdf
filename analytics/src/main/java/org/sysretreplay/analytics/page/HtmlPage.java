package org.sysretreplay.analytics.page;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.Version;
import org.sysretreplay.ingest.trace.Printable;

/**
 * The page: one file that opens from a disk. What stands beside the data is filled into a template;
 * names and messages are data there, too.
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

  /** A heading and the terms below it. */
  record Terms(String heading, List<Term> terms) {}

  /** A word and what it means. */
  record Term(String name, String sentence) {}

  /** The page as one text. */
  public static String render(PageReport report, CostModel cost, Origin origin) {
    PageWords words = new PageWords(report, cost);
    return template()
        .execute(
            new Filled(
                words.title(),
                words.sentences(),
                words.own(),
                words.input(),
                words.warnings(),
                words.oddRule(),
                words.intervalRule(),
                words.costRule(),
                words.terms(),
                origin.command().orElse(""),
                words.notes(),
                origin.version(),
                PageData.of(report, cost, origin.frames()),
                text("page.css"),
                text("page.js"),
                chart("uPlot.min.css"),
                chart("uPlot.iife.min.js")));
  }

  /** What the template asks for, by its names there. */
  private record Filled(
      String title,
      List<String> sentences,
      String own,
      List<String> input,
      List<String> warnings,
      String oddRule,
      String intervalRule,
      String costRule,
      List<Terms> terms,
      String command,
      List<String> notes,
      String version,
      String data,
      String style,
      String script,
      String chartStyle,
      String chartScript) {}

  private static Template template() {
    return Mustache.compiler()
        .emptyStringIsFalse(true)
        .withEscaper(raw -> Escapers.HTML.escape(Printable.line(raw)))
        .compile(text("page.html"));
  }

  /** A file of the library that draws charts, which lies in a folder of its version. */
  private static String chart(String file) {
    Properties library = new Properties();
    try {
      library.load(new StringReader(text(CHART_PROPERTIES)));
    } catch (IOException e) {
      throw new UncheckedIOException("reading memory", e);
    }
    return text(CHART_LIBRARY.formatted(library.getProperty("version")) + file);
  }

  private static String text(String resource) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("reading our own jar", e);
    }
  }
}
