package org.sysretreplay.analytics.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.ingest.generate.GeneratedTrace;
import org.sysretreplay.ingest.generate.Generation;
import org.sysretreplay.ingest.generate.Profile;
import org.sysretreplay.ingest.generate.ProfileLearner;
import org.sysretreplay.ingest.source.TraceInput;
import org.sysretreplay.ingest.trace.Counts;
import org.sysretreplay.ingest.trace.TraceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "generate",
    description = {
      "Makes a store of synthetic frames, as many as wanted, distributed as those of real"
          + " recordings. The same profile, seed and number give the same frames.",
      "",
      "First learn a profile from traces, then generate from it; one command line may do both:",
      "  generate --learn SOURCE... --profile FILE",
      "  generate --profile FILE --frames N --output STORE",
      ""
    },
    mixinStandardHelpOptions = true)
final class GenerateCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Output out;
  private final Messages messages;

  @Option(
      names = "--learn",
      paramLabel = "SOURCE",
      arity = "1..*",
      description = "Write the profile first, learnt from these trace files or folders of them.")
  private List<Path> sources = List.of();

  @Option(
      names = "--profile",
      paramLabel = "FILE",
      required = true,
      description = "The profile, a JSON file.")
  private Path profileFile;

  @Option(
      names = "--frames",
      paramLabel = "N",
      converter = NumberOfFrames.class,
      description = "How many frames: 1000000, 1_000_000, 1e6 or 1M.")
  private Long frames;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "STORE",
      description =
          "The folder of the store; it is made where it does not exist. What it has of the same"
              + " seed is replaced.")
  private String store;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Another number gives other frames (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Mixin private InputFormat inputFormat = new InputFormat();
  @Mixin private EngineOptions work = new EngineOptions();

  private boolean complete = true;

  GenerateCommand(Terminal terminal, Output out, Messages messages) {
    this.out = out;
    this.terminal = terminal;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    work.prepare();
    checkOptions();
    if (!sources.isEmpty() && !learn()) {
      return ExitCode.INPUT;
    }
    if (frames != null) {
      generate();
    }
    return complete ? ExitCode.OK : ExitCode.INPUT;
  }

  private void checkOptions() {
    if ((frames == null) != (store == null)) {
      throw new UsageException(
          "--frames and --output go together; give both or, to learn only, none.");
    }
    if (StandardOutput.NAME.toString().equals(store)) {
      throw new UsageException("-o -: a store is a folder; name one.");
    }
    if (frames == null && sources.isEmpty()) {
      throw new UsageException(
          "there is nothing to do; give --learn SOURCE, or --frames N and --output STORE.");
    }
  }

  /**
   * Reads all sources that can be read, and writes the profile; false if no source could be read.
   */
  private boolean learn() {
    OutputFile.check(profileFile);
    Sources found =
        Sources.find(
            sources.stream().map(Path::toString).toList(),
            Optional.empty(),
            inputFormat.format(),
            inputFormat.bounds(),
            messages,
            work.quiet());
    if (!found.stores().isEmpty()) {
      throw new UsageException(
          found.stores().get(0) + ": this is a store; learn from the traces that it was made of.");
    }
    found.protectFrom(Optional.of(profileFile));
    List<TraceException> refused = new ArrayList<>();
    Profile profile = ProfileLearner.learn(found.traces(), refused::add);
    refused.forEach(it -> messages.error(it.getMessage()));
    complete = found.complete() && refused.isEmpty();
    if (refused.size() == found.traces().size()) {
      return false;
    }
    writeProfile(withFrames(profile, found.traces()));
    return true;
  }

  private static Profile withFrames(Profile profile, List<TraceInput> traces) {
    if (profile.workloads().isEmpty()) {
      throw TraceException.of(
          traces.get(0).file(), "there is no frame to learn from", "give a trace that has some");
    }
    return profile;
  }

  private void writeProfile(Profile profile) {
    OutputFile.write(profileFile, profile.json());
    out.line(
        "%s: %,d workloads and %,d templates, learnt from %,d frames"
            .formatted(
                profileFile, profile.workloads().size(), profile.templates(), profile.frames()));
  }

  private void generate() {
    Profile profile = Profile.read(profileFile);
    Generation generation = new Generation(profile, profileFile.toString(), seed, frames);
    Counts total;
    try (Engine engine = work.engine(terminal)) {
      total = engine.generate(generation, work.located(store), this::say);
    }
    out.line(
        "%s: %,d frames = %,d accepted + %,d in the kernel"
            .formatted(store, total.seen(), total.accepted(), total.ignored()));
  }

  private void say(GeneratedTrace trace, Counts counts) {
    out.line(
        "%s: workload %s, trace %s: %,d frames = %,d accepted + %,d in the kernel"
            .formatted(
                trace.source(),
                trace.workload(),
                trace.traceId(),
                counts.seen(),
                counts.accepted(),
                counts.ignored()));
  }
}
