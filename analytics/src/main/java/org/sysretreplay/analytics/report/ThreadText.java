package org.sysretreplay.analytics.report;

import java.util.List;
import java.util.OptionalLong;
import org.sysretreplay.analytics.FrameStory;
import org.sysretreplay.analytics.ThreadEvent;

/** The section on what the frame's thread did before and after it. */
final class ThreadText {

  private static final int MAX_EVENT = 26;

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
    if (story.sampling().isSampled()) {
      page.item(
          "  ",
          "Sampled, %s: the others that stand between these were not recorded."
              .formatted(story.sampling().sentence()));
    }
    TextTable table = new TextTable(Page.WIDTH).indent(2);
    table.right("").right("").left("", MAX_EVENT).wrapped("");
    story.events().forEach(it -> table.row(row(it, story)));
    page.table(table);
  }

  private static List<String> row(ThreadEvent event, FrameStory story) {
    boolean itself = event.isFrame(story.frame().seq());
    String number = event.seq().isPresent() ? "#" + event.seq().getAsLong() : "";
    return List.of(
        itself ? "> " + number : number,
        time(event.timeNanos(), story.frame().timeNanos()),
        EventName.withoutSubsystem(event.event()),
        itself ? "this frame: " + EventWords.of(event) : EventWords.of(event));
  }

  private static String time(OptionalLong time, OptionalLong from) {
    return time.isPresent() && from.isPresent()
        ? ClockText.micros(time.getAsLong() - from.getAsLong())
        : "?";
  }
}
