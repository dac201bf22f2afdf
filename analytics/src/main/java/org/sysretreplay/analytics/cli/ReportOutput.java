package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.sysretreplay.analytics.CostModel;
import org.sysretreplay.analytics.page.HtmlPage;
import org.sysretreplay.analytics.page.PageReport;
import org.sysretreplay.analytics.report.CsvReport;
import org.sysretreplay.analytics.report.JsonReport;
import org.sysretreplay.analytics.report.MarkdownReport;
import org.sysretreplay.analytics.report.Report;
import org.sysretreplay.analytics.report.Screen;
import org.sysretreplay.analytics.report.SitesText;
import org.sysretreplay.analytics.report.TextReport;
import org.sysretreplay.analytics.report.TopSites;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options on how and where a report is written. */
final class ReportOutput {

  /** The forms that a report can take. */
  enum Format {
    TEXT(true, true),
    JSON(false, false),
    CSV(true, false),
    MARKDOWN(true, true),
    PARQUET(false, false),
    HTML(false, false);

    private final boolean ranked;
    private final boolean forReaders;

    Format(boolean ranked, boolean forReaders) {
      this.ranked = ranked;
      this.forReaders = forReaders;
    }

    /** Whether it is text that people read. */
    boolean isForReaders() {
      return forReaders;
    }

    /** Whether the user can choose the order and the number of workloads. */
    boolean isRanked() {
      return ranked;
    }
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      completionCandidates = Names.ReportFormats.class,
      description =
          "text, json, csv, markdown, parquet, or html for a page with charts (default:"
              + " ${DEFAULT-VALUE}). A Parquet file has the rows of JSON, and needs -o FILE.")
  private String format = "text";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write to this file, whole or not at all, instead of standard output, which is also called -.")
  private Path file;

  @Mixin private CsvOptions csv = new CsvOptions();

  @Mixin private TextOptions text = new TextOptions();

  @Mixin private CostOptions costOptions = new CostOptions();

  Format format() {
    return EnumOption.of(Format.class, "--format", format);
  }

  /** The cost model. */
  CostModel cost() {
    return costOptions.model();
  }

  /**
   * Checks the options before any work is done, and that the file can be written.
   *
   * @throws UsageException if they contradict each other
   */
  void prepare(Terminal terminal) {
    costOptions.prepare(format());
    text.prepare(format());
    csv.prepare(format() == Format.CSV);
    if (format() == Format.PARQUET && file().isEmpty()) {
      throw new UsageException("--format parquet: this is no text; name a file with -o FILE.");
    }
    if (format() == Format.HTML) {
      OutputFile.checkPage(file(), terminal, "report.html");
    }
    file().ifPresent(OutputFile::check);
  }

  /** The file to write, if it is not standard output. */
  Optional<Path> file() {
    return Optional.ofNullable(file).filter(it -> !StandardOutput.isNamed(it));
  }

  /**
   * Writes a report.
   *
   * @param sites the sites that misses return to, if they are asked for
   */
  void write(Report report, Optional<TopSites> sites, Terminal terminal, Output out) {
    if (format() == Format.PARQUET) {
      OutputFile.write(file, ReportParquet.render(report));
      return;
    }
    Screen screen = file().isPresent() ? Screen.plain(true) : terminal.screen();
    String written =
        switch (format()) {
          case TEXT ->
              TextReport.render(report, text.layout(screen, cost()))
                  + sites.map(SitesText::render).orElse("");
          case JSON -> JsonReport.render(report, sites);
          case CSV -> CsvReport.render(report.shown(text.ranking()), csv.cells());
          case MARKDOWN -> MarkdownReport.render(report, text.ranking());
          case PARQUET -> throw new IllegalStateException("not a text");
          case HTML -> throw new IllegalStateException("a page is made of a page's report");
        };
    write(written, out);
  }

  void write(PageReport report, HtmlPage.Origin origin, Output out) {
    write(HtmlPage.render(report, cost(), origin), out);
  }

  private void write(String written, Output out) {
    if (file().isPresent()) {
      OutputFile.write(file, written);
    } else if (format() == Format.TEXT) {
      out.styled(written);
    } else {
      out.data(written);
    }
  }
}
