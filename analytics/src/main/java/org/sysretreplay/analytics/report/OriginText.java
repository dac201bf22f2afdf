package org.sysretreplay.analytics.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.sysretreplay.analytics.FrameStory;
import org.sysretreplay.emulator.Assembly.Recorded;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.EntryPath;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Stage;

/**
 * The section on a frame's origin: which frame it is, how the kernel was entered, and how sure its
 * registers are.
 */
final class OriginText {

  private OriginText() {}

  static void write(Page page, FrameStory story) {
    ExitFrame frame = story.frame();
    page.title("Frame %d of %s/%s".formatted(frame.seq(), story.workload(), story.traceId()));
    place(page, frame);
    frame.event().ifPresent(it -> page.item("  event    ", it));
    frame.syscall().ifPresent(it -> page.item("  syscall  ", syscall(frame, it)));
    entry(page, frame);
    Stage stage = frame.assembly().stage();
    page.item("  stage    ", stage.key() + ": " + stage.sentence());
  }

  static void write(Page page, ExitFrame byHand) {
    page.title("A frame by hand");
    byHand.syscall().ifPresent(it -> page.item("  syscall  ", syscall(byHand, it)));
    entry(page, byHand);
  }

  private static void place(Page page, ExitFrame frame) {
    List<String> place = new ArrayList<>();
    frame.timeNanos().ifPresent(it -> place.add("at " + ClockText.seconds(it) + " s"));
    frame.cpu().ifPresent(it -> place.add("on CPU " + it));
    item(page, "  seen     ", place);
    List<String> task = new ArrayList<>();
    frame.task().comm().ifPresent(task::add);
    add(task, "pid ", frame.task().pid());
    add(task, "tid ", frame.task().tid());
    item(page, "  thread   ", task);
  }

  private static void add(List<String> to, String name, OptionalLong value) {
    value.ifPresent(it -> to.add(name + it));
  }

  private static void item(Page page, String label, List<String> parts) {
    if (!parts.isEmpty()) {
      page.item(label, String.join(", ", parts));
    }
  }

  private static String syscall(ExitFrame frame, long number) {
    // The number of execve belongs to the program that called it, not to the one it started, which
    // may be 32-bit code.
    boolean code32 = frame.entry() == EntryKind.COMPAT && frame.path() != EntryPath.EXECVE;
    return SyscallText.exit(code32, number, frame.result());
  }

  private static void entry(Page page, ExitFrame frame) {
    page.item("  entered  ", "by " + frame.entry().sentence());
    EntryPath path = frame.path();
    page.item("  path     ", path.key() + ": " + path.sentence());
    frame
        .assembly()
        .recorded()
        .map(Recorded::path)
        .filter(it -> it != path)
        .ifPresent(it -> page.item("           ", "(the event alone shows " + it.key() + ")"));
  }
}
