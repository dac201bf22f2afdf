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

/** The options that say what is asked. */
final class QuestionOptions {

  @Option(
      names = "--model",
      split = ",",
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
      paramLabel = "COLUMN",
      completionCandidates = Names.Columns.class,
      description =
          "What to group by: ${COMPLETION-CANDIDATES} (default: entry for text and Markdown, else nothing). The width"
              + " of windows is a number with its unit, as in window=100ms: ns, us, ms, s, m or h.")
  private List<String> by;

  @Mixin private MachineOptions machine = new MachineOptions();

  /**
   * Finds out now, before any work, what cannot be asked.
   *
   * @throws UsageException where something cannot
   */
  void prepare(Format format) {
    argument();
    columns(format);
  }

  private ModelChoice argument() {
    return new ModelChoice(models, machine.machine());
  }

  /** The models by the names that were asked for, each once; those of all where all were. */
  List<String> names(Machines machines) {
    ModelChoice choice = argument();
    return models.equals(List.of(ModelChoice.AUTO)) ? models : choice.models(machines).ids();
  }

  /** The machine that was asked for. */
  Machine machine() {
    return argument().machine();
  }

  /**
   * The question, with the grouping that a format has where none was asked for.
   *
   * @throws UsageException where the model of a trace is asked for that is not known
   */
  Question question(Format format, Machines machines) {
    return new Question(argument().models(machines), machines, machine.reading(), columns(format));
  }

  /** Whether one model judges each frame. */
  boolean isOneModel() {
    return argument().isOne();
  }

  /** The id of the one model, or how it is asked for where each trace has its own. */
  String modelId() {
    return argument().id();
  }

  /** Where exits return to that the one model has miss. */
  SiteQuestion sites(Machines machines) {
    return new SiteQuestion(argument().models(machines), machines, machine.reading());
  }

  /** What is known of the machines once those frames were asked that alone may show a model. */
  Machines learnt(Machines known, Inputs inputs, Engine engine) {
    return argument().learnt(known, inputs, machine.reading(), engine);
  }

  /** Those of the inputs that are judged. */
  Inputs judged(Inputs inputs, Machines machines) {
    return argument().judged(inputs, machines);
  }

  /** Says which models judge, and why, and which traces none of them judges. */
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
