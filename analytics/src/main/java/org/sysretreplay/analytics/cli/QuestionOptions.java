package org.sysretreplay.analytics.cli;

import java.util.List;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.choice.Columns;
import org.sysretreplay.analytics.cli.ReportOutput.Format;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what is asked. */
final class QuestionOptions {

  @Option(
      names = "--model",
      split = ",",
      paramLabel = "ID",
      defaultValue = "seed",
      description =
          "Models to judge by: ids of \"models\", ids with policies (seed+exec-hits), \"all\", or"
              + " \"auto\" for the model of the kernel that each trace names (default:"
              + " ${DEFAULT-VALUE}).")
  private List<String> models = List.of();

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "COLUMN",
      completionCandidates = Names.Columns.class,
      description =
          "What to group by: ${COMPLETION-CANDIDATES} (default: entry for text, else nothing).")
  private List<String> by;

  @Mixin private MachineOptions machine = new MachineOptions();

  /**
   * Finds out now, before any work, what cannot be asked.
   *
   * @throws RuntimeException where something cannot
   */
  void prepare(Format format) {
    argument();
    columns(format);
  }

  private ModelArgument argument() {
    return new ModelArgument(models, machine.machine());
  }

  /**
   * The question, with the grouping that a format has where none was asked for.
   *
   * @param kernels which kernel each trace was recorded on, asked for by {@code --model auto} only
   */
  Question question(Format format, Kernels kernels, Messages messages) {
    return new Question(
        argument().models(kernels, messages),
        machine.machine(),
        machine.reading(),
        columns(format));
  }

  private List<GroupColumn> columns(Format format) {
    if (by == null) {
      return format == Format.TEXT ? List.of(GroupColumn.ENTRY) : List.of();
    }
    return Columns.of(by);
  }
}
