package org.sysretreplay.ingest.parquet;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.sysretreplay.ingest.columnar.ColumnException;

/**
 * Tells errors of the operating system, and reasons that users understand, from what Parquet's
 * library says about damage: that names its classes.
 */
final class ParquetDamage {

  private ParquetDamage() {}

  /** Whether the operating system could not read the file; otherwise its bytes are wrong. */
  static boolean isOfSystem(IOException e) {
    return e instanceof FileSystemException
        || e instanceof FileNotFoundException
        || e instanceof ClosedChannelException
        || isPlain(e);
  }

  /** What is wrong, without a full stop; empty if only Parquet's library knows it. */
  static Optional<String> reason(Exception e) {
    Exception inner = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : e;
    boolean isForUsers =
        inner instanceof ColumnException || inner instanceof IOException io && isOfSystem(io);
    return isForUsers ? Optional.ofNullable(inner.getMessage()) : Optional.empty();
  }

  /** The library's errors about damage have a cause, or a class of their own. */
  private static boolean isPlain(IOException e) {
    return e.getClass() == IOException.class && e.getCause() == null;
  }
}
