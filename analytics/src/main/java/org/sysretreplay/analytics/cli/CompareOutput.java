package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sysretreplay.analytics.Version;
import org.sysretreplay.analytics.page.ComparisonPage;
import org.sysretreplay.analytics.page.HtmlPage;
import org.sysretreplay.analytics.report.Comparison;
import org.sysretreplay.analytics.report.ComparisonCsv;
import org.sysretreplay.analytics.report.ComparisonJson;
import org.sysretreplay.analytics.report.ComparisonMarkdown;
import org.sysretreplay.analytics.report.ComparisonText;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how a comparison is written, and where. */
final class CompareOutput {

  /** The forms that a comparison can take. */
  enum Format {
    TEXT,
    JSON,
    CSV,
    MARKDOWN,
    HTML
  }

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      completionCandidates = Names.ComparisonFormats.class,
      description = "text, json, csv, markdown, or html for a page (default: ${DEFAULT-VALUE}).")
  private String format = "text";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Write to this file, whole or not at all, instead of standard output, which is also called -.")
  private Path file;

  @Mixin private CsvOptions csv = new CsvOptions();

  @Mixin private TermsOption terms = new TermsOption();

  /**
   * Checks the options before any work is done.
   *
   * @throws UsageException if they contradict each other
   */
  void prepare(Terminal terminal) {
    terms.prepare(format() == Format.TEXT);
    csv.prepare(format() == Format.CSV);
    if (format() == Format.HTML) {
      OutputFile.checkPage(file(), terminal, "compare.html");
    }
    file().ifPresent(OutputFile::check);
  }

  private Format format() {
    return EnumOption.of(Format.class, "--format", format);
  }

  /** The file to write, if it is not standard output. */
  Optional<Path> file() {
    return Optional.ofNullable(file).filter(it -> !StandardOutput.isNamed(it));
  }

  /**
   * Writes the comparison.
   *
   * @param command the command that made it, for the foot of a page
   */
  void write(Comparison comparison, String command, Output out) {
    String text =
        switch (format()) {
          case TEXT -> ComparisonText.render(comparison, terms.areExplained());
          case JSON -> ComparisonJson.render(comparison);
          case MARKDOWN -> ComparisonMarkdown.render(comparison);
          case HTML ->
              ComparisonPage.render(
                  comparison, new HtmlPage.Origin(Optional.of(command), List.of(), Version.line()));
          case CSV -> ComparisonCsv.render(comparison, csv.cells());
        };
    if (file().isPresent()) {
      OutputFile.write(file, text);
    } else if (format() == Format.TEXT) {
      out.page(text);
    } else {
      out.data(text);
    }
  }
}
