package org.sysretreplay.analytics.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sysretreplay.analytics.listing.FilterColumn;
import org.sysretreplay.analytics.listing.FrameFilter;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options that choose frames: one for each {@link FilterColumn}. */
final class FrameFilters implements IModelTransformer {

  @Override
  public CommandSpec transform(CommandSpec spec) {
    FilterColumn.ALL.forEach(it -> spec.addOption(option(it)));
    return spec;
  }

  private static OptionSpec option(FilterColumn column) {
    return OptionSpec.builder(column.option())
        .paramLabel(column.label())
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .completionCandidates(column.names())
        .description(sentence(column))
        .build();
  }

  private static String sentence(FilterColumn column) {
    String values =
        column.kind() == FilterColumn.Kind.NAME ? ": " + String.join(", ", column.names()) : "";
    return "Choose by %s%s.".formatted(column.sentence(), values);
  }

  /**
   * The filter that a command line asks for.
   *
   * @throws org.sysretreplay.analytics.choice.ChoiceException if a column has no such value
   */
  static FrameFilter of(ParseResult parsed) {
    Map<FilterColumn, List<String>> given = new LinkedHashMap<>();
    for (FilterColumn column : FilterColumn.ALL) {
      if (parsed.hasMatchedOption(column.option())) {
        given.put(column, parsed.matchedOption(column.option()).getValue());
      }
    }
    return FrameFilter.of(given);
  }
}
