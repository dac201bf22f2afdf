package org.sysretreplay.analytics.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The man page of a command, or of the whole program. Picocli's generator writes AsciiDoc, which
 * would need AsciidoctorJ and JRuby: 40 MB for a dozen macros.
 */
record ManPage(CommandSpec command, String version) {

  /** The width between man's margins on a terminal of 80 columns. */
  private static final int WIDTH = 72;

  private static final Help.ColorScheme PLAIN = Help.defaultColorScheme(Ansi.OFF);

  /** The name of the page, for example {@code sysret-replay-report}. */
  String name() {
    return command.qualifiedName("-");
  }

  /** The page as roff source. */
  String roff() {
    StringBuilder page = new StringBuilder();
    page.append(
        ".TH %s 1 \"\" \"sysret-replay %s\"\n"
            .formatted(quoted(name().toUpperCase(Locale.ROOT)), version));
    // No hyphenation, which would break options, and no justified lines.
    page.append(".nh\n.ad l\n");
    section("NAME", quoted(name()) + " \\- " + quoted(summary()) + "\n", page);
    section("SYNOPSIS", verbatim(synopsis().lines()), page);
    section("DESCRIPTION", paragraphs(description()), page);
    section("ARGUMENTS", arguments(), page);
    section("OPTIONS", options(), page);
    section("COMMANDS", commands(), page);
    section("NOTES", paragraphs(footer()), page);
    section("SEE ALSO", seeAlso(), page);
    return page.toString();
  }

  /** In footers as in descriptions, a percent sign is written twice. */
  private List<String> footer() {
    return Stream.of(command.usageMessage().footer()).map(String::formatted).toList();
  }

  private static void section(String title, String text, StringBuilder to) {
    if (!text.isEmpty()) {
      to.append(".SH ").append(title).append('\n').append(text);
    }
  }

  /** The first sentence of the command's description, in the form for the NAME section. */
  private String summary() {
    String all = String.join(" ", description()).strip();
    int end = all.indexOf(command.parent() == null ? "? " : ". ");
    String first = (end < 0 ? all : all.substring(0, end)).replaceFirst("[.?:]$", "");
    return first.substring(0, 1).toLowerCase(Locale.ROOT) + first.substring(1);
  }

  private List<String> description() {
    return Stream.of(command.usageMessage().description()).map(String::formatted).toList();
  }

  private String synopsis() {
    command.usageMessage().width(WIDTH);
    Help help = new Help(command, PLAIN);
    return help.synopsis(0);
  }

  private String arguments() {
    return command.positionalParameters().stream()
        .map(it -> item(argument(it), it.description()))
        .collect(Collectors.joining());
  }

  private static String argument(PositionalParamSpec argument) {
    return italic(argument.paramLabel()) + (argument.arity().max() > 1 ? "..." : "");
  }

  private String options() {
    String end =
        command.usageMessage().showEndOfOptionsDelimiterInUsageHelp()
            ? item(bold("--"), new String[] {HelpTexts.END_OF_OPTIONS})
            : "";
    return command.options().stream()
        .filter(it -> !it.hidden())
        .sorted((left, right) -> left.longestName().compareTo(right.longestName()))
        .map(it -> item(option(it), it.description()))
        .collect(Collectors.joining("", "", end));
  }

  private static String option(OptionSpec option) {
    String names = Stream.of(option.names()).map(ManPage::bold).collect(Collectors.joining(", "));
    String label = option.splitRegex().isEmpty() ? "" : "[,...]";
    return option.arity().max() == 0 ? names : names + "=" + italic(option.paramLabel()) + label;
  }

  private String commands() {
    return command.subcommands().values().stream()
        .distinct()
        .map(it -> new ManPage(it.getCommandSpec(), version))
        .map(it -> ".TP\n%s(1)\n%s\n".formatted(bold(it.name()), quoted(it.summary())))
        .collect(Collectors.joining());
  }

  private String seeAlso() {
    List<String> all =
        command.root().subcommands().values().stream()
            .map(it -> new ManPage(it.getCommandSpec(), version).name())
            .distinct()
            .filter(it -> !it.equals(name()))
            .toList();
    return Stream.concat(
            command.parent() == null ? Stream.of() : Stream.of(command.root().name()), all.stream())
        .map(it -> bold(it) + "(1)")
        .collect(Collectors.joining(",\n", "", "\n"));
  }

  private static String item(String what, String[] description) {
    String text = Stream.of(description).map(String::formatted).collect(Collectors.joining(" "));
    return ".TP\n%s\n%s\n".formatted(what, quoted(text));
  }

  /** Lines of a help text: those that begin with a blank are kept, the others are filled. */
  private static String paragraphs(List<String> lines) {
    StringBuilder text = new StringBuilder();
    boolean open = false;
    for (String line : lines) {
      if (line.isBlank()) {
        open = false;
      } else if (line.startsWith(" ")) {
        text.append(verbatim(Stream.of(line)));
        open = false;
      } else {
        text.append(open ? "" : ".PP\n").append(quoted(line)).append('\n');
        open = true;
      }
    }
    return text.toString();
  }

  private static String verbatim(Stream<String> lines) {
    return lines.map(ManPage::quoted).collect(Collectors.joining("\n", ".nf\n", "\n.fi\n"));
  }

  private static String bold(String text) {
    return "\\fB" + quoted(text) + "\\fR";
  }

  private static String italic(String text) {
    return "\\fI" + quoted(text) + "\\fR";
  }

  /** The text, escaped so that roff takes no character of it for markup. */
  private static String quoted(String text) {
    String plain =
        text.replace("\\", "\\(rs")
            .replace("-", "\\-")
            .replace("'", "\\(aq")
            .replace("`", "\\(ga")
            .replace("^", "\\(ha")
            .replace("~", "\\(ti");
    return plain.startsWith(".") ? "\\&" + plain : plain;
  }
}
