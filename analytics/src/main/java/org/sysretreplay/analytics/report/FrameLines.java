package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.emulator.Cause;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.Hex;
import org.sysretreplay.emulator.MissReason;
import org.sysretreplay.emulator.Register;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.emulator.Verdict;

/** The list of frames as text: the lines of each frame, and the head and foot of the list. */
public final class FrameLines {

  private static final int INDENT = 2;

  private FrameLines() {}

  /**
   * The totals of a list.
   *
   * @param shown how many frames are in the list
   * @param frames how many frames match
   * @param exits how many exits the matching frames stand for
   */
  public record Totals(long shown, long frames, long exits) implements Serializable {}

  /**
   * The lines of a frame: its name, how it returned and why; where it was seen; its registers.
   *
   * @param name the name to look the frame up by
   * @param workload the workload of its trace
   * @param model the id of the model that judged it; empty to leave it out
   */
  public static String of(
      String name, String workload, String model, ExitFrame frame, Verdict verdict) {
    Page page = new Page();
    String judge = model.isEmpty() ? "" : "by " + model;
    page.paragraph(name + "  " + words(outcome(frame, verdict), judge));
    page.indented(
        INDENT, words(workload + ":", time(frame), task(frame), entry(frame), rest(frame)));
    page.indented(INDENT, registers(frame));
    return page.toString();
  }

  private static String words(String... words) {
    return Stream.of(words).filter(it -> !it.isEmpty()).collect(Collectors.joining(" "));
  }

  private static String outcome(ExitFrame frame, Verdict verdict) {
    return words(
        verdict.outcome().name(),
        verdict.firstMiss().map(MissReason::name).orElse(""),
        frame.cause().map(Cause::key).orElse(""));
  }

  private static String time(ExitFrame frame) {
    String cpu = frame.cpu().isPresent() ? "cpu " + frame.cpu().getAsLong() : "";
    return frame.timeNanos().isPresent()
        ? words(ClockText.seconds(frame.timeNanos().getAsLong()), cpu)
        : cpu;
  }

  private static String task(ExitFrame frame) {
    String tid = frame.task().tid().isPresent() ? "/" + frame.task().tid().getAsLong() : "";
    return frame.task().comm().orElse("") + tid;
  }

  private static String entry(ExitFrame frame) {
    boolean code32 = frame.entry() == EntryKind.COMPAT;
    if (frame.syscall().isEmpty()) {
      return frame.entry().key();
    }
    String call = SyscallText.exit(code32, frame.syscall().getAsLong(), frame.result());
    return words(frame.entry() == EntryKind.SYSCALL ? "" : frame.entry().key(), call);
  }

  private static String rest(ExitFrame frame) {
    List<String> rest = new ArrayList<>();
    if (frame.assembly().stage() != Stage.FINAL) {
      rest.add(frame.assembly().stage().key());
    }
    if (frame.count() > 1) {
      rest.add(number(frame.count()) + " exits counted together");
    }
    return rest.isEmpty() ? "" : "(" + String.join(", ", rest) + ")";
  }

  private static String registers(ExitFrame frame) {
    return Stream.of(Register.values())
        .map(it -> it.key() + "=" + Hex.of(it.of(frame.registers())))
        .collect(Collectors.joining(" "));
  }

  /**
   * The head of a list.
   *
   * @param judge who judged the frames, as part of a sentence
   * @param asked which frames were asked for, as part of a sentence; empty if all were
   */
  public static String head(String judge, String asked) {
    String of = asked.isEmpty() ? "" : " of " + asked;
    return new Page().title("Frames%s, judged by %s".formatted(of, judge)).space().toString();
  }

  /**
   * The foot of a list.
   *
   * @param explain the command that explains one of the frames; empty if none can be explained
   */
  public static String foot(Totals totals, String explain, Intake intake) {
    Page page = new Page();
    if (totals.shown() > 0) {
      page.space();
    }
    page.paragraph(sentence(totals));
    if (!explain.isEmpty()) {
      page.paragraph("To hear the story of one:").line("  " + explain);
    }
    IntakeText.write(page.space(), "Input", intake);
    return page.toString();
  }

  private static String sentence(Totals totals) {
    if (totals.frames() == 0) {
      return "There are none.";
    }
    String exits =
        totals.exits() > totals.frames()
            ? ", which stand for %s exits,".formatted(number(totals.exits()))
            : "";
    String more =
        totals.shown() < totals.frames()
            ? "; --limit N shows more, --limit all shows them all."
            : ".";
    return "%s of %s frames%s shown%s"
        .formatted(number(totals.shown()), number(totals.frames()), exits, more);
  }
}
