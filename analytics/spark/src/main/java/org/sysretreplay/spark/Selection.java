package org.sysretreplay.spark;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sysretreplay.analytics.Answer;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Intake;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.TallyTable;
import org.sysretreplay.analytics.choice.Columns;
import org.sysretreplay.analytics.choice.Formats;
import org.sysretreplay.analytics.choice.FoundSources;
import org.sysretreplay.analytics.choice.FrameChoice;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.choice.OptionName;
import org.sysretreplay.analytics.choice.Sentence;
import org.sysretreplay.analytics.choice.Settled;
import org.sysretreplay.analytics.report.FrameText;
import org.sysretreplay.analytics.verdict.VerdictQuestion;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Work;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Bounds;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;
import org.sysretreplay.spark.source.SourceTable;

/**
 * What is asked: of which sources, by which models, for what machine. A value: every method gives
 * another selection, or an answer, and changes nothing. Sources are read anew by every answer.
 */
public final class Selection {

  private final Session session;
  private final List<String> sources;
  private Optional<String> workload = Optional.empty();
  private Optional<TraceFormat> format = Optional.empty();
  private List<String> models = List.of(ModelChoice.USUAL);
  private List<GroupColumn> by = List.of();
  private Machine machine = Machine.TRACED;
  private Reading reading = Reading.ASSEMBLED;
  private boolean lenient;

  Selection(Session session, List<String> sources) {
    this.session = session;
    this.sources = List.copyOf(sources);
  }

  private Selection with(Consumer<Selection> change) {
    Selection copy = new Selection(session, sources);
    copy.workload = workload;
    copy.format = format;
    copy.models = models;
    copy.by = by;
    copy.machine = machine;
    copy.reading = reading;
    copy.lenient = lenient;
    change.accept(copy);
    return copy;
  }

  /**
   * Judges by these models, in place of {@code seed}.
   *
   * @param names ids of models or releases of kernels, with policies or without ({@code linux-6.9},
   *     {@code 5.14.0-427.el9.x86_64}, {@code seed+exec-hits}); or {@code all} alone; or {@code
   *     auto} alone for the model of the kernel that each trace was recorded on
   * @throws SysretReplayException where there is no such model
   */
  public Selection models(String... names) {
    return Failures.told(
        () -> {
          new ModelChoice(List.of(names), Machine.TRACED);
          return with(it -> it.models = List.of(names));
        });
  }

  /**
   * Groups by these columns, in place of none; the workload and the model are in every row.
   *
   * @param columns keys of the option {@code --by}, such as {@code entry} and {@code syscall}
   * @throws SysretReplayException where there is no such column
   */
  public Selection by(String... columns) {
    List<GroupColumn> all = Failures.told(() -> Columns.of(List.of(columns)));
    return with(it -> it.by = all);
  }

  /** Counts everything under this name, in place of each trace's own. */
  public Selection workload(String name) {
    return with(it -> it.workload = Optional.of(name).filter(text -> !text.isBlank()));
  }

  /**
   * Reads every file in this format, in place of the one that its first bytes show.
   *
   * @param id such as {@code perf-data}; {@code auto} for the usual
   * @throws SysretReplayException where there is no such format
   */
  public Selection format(String id) {
    Optional<TraceFormat> asked = Failures.told(() -> Formats.of(OptionName.INPUT_FORMAT, id));
    return with(it -> it.format = asked);
  }

  /**
   * Judges what the kernel would have done unobserved: recording the syscall events keeps syscalls
   * off the unchecked fast path.
   */
  public Selection untraced() {
    return with(it -> it.machine = it.machine.with(Work.TRACING, false));
  }

  /**
   * Judges for programs under a seccomp filter, as in containers; with {@link #untraced} it keeps
   * syscalls off the fast path from 4.6 on.
   */
  public Selection seccomp() {
    return with(it -> it.machine = it.machine.with(Work.SECCOMP, true));
  }

  /**
   * Judges for a kernel that audits syscalls; with {@link #untraced} it keeps them off the fast
   * path from 4.0 on.
   */
  public Selection audit() {
    return with(it -> it.machine = it.machine.with(Work.AUDIT, true));
  }

  /**
   * Judges for processors of {@code nohz_full=}; with {@link #untraced} it keeps every syscall off
   * the fast path.
   */
  public Selection nohzFull() {
    return with(it -> it.machine = it.machine.with(Work.NOHZ_FULL, true));
  }

  /**
   * Judges for kernels before 4.0 that have the fix of CVE-2015-2830, as stable 3.x kernels do:
   * 64-bit children of fork leave the fast path.
   */
  public Selection patchedForkChildren() {
    return with(it -> it.machine = it.machine.withPatchedForkChildren(true));
  }

  /** Judges for a kernel with 5-level paging. */
  public Selection la57() {
    return with(it -> it.machine = it.machine.withLa57(true));
  }

  /** Judges for a paravirtualised Xen guest. */
  public Selection xenPv() {
    return with(it -> it.machine = it.machine.withXenPv(true));
  }

  /** Judges each event's registers as it carried them, whatever the thread did next. */
  public Selection asRecorded() {
    return with(it -> it.reading = Reading.AS_RECORDED);
  }

  /**
   * Passes over what cannot be read, or not be judged by {@link #verdicts}, which fails the
   * question otherwise, as long as there is anything else. The notes of an answer say what was
   * passed over.
   */
  public Selection skipUnreadable() {
    return with(it -> it.lenient = true);
  }

  /**
   * Counts how the exits returned, as the command {@code report} does.
   *
   * @throws SysretReplayException where a source cannot be read, or no record of any is a frame
   */
  public Report report() {
    return Failures.told(
        () -> {
          Notes notes = new Notes();
          Engine engine = session.engine();
          FoundSources found = find(notes);
          ModelChoice judges = judges();
          notes.add(found.doubles(engine));
          Settled<org.sysretreplay.analytics.report.Report> settled =
              Settled.ask(
                  known(judges, found, engine),
                  machines -> report(judges, machines, found, engine),
                  it -> it.intake().signs());
          notes.add(judges, settled.machines(), settled.signs());
          requireFrames(settled.answer().intake(), notes);
          return new Report(session, settled.answer(), notes.all());
        });
  }

  private org.sysretreplay.analytics.report.Report report(
      ModelChoice judges, Machines machines, FoundSources found, Engine engine) {
    Question question = new Question(judges.models(machines), machines, reading, by);
    return org.sysretreplay.analytics.report.Report.of(
        question,
        engine.answer("sysret-replay report", question, judges.judged(found.inputs(), machines)));
  }

  private Machines known(ModelChoice judges, FoundSources found, Engine engine) {
    return judges.learnt(found.machines(judges.machine(), engine), found.inputs(), reading, engine);
  }

  /**
   * Judges every frame, as the command {@code replay} does. The columns: {@code trace}, the id of
   * the frame's trace; {@code seq}, its number there from 0; {@code outcome}; {@code first_miss},
   * null where no check failed; {@code all_miss}, an array. Frames are looked at once when this is
   * called, since they may show what machine they are judged for, and judged whenever the Dataset
   * is asked, in no order; of stores, those that they held when this was called.
   *
   * @param model a model's id or a kernel's release, with policies or without, or {@code auto};
   *     {@link #models} is not asked
   * @throws SysretReplayException where there is no such model, a trace's own is asked for and not
   *     known, or a source cannot be read; what shows only when frames are judged fails Spark's job
   */
  public Dataset<Row> verdicts(String model) {
    return Failures.told(
        () -> {
          ModelChoice judges = new ModelChoice(List.of(model), machine);
          requireOne(judges, "verdicts(" + model + ")");
          Notes notes = new Notes();
          Engine engine = session.engine();
          FoundSources found = find(notes);
          Settled<Answer<TallyTable>> settled =
              Settled.ask(
                  known(judges, found, engine),
                  machines -> look(judges, machines, found, engine),
                  it -> it.intake().signs());
          Machines machines = settled.machines();
          Intake intake = settled.answer().intake();
          notes.add(judges.unjudged(machines));
          requireAllJudged(judges, machines);
          requireFrames(intake, notes);
          return session.verdicts(
              new VerdictQuestion(judges.models(machines), machines, reading),
              judges.judged(found.inputs(), machines).without(intake.refused().keySet()));
        });
  }

  /** A Dataset has no notes that could tell what is not in it. */
  private void requireAllJudged(ModelChoice judges, Machines machines) {
    List<Sentence> unjudged = judges.unjudged(machines);
    if (!unjudged.isEmpty() && !lenient) {
      throw new SysretReplayException(
          unjudged.stream().map(Sentence::inPrograms).collect(Collectors.joining(" ")));
    }
  }

  /** Frames may show what machine they are judged for. */
  private Answer<TallyTable> look(
      ModelChoice judges, Machines machines, FoundSources found, Engine engine) {
    Question question = new Question(judges.models(machines), machines, reading, List.of());
    return engine.answer(
        "sysret-replay verdicts", question, judges.judged(found.inputs(), machines));
  }

  private static void requireOne(ModelChoice judges, String what) {
    if (!judges.isOne()) {
      throw new SysretReplayException(what + ": one model judges; name it.");
    }
  }

  /**
   * The frames themselves, as the data sources {@code perf} and {@code sysret-store} give them:
   * each column has its sentence as comment and its unit in its metadata. Models, machines and
   * groupings are not asked.
   *
   * @throws SysretReplayException where a source cannot be read; what shows only when frames are
   *     read fails Spark's job
   */
  public Dataset<Row> frames() {
    return table(SourceTable.FRAMES);
  }

  /**
   * The records that are no frames because they are damaged, with their places, reasons and
   * remedies.
   *
   * @throws SysretReplayException as {@link #frames} does
   */
  public Dataset<Row> rejects() {
    return table(SourceTable.REJECTS);
  }

  /**
   * The traces: what is known of their machines, and what became of their records.
   *
   * @throws SysretReplayException as {@link #frames} does
   */
  public Dataset<Row> traces() {
    return table(SourceTable.TRACES);
  }

  private Dataset<Row> table(SourceTable table) {
    return Failures.told(() -> session.table(table, this, find(new Notes()).inputs()));
  }

  /**
   * Explains one frame in words, as the command {@code explain} does: where it comes from, every
   * check of the model, what each instruction would do, and what its thread did around it.
   *
   * @param frame the frame's number, {@code seq} of {@link #verdicts}; {@code TRACE:SEQ} where the
   *     sources hold several traces, by a workload, a trace's id, or part of one
   * @throws SysretReplayException where there is no such frame, several models are asked, or the
   *     trace cannot be read
   */
  public String explain(String frame) {
    return Failures.told(
        () -> {
          ModelChoice judges = judges();
          requireOne(judges, "explain, of models(" + String.join(", ", models) + ")");
          FrameChoice chosen =
              FrameChoice.find(
                  session.places().of(sources),
                  frame,
                  format,
                  Bounds.USUAL,
                  reading,
                  session.engine().workers().fileSystemOptions(),
                  this::requireReadable);
          Machines machines = chosen.machines(judges.machine());
          return FrameText.explain(judges.models(machines), machines, chosen.story());
        });
  }

  private void requireReadable(TraceException unreadable) {
    if (!lenient) {
      throw unreadable;
    }
  }

  /**
   * What can be read of the sources.
   *
   * @throws SysretReplayException where something cannot, and is not to be passed over
   */
  FoundSources find(Notes notes) {
    FoundSources found = FoundSources.find(session.places().of(sources), workload, format);
    if (!found.unreadable().isEmpty() && (!lenient || found.isEmpty())) {
      throw new SysretReplayException(
          found.unreadable().stream()
              .map(TraceException::getMessage)
              .collect(Collectors.joining(" ")));
    }
    notes.add(found);
    return found;
  }

  /** Whether what cannot be read is passed over. */
  boolean isLenient() {
    return lenient;
  }

  /** The models that judge. */
  ModelChoice judges() {
    return new ModelChoice(models, machine);
  }

  /**
   * Notes what became of the records.
   *
   * @throws SysretReplayException where none of them is a frame, and that is not to be passed over
   */
  void requireFrames(Intake intake, Notes notes) {
    notes.add(intake);
    if (!intake.isSound() && !lenient) {
      throw new SysretReplayException(String.join(" ", notes.all()));
    }
  }

  /**
   * Makes sure that there are frames.
   *
   * @throws SysretReplayException where there is none, and that is not to be passed over
   */
  void requireFrames(Counts counts, Notes notes) {
    if (counts.nothingAccepted() && !lenient) {
      throw new SysretReplayException(String.join(" ", notes.all()));
    }
  }

  Session session() {
    return session;
  }

  List<String> sources() {
    return sources;
  }

  Optional<String> workload() {
    return workload;
  }

  Optional<TraceFormat> format() {
    return format;
  }

  List<String> models() {
    return models;
  }

  List<GroupColumn> by() {
    return by;
  }

  Machine machine() {
    return machine;
  }

  Reading reading() {
    return reading;
  }
}
