package org.sysretreplay.analytics.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sysretreplay.ingest.files.FileTrees;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.OutputException;
import picocli.CommandLine.Option;

/** The options of a recording that goes into a store while it goes on. */
final class IntoOptions {

  private static final String SPOOL = ".spool";

  @Option(
      names = "--into",
      paramLabel = "STORE",
      description =
          "Record in pieces, each of which goes into this store when it ends and is then deleted; the"
              + " folder is made where it does not exist.")
  private String store;

  @Option(
      names = "--rotate",
      paramLabel = "TIME|SIZE",
      description =
          "With --into, begin a new piece after this time or size, as in 10s, 5m or 256M (default: "
              + Rotation.USUAL
              + ").")
  private String rotate;

  boolean isAsked() {
    return store != null;
  }

  /**
   * Makes sure that what is asked goes together.
   *
   * @param compressed whether perf is to compress
   * @throws UsageException where it does not
   */
  void check(boolean compressed) {
    if (rotate != null && !isAsked()) {
      throw new UsageException(
          "--rotate %s: one recording has no pieces; say with --into which store they go into."
              .formatted(rotate));
    }
    if (isAsked() && compressed) {
      throw new UsageException(
          "-z: perf compresses all pieces as one stream, of which only the first has the beginning, and the others could not be read; leave it out.");
    }
  }

  /**
   * Who records so.
   *
   * @param spool where pieces are to wait, or null
   * @param workload what the store is to call it
   * @throws UsageException where these cannot be
   */
  StoreRecorder recorder(
      Path spool,
      String workload,
      Terminal terminal,
      Messages messages,
      Surroundings surroundings) {
    if (workload.contains("/")) {
      throw new UsageException(
          "--workload %s: pieces are files that are called so; give a name without /."
              .formatted(workload));
    }
    Rotation rotation = Rotation.of(rotate == null ? Rotation.USUAL : rotate);
    return new StoreRecorder(
        store, spool(spool), workload, rotation, terminal, messages, surroundings);
  }

  /**
   * The folder where pieces wait: none of the store, which holds what its rows say and nothing
   * else.
   *
   * @param asked what the user named, or null
   * @throws UsageException where it cannot be one
   */
  private Path spool(Path asked) {
    Path folder = folder();
    if (asked == null) {
      return folder.resolveSibling(folder.getFileName() + SPOOL);
    }
    if (asked.toString().equals(TraceInputs.STDIN)) {
      throw new UsageException("-o -: with --into pieces wait in a folder; name one.");
    }
    Path spool = asked.toAbsolutePath().normalize();
    if (spool.startsWith(folder)) {
      throw new UsageException(
          "-o %s: a store holds nothing but its traces, so pieces cannot wait in it; name a folder beside it."
              .formatted(asked));
    }
    if (Files.exists(spool) && !Files.isDirectory(spool)) {
      throw OutputException.of(
          asked.toString(), "with --into pieces wait here, and this is no folder", "name a folder");
    }
    return spool;
  }

  private Path folder() {
    if (store.equals(TraceInputs.STDIN)) {
      throw new UsageException("--into -: a store is a folder; name one.");
    }
    Path folder =
        FileTrees.local(store)
            .map(it -> it.toAbsolutePath().normalize())
            .orElseThrow(
                () ->
                    new UsageException(
                        "--into %s: pieces go into a folder of this machine; name one, and copy the store from there."
                            .formatted(store)));
    if (folder.getFileName() == null) {
      throw new UsageException(
          "--into %s: this cannot be a store; name a folder.".formatted(store));
    }
    return folder;
  }
}
