package org.sysretreplay.ingest.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * File locks of the operating system, which are released when their process ends in whatever way.
 * The system knows only one lock per file and process, so this class counts the holders within the
 * process.
 */
final class LocalLocks {

  private static final Map<Path, Held> ALL = new HashMap<>();

  private LocalLocks() {}

  private static final class Held {
    private final FileChannel channel;
    private final boolean alone;
    private int holders = 1;

    Held(FileChannel channel, boolean alone) {
      this.channel = channel;
      this.alone = alone;
    }
  }

  /** Takes a lock, exclusively or shared; empty if a holder excludes that. */
  static Optional<Closeable> tryHold(Path file, boolean alone) throws IOException {
    Path key = real(file);
    synchronized (ALL) {
      Held held = ALL.get(key);
      if (held == null) {
        return tryLock(key, alone);
      }
      if (alone || held.alone) {
        return Optional.empty();
      }
      held.holders++;
      return Optional.of(release(key, held));
    }
  }

  /**
   * The file in its real folder. Two names of one file must not be two locks: closing a channel
   * releases all locks of the process on the file.
   */
  private static Path real(Path file) throws IOException {
    Path named = file.toAbsolutePath();
    return named.getParent().toRealPath().resolve(named.getFileName());
  }

  private static Optional<Closeable> tryLock(Path key, boolean alone) throws IOException {
    FileChannel channel =
        FileChannel.open(
            key, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, !alone);
      if (lock != null) {
        Held held = new Held(channel, alone);
        ALL.put(key, held);
        return Optional.of(release(key, held));
      }
    } catch (OverlappingFileLockException e) {
      // This process holds the lock under another name of the file.
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  private static Closeable release(Path key, Held held) {
    boolean[] released = {false};
    return () -> {
      synchronized (ALL) {
        if (!released[0]) {
          released[0] = true;
          held.holders--;
          if (held.holders == 0) {
            ALL.remove(key);
            // Closing the channel releases the lock.
            held.channel.close();
          }
        }
      }
    };
  }
}
