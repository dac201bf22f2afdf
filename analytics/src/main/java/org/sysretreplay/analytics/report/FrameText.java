package org.sysretreplay.analytics.report;

import org.sysretreplay.analytics.FrameStory;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Question.Models;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Judge;
import org.sysretreplay.emulator.Machine;

/**
 * The story of one frame as text, in sections: origin, registers, checks, outcome, instructions,
 * cause and thread.
 */
public final class FrameText {

  /** A frame made by hand was recorded on no kernel. */
  private static final String NO_RELEASE = "";

  private FrameText() {}

  /**
   * The story of a recorded frame under one model, with the verdict of its own kernel.
   *
   * @param models one model, or one for each trace
   */
  public static String explain(Models models, Machines machines, FrameStory story) {
    Page page = new Page();
    OriginText.write(page, story);
    String trace = story.traceId();
    JudgedFrame judged = new JudgedFrame(models.judges(machines, trace).get(0), story.frame());
    verdict(page, judged);
    machines
        .ownJudge(trace)
        .filter(it -> !it.model().id().equals(judged.model().id()))
        .map(it -> new JudgedFrame(it, story.frame()))
        .ifPresent(it -> OutcomeText.writeOwn(page, it, machines.of(trace).release()));
    reasons(page, judged);
    ThreadText.write(page, story);
    return page.toString();
  }

  /** The story of a frame that was made by hand. */
  public static String explain(ExitModel model, Machine machine, ExitFrame frame) {
    Page page = new Page();
    OriginText.write(page, frame);
    JudgedFrame judged = new JudgedFrame(new Judge(model, machine, NO_RELEASE), frame);
    verdict(page, judged);
    reasons(page, judged);
    return page.toString();
  }

  private static void verdict(Page page, JudgedFrame judged) {
    RegistersText.write(page, judged.frame());
    ChecksText.write(page, judged);
    OutcomeText.write(page, judged);
  }

  private static void reasons(Page page, JudgedFrame judged) {
    InstructionsText.write(page, judged);
    CauseText.write(page, judged);
  }
}
