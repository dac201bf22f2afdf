package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sysretreplay.analytics.TimeUnits;
import org.sysretreplay.ingest.sample.RecordedEvent;
import org.sysretreplay.ingest.source.MachineFile;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.OutputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "record",
    description =
        "Records a command and its children, or what runs already: with perf every event and"
            + " register that a replay can use, or with --counts how many exits of each kind there"
            + " were.",
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

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "End after this time, as in 60s or 5m; a command is ended with it.")
  private String time;

  @Option(
      names = {"-z", "--compress"},
      description =
          "Have perf compress what it writes, where it can: less disk, more of a processor. Not with"
              + " --into.")
  private boolean compressed;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description =
          "Where to write the recording (default: NAME.perf.data, with --counts NAME.counts.jsonl). What"
              + " is there already is kept as FILE.old. With --into, the folder where pieces wait (default: STORE.spool).")
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

  @Mixin private TargetOptions targets = new TargetOptions();

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
    target = targets.find(surroundings);
    counting.checkRoom(target);
    OptionalLong nanos = nanos();
    into.check(compressed);
    if (into.isAsked()) {
      StoreRecorder recorder = into.recorder(output, name(), terminal, messages, surroundings);
      Perf perf = Perf.find(surroundings);
      Perf.Amount amount = amount(perf, nanos);
      return recorder.record(perf, amount, target, machine(), every.whyNothing(target));
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
    String text = result.counts().text(machine.kernelRelease(), version);
    Optional<EarlierRecording> earlier = Optional.empty();
    try {
      earlier = EarlierRecording.moveAside(file);
      OutputFile.write(file, text);
    } catch (OutputException e) {
      saveElsewhere(file, text, e);
      moveBack(earlier, e);
      throw e;
    }
    sayEarlier(file, earlier);
    writeMachine(file, machine);
    return summary(
            counting.lost(), "not one exit was counted; see what is said above, or count longer.")
        .tell(file, new RecorderEnd(result.exit(), false));
  }

  private static void moveBack(Optional<EarlierRecording> earlier, OutputException failure) {
    try {
      earlier.ifPresent(EarlierRecording::moveBack);
    } catch (OutputException e) {
      failure.addSuppressed(e);
    }
  }

  /** Counts are there once, at the end: where they cannot go into their file, they go elsewhere. */
  private void saveElsewhere(Path file, String text, OutputException failure) {
    try {
      Path saved = Files.createTempFile("saved-", "." + file.getFileName());
      try {
        Files.writeString(saved, text);
        messages.note("the counts are in %s.".formatted(saved));
      } catch (IOException e) {
        Files.delete(saved);
        throw e;
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Has perf record events. */
  private int recordEvents(Path file, OptionalLong nanos) throws InterruptedException {
    Perf perf = Perf.find(surroundings);
    Perf.Amount amount = amount(perf, nanos);
    MachineFacts machine = machine();
    Optional<EarlierRecording> earlier = EarlierRecording.moveAside(file);
    RecorderEnd end;
    try {
      end = perf.record(file, amount, target);
    } catch (UsageException e) {
      earlier.ifPresent(EarlierRecording::moveBack);
      throw e;
    }
    if (EarlierRecording.isMissing(file)) {
      earlier.ifPresent(EarlierRecording::moveBack);
      throw RecordSentences.nothing(end.exit());
    }
    sayEarlier(file, earlier);
    writeMachine(file, machine);
    return summary(
            RecordSentences.lost(pages),
            "there is not one sample in it; " + every.whyNothing(target))
        .tell(file, end);
  }

  /**
   * Tells what is in a recording.
   *
   * @param lost what to do where something was lost
   * @param nothing what to say where there is nothing in it
   */
  private RecordSummary summary(String lost, String nothing) {
    Optional<String> name = output == null ? Optional.of(name()) : givenName();
    return new RecordSummary(target, name, lost, nothing, terminal, messages, surroundings);
  }

  private void sayEarlier(Path file, Optional<EarlierRecording> earlier) {
    earlier.ifPresent(
        it -> messages.note("what was in %s before is now in %s.".formatted(file, it.kept())));
  }

  /** How much is asked of perf; tells what of it cannot be had. */
  private Perf.Amount amount(Perf perf, OptionalLong nanos) {
    Perf.Amount plain = new Perf.Amount(pages, false, nanos, every.value());
    sayMissing(perf.missing().stream().filter(plain::records).toList());
    every.notes(target).forEach(messages::note);
    new PerfPermission(surroundings.root()).complaint(perf.program()).ifPresent(messages::note);
    return compressed && canCompress(perf)
        ? new Perf.Amount(pages, true, nanos, every.value())
        : plain;
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
}
