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

  /** The sources as they were named. */
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
   * @param columns as the option {@code --by} takes them, such as {@code entry}, {@code syscall}
   *     and {@code window=100ms}
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
    return answers().report();
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
    return answers().verdicts(model);
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
    return answers().table(SourceTable.FRAMES);
  }

  /**
   * The records that are no frames because they are damaged, with their places, reasons and
   * remedies.
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
   * @param frame the frame's number, {@code seq} of {@link #verdicts}; {@code TRACE:SEQ} where the
   *     sources hold several traces, by a workload, a trace's id, or part of one
   * @throws SysretReplayException where there is no such frame, several models are asked, or the
   *     trace cannot be read
   */
  public String explain(String frame) {
    return answers().explain(frame);
  }

  /** The models that judge. */
  ModelChoice judges() {
    return new ModelChoice(models, machine);
  }

  /** What answers it. */
  Answers answers() {
    return new Answers(this);
  }

  /** Whether what cannot be read is passed over. */
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
