package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sysretreplay.analytics.Amount;
import org.sysretreplay.analytics.Progress;
import org.sysretreplay.analytics.TimeUnits;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "record",
    description =
        "Records a command and its children with perf, or what runs already: every event and"
            + " register that a replay can use.",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "sysret-replay record [OPTIONS] [--] COMMAND...",
      "       sysret-replay record [OPTIONS] -p PID[,PID...]",
      "       sysret-replay record [OPTIONS] -a"
    },
    modelTransformer = RecordHelp.class)
final class RecordCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Messages messages;
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "COMMAND...",
      hideParamSyntax = true,
      arity = "0..*",
      description = "The command to record; all that follows it is its own.")
  private List<String> command = List.of();

  @Option(
      names = {"-p", "--pid"},
      paramLabel = "PID",
      split = ",",
      description =
          "Record these processes, with all their threads and what these start, until the last of them"
              + " ends.")
  private List<Long> pids = List.of();

  @Option(
      names = {"-a", "--all-cpus"},
      description = "Record all that runs on all processors, until Ctrl-C or for a time.")
  private boolean everything;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "End after this time, as in 60s or 5m; a command is ended with it.")
  private String time;

  @Option(
      names = {"-z", "--compress"},
      description =
          "Have perf compress what it writes, where it can: less disk, more of a processor.")
  private boolean compressed;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write the recording (default: NAME.perf.data). What is there already is kept as"
              + " FILE.old. With --into, the folder where pieces wait (default: STORE.spool).")
  private Path output;

  @Option(
      names = "--workload",
      paramLabel = "NAME",
      description =
          "What to call the workload (default: the name of the command, or of the first process).")
  private String workload;

  @Option(
      names = {"-m", "--mmap-pages"},
      paramLabel = "N",
      defaultValue = "1024",
      description =
          "Pages of each of perf's buffers, one for each processor (default: ${DEFAULT-VALUE})."
              + " Larger ones lose fewer samples.")
  private int pages;

  @Mixin private CountOptions counting = new CountOptions();

  @Mixin private EveryOption every = new EveryOption();

  @Mixin private IntoOptions into = new IntoOptions();

  private RecordTarget target;

  RecordCommand(Terminal terminal, Messages messages, Surroundings surroundings) {
    this.terminal = terminal;
    this.messages = messages;
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    checkPages();
    every.check();
    counting.check(compressed, every.isSampled(), into.isAsked());
    target = target();
    OptionalLong nanos = nanos();
    into.check();
    if (into.isAsked()) {
      StoreRecorder recorder = into.recorder(output, name(), terminal, messages, surroundings);
      Perf perf = perf();
      return recorder.record(perf, amount(perf, nanos), target, machine());
    }
    Path file = output == null ? fileOf(name()) : output;
    checkFile(file);
    return counting.isAsked() ? recordCounts(file, nanos) : recordEvents(file, nanos);
  }

  /** Has the exits counted in the kernel. */
  private int recordCounts(Path file, OptionalLong nanos) throws InterruptedException {
    Bpftrace bpftrace = Bpftrace.find(surroundings);
    MachineFacts machine = machine();
    String version = bpftrace.version();
    CountRecording.Result result =
        new CountRecording(bpftrace, counting.keys(), nanos)
            .record(target, () -> messages.note("counting; Ctrl-C ends it."));
    Optional<EarlierRecording> earlier = EarlierRecording.moveAside(file);
    OutputFile.write(file, result.counts().text(machine.kernelRelease(), version));
    sayEarlier(file, earlier);
    writeMachine(file, machine);
    return report(file, result.exit());
  }

  /** Has perf record events. */
  private int recordEvents(Path file, OptionalLong nanos) throws InterruptedException {
    Perf perf = perf();
    Perf.Amount amount = amount(perf, nanos);
    MachineFacts machine = machine();
    Optional<EarlierRecording> earlier = EarlierRecording.moveAside(file);
    int exit = perf.record(file, amount, target);
    if (EarlierRecording.isMissing(file)) {
      earlier.ifPresent(EarlierRecording::moveBack);
      throw RecordSentences.failed("perf recorded nothing", exit);
    }
    sayEarlier(file, earlier);
    writeMachine(file, machine);
    return report(file, exit);
  }

  private void sayEarlier(Path file, Optional<EarlierRecording> earlier) {
    earlier.ifPresent(
        it -> messages.note("what was in %s before is now in %s.".formatted(file, it.kept())));
  }

  private Perf perf() {
    Perf perf = Perf.find(surroundings);
    sayMissing(perf.missing().stream().filter(every::records).toList());
    every.notes(target).forEach(messages::note);
    new PerfPermission(surroundings.root()).complaint(perf.program()).ifPresent(messages::note);
    return perf;
  }

  private Perf.Amount amount(Perf perf, OptionalLong nanos) {
    return new Perf.Amount(pages, compressed && canCompress(perf), nanos, every.value());
  }

  private MachineFacts machine() {
    return ThisMachine.facts(surroundings.root());
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

  /** What is to be recorded: one thing, and something that is there. */
  private RecordTarget target() {
    long asked =
        Stream.of(!command.isEmpty(), !pids.isEmpty(), everything).filter(it -> it).count();
    if (asked != 1) {
      throw new UsageException(
          asked == 0
              ? "there is nothing to record; name a command, a process with -p PID, or all with -a."
              : "one thing is recorded at a time: a command, processes (-p PID), or all (-a); name one.");
    }
    if (everything) {
      return new RecordTarget.Everything();
    }
    if (!pids.isEmpty()) {
      return RecordTarget.Processes.find(pids, surroundings.root());
    }
    checkProgram(command.get(0));
    return new RecordTarget.Command(command);
  }

  private void checkProgram(String program) {
    if (surroundings.program(program).isEmpty()) {
      throw new UsageException(
          program.contains("/") && Files.isRegularFile(Path.of(program))
              ? program + ": it may not be executed; see its permissions."
              : program + ": there is no such command to record; check the name.");
    }
  }

  private OptionalLong nanos() {
    if (time == null) {
      return OptionalLong.empty();
    }
    OptionalLong nanos = TimeUnits.nanos(time);
    if (nanos.isEmpty()) {
      throw new UsageException(
          "--for %s: this is no length of time; give a number and one of %s, such as 60s."
              .formatted(time, TimeUnits.SYMBOLS));
    }
    return nanos;
  }

  private boolean canCompress(Perf perf) {
    boolean can = perf.canCompress();
    if (!can) {
      messages.note("this perf cannot compress; recording without -z.");
    }
    return can;
  }

  private Optional<String> givenName() {
    return Optional.ofNullable(workload).filter(name -> !name.isBlank());
  }

  /** What the user calls the workload, or what its program is called. */
  private String name() {
    return givenName().orElseGet(target::name);
  }

  private Path fileOf(String name) {
    if (name.contains("/")) {
      throw new UsageException(
          "--workload %s: this cannot be the name of a file; name one with -o.".formatted(name));
    }
    return Path.of(name + (counting.isAsked() ? ".counts.jsonl" : ".perf.data"));
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

  private int report(Path file, int exit) {
    TraceInput input;
    Counts counts;
    try {
      input = input(file);
      counts = count(input);
    } catch (TraceException e) {
      // The command's own exit code, where perf did all it had to.
      throw target.isEnd(exit) ? e : RecordSentences.failed("perf could not finish " + file, exit);
    }
    RecordSentences.ended(target, exit).ifPresent(messages::note);
    messages.note(file + ": " + RecordSentences.content(counts));
    if (counts.lost() > 0) {
      messages.note(counting.isAsked() ? counting.lost() : RecordSentences.lost(pages));
    }
    if (counts.seen() == 0) {
      messages.error(
          file
              + (counting.isAsked()
                  ? ": not one exit was counted; see what is said above, or count longer."
                  : ": there is not one sample in it; " + every.whyNothing(target)));
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
