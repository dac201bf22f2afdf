package org.sysretreplay.analytics.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sysretreplay.ingest.perfdata.UnfinishedRecording;

/**
 * Finishes files that perf could not, with what it wrote into those of the same recording that it
 * has ended.
 */
final class PieceMender {

  private static final String HEAD = ".head";
  private static final String MENDED = ".mended";

  private final Messages messages;

  /** A mender that tells by these messages what it has mended. */
  PieceMender(Messages messages) {
    this.messages = messages;
  }

  /**
   * Mends a file of a recording if it is unfinished; of the first that is not, keeps what the
   * others are mended with.
   *
   * @param recording where perf was told to write
   * @throws IOException where the file cannot be read, or the mended one not be written
   */
  void take(Path file, Path recording) throws IOException {
    Path head = beside(recording, HEAD);
    if (UnfinishedRecording.isOne(file)) {
      mend(file, head);
    } else if (!Files.exists(head)) {
      writeHead(file, head, beside(recording, MENDED));
    }
  }

  /** Keeps what would finish another file of the recording; without it that would be as it is. */
  private static void writeHead(Path ended, Path head, Path meanwhile) {
    try {
      UnfinishedRecording.writeHead(ended, meanwhile);
      Files.move(meanwhile, head, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Whether the piece itself can be read is told by who reads it.
    }
  }

  /**
   * Gives a file what perf writes last. In its place by one step, so that there is one file
   * whenever this process is killed. Without an ended piece of the same recording nothing tells
   * what its records are: then it stays as it is, and whoever reads it says so.
   */
  private void mend(Path file, Path head) throws IOException {
    if (!Files.exists(head)) {
      return;
    }
    Path mended = beside(file, MENDED);
    long bytes = UnfinishedRecording.finish(file, head, mended);
    if (bytes > 0) {
      Files.move(mended, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      messages.note(
          "perf could not finish %s; the %,d bytes of records in it are read, and what perf had not written is lost."
              .formatted(file, bytes));
    }
  }

  private static Path beside(Path file, String ending) {
    return file.resolveSibling(file.getFileName() + ending);
  }
}
