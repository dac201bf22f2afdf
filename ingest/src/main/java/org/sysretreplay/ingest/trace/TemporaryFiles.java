package org.sysretreplay.ingest.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * The temporary files of this process. They lie in a folder of its own in the folder for temporary
 * files, and are deleted when the process ends, also if it is told to stop. Once it is ending, no
 * new file is made.
 */
public final class TemporaryFiles {

  private static final TemporaryFiles ALL = new TemporaryFiles();

  /**
   * Makers of files hold the read lock. The end of the process takes the write lock for good, so
   * that no file is made any more.
   */
  private final ReadWriteLock making = new ReentrantReadWriteLock();

  /** Null until it is first asked for. */
  private Path folder;

  private final Set<Path> others = new HashSet<>();
  private boolean isWatching;
  private boolean hasEnded;
  private int files;

  private TemporaryFiles() {}

  /** The folder for temporary files of all processes. */
  public static Path place() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /**
   * The folder of this process.
   *
   * @throws OutputException if it cannot be made
   */
  public static Path folder() {
    try {
      return ALL.made();
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** Whether a file lies in the folder of this process. */
  public static boolean isOne(Path file) {
    return ALL.holds(file);
  }

  private synchronized boolean holds(Path file) {
    return folder != null && file.startsWith(folder);
  }

  /**
   * A path in the folder of this process that no file has yet.
   *
   * @throws OutputException if the folder cannot be made
   */
  public static Path newFile(String suffix) {
    try {
      return ALL.next(suffix);
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** The error for a temporary file that cannot be written. */
  public static OutputException full(IOException e) {
    return OutputException.unwritableTemporary(place().toString(), e);
  }

  /**
   * Opens a new file for writing. Failures are an {@link OutputException}, so that they are not
   * taken for failures of the input that is copied.
   */
  public static OutputStream write(Path file) {
    try {
      return new Output(
          Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw full(e);
    }
  }

  private static final class Output extends OutputStream {

    private final OutputStream to;

    Output(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      try {
        to.write(bytes, from, count);
      } catch (IOException e) {
        throw full(e);
      }
    }

    @Override
    public void close() {
      try {
        to.close();
      } catch (IOException e) {
        throw full(e);
      }
    }
  }

  /** Makes a file or folder. */
  @FunctionalInterface
  public interface Maker<T> {

    /** Makes it. */
    T make() throws IOException;
  }

  /**
   * Makes a file or folder. If the process is ending this waits forever: otherwise it could make
   * anew what has just been deleted.
   */
  public static <T> T unlessEnding(Maker<T> maker) throws IOException {
    ALL.making.readLock().lock();
    try {
      return maker.make();
    } finally {
      ALL.making.readLock().unlock();
    }
  }

  /**
   * Has a file or folder that lies elsewhere deleted if the process ends before {@link #isGone}.
   */
  public static void deleteAtEnd(Path path) throws IOException {
    ALL.add(path);
  }

  /** Forgets a file or folder that was deleted, or moved to its place. */
  public static void isGone(Path path) {
    ALL.forget(path);
  }

  private synchronized void add(Path path) throws IOException {
    watch();
    others.add(path);
  }

  private synchronized void forget(Path path) {
    others.remove(path);
  }

  private synchronized Path next(String suffix) throws IOException {
    return made().resolve(files++ + suffix);
  }

  private synchronized Path made() throws IOException {
    watch();
    if (folder == null) {
      folder = make();
    }
    return folder;
  }

  private void watch() throws IOException {
    if (hasEnded) {
      throw new IOException("this process is ending");
    }
    if (!isWatching) {
      try {
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "temporary files"));
      } catch (IllegalStateException e) {
        throw new IOException("this process is ending", e);
      }
      isWatching = true;
    }
  }

  /**
   * Makes the folder. Its name has no random part: random numbers would take longer than all else
   * that a short command does with files.
   */
  private static Path make() throws IOException {
    long process = ProcessHandle.current().pid();
    for (long number = System.nanoTime(); ; number++) {
      Path folder = place().resolve("sysret-replay-" + process + "-" + Long.toHexString(number));
      try {
        return Files.createDirectory(folder, PrivateFolder.attributes(folder));
      } catch (FileAlreadyExistsException e) {
        // It is of an earlier process with the same number.
      }
    }
  }

  private void end() {
    // Never released: threads that wait for it end silently with the process.
    making.writeLock().lock();
    deleteAtLast();
  }

  private synchronized void deleteAtLast() {
    hasEnded = true;
    if (folder != null) {
      others.add(folder);
    }
    others.forEach(TemporaryFiles::deleteAtLast);
  }

  /** Deletes a folder although threads that still run may make files in it. */
  private static void deleteAtLast(Path path) {
    for (int tries = 0; tries < 10; tries++) {
      try {
        deleteAll(path);
        return;
      } catch (IOException e) {
        // Try again.
      }
    }
  }

  /** Deletes a file, or a folder with everything in it; does nothing if there is none. */
  public static void deleteAll(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException e) {
      // It was deleted meanwhile.
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
