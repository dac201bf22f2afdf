package org.sysretreplay.analytics.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sysretreplay.analytics.StoreVerifier;
import org.sysretreplay.analytics.StoreVerifier.Proof;
import org.sysretreplay.ingest.store.StoreAudit.Finding;
import org.sysretreplay.ingest.store.TraceStore;
import org.sysretreplay.ingest.trace.TraceException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description =
        "Proves a store: every file, checksum, row count, class of registers and sum. Exit code 3 and"
            + " a list where anything is wrong.",
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {

  private final Output out;
  private final Messages messages;

  @Parameters(paramLabel = "STORE", description = "The folder of the store.")
  private String location;

  @Option(
      names = "--repair",
      description = "Delete what no trace names: files of writers that were ended. Nothing else.")
  private boolean repair;

  VerifyCommand(Output out, Messages messages) {
    this.out = out;
    this.messages = messages;
  }

  @Override
  public Integer call() {
    TraceStore store = TraceStore.at(location);
    Proof proof = StoreVerifier.verify(store, Map.of());
    if (proof.traces() == 0 && proof.findings().isEmpty()) {
      throw TraceException.of(location, "there is no trace in this store", "name another folder");
    }
    List<Finding> left = proof.findings();
    if (repair && !proof.leftOvers().isEmpty()) {
      store.remove(proof.leftOvers());
      left = left.stream().filter(Finding.Damage.class::isInstance).toList();
      messages.note(
          "%s: %,d files that no trace named are gone."
              .formatted(location, proof.leftOvers().size()));
    }
    left.forEach(it -> out.line(it.file() + ": " + it.problem() + "."));
    out.line(
        "%s: %,d traces and %,d frames looked at, %s"
            .formatted(
                location,
                proof.traces(),
                proof.frames(),
                left.isEmpty() ? "all as promised" : "%,d findings".formatted(left.size())));
    if (left.stream().anyMatch(Finding.Damage.class::isInstance)) {
      messages.note("ingest the traces again whose files are damaged.");
    } else if (!left.isEmpty()) {
      messages.note("\"sysret-replay verify --repair\" deletes what no trace names.");
    }
    return left.isEmpty() ? ExitCode.OK : ExitCode.INPUT;
  }
}
