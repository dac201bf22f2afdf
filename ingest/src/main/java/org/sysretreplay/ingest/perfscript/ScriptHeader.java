package org.sysretreplay.ingest.perfscript;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.trace.TraceHeader;

/** The comment lines of {@code perf script --header}: {@code # os release : 6.1.0}. */
final class ScriptHeader {

  private static final Pattern EVENT = Pattern.compile("^# event : name = ([^,\\s]+),");

  private ScriptHeader() {}

  /** The event that a line {@code # event : name = raw_syscalls:sys_exit, , id = ...} tells of. */
  static Optional<String> event(String line) {
    Matcher event = EVENT.matcher(line);
    return event.find() ? Optional.of(event.group(1)) : Optional.empty();
  }

  /** The header with what one comment line adds to it. */
  static TraceHeader with(TraceHeader header, String line) {
    int colon = line.indexOf(" : ");
    if (colon < 0) {
      return header;
    }
    String value = line.substring(colon + 3).strip();
    return switch (line.substring(1, colon).strip()) {
      case "os release" ->
          new TraceHeader(
              value, header.perfVersion(), header.hostname(), header.arch(), header.commandLine());
      case "perf version" ->
          new TraceHeader(
              header.kernelRelease(),
              value,
              header.hostname(),
              header.arch(),
              header.commandLine());
      case "hostname" ->
          new TraceHeader(
              header.kernelRelease(),
              header.perfVersion(),
              value,
              header.arch(),
              header.commandLine());
      case "arch" ->
          new TraceHeader(
              header.kernelRelease(),
              header.perfVersion(),
              header.hostname(),
              value,
              header.commandLine());
      case "cmdline" ->
          new TraceHeader(
              header.kernelRelease(),
              header.perfVersion(),
              header.hostname(),
              header.arch(),
              value);
      default -> header;
    };
  }
}
