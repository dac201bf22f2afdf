package org.sysretreplay.analytics.cli;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One recorder's hold on a spool: a file there that it has locked, with its process number. */
final class SpoolLock implements Closeable {

  private static final String LOCK = ".recorder";

  private final FileChannel file;

  private SpoolLock(FileChannel file) {
    this.file = file;
  }

  /**
   * Locks that folder until it is closed, or this process ends.
   *
   * @throws UsageException where another recorder has locked it
   * @throws IOException where the file cannot be written
   */
  static SpoolLock lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw taken(folder);
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(ownNumber()));
      return new SpoolLock(channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw taken(folder);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static byte[] ownNumber() {
    return Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
  }

  private static UsageException taken(Path folder) throws IOException {
    String number = Files.readString(folder.resolve(LOCK)).strip();
    String process = number.isEmpty() ? "" : " (process %s)".formatted(number);
    return new UsageException(
        "%s: another recorder%s keeps its pieces here; end it, or name another folder with -o."
            .formatted(folder, process));
  }

  /** Lets others have it. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      // It goes with this process.
    }
  }
}
