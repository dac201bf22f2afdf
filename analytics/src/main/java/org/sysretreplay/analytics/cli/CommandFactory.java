package org.sysretreplay.analytics.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Makes picocli's command objects, and gives each the terminal, the output and whatever else it
 * needs.
 */
final class CommandFactory implements IFactory {

  private final Terminal terminal;
  private final Output output;
  private final Messages messages;
  private final Surroundings surroundings;

  CommandFactory(Terminal terminal, Output output, Messages messages, Surroundings surroundings) {
    this.terminal = terminal;
    this.output = output;
    this.messages = messages;
    this.surroundings = surroundings;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == RecordCommand.class) {
      return type.cast(new RecordCommand(terminal, messages, surroundings));
    }
    if (type == ReportCommand.class) {
      return type.cast(new ReportCommand(terminal, output, messages));
    }
    if (type == FramesCommand.class) {
      return type.cast(new FramesCommand(terminal, output, messages));
    }
    if (type == CompareCommand.class) {
      return type.cast(new CompareCommand(terminal, output, messages));
    }
    if (type == IngestCommand.class) {
      return type.cast(new IngestCommand(terminal, output, messages));
    }
    if (type == ReplayCommand.class) {
      return type.cast(new ReplayCommand(terminal, output, messages));
    }
    if (type == GenerateCommand.class) {
      return type.cast(new GenerateCommand(terminal, output, messages));
    }
    if (type == ExplainCommand.class) {
      return type.cast(new ExplainCommand(output, messages));
    }
    if (type == ModelsCommand.class) {
      return type.cast(new ModelsCommand(output, messages));
    }
    if (type == VerifyCommand.class) {
      return type.cast(new VerifyCommand(terminal, output, messages));
    }
    if (type == NotebookCommand.class) {
      return type.cast(new NotebookCommand(messages));
    }
    if (type == HelpCommand.class) {
      return type.cast(new HelpCommand(output));
    }
    if (type == VersionCommand.class) {
      return type.cast(new VersionCommand(output));
    }
    return CommandLine.defaultFactory().create(type);
  }
}
