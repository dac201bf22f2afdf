package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.FrameSource;
import org.sysretreplay.analytics.FrameStory;
import org.sysretreplay.analytics.Machines;
import org.sysretreplay.analytics.StoredTrace;
import org.sysretreplay.analytics.TraceFile;
import org.sysretreplay.analytics.TraceSigns;
import org.sysretreplay.analytics.report.FrameText;
import org.sysretreplay.emulator.ExitFrame;
import org.sysretreplay.emulator.ExitModel;
import org.sysretreplay.emulator.Machine;
import org.sysretreplay.emulator.MachineSign;
import org.sysretreplay.emulator.Stage;
import org.sysretreplay.ingest.source.TraceInputs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description =
        "Explains one frame in words: where it comes from, every check of a model, and what each"
            + " instruction would do.",
    customSynopsis = {
      "sysret-replay explain [OPTIONS] SOURCE FRAME-ID",
      "       sysret-replay explain [OPTIONS] --rip=V --rcx=V --r11=V --rflags=V"
    },
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

  private static final String HOW =
      "give SOURCE and FRAME-ID, or " + RegisterOptions.NEEDED + " by hand";

  private final Messages messages;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "SOURCE",
      description = "A trace file, a store, a folder of either, or - for standard input.")
  private Path source;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FRAME-ID",
      description =
          "The frame's number (seq) as replay shows it. Where SOURCE holds several traces, TRACE:SEQ;"
              + " TRACE is a workload, a trace's id, or part of one.")
  private String frameId;

  @Mixin private RegisterOptions registers = new RegisterOptions();

  @Option(
      names = "--model",
      paramLabel = "ID",
      defaultValue = "seed",
      description =
          "The model to judge by: an id of \"models\" or a kernel's release (6.12), with policies"
              + " (seed+exec-hits) or without, or \"auto\" for the kernel that the trace was recorded"
              + " on (default: ${DEFAULT-VALUE}).")
  private String model;

  @Mixin private InputFormat inputFormat = new InputFormat();
  @Mixin private MachineOptions machine = new MachineOptions();

  @Option(names = "--quiet", description = "No notes on standard error.")
  private boolean quiet;

  ExplainCommand(Messages messages) {
    this.messages = messages;
  }

  @Override
  public Integer call() {
    if (model.equals(ModelArgument.ALL)) {
      throw new UsageException("--model all: explain asks one model; name it.");
    }
    ModelArgument judges = new ModelArgument(List.of(model), machine.machine());
    String text = registers.given() || source == null ? byHand() : ofTrace(judges);
    spec.commandLine().getOut().print(text);
    return ExitCode.OK;
  }

  private String byHand() {
    if (source != null) {
      throw new UsageException(
          source + ": registers by hand belong to no trace; " + HOW + ", not both.");
    }
    if (!registers.given()) {
      throw new UsageException("there is no frame to explain; " + HOW + ".");
    }
    if (model.equals(ModelArgument.AUTO)) {
      throw new UsageException("--model auto: registers by hand name no kernel; name a model.");
    }
    ModelName judge = ModelArgument.one(model, machine.machine());
    judge.note().ifPresent(messages.unless(quiet)::note);
    return FrameText.explain(judge.model(), judge.on(machine.machine()), registers.frame());
  }

  private String ofTrace(ModelArgument judges) {
    if (frameId == null) {
      throw new UsageException(
          "%s: which frame of it? Give its number (seq) as replay shows it, as in %s 0."
              .formatted(source, source));
    }
    FrameId id = FrameId.parse(frameId);
    FrameSource trace = id.choose(traces(id), source);
    FrameStory story = story(trace, id.seq());
    Machines machines = machines(judges.machine(), trace, story);
    ExitModel judge = judges.models(machines).of(trace.traceId()).get(0);
    judges.tell(machines, messages.unless(quiet));
    MachineNotes.tell(
        machines, TraceSigns.of(trace.traceId(), signs(story)), messages.unless(quiet));
    return FrameText.explain(judge, machines, story);
  }

  /** What is known of the trace's machine, this frame included; of others nothing is known here. */
  private static Machines machines(Machine asked, FrameSource trace, FrameStory story) {
    return new Machines(asked, Map.of(trace.traceId(), trace.recordedOn().with(signs(story))));
  }

  private static Set<MachineSign> signs(FrameStory story) {
    ExitFrame frame = story.frame();
    return MachineSign.of(frame, frame.assembly().stage());
  }

  /** All traces in the source; stores are looked at only where one of theirs could be meant. */
  private List<FrameSource> traces(FrameId id) {
    TraceInputs found = TraceInputs.find(List.of(source), Optional.empty(), inputFormat.format());
    Map<String, FrameSource> traces = new LinkedHashMap<>();
    found.traces().stream().map(TraceFile::new).forEach(it -> add(it, traces));
    boolean named = traces.values().stream().anyMatch(id::names);
    if (!named && !found.stores().isEmpty()) {
      found.stores().stream()
          .flatMap(it -> StoredTrace.in(it.toString()).stream())
          .forEach(it -> add(it, traces));
    }
    if (traces.isEmpty()) {
      throw found.unreadable().get(0);
    }
    found.unreadable().forEach(it -> messages.unless(quiet).note(it.getMessage()));
    return List.copyOf(traces.values());
  }

  /** A file tells more than the same trace in a store, and comes first. */
  private static void add(FrameSource trace, Map<String, FrameSource> to) {
    to.putIfAbsent(trace.name(), trace);
  }

  private FrameStory story(FrameSource trace, long seq) {
    FrameStory story =
        trace.find(seq, machine.reading()).orElseThrow(() -> noSuchFrame(trace, seq));
    if (story.frame().assembly().stage() == Stage.IN_KERNEL) {
      throw new UsageException(
          "frame %d of %s is %s; --as-recorded explains it all the same."
              .formatted(seq, trace.name(), Stage.IN_KERNEL.sentence()));
    }
    if (story.frame().count() > 1) {
      throw new UsageException(
          "frame %d of %s stands for %,d exits that were counted together and have no story of their"
                  .formatted(seq, trace.name(), story.frame().count())
              + " own; explain their registers by hand, with --rip and so on.");
    }
    return story;
  }

  private static UsageException noSuchFrame(FrameSource trace, long seq) {
    FrameSource.Extent extent = trace.extent();
    String frames =
        extent.frames() == 0
            ? "it holds none"
            : "name one from 0 to %d".formatted(extent.frames() - 1);
    String rejects =
        extent.rejected() == 0
            ? ""
            : "; rejected records have no number, of which there are " + extent.rejected();
    return new UsageException(
        "%s: there is no frame %d; %s%s.".formatted(trace.name(), seq, frames, rejects));
  }
}
