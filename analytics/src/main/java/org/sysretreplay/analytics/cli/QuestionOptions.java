package org.sysretreplay.analytics.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.GroupColumn;
import org.sysretreplay.analytics.Question;
import org.sysretreplay.analytics.cli.ReportOutput.Format;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.ExitModels;
import org.sysretreplay.emulator.Machine;
import picocli.CommandLine.Option;

/** The options that say what is asked. */
final class QuestionOptions {

  private static final String ALL = "all";

  @Option(
      names = "--model",
      split = ",",
      paramLabel = "ID",
      defaultValue = "seed",
      description = "Models to judge by, or \"all\" (default: ${DEFAULT-VALUE}); see \"models\".")
  private List<String> models = List.of();

  @Option(
      names = "--by",
      split = ",",
      paramLabel = "COLUMN",
      completionCandidates = Names.Columns.class,
      description =
          "What to group by: ${COMPLETION-CANDIDATES} (default: entry for text, else nothing).")
  private List<String> by;

  /** The question, with the grouping that a format has where none was asked for. */
  Question question(Format format) {
    return new Question(modelIds(), Machine.TRACED, columns(format));
  }

  private List<String> modelIds() {
    if (models.equals(List.of(ALL))) {
      return ExitModels.all().stream().map(ExitModel::id).toList();
    }
    models.forEach(ModelArgument::model);
    return models.stream().distinct().toList();
  }

  private List<GroupColumn> columns(Format format) {
    if (by == null) {
      return format == Format.TEXT ? List.of(GroupColumn.ENTRY) : List.of();
    }
    return by.stream()
        .map(QuestionOptions::column)
        .distinct()
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static GroupColumn column(String key) {
    return GroupColumn.ofKey(key)
        .orElseThrow(
            () ->
                new UsageException(
                    "--by %s: there is no such column; choose from %s."
                        .formatted(key, GroupColumn.KEYS)));
  }
}
