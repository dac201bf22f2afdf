package org.sysretreplay.analytics.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sysretreplay.ingest.perfdata.UnfinishedRecording;
import org.sysretreplay.ingest.source.MachineFile;
import org.sysretreplay.ingest.source.TraceInputs;
import org.sysretreplay.ingest.trace.MachineFacts;
import org.sysretreplay.ingest.trace.OutputException;

/**
 * The folder where the pieces of a recording wait until they are in their store. One recorder has
 * it at a time.
 *
 * <p>perf names a piece by the local time of its end, which comes twice where a clock is set back.
 * A piece therefore gets a name here that no other ever had or will have, before anybody reads it,
 * and keeps it: that makes it the same trace however often it is read into the store.
 *
 * <pre>
 * web.20260102T030405Z-1a2b3c4d.perf.data                    what perf writes
 * web.20260102T030405Z-1a2b3c4d.perf.data.2026010203041512   what perf has ended
 * web.20260102T030405Z-1a2b3c4d-00000001.perf.data           a piece
 * web.20260102T030405Z-1a2b3c4d-00000001.perf.data.machine.json
 * </pre>
 */
final class Spool implements Closeable {

  private static final String STAMP = "\\d{8}T\\d{6}Z-[0-9a-f]{8}";

  private static final Pattern OF_PERF =
      Pattern.compile("(.+)\\." + STAMP + "\\.perf\\.data(\\.\\d+)?", Pattern.DOTALL);

  private static final Pattern PIECE =
      Pattern.compile("(.+)\\.(" + STAMP + "-\\d{8})\\.perf\\.data", Pattern.DOTALL);

  private static final Pattern BESIDE =
      Pattern.compile(
          "(.+\\." + STAMP + ".*\\.perf\\.data)\\.(machine\\.json|log|head|mended)",
          Pattern.DOTALL);

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final String LOCK = ".recorder";
  private static final String LOG = ".log";
  private static final String HEAD = ".head";
  private static final String MENDED = ".mended";
  private static final int STAMP_DIGITS = 8;

  private final Path folder;
  private final FileChannel lock;
  private final Messages messages;
  private final String stamp =
      SECOND.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, STAMP_DIGITS);

  /** How many pieces have got their names. */
  private int named;

  private Spool(Path folder, FileChannel lock, Messages messages) {
    this.folder = folder;
    this.lock = lock;
    this.messages = messages;
  }

  /**
   * A finished part of a recording under the name that it keeps.
   *
   * @param workload what was recorded
   */
  record Piece(Path file, String workload) {

    private static Optional<Piece> of(Path file) {
      Matcher name = PIECE.matcher(file.getFileName().toString());
      return name.matches() ? Optional.of(new Piece(file, name.group(1))) : Optional.empty();
    }

    /** When its recorder began, and its number there. */
    private String order() {
      Matcher name = PIECE.matcher(file.getFileName().toString());
      return name.matches() ? name.group(2) : "";
    }
  }

  /**
   * Makes the folder where there is none, and has it alone.
   *
   * @throws UsageException where another recorder has it
   * @throws OutputException where it cannot be made
   */
  static Spool open(Path folder, Messages messages) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
        // Who asks for the folder around it means the store.
        Files.createFile(folder.resolve(TraceInputs.IGNORE_MARKER));
      }
      return new Spool(folder.toRealPath(), lock(folder), messages);
    } catch (IOException e) {
      throw OutputException.unwritable(folder.toString(), e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
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
      return channel;
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

  Path folder() {
    return folder;
  }

  /**
   * Where perf writes what it records of that workload; what is known of the machine is beside it.
   */
  Path recording(String workload, MachineFacts machine) {
    Path file = folder.resolve(name(workload, stamp));
    OutputFile.write(MachineFile.of(file), MachineFile.write(machine));
    return file;
  }

  /** Where perf says what it does. */
  static Path log(Path recording) {
    return beside(recording, LOG);
  }

  private static String name(String workload, String stamp) {
    return "%s.%s.perf.data".formatted(workload, stamp);
  }

  /**
   * Names what perf has ended, and lists all that waits, the oldest first.
   *
   * @throws OutputException where the folder cannot be read or written
   */
  List<Piece> pieces() {
    nameAll(Spool::isEnded);
    return waiting();
  }

  /**
   * The same once no perf writes here: then the file that it wrote last is the last piece, whether
   * perf could finish it or not.
   *
   * @throws OutputException where the folder cannot be read or written
   */
  List<Piece> lastPieces() {
    nameAll(Spool::isEnded);
    nameAll(it -> true);
    tidy();
    return waiting();
  }

  private static boolean isEnded(Matcher ofPerf) {
    return ofPerf.group(2) != null;
  }

  private void nameAll(Predicate<Matcher> wanted) {
    for (Path file : files()) {
      Matcher name = OF_PERF.matcher(file.getFileName().toString());
      if (name.matches() && wanted.test(name)) {
        attempt(() -> nameOrDelete(file, name.group(1)));
      }
    }
  }

  /** What perf opened and wrote nothing into holds nothing. */
  private void nameOrDelete(Path file, String workload) throws IOException {
    if (Files.size(file) == 0) {
      Files.delete(file);
      return;
    }
    Path recording = folder.resolve(withoutEnd(file));
    Path head = beside(recording, HEAD);
    if (UnfinishedRecording.isOne(file)) {
      mend(file, head);
    } else if (!Files.exists(head)) {
      writeHead(file, head, beside(recording, MENDED));
    }
    named++;
    Path piece = folder.resolve(name(workload, "%s-%08d".formatted(stamp, named)));
    Path machine = MachineFile.of(recording);
    if (Files.exists(machine)) {
      // First, so that no piece is ever without.
      Files.copy(machine, MachineFile.of(piece), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(file, piece, StandardCopyOption.ATOMIC_MOVE);
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

  private static Path beside(Path recording, String ending) {
    return recording.resolveSibling(recording.getFileName() + ending);
  }

  private static String withoutEnd(Path file) {
    return file.getFileName().toString().replaceFirst("\\.perf\\.data\\.\\d+$", ".perf.data");
  }

  private List<Piece> waiting() {
    return files().stream()
        .flatMap(it -> Piece.of(it).stream())
        .sorted(Comparator.comparing(Piece::order))
        .toList();
  }

  /** Removes what lies beside recordings that are not there any more. */
  private void tidy() {
    for (Path file : files()) {
      Matcher name = BESIDE.matcher(file.getFileName().toString());
      if (name.matches() && !Files.exists(folder.resolve(name.group(1)))) {
        attempt(() -> Files.delete(file));
      }
    }
  }

  /** Deletes a piece that is in the store. */
  void delete(Piece piece) {
    attempt(
        () -> {
          Files.deleteIfExists(piece.file());
          Files.deleteIfExists(MachineFile.of(piece.file()));
        });
  }

  private List<Path> files() {
    List<Path> all = new ArrayList<>();
    attempt(
        () -> {
          try (Stream<Path> entries = Files.list(folder)) {
            entries
                .filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS))
                .sorted()
                .forEach(all::add);
          } catch (UncheckedIOException e) {
            throw e.getCause();
          }
        });
    return all;
  }

  private interface Step {
    void take() throws IOException;
  }

  private void attempt(Step step) {
    try {
      step.take();
    } catch (IOException e) {
      throw OutputException.unwritable(folder.toString(), e);
    }
  }

  /** Lets others have it. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // It goes with this process.
    }
  }
}
