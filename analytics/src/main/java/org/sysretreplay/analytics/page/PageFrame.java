package org.sysretreplay.analytics.page;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.page.HtmlPage.Origin;

/**
 * What every page has around what it is about, by its names in the templates.
 *
 * @param warnings what a reader has to know before the numbers
 * @param terms the words that its tables can show
 * @param command the command that made it; empty where a program did
 * @param notes how it was judged
 * @param version of what made it
 * @param data what its script reads
 */
record PageFrame(
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

  /** What a page says, before it has its files. */
  record Said(String title, List<String> warnings, List<Terms> terms, List<String> notes) {}

  /**
   * The frame of a page whose style and script are called as it is.
   *
   * @param libraries scripts that come before its own
   * @param styles of these
   */
  static PageFrame of(
      String page,
      Said said,
      Origin origin,
      String data,
      List<String> styles,
      List<String> libraries) {
    return new PageFrame(
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
