package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sysretreplay.ingest.redact.Redaction;
import org.sysretreplay.ingest.trace.OutputException;
import picocli.CommandLine.Option;

/** The options on redaction. */
final class RedactOptions {

  private static final int MOST_KEY_BYTES = 1 << 16;

  @Option(
      names = "--redact",
      description =
          "Put pseudonyms in place of what tells who was recorded: names and numbers of threads,"
              + " addresses, results, files, and the workload unless --workload names it. Every model"
              + " says the same of the frames. The key is made for this run and forgotten.")
  private boolean redact;

  @Option(
      names = "--redact-key",
      paramLabel = "FILE",
      description =
          "Redact by the key in this file, so that several runs make the same pseudonyms. Keep it as"
              + " you keep the traces.")
  private Path keyFile;

  /**
   * The redaction asked for.
   *
   * @param workloadGiven whether the user named the workload, so that its name is kept
   * @throws UsageException if the key file cannot be read or is too short
   */
  Redaction redaction(boolean workloadGiven) {
    if (keyFile != null) {
      return Redaction.by(key(), workloadGiven);
    }
    return redact ? Redaction.once(workloadGiven) : Redaction.NONE;
  }

  private byte[] key() {
    try (InputStream in = Files.newInputStream(keyFile)) {
      byte[] key = in.readNBytes(MOST_KEY_BYTES);
      if (key.length < Redaction.LEAST_KEY_BYTES) {
        throw new UsageException(
            "--redact-key %s: %d bytes are no key; give a file of %d random bytes or more."
                .formatted(keyFile, key.length, Redaction.LEAST_KEY_BYTES));
      }
      return key;
    } catch (IOException e) {
      throw new UsageException(
          "--redact-key %s: it cannot be read (%s); give a file of random bytes."
              .formatted(keyFile, OutputException.why(keyFile.toString(), e)),
          e);
    }
  }
}
