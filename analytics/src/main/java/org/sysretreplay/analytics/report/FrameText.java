package org.sysretreplay.analytics.report;

import org.sysretreplay.analytics.FrameStory;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Machine;

/** The story of one frame: a section for each thing that a reader wants to know of it. */
public final class FrameText {

  /** Registers by hand were recorded on no kernel. */
  private static final String NO_RELEASE = "";

  private FrameText() {}

  /**
   * The story of a frame of a trace under one model.
   *
   * @param kernelRelease the release of the kernel that was recorded; empty where the trace does
   *     not say
   */
  public static String explain(
      ExitModel model, Machine machine, FrameStory story, String kernelRelease) {
    Page page = new Page();
    OriginText.write(page, story);
    judge(page, new JudgedFrame(model, machine, story.frame(), kernelRelease));
    ThreadText.write(page, story);
    return page.toString();
  }

  /** The story of a frame that was made by hand. */
  public static String explain(ExitModel model, Machine machine, ExitFrame frame) {
    Page page = new Page();
    OriginText.write(page, frame);
    judge(page, new JudgedFrame(model, machine, frame, NO_RELEASE));
    return page.toString();
  }

  private static void judge(Page page, JudgedFrame judged) {
    RegistersText.write(page, judged.frame());
    ChecksText.write(page, judged);
    OutcomeText.write(page, judged);
    InstructionsText.write(page, judged);
    CauseText.write(page, judged);
  }
}
