package org.sysretreplay.analytics.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.Engine;
import org.sysretreplay.analytics.StoreVerifier;
import org.sysretreplay.analytics.StoreVerifier.Proof;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.store.StoreAudit.Finding;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.TraceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description =
        "Proves a store: every file, checksum, row count, class of registers and sum. Exit code 3 and"
            + " a list where anything is wrong.",
    mixinStandardHelpOptions = true,
    showEndOfOptionsDelimiterInUsageHelp = true)
final class VerifyCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Output out;
  private final Messages messages;

  @Parameters(paramLabel = "STORE", description = "The folder of the store.")
  private String location;

  @Option(
      names = "--repair",
      description = "Delete what no trace names: files of writers that were ended. Nothing else.")
  private boolean repair;

  @Mixin private EngineOptions work = new EngineOptions();

  VerifyCommand(Terminal terminal, Output out, Messages messages) {
    this.terminal = terminal;
    this.out = out;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    work.prepare();
    // All is read here: Spark only brings its file systems.
    try (Engine engine = work.engine(terminal)) {
      return verify(engine.workers().fileSystemOptions());
    }
  }

  private int verify(Map<String, String> options) {
    FileTrees.local(location).ifPresent(this::checkFolder);
    TraceStore store = TraceStore.toRead(location, options);
    Proof proof = StoreVerifier.verify(store, options, work.progress(terminal));
    if (proof.traces() == 0 && proof.findings().isEmpty()) {
      throw TraceException.of(location, "there is no trace in this store", "name another folder");
    }
    List<Finding> left = proof.findings();
    if (repair && !proof.leftOvers().isEmpty()) {
      int removed = store.remove(proof.leftOvers());
      left = left.stream().filter(it -> !(it instanceof Finding.LeftOver)).toList();
      notes()
          .note("%s: %s that no trace named: deleted.".formatted(location, count(removed, "file")));
    }
    if (repair && proof.somebodyWrites()) {
      throw TraceStore.busy(location);
    }
    if (proof.somebodyWrites()) {
      notes()
          .note(
              "%s: somebody is writing to it, or was stopped; files that no trace names may be"
                      .formatted(location)
                  + " theirs, and were not looked at.");
    }
    left.forEach(it -> out.line(it.file() + ": " + it.problem() + "."));
    out.line(
        "%s: %s and %s looked at, %s"
            .formatted(
                location,
                count(proof.traces(), "trace"),
                count(proof.frames(), "frame"),
                left.isEmpty() ? "all as promised" : count(left.size(), "finding")));
    if (left.stream().anyMatch(Finding.Damage.class::isInstance)) {
      notes()
          .note(
              "ingest the traces again whose files are damaged; generate those again that were"
                  + " generated, with the same seed.");
    } else if (left.stream().anyMatch(Finding.LeftOver.class::isInstance)) {
      notes().note("\"sysret-replay verify --repair\" deletes what no trace names.");
    }
    return left.isEmpty() ? ExitCode.OK : ExitCode.INPUT;
  }

  private Messages notes() {
    return messages.unless(work.quiet());
  }

  /** A folder that is not there would read as a store without traces. */
  private void checkFolder(Path folder) {
    if (Files.notExists(folder)) {
      throw TraceException.of(location, "there is no such folder", "check the name");
    }
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw TraceException.of(
          location, "this is a file and no store", "name the folder of the store");
    }
  }

  private static String count(long number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }
}
