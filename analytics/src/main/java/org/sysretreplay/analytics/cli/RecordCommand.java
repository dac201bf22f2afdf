package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.Amount;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.report.ShellWord;
import org.sysretreplay.ingest.sample.RecordedEvent;
import org.sysretreplay.ingest.source.MachineFile;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.CountingReader;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.OutputException;
import org.sysretreplay.ingest.trace.Reading;
import org.sysretreplay.ingest.trace.TraceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "record",
    description =
        "Records a command and its children with perf: every event and register that a replay can"
            + " use.",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "sysret-replay record [-hV] [-m=N] [-o=FILE] [--workload=NAME]",
      "                            [--] COMMAND..."
    },
    modelTransformer = RecordHelp.class)
final class RecordCommand implements Callable<Integer> {

  /** A process that a signal ended has this exit code and the signal's number. */
  private static final int SIGNAL_EXIT = 128;

  private static final int LAST_SIGNAL = 64;

  /** Buffers that are large enough for all but the busiest commands. */
  private static final long MANY_PAGES = 4096;

  private final Terminal terminal;
  private final Messages messages;
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "1..*",
      description = "The command to record; all that follows it is its own.")
  private List<String> command;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write the recording (default: NAME.perf.data). What is there already is kept as"
              + " FILE.old.")
  private Path output;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      description = "What to call the workload (default: the command's own name).")
  private String workload;

  @Option(
      names = {"-m", "--mmap-pages"},
      paramLabel = "N",
      defaultValue = "1024",
      description =
          "Pages of each of perf's buffers, one for each processor (default: ${DEFAULT-VALUE})."
              + " Larger ones lose fewer samples.")
  private int pages;

  RecordCommand(Terminal terminal, Messages messages, Surroundings surroundings) {
    this.terminal = terminal;
    this.messages = messages;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    checkPages();
    checkCommand();
    Path file = output == null ? fileOf(name()) : output;
    checkFile(file);
    Perf perf = Perf.find(surroundings);
    sayMissing(perf.missing());
    MachineFacts machine = ThisMachine.facts(surroundings.root());
    Optional<EarlierRecording> earlier = EarlierRecording.moveAside(file);
    int exit = perf.record(file, pages, command);
    if (EarlierRecording.isMissing(file)) {
      earlier.ifPresent(EarlierRecording::moveBack);
      throw failed("perf recorded nothing", exit);
    }
    earlier.ifPresent(
        it -> messages.note("what was in %s before is now in %s.".formatted(file, it.kept())));
    writeMachine(file, machine);
    return report(file, exit);
  }

  /** The recording is there, whatever becomes of what is written beside it. */
  private void writeMachine(Path file, MachineFacts machine) {
    Path beside = MachineFile.of(file);
    try {
      Files.deleteIfExists(beside);
      OutputFile.write(beside, MachineFile.write(machine));
    } catch (IOException | OutputException e) {
      messages.note(
          "%s cannot be written (%s), so nothing is known of this machine."
              .formatted(beside, OutputException.why(e)));
    }
  }

  private void checkPages() {
    if (pages < 1) {
      throw new UsageException(
          "--mmap-pages %d: perf needs a buffer; give a number of pages, such as 1024."
              .formatted(pages));
    }
  }

  private void checkCommand() {
    String program = command.get(0);
    if (surroundings.program(program).isEmpty()) {
      throw new UsageException(
          program.contains("/") && Files.isRegularFile(Path.of(program))
              ? program + ": it may not be executed; see its permissions."
              : program + ": there is no such command to record; check the name.");
    }
  }

  private Optional<String> givenName() {
    return Optional.ofNullable(workload).filter(name -> !name.isBlank());
  }

  /** What the user calls the workload, or what its program is called. */
  private String name() {
    return givenName().orElseGet(() -> Path.of(command.get(0)).getFileName().toString());
  }

  private static Path fileOf(String name) {
    if (name.contains("/")) {
      throw new UsageException(
          "--workload %s: this cannot be the name of a file; name one with -o.".formatted(name));
    }
    return Path.of(name + ".perf.data");
  }

  private static void checkFile(Path file) {
    if (file.toString().equals("-")) {
      throw new UsageException("-o -: standard output is the command's own; name a file.");
    }
    OutputFile.check(file);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new UsageException(file + ": this is not a regular file; name another.");
    }
  }

  private void sayMissing(List<RecordedEvent> missing) {
    if (!missing.isEmpty()) {
      messages.note(
          "this kernel does not have %s; recording without."
              .formatted(
                  missing.stream().map(RecordedEvent::event).collect(Collectors.joining(", "))));
    }
  }

  private static UsageException failed(String what, int exit) {
    return new UsageException(
        ("%s (exit code %d) and says why above; where it lacks a permission, run as root, or set"
                + " kernel.perf_event_paranoid to -1.")
            .formatted(what, exit));
  }

  private int report(Path file, int exit) {
    TraceInput input;
    Counts counts;
    try {
      input = input(file);
      counts = count(input);
    } catch (TraceException e) {
      // The command's own exit code, where perf did all it had to.
      throw exit == 0 ? e : failed("perf could not finish " + file, exit);
    }
    sayExit(exit);
    messages.note(line(file, counts));
    sayLost(counts);
    if (counts.seen() == 0) {
      messages.error(
          file + ": there is not one sample in it; record with smaller buffers, such as -m 1024.");
      return ExitCode.INPUT;
    }
    messages.note("next: " + nextCommand(input));
    return counts.nothingAccepted() ? ExitCode.INPUT : ExitCode.OK;
  }

  private static TraceInput input(Path file) {
    TraceInputs found = TraceInputs.find(List.of(file), Optional.empty(), Optional.empty());
    if (!found.unreadable().isEmpty()) {
      throw found.unreadable().get(0);
    }
    return found.traces().get(0);
  }

  private Counts count(TraceInput input) {
    Amount all = Amount.bytes(input.bytes());
    try (Progress.Bar bar = ProgressBars.on(terminal).begin("count", 1, all);
        CountingReader reader = input.open(Reading.ASSEMBLED)) {
      while (reader.hasNext()) {
        reader.next();
      }
      bar.step(all);
      return reader.counts();
    }
  }

  private void sayExit(int exit) {
    int signal = exit - SIGNAL_EXIT;
    if (exit != 0) {
      messages.note(
          "%s ended with exit code %d%s."
              .formatted(
                  command.get(0),
                  exit,
                  signal > 0 && signal <= LAST_SIGNAL ? " (signal %d)".formatted(signal) : ""));
    }
  }

  private static String line(Path file, Counts counts) {
    String rejected = counts.rejected() == 0 ? "" : "%,d rejected, ".formatted(counts.rejected());
    return "%s: %,d records, %,d exits, %s%,d lost."
        .formatted(file, counts.seen(), counts.accepted(), rejected, counts.lost());
  }

  private void sayLost(Counts counts) {
    if (counts.lost() > 0) {
      messages.note(
          "perf lost samples, so every count is too low; record with larger buffers: -m %d."
              .formatted(Math.max(MANY_PAGES, 4L * pages)));
    }
  }

  /** How to look at the recording, under the name that it was to have. */
  private String nextCommand(TraceInput input) {
    String check =
        "%s check %s"
            .formatted(ShellWord.ofFile(surroundings.launcher()), ShellWord.ofFile(input.file()));
    boolean called = givenName().isPresent() || output == null;
    return called && !input.workload().equals(name())
        ? check + " --workload " + ShellWord.of(name())
        : check;
  }
}
