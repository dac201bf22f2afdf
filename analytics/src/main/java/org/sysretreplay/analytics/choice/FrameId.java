package org.sysretreplay.analytics.choice;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.FrameSource;

/**
 * The name of a frame: {@code 12}, or {@code TRACE:12} if there are several traces.
 *
 * @param trace a trace's id, its workload, or a part of both
 * @param seq the frame's number in its trace
 */
record FrameId(Optional<String> trace, long seq) {

  private static final Pattern SYNTAX =
      Pattern.compile("(?:(?<trace>.+):)?(?<seq>\\d{1,18})", Pattern.DOTALL);

  /** How many traces a message lists. */
  private static final int LISTED = 20;

  /**
   * Parses the text.
   *
   * @throws ChoiceException if it is not a frame's name
   */
  static FrameId parse(String text) {
    Matcher id = SYNTAX.matcher(text);
    if (!id.matches()) {
      throw ChoiceException.of(
          "%s: this is no frame; give the number (seq) that replay shows, as in 12, or in TRACE:12.",
          text);
    }
    return new FrameId(Optional.ofNullable(id.group("trace")), Long.parseLong(id.group("seq")));
  }

  /** The text of a frame's name. */
  static String name(String trace, long seq) {
    return trace + ":" + seq;
  }

  /**
   * The trace that is meant.
   *
   * @param source the source of the traces, for messages
   * @param traces at least one
   * @throws ChoiceException if no trace matches, or several do
   */
  FrameSource choose(List<FrameSource> traces, String source) {
    if (trace.isEmpty()) {
      return theOnly(traces, source);
    }
    String part = trace.get();
    List<FrameSource> meant = meant(traces, part);
    if (meant.isEmpty()) {
      throw ChoiceException.of(
          "%s: no trace in %s is called so; choose from %s.", part, source, list(traces));
    }
    if (meant.size() > 1) {
      throw ChoiceException.of(
          "%s: %d traces in %s are called so; name one of %s.",
          part, meant.size(), source, list(meant));
    }
    return meant.get(0);
  }

  private FrameSource theOnly(List<FrameSource> traces, String source) {
    if (traces.size() > 1) {
      throw ChoiceException.of(
          "%s: there are %d traces; say which, as in %s:%d: %s.",
          source, traces.size(), traces.get(0).name(), seq, list(traces));
    }
    return traces.get(0);
  }

  /** The traces that match best: an exact match comes before a partial one. */
  private static List<FrameSource> meant(List<FrameSource> traces, String part) {
    List<Predicate<FrameSource>> rules =
        List.of(
            it -> it.traceId().equals(part),
            it -> it.name().equals(part),
            it -> it.workload().equals(part),
            it -> it.name().contains(part));
    return rules.stream()
        .map(rule -> traces.stream().filter(rule).toList())
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  private static String list(List<FrameSource> traces) {
    String names =
        traces.stream().limit(LISTED).map(FrameSource::name).collect(Collectors.joining(", "));
    return traces.size() > LISTED
        ? names + " and %d more".formatted(traces.size() - LISTED)
        : names;
  }
}
