package org.sysretreplay.ingest.perfscript;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.sample.TracepointPeriod;
import org.sysretreplay.ingest.trace.Sampling;
import org.sysretreplay.ingest.trace.TraceHeader;

/**
 * Parses the comment lines of {@code perf script --header}, such as {@code # os release : 6.1.0}.
 */
final class ScriptHeader {

  private static final Pattern EVENT = Pattern.compile("^# event : name = ([^,\\s]+),");

  private static final Pattern PERIOD = Pattern.compile("sample_freq } = (\\d{1,18}),");
  private static final Pattern FREQUENCY = Pattern.compile(", freq = 1\\b");
  private static final Pattern SHOWS_PERIOD =
      Pattern.compile(", sample_type = [A-Z_|]*\\bPERIOD\\b");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

  private ScriptHeader() {}

  /**
   * The event that a line such as {@code # event : name = raw_syscalls:sys_exit, , id = ...} names.
   */
  static Optional<String> event(String line) {
    Matcher event = EVENT.matcher(line);
    return event.find() ? Optional.of(event.group(1)) : Optional.empty();
  }

  /** Which of its events are recorded, as the line of an event tells it. */
  static Sampling sampling(String line) {
    Matcher period = PERIOD.matcher(line);
    return period.find()
        ? TracepointPeriod.sampling(
            Long.parseLong(period.group(1)),
            FREQUENCY.matcher(line).find(),
            SHOWS_PERIOD.matcher(line).find())
        : Sampling.NOT_TOLD;
  }

  /** The header with what one comment line adds to it. */
  static TraceHeader with(TraceHeader header, String line) {
    int colon = line.indexOf(" : ");
    if (colon < 0) {
      return header;
    }
    String value = line.substring(colon + 3).strip();
    return switch (line.substring(1, colon).strip()) {
      case "os release" -> header.withKernelRelease(value);
      case "perf version" -> header.withPerfVersion(value);
      case "hostname" -> header.withHostname(value);
      case "arch" -> header.withArch(value);
      case "cmdline" -> header.withCommandLine(value);
      case "cpudesc" -> header.withProcessors(header.processors().withDescription(value));
      case "cpuid" -> header.withProcessors(header.processors().withId(value));
      case "nrcpus online" -> header.withProcessors(header.processors().withOnline(number(value)));
      default -> header;
    };
  }

  /** The number; 0 if the text is none. */
  private static long number(String value) {
    return NUMBER.matcher(value).matches() ? Long.parseLong(value) : 0;
  }
}
