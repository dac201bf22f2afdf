package org.sysretreplay.analytics.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
      Pattern.compile(
          "(?<recording>(?<workload>.+)\\." + STAMP + "\\.perf\\.data)(?<end>\\.\\d+)?",
          Pattern.DOTALL);

  private static final Pattern PIECE =
      Pattern.compile(
          "(?<workload>.+)\\.(?<order>" + STAMP + "-\\d{8})\\.perf\\.data", Pattern.DOTALL);

  private static final Pattern BESIDE =
      Pattern.compile(
          "(.+\\." + STAMP + ".*\\.perf\\.data)\\.(machine\\.json|log|head|mended)",
          Pattern.DOTALL);

  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final String LOG = ".log";
  private static final int STAMP_DIGITS = 8;

  private final Path folder;
  private final SpoolLock lock;
  private final PieceMender mender;
  private final String stamp =
      SECOND.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, STAMP_DIGITS);

  /** How many pieces have got their names. */
  private int named;

  private Spool(Path folder, SpoolLock lock, PieceMender mender) {
    this.folder = folder;
    this.lock = lock;
    this.mender = mender;
  }

  /**
   * A finished part of a recording under the name that it keeps.
   *
   * @param workload what was recorded
   * @param order when its recorder began, and its number there
   */
  record Piece(Path file, String workload, String order) {

    private static Optional<Piece> of(Path file) {
      Matcher name = PIECE.matcher(file.getFileName().toString());
      return name.matches()
          ? Optional.of(new Piece(file, name.group("workload"), name.group("order")))
          : Optional.empty();
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
      return new Spool(folder.toRealPath(), SpoolLock.lock(folder), new PieceMender(messages));
    } catch (IOException e) {
      throw OutputException.unwritable(folder.toString(), e);
    }
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
    return recording.resolveSibling(recording.getFileName() + LOG);
  }

  private static String numbered(int piece) {
    return String.format(Locale.ROOT, "-%08d", piece);
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
    return pieces(Spool::isEnded);
  }

  /**
   * The same once no perf writes here: then the file that it wrote last is the last piece, whether
   * perf could finish it or not.
   *
   * @throws OutputException where the folder cannot be read or written
   */
  List<Piece> lastPieces() {
    // What is ended comes first, since the others are mended with it.
    pieces(Spool::isEnded);
    List<Piece> all = pieces(it -> true);
    tidy();
    return all;
  }

  private static boolean isEnded(Matcher ofPerf) {
    return ofPerf.group("end") != null;
  }

  /** Names those files of perf's that are wanted, and lists what has a name then. */
  private List<Piece> pieces(Predicate<Matcher> wanted) {
    List<Piece> pieces = new ArrayList<>();
    for (Path file : files()) {
      Matcher ofPerf = OF_PERF.matcher(file.getFileName().toString());
      if (!ofPerf.matches()) {
        Piece.of(file).ifPresent(pieces::add);
      } else if (wanted.test(ofPerf)) {
        attempt(() -> nameOrDelete(file, ofPerf).ifPresent(pieces::add));
      }
    }
    pieces.sort(Comparator.comparing(Piece::order));
    return pieces;
  }

  /** What perf opened and wrote nothing into holds nothing. */
  private Optional<Piece> nameOrDelete(Path file, Matcher ofPerf) throws IOException {
    if (Files.size(file) == 0) {
      Files.delete(file);
      return Optional.empty();
    }
    Path recording = folder.resolve(ofPerf.group("recording"));
    mender.take(file, recording);
    named++;
    Path piece = folder.resolve(name(ofPerf.group("workload"), stamp + numbered(named)));
    Path machine = MachineFile.of(recording);
    if (Files.exists(machine)) {
      // First, so that no piece is ever without.
      Files.copy(machine, MachineFile.of(piece), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.move(file, piece, StandardCopyOption.ATOMIC_MOVE);
    return Piece.of(piece);
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
    lock.close();
  }
}
