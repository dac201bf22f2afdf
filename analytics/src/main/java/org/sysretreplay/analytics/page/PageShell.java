package org.sysretreplay.analytics.page;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.page.HtmlPage.Origin;

/**
 * The parts that all pages share, by their names in the templates.
 *
 * @param warnings what a reader has to know before the numbers
 * @param terms the words that its tables can show
 * @param command the command that made the page; empty if a program did
 * @param notes how the frames were judged
 * @param version the version that made the page
 * @param data what its script reads
 */
record PageShell(
    String title,
    List<String> warnings,
    List<Terms> terms,
    String command,
    List<String> notes,
    String version,
    String data,
    String style,
    List<String> scripts) {

  /** A heading and the terms below it. */
  record Terms(String heading, List<Term> terms) {}

  /** A word and what it means. */
  record Term(String name, String sentence) {}

  /** The texts of a page, without its files. */
  record Said(String title, List<String> warnings, List<Terms> terms, List<String> notes) {}

  /**
   * The shared parts of a page.
   *
   * @param page the name of its style and script files, without their endings
   * @param styles the styles of the libraries
   * @param libraries scripts to load before the page's own
   */
  static PageShell of(
      String page,
      Said said,
      Origin origin,
      String data,
      List<String> styles,
      List<String> libraries) {
    return new PageShell(
        said.title(),
        said.warnings(),
        said.terms(),
        origin.command().orElse(""),
        said.notes(),
        origin.version(),
        data,
        Stream.concat(styles.stream(), Stream.of("page.css", page + ".css").map(PageFiles::text))
            .collect(Collectors.joining("\n")),
        Stream.concat(
                libraries.stream(),
                Stream.of(PageFiles.text("page.js") + PageFiles.text(page + ".js")))
            .toList());
  }
}
