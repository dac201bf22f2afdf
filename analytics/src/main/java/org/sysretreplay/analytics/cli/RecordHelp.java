package org.sysretreplay.analytics.cli;

import java.util.ArrayList;
import java.util.List;
import org.sysretreplay.ingest.sample.RecordedEvent;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;

/** What the annotations of {@link RecordCommand} cannot say. */
final class RecordHelp implements IModelTransformer {

  /** What fits the terminal, and between the margins of man. */
  private static final int WIDTH = 72;

  private static final int INDENT = 6;

  private static final List<String> NOTES =
      List.of(
          "",
          "The recording ends with the command or the processes, after --for, or at Ctrl-C.",
          "",
          "A service for as long as you like, and a report on it at any time meanwhile:",
          "  sysret-replay record -p PID --into store",
          "  sysret-replay report store",
          "What a recorder that was killed left is read first by the next one into that store.",
          "",
          "What it costs the program, as a factor of its time; analytics/PERFORMANCE.md has more:",
          "                     a loop of calls   a web server   written",
          "  all events                 9             1.3        360 bytes a call",
          "  --counts                   5             1.2        a few KB in all",
          "  --every 101                1.4           1.05       1.5 bytes a call",
          "",
          "Exit codes: 0 recorded, whatever the command's own exit code, which is told;",
          "2 perf (--counts: bpftrace) is missing or failed, or nothing can be written;",
          "3 the recording is empty or cannot be read.",
          "",
          "What is recorded, as far as the kernel has it, and why:");

  @Override
  public CommandSpec transform(CommandSpec spec) {
    // From the command on, everything is the command's.
    spec.parser().stopAtPositional(true);
    spec.usageMessage().footer(footer().toArray(String[]::new));
    return spec;
  }

  private static List<String> footer() {
    List<String> lines = new ArrayList<>(NOTES);
    for (RecordedEvent event : RecordedEvent.values()) {
      lines.add("  " + event.event());
      wrapped(event.why()).lines().forEach(lines::add);
    }
    return lines;
  }

  private static String wrapped(String text) {
    ColorScheme plain = new ColorScheme.Builder(Ansi.OFF).build();
    TextTable table = TextTable.forColumns(plain, new Column(WIDTH, INDENT, Column.Overflow.WRAP));
    table.indentWrappedLines = 0;
    table.addRowValues(text);
    return table.toString();
  }
}
