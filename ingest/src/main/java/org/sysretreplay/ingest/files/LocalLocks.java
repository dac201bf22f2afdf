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
 * Locks of the operating system, which go with the process that holds them, however it ends. It
 * knows one lock of a file for each process, so those of this one are counted here.
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

  /** Holds a lock, alone or with others that share it; nothing where somebody is in the way. */
  static Optional<Closeable> tryHold(Path file, boolean alone) throws IOException {
    Path key = file.toAbsolutePath().normalize();
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
      // This process holds it by another name of the file.
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
            // The lock goes with its channel.
            held.channel.close();
          }
        }
      }
    };
  }
}
