package org.sysretreplay.analytics.report;

import static org.sysretreplay.analytics.report.TextTable.number;

import java.util.List;
import org.sysretreplay.analytics.Tally;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.trace.Reading;

/** Describes how sure the registers are, which is the same for every model. */
public final class StagesText {

  private static final String REMEDY =
      "Fewer are early where signal:signal_deliver and raw_syscalls:sys_enter are recorded too, as record does, and where the text of perf script has its --header and the field trace.";

  private StagesText() {}

  static void write(Page page, Report report) {
    page.paragraph(sentence(report));
  }

  /** The same as a sentence. */
  public static String sentence(Report report) {
    if (report.question().reading() == Reading.AS_RECORDED) {
      return "Judged as recorded: each event's own registers, whatever the thread did next.";
    }
    Tally total = Report.total(rowsOfEveryExit(report));
    return "Registers: of %s exits, %s were returned to as recorded, %s amended by what the thread did next (a signal, a restart, ...), %s early: nothing in the trace says what came after the event."
            .formatted(
                number(total.exits()),
                number(total.count(Stage.FINAL)),
                number(total.count(Stage.AMENDED)),
                number(total.count(Stage.EARLY)))
        + remedy(report, total);
  }

  /** What to record where most frames are early although every event was to be recorded. */
  private static String remedy(Report report, Tally total) {
    boolean most = 2 * total.count(Stage.EARLY) > total.exits();
    boolean whole = !report.intake().counts().isCounted() && !report.intake().sampled().isAny();
    return most && whole ? " " + REMEDY : "";
  }

  /**
   * Rows that count every exit once: those of one model, or all rows if each trace has its own
   * model.
   */
  private static List<Report.Row> rowsOfEveryExit(Report report) {
    return report.question().models().isByTrace()
        ? report.rows()
        : report.rowsUnder(report.question().modelIds().get(0));
  }
}
