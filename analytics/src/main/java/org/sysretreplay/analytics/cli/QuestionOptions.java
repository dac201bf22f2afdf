package org.sysretreplay.analytics.cli;

import java.util.List;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Inputs;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.SiteQuestion;
import org.sysretreplay.analytics.choice.Columns;
import org.sysretreplay.analytics.choice.ModelChoice;
import org.sysretreplay.analytics.cli.ReportOutput.Format;
import org.sysretreplay.emulator.Machine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a report's question: models, grouping and machine. */
final class QuestionOptions {

  @Option(
      names = "--model",
      split = ",",
      converter = Stripped.class,
      paramLabel = "ID",
      defaultValue = "seed",
      completionCandidates = Names.ManyModels.class,
      description =
          "Models to judge by: ids of \"models\" or kernel releases (6.12), with policies"
              + " (seed+exec-hits) or without, \"all\", or \"auto\" for the kernel that each trace"
              + " was recorded on (default: ${DEFAULT-VALUE}).")
  private List<String> models = List.of();

  @Option(
      names = "--by",
      split = ",",
      converter = Stripped.class,
      paramLabel = "COLUMN",
      completionCandidates = Names.Columns.class,
      description =
          "What to group by: ${COMPLETION-CANDIDATES} (default: entry for text and Markdown, else nothing). The width"
              + " of windows is a number with its unit, as in window=100ms: ns, us, ms, s, m or h.")
  private List<String> by;

  @Mixin private MachineOptions machine = new MachineOptions();

  /**
   * Checks the options before any work is done.
   *
   * @throws UsageException if one of them makes no sense
   */
  void prepare(Format format) {
    argument();
    columns(format);
  }

  private ModelChoice argument() {
    return new ModelChoice(models, machine.machine());
  }

  /** The names of the models, each once: {@code auto} if that was asked for, else all ids. */
  List<String> names(Machines machines) {
    ModelChoice choice = argument();
    return models.equals(List.of(ModelChoice.AUTO)) ? models : choice.models(machines).ids();
  }

  /** The machine asked for. */
  Machine machine() {
    return argument().machine();
  }

  /**
   * The question, with the default grouping of the format if none was asked for.
   *
   * @throws UsageException if a trace's own model is asked for and not known
   */
  Question question(Format format, Machines machines) {
    return new Question(argument().models(machines), machines, machine.reading(), columns(format));
  }

  /** Whether each frame is judged by one model only. */
  boolean isOneModel() {
    return argument().isOne();
  }

  /** The id of the one model, or {@code auto} if each trace has its own. */
  String modelId() {
    return argument().id();
  }

  /** The question where the misses under the one model return to. */
  SiteQuestion sites(Machines machines) {
    return new SiteQuestion(argument().models(machines), machines, machine.reading());
  }

  /**
   * What is known of the machines, including what only the frames can show; reads these if needed.
   */
  Machines learnt(Machines known, Inputs inputs, Engine engine) {
    return argument().learnt(known, inputs, machine.reading(), engine);
  }

  /** The part of the inputs that is judged. */
  Inputs judged(Inputs inputs, Machines machines) {
    return argument().judged(inputs, machines);
  }

  /** Tells the user which models judge, and why, and which traces no model judges. */
  void tell(Machines machines, Messages messages) {
    messages.notes(argument().notes(machines));
    messages.errors(argument().unjudged(machines));
  }

  private List<GroupColumn> columns(Format format) {
    if (by == null) {
      return format.isForReaders() ? List.of(GroupColumn.ENTRY) : List.of();
    }
    return Columns.of(by);
  }
}
