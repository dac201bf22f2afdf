package org.sysretreplay.analytics.cli;

import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.report.FrameText;
import org.sysretreplay.emulator.EntryKind;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.Registers;
import org.sysretreplay.ingest.RegisterText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description = "Explains one frame: every check of a model, in words.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

  private static final String VALUE = "VALUE";

  @Spec private CommandSpec spec;

  @Option(names = "--rip", required = true, paramLabel = VALUE, description = "The return address.")
  private String rip;

  @Option(names = "--rcx", required = true, paramLabel = VALUE, description = "RCX.")
  private String rcx;

  @Option(names = "--r11", required = true, paramLabel = VALUE, description = "R11.")
  private String r11;

  @Option(names = "--rflags", required = true, paramLabel = VALUE, description = "RFLAGS.")
  private String rflags;

  @Option(
      names = "--cs",
      paramLabel = VALUE,
      defaultValue = "0x33",
      description = "The CS slot (default: ${DEFAULT-VALUE}).")
  private String cs;

  @Option(
      names = "--ss",
      paramLabel = VALUE,
      defaultValue = "0x2b",
      description = "The SS slot (default: ${DEFAULT-VALUE}).")
  private String ss;

  @Option(
      names = "--rsp",
      paramLabel = VALUE,
      defaultValue = "0x0",
      description = "RSP, which no model tests (default: ${DEFAULT-VALUE}).")
  private String rsp;

  @Option(
      names = "--entry",
      paramLabel = "KIND",
      defaultValue = "syscall",
      completionCandidates = Names.Entries.class,
      description =
          "How the kernel was entered: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private String entryName;

  @Option(
      names = "--model",
      paramLabel = "ID",
      defaultValue = "seed",
      description = "The model to judge by (default: ${DEFAULT-VALUE}); see \"models\".")
  private String model;

  @Override
  public Integer call() {
    ExitModel judge = ModelArgument.model(model);
    EntryKind entry = Choice.of(EntryKind.class, "--entry", entryName);
    Registers frame =
        new Registers(
            register("--rip", rip),
            register("--rcx", rcx),
            register("--r11", r11),
            register("--rflags", rflags),
            register("--cs", cs),
            register("--ss", ss));
    String text = FrameText.explain(judge, entry, frame, register("--rsp", rsp), Machine.TRACED);
    spec.commandLine().getOut().print(text);
    return ExitCode.OK;
  }

  private static long register(String option, String text) {
    OptionalLong hex = RegisterText.parse(text);
    if (hex.isPresent()) {
      return hex.getAsLong();
    }
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException e) {
      throw new UsageException(
          "%s: %s; give 0x and at most 16 hexadecimal digits, or a decimal number."
              .formatted(option, RegisterText.complaint(option.substring(2), text)),
          e);
    }
  }
}
