package org.sysretreplay.spark;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.choice.Columns;
import org.sysretreplay.analytics.choice.Formats;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.choice.OptionName;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Work;
import org.sysretreplay.ingest.source.TraceFormat;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.spark.source.SourceTable;

/**
 * What is asked: which sources, which models, which machine. Immutable: every method returns
 * another selection or an answer. Every answer reads the sources again.
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

  /** The sources as the user named them, separated by commas. */
  String names() {
    return String.join(", ", sources);
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
   * @throws SysretReplayException if there is no such model, or none is named
   */
  public Selection models(String... names) {
    if (names.length == 0) {
      throw new SysretReplayException(
          "models(): no model is named; name at least one, or all, or auto.");
    }
    return Failures.told(
        () -> {
          new ModelChoice(List.of(names), Machine.TRACED);
          return with(it -> it.models = List.of(names));
        });
  }

  /**
   * Groups by these columns. The default is none; the workload and the model are in every row.
   *
   * @param columns as for the option {@code --by}, for example {@code entry}, {@code syscall} and
   *     {@code window=100ms}
   * @throws SysretReplayException if there is no such column
   */
  public Selection by(String... columns) {
    List<GroupColumn> all = Failures.told(() -> Columns.of(List.of(columns)));
    return with(it -> it.by = all);
  }

  /** Counts everything under this workload, in place of each trace's own. */
  public Selection workload(String name) {
    return with(it -> it.workload = Optional.of(name).filter(text -> !text.isBlank()));
  }

  /**
   * Reads every file in this format, in place of the one detected from its first bytes.
   *
   * @param id for example {@code perf-data}; {@code auto} to detect it
   * @throws SysretReplayException if there is no such format
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
   * Judges for programs under a seccomp filter, as in containers; with {@link #untraced} the filter
   * keeps syscalls off the fast path from 4.6 on.
   */
  public Selection seccomp() {
    return with(it -> it.machine = it.machine.with(Work.SECCOMP, true));
  }

  /**
   * Judges for a kernel that audits syscalls; with {@link #untraced} this keeps them off the fast
   * path from 4.0 on.
   */
  public Selection audit() {
    return with(it -> it.machine = it.machine.with(Work.AUDIT, true));
  }

  /**
   * Judges for processors of {@code nohz_full=}; with {@link #untraced} this keeps every syscall
   * off the fast path.
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

  /** Judges each event's registers as they were recorded, whatever the thread did next. */
  public Selection asRecorded() {
    return with(it -> it.reading = Reading.AS_RECORDED);
  }

  /**
   * Skips what cannot be read, or cannot be judged by {@link #verdicts}, as long as something is
   * left; otherwise this fails the question. The notes of an answer say what was skipped.
   */
  public Selection skipUnreadable() {
    return with(it -> it.lenient = true);
  }

  /**
   * Counts how the exits returned, as the command {@code report} does.
   *
   * @throws SysretReplayException if a source cannot be read, is empty, or has no frame
   */
  public Report report() {
    return answers().report();
  }

  /**
   * Judges every frame, as the command {@code replay} does. The columns: {@code trace}, the id of
   * the frame's trace; {@code seq}, its number there from 0; {@code outcome}; {@code first_miss},
   * null if no check failed; {@code all_miss}, an array. This method reads the frames once, since
   * they may show something about their machine; they are judged whenever the Dataset is evaluated,
   * in no particular order. Of a store, those frames are judged that it held when this was called.
   *
   * @param model a model's id or a kernel's release, with policies or without, or {@code auto};
   *     {@link #models} has no effect
   * @throws SysretReplayException if there is no such model, a trace's own model is asked for and
   *     not known, or a source cannot be read or has exits that were counted together, which have
   *     no verdict each; errors that show only when frames are judged fail Spark's job
   */
  public Dataset<Row> verdicts(String model) {
    return answers().verdicts(model);
  }

  /**
   * The frames themselves, as the data sources {@code perf} and {@code sysret-store} give them:
   * each column has its description as comment and its unit in its metadata. Models, machines and
   * groupings have no effect.
   *
   * @throws SysretReplayException if a source cannot be read; errors that show only when frames are
   *     read fail Spark's job
   */
  public Dataset<Row> frames() {
    return answers().table(SourceTable.FRAMES);
  }

  /**
   * The records that are damaged and therefore no frames, with their places, reasons and remedies.
   *
   * @throws SysretReplayException as {@link #frames} does
   */
  public Dataset<Row> rejects() {
    return answers().table(SourceTable.REJECTS);
  }

  /**
   * The traces: what is known of their machines, and what became of their records.
   *
   * @throws SysretReplayException as {@link #frames} does
   */
  public Dataset<Row> traces() {
    return answers().table(SourceTable.TRACES);
  }

  /**
   * Explains one frame in words, as the command {@code explain} does: where it comes from, every
   * check of the model, what each instruction would do, and what its thread did around it.
   *
   * @param frame the frame's number, {@code seq} of {@link #verdicts}; {@code TRACE:SEQ} if the
   *     sources hold several traces, where TRACE is a workload, a trace's id, or part of one
   * @throws SysretReplayException if there is no such frame, several models are asked, or the trace
   *     cannot be read
   */
  public String explain(String frame) {
    return answers().explain(frame);
  }

  /** The models that judge. */
  ModelChoice judges() {
    return new ModelChoice(models, machine);
  }

  /** Answers this selection. */
  Answers answers() {
    return new Answers(this);
  }

  /** Whether to skip what cannot be read. */
  boolean isLenient() {
    return lenient;
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
