package org.sysretreplay.analytics.report;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.sysretreplay.analytics.FrameStory;
import org.sysretreplay.analytics.ThreadEvent;

/** What the frame's thread did before it and after it. */
final class ThreadText {

  /** What an event's name starts with and can be told without. */
  private static final Pattern SUBSYSTEM = Pattern.compile("^\\w+:(?=\\w)");

  private static final int MAX_EVENT = 26;

  private record Row(String seq, String time, String event, String words) {}

  private ThreadText() {}

  static void write(Page page, FrameStory story) {
    if (story.events().isEmpty()) {
      page.title("The recording does not name the thread, so its other events are not known.");
      return;
    }
    page.title("The thread around it, in microseconds from the frame");
    if (story.framesOnly()) {
      page.item("  ", "This source keeps frames and no other events.");
    }
    List<Row> rows = story.events().stream().map(it -> row(it, story)).toList();
    int seq = rows.stream().mapToInt(it -> it.seq().length()).max().orElse(1);
    int time = rows.stream().mapToInt(it -> it.time().length()).max().orElse(1);
    int event = rows.stream().mapToInt(it -> it.event().length()).max().orElse(1);
    String layout = "  %%%ds  %%%ds  %%-%ds  ".formatted(seq, time, event);
    rows.forEach(it -> page.item(layout.formatted(it.seq(), it.time(), it.event()), it.words()));
  }

  private static Row row(ThreadEvent event, FrameStory story) {
    boolean itself = event.isFrame(story.frame().seq());
    String number = event.seq().isPresent() ? "#" + event.seq().getAsLong() : "";
    return new Row(
        itself ? "> " + number : number,
        time(event.timeNanos(), story.frame().timeNanos()),
        shorten(SUBSYSTEM.matcher(event.event()).replaceFirst("")),
        itself ? "this frame: " + EventWords.of(event) : EventWords.of(event));
  }

  private static String time(OptionalLong time, OptionalLong from) {
    return time.isPresent() && from.isPresent()
        ? Clock.micros(time.getAsLong() - from.getAsLong())
        : "?";
  }

  private static String shorten(String event) {
    return event.length() <= MAX_EVENT ? event : event.substring(0, MAX_EVENT - 2) + "..";
  }
}
