package org.sysretreplay.ingest.perfscript;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sysretreplay.ingest.sample.TracepointPeriod;
import org.sysretreplay.ingest.text.HeaderFact;
import org.sysretreplay.ingest.trace.Sampling;

/**
 * Parses the comment lines of {@code perf script --header}, such as {@code # os release : 6.1.0}.
 */
final class ScriptHeader {

  private static final Pattern EVENT = Pattern.compile("^# event : name = ([^,\\s]+),");

  private static final Pattern PERIOD = Pattern.compile("sample_freq } = (\\d{1,18}),");
  private static final Pattern FREQUENCY = Pattern.compile(", freq = 1\\b");
  private static final Pattern SHOWS_PERIOD =
      Pattern.compile(", sample_type = [A-Z_|]*\\bPERIOD\\b");

  private static final String COLON = " : ";

  private static final Map<String, HeaderFact> FACTS =
      Map.of(
          "os release", HeaderFact.KERNEL_RELEASE,
          "perf version", HeaderFact.PERF_VERSION,
          "hostname", HeaderFact.HOSTNAME,
          "arch", HeaderFact.ARCH,
          "cmdline", HeaderFact.COMMAND_LINE,
          "cpudesc", HeaderFact.CPU_DESCRIPTION,
          "cpuid", HeaderFact.CPU_ID,
          "nrcpus online", HeaderFact.CPUS_ONLINE);

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

  /** The fact about the recording that a line such as {@code # arch : x86_64} states. */
  static Optional<HeaderFact> fact(String line) {
    int colon = line.indexOf(COLON);
    return colon < 0
        ? Optional.empty()
        : Optional.ofNullable(FACTS.get(line.substring(1, colon).strip()));
  }

  /** What stands behind the first colon of such a line. */
  static String value(String line) {
    return line.substring(line.indexOf(COLON) + COLON.length()).strip();
  }
}
